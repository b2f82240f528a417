/** Price lists by contract, their prices, and which companies buy at them. */
import type { ListDiscount, ListPrice, ListRow, Validity, WideDiscount } from '../domain/price-list';
import type { Row } from '../storage/tables';
import { contains } from '../storage/contains';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type PriceList = Row<'price_list'>;
type PriceRow = Row<'price_list_row'>;
type DiscountRow = Row<'price_list_discount'>;

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

/**
 * Rows of a list behind one of them: its prices in the order of product and quantity, then its discounts. With a text
 * only those whose product number or category id has it.
 */
export async function rowsAfter(db: Db, listId: string, after: ListRow | null, limit: number, text = ''): Promise<ListRow[]> {
  const isInDiscounts = after !== null && 'percentBps' in after;
  const prices = isInDiscounts ? [] : await pricesAfter(db, listId, after, limit, text);
  if (prices.length >= limit) return prices;
  const discounts = await discountsAfter(db, listId, isInDiscounts ? after : null, limit - prices.length, text);
  return [...prices, ...discounts];
}

async function pricesAfter(db: Db, listId: string, after: ListPrice | null, limit: number, text: string): Promise<ListPrice[]> {
  let query = db.selectFrom('price_list_row').selectAll().where('list_id', '=', listId);
  if (text !== '') query = query.where(contains('product_number', text));
  if (after !== null) {
    query = query.where((eb) =>
      eb.or([
        eb('product_number', '>', after.productNumber),
        eb.and([eb('product_number', '=', after.productNumber), eb('quantity_from', '>', after.quantityFrom)]),
      ]),
    );
  }
  return (await query.orderBy('product_number').orderBy('quantity_from').limit(limit).execute()).map(listPrice);
}

async function discountsAfter(
  db: Db,
  listId: string,
  after: ListDiscount | null,
  limit: number,
  text: string,
): Promise<ListDiscount[]> {
  let query = db.selectFrom('price_list_discount').selectAll().where('list_id', '=', listId);
  if (text !== '') query = query.where(contains('name', text));
  if (after !== null) {
    const { goods, name } = storedGoods(after);
    query = query.where((eb) =>
      eb.or([
        eb('goods', '>', goods),
        eb.and([eb('goods', '=', goods), eb('name', '>', name)]),
        eb.and([eb('goods', '=', goods), eb('name', '=', name), eb('quantity_from', '>', after.quantityFrom)]),
      ]),
    );
  }
  const rows = await query.orderBy('goods').orderBy('name').orderBy('quantity_from').limit(limit).execute();
  return rows.map(listDiscount);
}

