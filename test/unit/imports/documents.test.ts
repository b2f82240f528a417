/** What the page about imports shows is what they take. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { TABLES, type TableKind } from '../../../sidecar/admin-ui/src/pages/imports/tables';
import { readRows } from '../../../sidecar/src/csv/read-rows';
import { importKinds } from '../../../sidecar/src/imports/registry';
import { bytesOf } from '../../support/import-files';
import { projectRoot } from '../../support/source';

const page = readFileSync(join(projectRoot, 'docs/imports.md'), 'utf8');

describe.each(importKinds)('the section about $code', ({ code, columns }) => {
  const [, text = ''] = new RegExp(`### ${code}\n(.*?)\n##`, 'is').exec(page) ?? [];

  it('lists the columns there are', () => {
    const listed = [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(listed).toEqual(Object.keys(columns.shape));
  });

  it('has an example that is read without a fault', async () => {
    const [, example = ''] = new RegExp(`\`\`\`csv ${code}\n(.*?)\`\`\``, 's').exec(text) ?? [];
    const read = [];
    for await (const row of readRows(bytesOf(example), columns, 100)) read.push(row);
    expect(read.flatMap(({ faults }) => faults)).toEqual([]);
    expect(read.length).toBeGreaterThan(1);
  });

  it('is like what the admin pages say', async () => {
    const { required, columns: named, example } = TABLES[code as TableKind];
    const { shape } = columns;
    expect(Object.keys(shape).filter((name) => !(shape[name] as z.ZodType).safeParse(undefined).success)).toEqual([...required]);
    const read = [];
    for await (const row of readRows(bytesOf([named, ...example].map((cells) => cells.join(',')).join('\n')), columns, 100))
      read.push(row);
    expect(read.flatMap(({ faults }) => faults)).toEqual([]);
    expect(read).toHaveLength(example.length);
  });
});
