/** Examples that merchants copy are programmes that can be published. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { projectRoot } from '../../support/source';

const FOLDERS = [join(projectRoot, 'docs'), join(projectRoot, 'docs', 'rewards')];

const pages = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);

const examples = pages.flatMap((page) =>
  [...page.text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ''], index): [string, unknown] => [
    `${page.name} ${index + 1}`,
    parse(text),
  ]),
);

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(0);
});

test.each(examples)('%s is a programme', (_name, document) => {
  const parsed = parseProgramme(document);
  expect(parsed.ok ? [] : parsed.errors).toEqual([]);
});
