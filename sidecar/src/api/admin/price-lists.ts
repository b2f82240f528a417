import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import { MAX_PRICE_PRIORITY, PRICE_BASES, type ListRow } from '../../domain/price-list';
import { AppError, type ErrorCode } from '../../errors';
import { priceTableLines } from '../../exports/tables';
import { assignPriceList, unassignPriceList, type AssignmentRefusal } from '../../operations/assign-price-list';
import type { OperationContext } from '../../operations/context';
import { endPriceList, putPriceList, type ChangedList, type PriceListRefusal } from '../../operations/put-price-list';
import { replaceListPrices } from '../../operations/replace-prices';
import type { Db } from '../../storage/transaction';
import {
  companiesOfList,
  findPriceList,
  listPriceLists,
  priceListsOfCompany,
  rowsAfter,
  type PriceList,
} from '../../stores/price-list-store';
import { csvExport } from '../csv-export';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, instantSchema, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { PRICE_LINES_BYTES, readPriceLines } from '../price-lines';
import { neededProgramme, type Principal } from '../principal';
import { reachCompany, wrongField } from './companies';
import { reasonGiven } from './staff-fields';

export const tag = 'Price lists';
const NDJSON = 'application/x-ndjson';
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'must be 1 to 50 small letters, digits and hyphens');
export const params = z.object({ code });
const companyParams = params.extend({ companyId: storedKey });
export const ofProgramme = z.object({ programmeId: storedKey.optional() });
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as EUR');

const listSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(255),
    currency,
    basis: z.enum(PRICE_BASES).default('net'),
    priority: z.int().min(0).max(MAX_PRICE_PRIORITY).default(0),
    validFrom: instantSchema.nullable().default(null),
    validUntil: instantSchema.nullable().default(null),
    ...reasonGiven,
  })
  .refine(({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom < validUntil, {
    path: ['validUntil'],
    message: 'must be after validFrom',
  });

const shownList = z.strictObject({
  code: z.string(),
  programmeId: z.string(),
  name: z.string(),
  currency: z.string(),
  basis: z.enum(PRICE_BASES),
  priority: z.int(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  prices: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
const changed = z.strictObject({ changed: z.boolean() });

/** Price lists by contract, their prices and the companies that buy at them. */
export function priceListEndpoints(context: OperationContext): Endpoint[] {
  return [
    ...readingEndpoints(context),
    ...changingEndpoints(context),
    ...priceEndpoints(context),
    ...companyOfListEndpoints(context),
  ];
}

function readingEndpoints({ db }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/price-lists',
      scope: 'price-lists:read',
      tag,
      summary: 'Lists price lists in the order of their codes.',
      query: afterQuery.extend({ programmeId: storedKey.optional() }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ priceLists: z.array(shownList), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const lists = await listPriceLists(db, neededProgramme(principal, query.programmeId), query.after, PAGE);
        return { body: { priceLists: lists.map(shown), next: nextOf(lists, (list) => list.code) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/price-lists/:code',
      scope: 'price-lists:read',
      tag,
      summary: 'A price list without its prices.',
      params,
      query: ofProgramme,
      answers: { 200: { description: 'The list', body: shownList } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => ({
        body: shown(await reachList(db, principal, query.programmeId, path.code)),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/admin/companies/:companyId/price-lists',
      scope: 'price-lists:read',
      tag,
      summary: 'Price lists that a company buys at, also those that are over, in the order of their codes.',
      params: z.object({ companyId: storedKey }),
      answers: { 200: { description: 'The lists', body: z.strictObject({ priceLists: z.array(shownList) }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { companyId }, principal }) => {
        await reachCompany(db, principal, companyId);
        return { body: { priceLists: (await priceListsOfCompany(db, companyId)).map(shown) } };
      },
    }),
  ];
}

function changingEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'put',
      path: '/admin/price-lists/:code',
      scope: 'price-lists:write',
      tag,
      summary:
        'Makes a price list or changes what is said of it; with `ifNew` only makes one. Currency and basis stay. The same again changes nothing.',
      params,
      query: ofProgramme.extend({ ifNew: z.enum(['true', 'false']).default('false') }),
      body: listSchema,
      answers: {
        200: { description: 'It was there before', body: shownList },
        201: { description: 'It is made', body: shownList },
      },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: path, query, body, principal }) => {
        const programmeId = neededProgramme(principal, query.programmeId);
        if (!(await context.programmes.effectiveAt(db, programmeId, context.clock.now()))) {
          throw new AppError('NOT_FOUND', { resource: 'programme' });
        }
        return answered(await putPriceList(context, { programmeId, code: path.code, isNew: query.ifNew === 'true', ...body }));
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/price-lists/:code/end',
      scope: 'price-lists:write',
      tag,
      summary: 'Ends a price list now. One that is over stays as it is.',
      params,
      query: ofProgramme,
      body: z.strictObject(reasonGiven),
      answers: { 200: { description: 'The list', body: shownList } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, body, principal }) => {
        const { programme_id: programmeId } = await reachList(db, principal, query.programmeId, path.code);
        return answered(await endPriceList(context, { programmeId, code: path.code, ...body }));
      },
    }),
  ];
}

function answered(result: Awaited<ReturnType<typeof putPriceList>>) {
  if (!result.ok) throw refused(result.code, result.details);
  const { list, outcome }: ChangedList = result.value;
  return { status: outcome === 'created' ? 201 : 200, body: shown(list) };
}

const ROWS_A_READ = 1000;

function priceEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/price-lists/:code/prices',
      scope: 'price-lists:read',
      tag,
      summary: 'All prices of a list, one JSON object a line, as they can be put in again.',
      params,
      query: ofProgramme,
      answers: { 200: { description: 'Lines', mediaType: NDJSON } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => {
        const list = await reachList(db, principal, query.programmeId, path.code);
        return { lines: priceLines(db, list.list_id), mediaType: NDJSON };
      },
    }),
    csvExport(
      {
        path: '/admin/price-lists/:code/prices/export',
        scope: 'price-lists:read',
        tag,
        summary: 'The same as a table for other programs.',
        params,
        query: ofProgramme,
      },
      async ({ params: path, query, principal }) => {
        const list = await reachList(db, principal, query.programmeId, path.code);
        return priceTableLines(db, list.list_id);
      },
    ),
    endpoint({
      method: 'put',
      path: '/admin/price-lists/:code/prices',
      scope: 'price-lists:write',
      tag,
      summary:
        'Puts prices in the place of all that the list has, or none of them. One JSON object a line; none empties the list.',
      params,
      query: ofProgramme.extend(reasonGiven),
      streams: { mediaType: NDJSON, limitBytes: PRICE_LINES_BYTES },
      answers: {
        200: {
          description: 'How many there are, and products, and discounts for categories and all goods, that changed',
          body: z.strictObject({ prices: z.int(), changedProducts: z.int(), changedDiscounts: z.int() }),
        },
      },
      refusals: ['NOT_FOUND', 'BODY_TOO_LARGE', 'UNSUPPORTED_CONTENT_TYPE'],
      handle: async ({ params: path, query, principal, stream }) => {
        const { reason, actor } = query;
        const { programme_id: programmeId } = await reachList(db, principal, query.programmeId, path.code);
        const prices = readPriceLines(await readText(stream));
        const result = await replaceListPrices(context, { programmeId, code: path.code, prices, reason, actor });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: result.value };
      },
    }),
  ];
}

