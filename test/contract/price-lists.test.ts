/** Price lists of companies: replaced whole, begun and ended in time, limits that hold, on both databases. */
import type { TierPriceMirror } from '../../sidecar/src/domain/mirror';
import { MAX_LISTS_A_COMPANY, MAX_QUANTITIES_A_PRODUCT, type ListPrice, type ListRow } from '../../sidecar/src/domain/price-list';
import { assignPriceList, unassignPriceList } from '../../sidecar/src/operations/assign-price-list';
import { changeListRows, type ChangeRowsInput } from '../../sidecar/src/operations/change-list-rows';
import { endPriceList, putPriceList, type PutPriceListInput } from '../../sidecar/src/operations/put-price-list';
import { replaceListPrices } from '../../sidecar/src/operations/replace-prices';
import { unseatBuyer } from '../../sidecar/src/operations/seat-buyer';
import { tendPriceLists } from '../../sidecar/src/operations/tend-price-lists';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { storeProducts } from '../../sidecar/src/stores/catalog-store';
import { desiredIds } from '../../sidecar/src/stores/desired-state-store';
import { rowsAfter } from '../../sidecar/src/stores/price-list-store';
import { openCompanyBooks, SHOP, STAFF, type CompanyBooks } from '../support/company-books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const DAY_MS = 86_400_000;

async function openLists(storage: Storage) {
  const books = await openCompanyBooks(storage);
  const { db } = storage;
  const { context, clock, company } = books;
  const now = clock.now();
  const shop = { platform: 'shopware' as const, external_shop_id: 'x', programme_id: PROGRAMME_ID, url: 'https://shop.example' };
  await db
    .insertInto('shop')
    .values({
      ...shop,
      shop_id: SHOP,
      status: 'active',
      settings: '{}',
      created_at: now,
      updated_at: now,
      app_version: null,
      ...NO_SECRETS,
    })
    .execute();
  const items = ['LAMP', 'TABLE'].map((productNumber) => ({
    productId: `id-${productNumber}`,
    productNumber,
    categoryIds: [],
    prices: { EUR: { grossMinor: 11_900, netMinor: 10_000 } },
  }));
  await inTransaction(db, (trx) => storeProducts(trx, SHOP, items, now));
  const key = (code: string) => ({ programmeId: PROGRAMME_ID, code, ...STAFF });
  return {
    ...books,
    key,
    put: (code: string, change: Partial<PutPriceListInput> = {}) =>
      putPriceList(context, {
        ...key(code),
        ...{ name: code, currency: 'EUR', basis: 'net', priority: 0, validFrom: null, validUntil: null },
        ...change,
      }),
    price: (code: string, prices: readonly ListRow[]) => replaceListPrices(context, { ...key(code), prices }),
    change: (code: string, change: Partial<Pick<ChangeRowsInput, 'put' | 'remove'>>) =>
      changeListRows(context, { ...key(code), put: [], remove: [], ...change }),
    rows: async (code: string, text = '') => {
      const query = db.selectFrom('price_list').select(['list_id', 'prices']).where('code', '=', code);
      const { list_id, prices } = await query.executeTakeFirstOrThrow();
      return { prices, rows: await rowsAfter(db, list_id, null, 100, text) };
    },
    assign: (code: string) => assignPriceList(context, { ...key(code), companyId: company.company_id }),
    tend: () => tendPriceLists(context, clock.now()),
    async listed(product: string): Promise<[string, number][]> {
      const query = db.selectFrom('desired_state').select('desired').where('resource_id', '=', `id-${product}`);
      const row = await query.where('resource_type', '=', 'tier-price').executeTakeFirst();
      const state = row ? (JSON.parse(row.desired) as TierPriceMirror | null) : null;
      return (state?.lists ?? []).map(({ list, netMinor }) => [list, netMinor]);
    },
  };
}

const NO_SECRETS = {
  signing_secret: null,
  previous_signing_secret: null,
  previous_valid_until: null,
  pending_signing_secret: null,
  pending_url: null,
  api_credentials: null,
};

const lamp = (priceMinor: number, quantityFrom = 1): ListPrice => ({ productNumber: 'LAMP', quantityFrom, priceMinor });
const table = (priceMinor: number, quantityFrom = 1): ListPrice => ({ productNumber: 'TABLE', quantityFrom, priceMinor });
const listsOf = async (books: CompanyBooks, customerId: string) => (await books.mirror(customerId)).priceLists;

