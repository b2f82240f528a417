import { configVariables } from '../../sidecar/src/config';

export const CONFIG_TABLE_START = '<!-- configuration, written by "npm run docs:config" -->';
export const CONFIG_TABLE_END = '<!-- /configuration -->';

/** The table of the environment's variables, before Prettier aligns it. */
export function configTable(): string {
  const rows = configVariables.map(({ name, default: fallback, meaning }) => {
    const shown = fallback === null ? '**required**' : fallback === '' ? 'empty' : `\`${fallback}\``;
    return `| \`${name}\` | ${shown} | ${meaning.replaceAll('|', '\\|')} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** What stands between the markers of a document. @throws Error when it has none */
export function tableIn(document: string): string {
  const [, rest] = document.split(CONFIG_TABLE_START);
  const [table, end] = rest?.split(CONFIG_TABLE_END) ?? [];
  if (table === undefined || end === undefined) throw new Error('the markers of the configuration table are missing');
  return table;
}