async function* priceLines(db: Db, listId: string): AsyncGenerator<string> {
  let after: ListRow | null = null;
  do {
    const rows: ListRow[] = await rowsAfter(db, listId, after, ROWS_A_READ);
    for (const row of rows) yield `${JSON.stringify(row)}\n`;
    after = nextOf(rows, (row) => row, ROWS_A_READ);
  } while (after !== null);
}

function companyOfListEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/price-lists/:code/companies',
      scope: 'price-lists:read',
      tag,
      summary: 'Companies that buy at a list, in the order of their ids.',
      params,
      query: afterQuery.extend({ programmeId: storedKey.optional() }),
      answers: {
        200: {
          description: 'A page',
          body: z.strictObject({
            companies: z.array(z.strictObject({ companyId: z.string(), name: z.string(), assignedAt: z.string() })),
            next: z.string().nullable(),
          }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => {
        const list = await reachList(db, principal, query.programmeId, path.code);
        const rows = await companiesOfList(db, list.list_id, query.after, PAGE);
        const companies = rows.map((row) => ({ companyId: row.company_id, name: row.name, assignedAt: row.assigned_at }));
        return { body: { companies, next: nextOf(companies, ({ companyId }) => companyId) } };
      },
    }),
    endpoint({
      method: 'put',
      path: '/admin/price-lists/:code/companies/:companyId',
      scope: 'price-lists:write',
      tag,
      summary: 'Lets the buyers of a company buy at the prices of a list. The same again changes nothing.',
      params: companyParams,
      query: ofProgramme,
      body: z.strictObject(reasonGiven),
      answers: { 200: { description: 'Whether anything changed', body: changed } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: path, query, body, principal }) => {
        const { programme_id: programmeId } = await reachList(db, principal, query.programmeId, path.code);
        const result = await assignPriceList(context, { programmeId, ...path, ...body });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: result.value };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/price-lists/:code/companies/:companyId/removal',
      scope: 'price-lists:write',
      tag,
      summary: 'Takes the prices of a list from a company.',
      params: companyParams,
      query: ofProgramme,
      body: z.strictObject(reasonGiven),
      answers: { 200: { description: 'Whether anything changed', body: changed } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: path, query, body, principal }) => {
        const { programme_id: programmeId } = await reachList(db, principal, query.programmeId, path.code);
        const result = await unassignPriceList(context, { programmeId, ...path, ...body });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: result.value };
      },
    }),
  ];
}

export async function reachList(
  db: Db,
  principal: Principal,
  programmeId: string | undefined,
  listCode: string,
): Promise<PriceList> {
  const list = await findPriceList(db, neededProgramme(principal, programmeId), listCode);
  if (!list) throw new AppError('NOT_FOUND', { resource: 'price list' });
  return list;
}

const REFUSALS: Readonly<Record<Exclude<PriceListRefusal, 'unknown_currency'> | AssignmentRefusal, ErrorCode>> = {
  unknown_list: 'NOT_FOUND',
  unknown_company: 'NOT_FOUND',
  currency_fixed: 'CONFLICT',
  code_taken: 'CONFLICT',
  too_many_lists: 'CONFLICT',
  company_closed: 'CONFLICT',
  too_many_companies: 'CONFLICT',
  too_many_lists_of_company: 'CONFLICT',
};

export function refused(refusal: PriceListRefusal | AssignmentRefusal, details: Readonly<Record<string, unknown>>): AppError {
  if (refusal === 'unknown_currency') return wrongField('currency', "is not one of the programme's currencies");
  return new AppError(REFUSALS[refusal], { reason: refusal, ...details });
}

function shown(list: PriceList): z.input<typeof shownList> {
  return {
    code: list.code,
    programmeId: list.programme_id,
    name: list.name,
    currency: list.currency,
    basis: list.basis,
    priority: list.priority,
    validFrom: list.valid_from,
    validUntil: list.valid_until,
    prices: list.prices,
    createdAt: list.created_at,
    updatedAt: list.updated_at,
  };
}