describeEachStorage('price lists', (open) => {
  it('reach the products they name and the buyers of their companies, and leave them again', async () => {
    const lists = await openLists(await open());
    await lists.seat(lists.ann);
    expect(await lists.put('a')).toMatchObject({ value: { outcome: 'created' } });
    expect(await lists.put('a')).toMatchObject({ value: { outcome: 'same' } });
    expect(await lists.price('a', [lamp(8000), table(7000)])).toMatchObject({ value: { changedProducts: 2 } });
    expect(await lists.price('a', [table(7000), lamp(8000)])).toMatchObject({ value: { changedProducts: 0 } });
    expect(await lists.assign('a')).toMatchObject({ value: { changed: true } });
    expect([await listsOf(lists, 'c1'), await listsOf(lists, 'c2')]).toEqual([['a'], undefined]);
    expect(await lists.tend()).toMatchObject({ products: 2 });
    expect(await lists.listed('LAMP')).toEqual([['a', 8000]]);
    await lists.price('a', [lamp(8000)]);
    await lists.tend();
    expect([await lists.listed('LAMP'), await lists.listed('TABLE')]).toEqual([[['a', 8000]], []]);
    await unseatBuyer(lists.context, { companyId: lists.company.company_id, memberId: lists.ann, ...STAFF });
    expect(await listsOf(lists, 'c1')).toBeUndefined();
    await lists.seat(lists.bob);
    expect(await listsOf(lists, 'c2')).toEqual(['a']);
    const pair = { ...lists.key('a'), companyId: lists.company.company_id };
    expect(await unassignPriceList(lists.context, pair)).toMatchObject({ value: { changed: true } });
    expect(await unassignPriceList(lists.context, pair)).toMatchObject({ value: { changed: false } });
    expect(await listsOf(lists, 'c2')).toBeUndefined();
  });

  it('have a few rows changed while the others stay, all of them or none', async () => {
    const lists = await openLists(await open());
    await lists.put('a');
    await lists.price('a', [lamp(8000), lamp(7500, 10), table(7000)]);
    await lists.tend();
    const shade = { productNumber: 'Shade_1', quantityFrom: 1, percentBps: 500 };
    const all = { allGoods: true, quantityFrom: 1, percentBps: 100 } as const;
    const put = [lamp(7900), shade, all];
    const changed = { prices: 4, changedProducts: 2, changedDiscounts: 1 };
    expect(await lists.change('a', { put, remove: [lamp(0, 10)] })).toMatchObject({ value: changed });
    expect(await lists.rows('a')).toEqual({ prices: 4, rows: [lamp(7900), table(7000), all, shade] });
    expect(await lists.change('a', { put, remove: [lamp(0, 10)] })).toMatchObject({
      value: { prices: 4, changedProducts: 0, changedDiscounts: 0 },
    });
    expect([(await lists.rows('a', 'shade_')).rows, (await lists.rows('a', '%')).rows]).toEqual([[shade], []]);
    const tooMany = Array.from({ length: MAX_QUANTITIES_A_PRODUCT }, (_one, place) => table(100, place + 2));
    expect(await lists.change('a', { put: [lamp(1), ...tooMany] })).toMatchObject({
      code: 'wrong_row',
      details: { index: MAX_QUANTITIES_A_PRODUCT, problem: 'TABLE has more than 20 quantities' },
    });
    expect(await lists.change('a', { put: [lamp(1), lamp(2)] })).toMatchObject({ code: 'wrong_row', details: { index: 1 } });
    // Who changes rows at once does so one after the other.
    await Promise.all([1, 2, 3].map((quantity) => lists.change('a', { put: [lamp(7900 - quantity, quantity)] })));
    expect(await lists.rows('a', 'LAMP')).toMatchObject({ prices: 6, rows: [lamp(7899), lamp(7898, 2), lamp(7897, 3)] });
  });

  it('take a share off categories and all goods, and tell every product when that changes', async () => {
    const storage = await open();
    const lists = await openLists(storage);
    await storage.db
      .updateTable('catalog_product')
      .set({ category_ids: '["lights"]' })
      .where('product_number', '=', 'LAMP')
      .execute();
    await lists.put('a');
    const all = { allGoods: true, quantityFrom: 1, percentBps: 500 } as const;
    const lights = { categoryId: 'lights', quantityFrom: 10, percentBps: 1250 };
    const own = { productNumber: 'TABLE', quantityFrom: 1, percentBps: 333 };
    const price = await lists.price('a', [all, lights, own, table(9000, 5)]);
    expect(price).toMatchObject({ value: { prices: 4, changedProducts: 1, changedDiscounts: 2 } });
    await lists.tend();
    expect(await lists.listed('LAMP')).toEqual([
      ['a', 10_000],
      ['a', 8750],
    ]);
    expect(await lists.listed('TABLE')).toEqual([
      ['a', 9667],
      ['a', 9000],
    ]);
    const { list_id: listId } = await storage.db.selectFrom('price_list').selectAll().executeTakeFirstOrThrow();
    const paged: ListRow[] = [];
    for (
      let page = await rowsAfter(storage.db, listId, null, 1);
      page[0];
      page = await rowsAfter(storage.db, listId, page[0], 1)
    ) {
      paged.push(page[0]);
    }
    expect(paged).toEqual([table(9000, 5), all, lights, own]);
    expect(await lists.price('a', paged)).toMatchObject({ value: { changedProducts: 0, changedDiscounts: 0 } });
    expect(await lists.price('a', [all])).toMatchObject({ value: { changedProducts: 1, changedDiscounts: 1 } });
    await lists.tend();
    expect([await lists.listed('LAMP'), await lists.listed('TABLE')]).toEqual([[['a', 9500]], [['a', 9500]]]);
    await endPriceList(lists.context, lists.key('a'));
    await lists.tend();
    expect([await lists.listed('LAMP'), await lists.listed('TABLE')]).toEqual([[], []]);
  });

  it('begin and end in time, once, and tell shops, buyers and products', async () => {
    const storage = await open();
    const lists = await openLists(storage);
    const { clock } = lists;
    await lists.seat(lists.ann);
    const start = Date.parse(clock.now());
    const at = (days: number): string => new Date(start + days * DAY_MS).toISOString();
    await lists.put('a', { validFrom: at(1), validUntil: at(2) });
    await lists.price('a', [lamp(8000)]);
    await lists.assign('a');
    await lists.tend();
    const shown = async () => [
      await desiredIds(storage.db, SHOP, 'price-list'),
      await listsOf(lists, 'c1'),
      await lists.listed('LAMP'),
    ];
    expect(await shown()).toEqual([[], undefined, []]);
    clock.advance(DAY_MS);
    expect(await Promise.all([lists.tend(), lists.tend()])).toHaveLength(2);
    expect(await shown()).toEqual([['a'], ['a'], [['a', 8000]]]);
    clock.advance(DAY_MS);
    await lists.tend();
    expect(await shown()).toEqual([[], undefined, []]);
    expect(await lists.tend()).toEqual({ turned: 0, companies: 0, products: 0 });
    const turns = await storage.db.selectFrom('decision').select('reasons').where('kind', '=', 'price_list').execute();
    const codes = turns.flatMap(({ reasons }) => (JSON.parse(reasons) as { code: string }[]).map(({ code }) => code));
    expect(codes.filter((code) => /begins|ends/.test(code)).sort()).toEqual(['price_list_begins', 'price_list_ends']);
    await lists.put('a', { validFrom: at(1), validUntil: null });
    await lists.tend();
    expect(await shown()).toEqual([['a'], ['a'], [['a', 8000]]]);
    await endPriceList(lists.context, lists.key('a'));
    await lists.tend();
    expect(await shown()).toEqual([[], undefined, []]);
  });

  it('count by priority, and of the same by age, the newer first', async () => {
    const lists = await openLists(await open());
    await lists.seat(lists.ann);
    for (const code of ['c', 'a', 'b']) {
      await lists.put(code, { priority: code === 'a' ? 5 : 0 });
      await lists.assign(code);
    }
    expect(await listsOf(lists, 'c1')).toEqual(['a', 'b', 'c']);
  });

  it('are replaced as a whole by whoever comes last, also when two come at once', async () => {
    const storage = await open();
    const lists = await openLists(storage);
    await lists.put('a');
    await lists.price('a', [lamp(9000), lamp(8000, 10), table(1)]);
    await Promise.all([lists.price('a', [lamp(1), table(1)]), lists.price('a', [lamp(2), lamp(2, 5)])]);
    const { list_id: listId, prices } = await storage.db.selectFrom('price_list').selectAll().executeTakeFirstOrThrow();
    const rows = await rowsAfter(storage.db, listId, null, 10);
    expect([
      [lamp(1), table(1)],
      [lamp(2), lamp(2, 5)],
    ]).toContainEqual(rows);
    expect(prices).toBe(2);
  });

  it('keep to the limit of a company, and to what cannot be done', async () => {
    const lists = await openLists(await open());
    const codes = Array.from({ length: MAX_LISTS_A_COMPANY + 1 }, (_, index) => `l-${index}`);
    for (const code of codes) await lists.put(code);
    const results = await Promise.all(codes.map((code) => lists.assign(code)));
    expect(results.filter((result) => !result.ok)).toMatchObject([{ code: 'too_many_lists_of_company' }]);
    expect(await lists.put('l-0', { currency: 'USD' })).toMatchObject({ code: 'currency_fixed' });
    expect(await lists.put('new', { currency: 'GBP' })).toMatchObject({ code: 'unknown_currency' });
    expect(await lists.assign('none')).toMatchObject({ code: 'unknown_list' });
    expect(await lists.price('none', [])).toMatchObject({ code: 'unknown_list' });
  });
});
