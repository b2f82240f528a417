/** Examples that merchants copy are programmes that can be published. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { projectRoot } from '../../support/source';

const FOLDER = join(projectRoot, 'docs', 'rewards');

const examples = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
      ([, text = ''], index): [string, unknown] => [`${name} ${index + 1}`, parse(text)],
    ),
  );

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(0);
});

test.each(examples)('%s is a programme', (_name, document) => {
  const parsed = parseProgramme(document);
  expect(parsed.ok ? [] : parsed.errors).toEqual([]);
});
