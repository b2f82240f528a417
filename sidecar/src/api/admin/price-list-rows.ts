import { z } from 'zod';
import { readRow, type ListRow } from '../../domain/price-list';
import { AppError } from '../../errors';
import { changeListRows } from '../../operations/change-list-rows';
import type { OperationContext } from '../../operations/context';
import { rowsAfter } from '../../stores/price-list-store';
import { endpoint, type Endpoint } from '../endpoint';
import { nextOf, PAGE } from '../paging';
import { lineSchema, rowKeySchema } from '../price-lines';
import { ofProgramme, params, reachList, refused, tag } from './price-lists';
import { reasonGiven } from './staff-fields';

const MAX_ROWS_AT_ONCE = 1000;

const shownRow = lineSchema.required({ quantityFrom: true });
const changesSchema = z
  .strictObject({
    remove: z.array(rowKeySchema).max(MAX_ROWS_AT_ONCE).default([]),
    put: z.array(lineSchema).max(MAX_ROWS_AT_ONCE).default([]),
    ...reasonGiven,
  })
  .refine(({ remove, put }) => remove.length + put.length > 0, { path: ['put'], message: 'is empty, and so is remove' });

/** Prices of a list page by page, and a few of them changed while the others stay. */
export function priceListRowEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/price-lists/:code/rows',
      scope: 'price-lists:read',
      tag,
      summary: 'A page of the prices of a list, all or those whose product number or category id has a text.',
      params,
      query: ofProgramme.extend({
        search: z.string().trim().max(191).default(''),
        after: z.string().max(300).default(''),
      }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ rows: z.array(shownRow), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => {
        const list = await reachList(db, principal, query.programmeId, path.code);
        const rows = await rowsAfter(db, list.list_id, readPlace(query.after), PAGE, query.search);
        return { body: { rows, next: nextOf(rows, placeOf) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/price-lists/:code/rows',
      scope: 'price-lists:write',
      tag,
      summary:
        'Takes rows out of a list and puts others in, all of them or none. A row takes the place of one for the same goods.',
      params,
      query: ofProgramme,
      body: changesSchema,
      answers: {
        200: {
          description: 'How many there are, and products, and discounts for categories and all goods, that changed',
          body: z.strictObject({ prices: z.int(), changedProducts: z.int(), changedDiscounts: z.int() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, body: { put, ...body }, principal }) => {
        const { programme_id: programmeId } = await reachList(db, principal, query.programmeId, path.code);
        const result = await changeListRows(context, { programmeId, code: path.code, ...body, put: readRows(put) });
        if (result.ok) return { body: result.value };
        if (result.code === 'unknown_list') throw refused(result.code, result.details);
        const { index, problem } = result.details;
        throw wrongRows([{ field: `put.${String(index)}.quantityFrom`, problem: String(problem) }]);
      },
    }),
  ];
}

/** @throws AppError INVALID_INPUT naming each wrong row by its place */
function readRows(written: readonly z.output<typeof lineSchema>[]): ListRow[] {
  const read = written.map(readRow);
  const problems = read.flatMap((one, index) => (one.ok ? [] : [{ field: `put.${index}.${one.field}`, problem: one.problem }]));
  if (problems.length > 0) throw wrongRows(problems);
  return read.flatMap((one) => (one.ok ? [one.row] : []));
}

function wrongRows(fields: readonly { readonly field: string; readonly problem: string }[]): AppError {
  return new AppError('INVALID_INPUT', { fields });
}

/** The last row of a page as a text that leads to the next one. */
function placeOf(row: ListRow): string {
  const says = 'percentBps' in row ? 'percent' : 'price';
  const [goods, name] =
    'productNumber' in row ? ['product', row.productNumber] : 'categoryId' in row ? ['category', row.categoryId] : ['all', ''];
  return `${says} ${row.quantityFrom} ${goods} ${name}`;
}

/** @throws AppError INVALID_INPUT */
function readPlace(after: string): ListRow | null {
  if (after === '') return null;
  const [, says, quantity, goods, name = ''] = /^(price|percent) (\d{1,9}) (product|category|all) (.*)$/.exec(after) ?? [];
  const value = says === 'price' ? { priceMinor: 0 } : { percentBps: 0 };
  const of = goods === 'product' ? { productNumber: name } : goods === 'category' ? { categoryId: name } : { allGoods: true };
  const read = readRow({ ...of, quantityFrom: Number(quantity), ...value });
  if (says === undefined || !read.ok) throw wrongRows([{ field: 'after', problem: 'is no `next` of a page' }]);
  return read.row;
}
