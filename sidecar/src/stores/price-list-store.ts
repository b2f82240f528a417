/** Price lists by contract, their prices, and which companies buy at them. */
import type { ListPrice, Validity } from '../domain/price-list';
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type PriceList = Row<'price_list'>;
type PriceRow = Row<'price_list_row'>;

/** Rows and keys a statement; SQLite and MySQL take more. */
const ROWS_A_STATEMENT = 500;

export function validityOf(list: Pick<PriceList, 'valid_from' | 'valid_until'>): Validity {
  return { from: list.valid_from, until: list.valid_until };
}

export async function findPriceList(db: Db, programmeId: string, code: string): Promise<PriceList | undefined> {
  return db
    .selectFrom('price_list')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('code', '=', code)
    .executeTakeFirst();
}

/** A page of lists in the order of their codes. */
export async function listPriceLists(db: Db, programmeId: string, after: string, limit: number): Promise<PriceList[]> {
  return db
    .selectFrom('price_list')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('code', '>', after)
    .orderBy('code')
    .limit(limit)
    .execute();
}

/** Lists in force at an instant, in the order of their codes. */
export async function listsInForce(db: Db, programmeId: string, at: string): Promise<PriceList[]> {
  return db
    .selectFrom('price_list')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where((eb) => eb.or([eb('valid_from', 'is', null), eb('valid_from', '<=', at)]))
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', at)]))
    .orderBy('code')
    .execute();
}

/** Lists that are not over. */
export async function countLists(db: Db, programmeId: string, at: string): Promise<number> {
  const row = await db
    .selectFrom('price_list')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', programmeId)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', at)]))
    .executeTakeFirst();
  return toInteger(row?.count);
}