/** What some lists say of some products by their numbers, by list and product. */
export async function rowsOfProducts(
  db: Db,
  listIds: readonly string[],
  productNumbers: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly ListRow[]>>> {
  const byList = new Map<string, Map<string, ListRow[]>>();
  if (listIds.length === 0 || productNumbers.length === 0) return byList;
  const prices = await db
    .selectFrom('price_list_row')
    .selectAll()
    .where('list_id', 'in', listIds)
    .where('product_number', 'in', productNumbers)
    .execute();
  const discounts = await db
    .selectFrom('price_list_discount')
    .selectAll()
    .where('list_id', 'in', listIds)
    .where('goods', '=', 'product')
    .where('name', 'in', productNumbers)
    .execute();
  const note = (listId: string, productNumber: string, row: ListRow): void => {
    const ofList = byList.get(listId) ?? new Map<string, ListRow[]>();
    byList.set(listId, ofList.set(productNumber, [...(ofList.get(productNumber) ?? []), row]));
  };
  for (const row of prices) note(row.list_id, row.product_number, listPrice(row));
  for (const row of discounts) note(row.list_id, row.name, listDiscount(row));
  return byList;
}

/** What some lists say of categories and all goods, by list. */
export async function wideDiscounts(db: Db, listIds: readonly string[]): Promise<ReadonlyMap<string, readonly WideDiscount[]>> {
  const byList = new Map<string, WideDiscount[]>();
  if (listIds.length === 0) return byList;
  const rows = await db
    .selectFrom('price_list_discount')
    .selectAll()
    .where('list_id', 'in', listIds)
    .where('goods', '!=', 'product')
    .execute();
  for (const row of rows) {
    const discount = listDiscount(row);
    if ('productNumber' in discount) continue;
    byList.set(row.list_id, [...(byList.get(row.list_id) ?? []), discount]);
  }
  return byList;
}

function listPrice(row: PriceRow): ListPrice {
  return { productNumber: row.product_number, quantityFrom: row.quantity_from, priceMinor: row.price_minor };
}

function listDiscount({ goods, name, quantity_from: quantityFrom, percent_bps: percentBps }: DiscountRow): ListDiscount {
  const discount = { quantityFrom, percentBps };
  if (goods === 'product') return { productNumber: name, ...discount };
  return goods === 'category' ? { categoryId: name, ...discount } : { allGoods: true, ...discount };
}

function storedGoods(row: ListRow): Pick<DiscountRow, 'goods' | 'name'> {
  if ('productNumber' in row) return { goods: 'product', name: row.productNumber };
  return 'categoryId' in row ? { goods: 'category', name: row.categoryId } : { goods: 'all', name: '' };
}

/** Puts other rows in the place of all that a list says of the goods of some. */
export async function replaceRows(
  trx: Trx,
  listId: string,
  before: readonly ListRow[],
  after: readonly ListRow[],
): Promise<void> {
  const gone = before.map(storedGoods);
  for (const some of chunks([...new Set(gone.flatMap(({ goods, name }) => (goods === 'product' ? [name] : [])))])) {
    await trx.deleteFrom('price_list_row').where('list_id', '=', listId).where('product_number', 'in', some).execute();
  }
  for (const goods of ['product', 'category', 'all'] as const) {
    for (const some of chunks([...new Set(gone.flatMap((one) => (one.goods === goods ? [one.name] : [])))])) {
      await trx
        .deleteFrom('price_list_discount')
        .where('list_id', '=', listId)
        .where('goods', '=', goods)
        .where('name', 'in', some)
        .execute();
    }
  }
  for (const some of chunks(after.filter((row) => 'priceMinor' in row))) {
    const rows = some.map(({ productNumber, quantityFrom, priceMinor }) => ({
      list_id: listId,
      product_number: productNumber,
      quantity_from: quantityFrom,
      price_minor: priceMinor,
    }));
    await trx.insertInto('price_list_row').values(rows).execute();
  }
  for (const some of chunks(after.filter((row) => 'percentBps' in row))) {
    const rows = some.map((row) => ({
      list_id: listId,
      ...storedGoods(row),
      quantity_from: row.quantityFrom,
      percent_bps: row.percentBps,
    }));
    await trx.insertInto('price_list_discount').values(rows).execute();
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

/** Marks all products, whatever their number. */
export const ALL_PRODUCTS = '';

/** The same of all that a list has. */
export async function markListedDue(trx: Trx, list: PriceList, nextId: () => string): Promise<void> {
  const { list_id: listId, programme_id: programmeId } = list;
  if ((await wideDiscounts(trx, [listId])).has(listId)) return markDue(trx, programmeId, [ALL_PRODUCTS], nextId);
  const priced = await trx
    .selectFrom('price_list_row')
    .select('product_number')
    .distinct()
    .where('list_id', '=', listId)
    .execute();
  const discounted = await trx
    .selectFrom('price_list_discount')
    .select('name as product_number')
    .distinct()
    .where('list_id', '=', listId)
    .execute();
  const numbers = new Set([...priced, ...discounted].map((row) => row.product_number));
  await markDue(trx, programmeId, [...numbers], nextId);
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

/** All lists that a company buys at, those that are over too, in the order of their codes. */
export async function priceListsOfCompany(db: Db, companyId: string): Promise<PriceList[]> {
  return db
    .selectFrom('price_list_company')
    .innerJoin('price_list', 'price_list.list_id', 'price_list_company.list_id')
    .selectAll('price_list')
    .where('company_id', '=', companyId)
    .orderBy('code')
    .execute();
}

/** A page of companies that buy at a list, in the order of their ids. */
export async function companiesOfList(
  db: Db,
  listId: string,
  after: string,
  limit: number,
): Promise<(Row<'price_list_company'> & { readonly name: string })[]> {
  return db
    .selectFrom('price_list_company')
    .innerJoin('company', 'company.company_id', 'price_list_company.company_id')
    .selectAll('price_list_company')
    .select('company.name')
    .where('list_id', '=', listId)
    .where('price_list_company.company_id', '>', after)
    .orderBy('price_list_company.company_id')
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
