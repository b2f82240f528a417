/** Documents that name what is in the code must name what is really there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configVariables } from '../../sidecar/src/config';
import { configTable, tableIn } from '../support/config-table';
import { filesBelow, projectRoot } from '../support/source';

function read(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'GLOSSARY.md',
  'CHANGELOG.md',
  ...filesBelow('docs', '.md'),
];

describe('documents', () => {
  it('link to files that exist', () => {
    const dead = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(projectRoot, dirname(path), target)))
        .map((target) => `${path} -> ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('list every variable of the configuration (npm run docs:config writes the table)', () => {
    const rows = (table: string): string[] =>
      table
        .trim()
        .split('\n')
        .map((row) => row.replace(/ +/g, ' ').replace(/-{3,}/g, '---'));
    expect(configVariables.length).toBeGreaterThan(5);
    expect(rows(tableIn(read('docs/operate/configuration.md')))).toEqual(rows(configTable()));
  });

  it('are all in the menu of the site', () => {
    const menu = read('docs/.vitepress/config.mts');
    const linked = (path: string): boolean =>
      menu.includes(`'/${path.slice(0, -'.md'.length)}'`) ||
      (path.startsWith('docs/rewards/') && menu.includes(`'${path.slice('docs/rewards/'.length, -'.md'.length)}')`));
    const pages = documents.filter((path) => path !== 'README.md' && !path.startsWith('docs/adr/'));
    expect(pages.filter((path) => !linked(path))).toEqual([]);
  });

  it('explain every command', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const text = read('CONTRIBUTING.md');
    const spelled = (name: string): string => (['start', 'test'].includes(name) ? `\`npm ${name}\`` : `\`npm run ${name}\``);
    expect(Object.keys(scripts).filter((name) => !text.includes(spelled(name)))).toEqual([]);
  });

  it('describe every folder of the source', () => {
    const folders = readdirSync(join(projectRoot, 'sidecar/src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const text = read('ARCHITECTURE.md');
    expect(folders.filter((folder) => !text.includes(`| \`${folder}/\``))).toEqual([]);
  });
});

describe('the glossary', () => {
  it('is sorted and says each word once', () => {
    const words = [...read('GLOSSARY.md').matchAll(/^\| ([a-z][\w ,-]*?) +\|/gm)]
      .map((match) => match[1] ?? '')
      .filter((word) => word !== 'word');
    expect(words.length).toBeGreaterThan(30);
    expect(words).toEqual([...new Set(words)].sort((one, other) => one.localeCompare(other, 'en')));
  });
});

describe.each(filesBelow('docs/adr', '.md'))('%s', (path) => {
  const text = read(path);

  it('has front matter with its date', () => {
    const frontMatter = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '';
    const fields = new Map(frontMatter.split('\n').map((line) => [line.replace(/: .*/, ''), line.replace(/^\w+: /, '')]));
    expect([...fields.keys()]).toEqual(['title', 'date', 'area', 'status']);
    expect(path).toMatch(new RegExp(`^docs/adr/${fields.get('date')}-[a-z0-9-]+\\.md$`));
    expect(['accepted', 'proposed', 'superseded']).toContain(fields.get('status'));
  });

  it('has context, decision and consequences', () => {
    expect([...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(['Context', 'Decision', 'Consequences']);
  });
});