export async function lastListNumber(db: Db, programmeId: string): Promise<number> {
  const row = await db
    .selectFrom('price_list')
    .select((eb) => eb.fn.max('list_number').as('last'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return toInteger(row?.last);
}

/** False when another transaction was first with the code or the number. */
export async function insertPriceList(trx: Trx, list: PriceList): Promise<boolean> {
  return insertOnce(trx, 'price_list', list);
}

/**
 * Changes a list that is still as it was seen, and is alone with it from there on. False when it is not: what was
 * decided of it is decided anew.
 */
export async function changePriceList(
  trx: Trx,
  seen: PriceList,
  changes: Partial<Pick<PriceList, 'name' | 'priority' | 'valid_from' | 'valid_until' | 'turns_at' | 'prices'>>,
  now: string,
): Promise<boolean> {
  const changed = await trx
    .updateTable('price_list')
    .set((eb) => ({ ...changes, updated_at: now, changes: eb('changes', '+', 1) }))
    .where('list_id', '=', seen.list_id)
    .where('changes', '=', seen.changes)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Lists whose beginning or end has come. */
export async function turningLists(db: Db, now: string, limit: number): Promise<PriceList[]> {
  return db.selectFrom('price_list').selectAll().where('turns_at', '<=', now).orderBy('turns_at').limit(limit).execute();
}

/** Prices of a list in the order of product and quantity, behind one of them. */
export async function pricesAfter(
  db: Db,
  listId: string,
  after: Pick<PriceRow, 'product_number' | 'quantity_from'> | null,
  limit: number,
): Promise<ListPrice[]> {
  let query = db.selectFrom('price_list_row').selectAll().where('list_id', '=', listId);
  if (after !== null) {
    query = query.where((eb) =>
      eb.or([
        eb('product_number', '>', after.product_number),
        eb.and([eb('product_number', '=', after.product_number), eb('quantity_from', '>', after.quantity_from)]),
      ]),
    );
  }
  return (await query.orderBy('product_number').orderBy('quantity_from').limit(limit).execute()).map(listPrice);
}

/** What some lists say of some products, in the order of quantities, by list and product. */
export async function pricesOfProducts(
  db: Db,
  listIds: readonly string[],
  productNumbers: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly ListPrice[]>>> {
  const byList = new Map<string, Map<string, ListPrice[]>>();
  if (listIds.length === 0 || productNumbers.length === 0) return byList;
  const rows = await db
    .selectFrom('price_list_row')
    .selectAll()
    .where('list_id', 'in', listIds)
    .where('product_number', 'in', productNumbers)
    .orderBy('quantity_from')
    .execute();
  for (const row of rows) {
    const ofList = byList.get(row.list_id) ?? new Map<string, ListPrice[]>();
    byList.set(row.list_id, ofList.set(row.product_number, [...(ofList.get(row.product_number) ?? []), listPrice(row)]));
  }
  return byList;
}

function listPrice(row: PriceRow): ListPrice {
  return { productNumber: row.product_number, quantityFrom: row.quantity_from, priceMinor: row.price_minor };
}

/** Puts other prices in the place of all that a list has of some products. */
export async function replacePrices(
  trx: Trx,
  listId: string,
  productNumbers: readonly string[],
  prices: readonly ListPrice[],
): Promise<void> {
  for (const some of chunks(productNumbers)) {
    await trx.deleteFrom('price_list_row').where('list_id', '=', listId).where('product_number', 'in', some).execute();
  }
  for (const some of chunks(prices)) {
    const rows = some.map(({ productNumber, quantityFrom, priceMinor }) => ({
      list_id: listId,
      product_number: productNumber,
      quantity_from: quantityFrom,
      price_minor: priceMinor,
    }));
    await trx.insertInto('price_list_row').values(rows).execute();
  }
}

/** The prices of these products are to be decided anew. */
export async function markDue(
  trx: Trx,
  programmeId: string,
  productNumbers: readonly string[],
  nextId: () => string,
): Promise<void> {
  for (const some of chunks(productNumbers)) {
    const rows = some.map((product_number) => ({ due_id: nextId(), programme_id: programmeId, product_number }));
    await trx.insertInto('price_list_due').values(rows).execute();
  }
}

/** The same of all that a list has. */
export async function markListedDue(trx: Trx, list: PriceList, nextId: () => string): Promise<void> {
  const rows = await trx
    .selectFrom('price_list_row')
    .select('product_number')
    .distinct()
    .where('list_id', '=', list.list_id)
    .execute();
  const numbers = rows.map((row) => row.product_number);
  await markDue(trx, list.programme_id, numbers, nextId);
}

export async function dueProducts(db: Db, limit: number): Promise<Row<'price_list_due'>[]> {
  return db.selectFrom('price_list_due').selectAll().orderBy('due_id').limit(limit).execute();
}

/** Those alone that were read: whoever was marked since stays. */
export async function forgetDue(trx: Trx, dueIds: readonly string[]): Promise<void> {
  for (const some of chunks(dueIds)) await trx.deleteFrom('price_list_due').where('due_id', 'in', some).execute();
}

/** Codes of the lists in force that a company buys at, with what decides their order. */
export async function listsOfCompany(
  db: Db,
  companyId: string,
): Promise<Pick<PriceList, 'code' | 'priority' | 'list_number' | 'valid_from' | 'valid_until'>[]> {
  return db
    .selectFrom('price_list_company')
    .innerJoin('price_list', 'price_list.list_id', 'price_list_company.list_id')
    .select(['code', 'priority', 'list_number', 'valid_from', 'valid_until'])
    .where('company_id', '=', companyId)
    .execute();
}

/** A page of companies that buy at a list, in the order of their ids. */
export async function companiesOfList(
  db: Db,
  listId: string,
  after: string,
  limit: number,
): Promise<Row<'price_list_company'>[]> {
  return db
    .selectFrom('price_list_company')
    .selectAll()
    .where('list_id', '=', listId)
    .where('company_id', '>', after)
    .orderBy('company_id')
    .limit(limit)
    .execute();
}

export async function countCompanies(db: Db, listId: string): Promise<number> {
  const row = await db
    .selectFrom('price_list_company')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('list_id', '=', listId)
    .executeTakeFirst();
  return toInteger(row?.count);
}

/** False when it buys at the list already. */
export async function insertAssignment(trx: Trx, assignment: Row<'price_list_company'>): Promise<boolean> {
  return insertOnce(trx, 'price_list_company', assignment);
}

/** False when it did not buy at the list. */
export async function deleteAssignment(trx: Trx, listId: string, companyId: string): Promise<boolean> {
  const deleted = await trx
    .deleteFrom('price_list_company')
    .where('list_id', '=', listId)
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return deleted.numDeletedRows === 1n;
}

/** The buyers of all who buy at a list are to be shown so. */
export async function markCompaniesDue(trx: Trx, listId: string): Promise<void> {
  await trx.updateTable('price_list_company').set({ due: 1 }).where('list_id', '=', listId).execute();
}

export async function dueCompanies(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('price_list_company')
    .select('company_id')
    .distinct()
    .where('due', '=', 1)
    .orderBy('company_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.company_id);
}

export async function noteCompanyShown(trx: Trx, companyId: string): Promise<void> {
  await trx.updateTable('price_list_company').set({ due: 0 }).where('company_id', '=', companyId).where('due', '=', 1).execute();
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += ROWS_A_STATEMENT) yield items.slice(from, from + ROWS_A_STATEMENT);
}
