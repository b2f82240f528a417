import { createPublicLinks } from '../../sidecar/src/security/public-links';
import { ManualClock } from '../../sidecar/src/clock';
import type { Programme } from '../../sidecar/src/domain/programme';
import { ShopApiError } from '../../sidecar/src/errors';
import { systemIds } from '../../sidecar/src/ids';
import { refreshCatalogue } from '../../sidecar/src/jobs/refresh-catalogue';
import { projectTerms } from '../../sidecar/src/operations/project-terms';
import { projectTierPrices } from '../../sidecar/src/operations/project-tier-prices';
import type { CatalogProduct } from '../../sidecar/src/platform/platform';
import { parseProgramme } from '../../sidecar/src/programme-document/programme-document';
import { openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { inTransaction, type Db } from '../../sidecar/src/storage/transaction';
import { productsAfter, removeUnseen, storeProducts } from '../../sidecar/src/stores/catalog-store';
import { desiredIds } from '../../sidecar/src/stores/desired-state-store';
import { programmeDocument } from '../support/programme';
import { connectedShop, standInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const LATER = '2026-03-02T10:00:00.000Z';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const product = (index: number, grossMinor = 1190): CatalogProduct => ({
  productId: `p${String(index).padStart(5, '0')}`,
  productNumber: `SKU-${index}`,
  categoryIds: ['shoes', index % 2 === 0 ? 'even' : 'odd'],
  prices: { EUR: { grossMinor, netMinor: Math.round(grossMinor / 1.19) } },
});

const products = (count: number): CatalogProduct[] => Array.from({ length: count }, (_, index) => product(index));

function programmeWith(change: Record<string, unknown> = {}): Programme {
  const parsed = parseProgramme(programmeDocument(change));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

/** Gold pays 10 % less for products of the category `even`. */
const priced: Programme = {
  ...programmeWith(),
  tierPrices: [
    {
      code: 'gold-even',
      tier: 'gold',
      categories: ['even'],
      steps: [{ quantityFrom: 1, effect: { kind: 'percent', percentBps: 1000 } }],
    },
  ],
};

const under = (programme: Programme) => ({
  published: { versionId: 'v1', programmeId: 'default', versionNumber: 1, programme },
  ids: systemIds,
});

const store = (db: Db, items: readonly CatalogProduct[], at = NOW): Promise<number> =>
  inTransaction(db, (trx) => storeProducts(trx, 's1', items, at));

const desired = async (db: Db, type: string, id: string): Promise<unknown> => {
  const row = await db
    .selectFrom('desired_state')
    .select('desired')
    .where('shop_id', '=', 's1')
    .where('resource_type', '=', type)
    .where('resource_id', '=', id)
    .executeTakeFirst();
  return row && JSON.parse(row.desired);
};

describeEachStorage('catalogue', (open) => {
  it('stores new and changed products and says how many', async () => {
    const { db } = await open();
    expect(await store(db, [])).toBe(0);
    expect(await store(db, [product(1), product(2), product(2)])).toBe(2);
    expect(await store(db, [product(1), product(2)])).toBe(0);
    expect(await store(db, [product(1, 999), { ...product(2), categoryIds: ['even', 'shoes'] }])).toBe(1);
    expect(await productsAfter(db, 's1', null, 10)).toEqual([
      { ...product(1, 999), categoryIds: ['odd', 'shoes'] },
      { ...product(2), categoryIds: ['even', 'shoes'] },
    ]);
    expect(await productsAfter(db, 's1', 'p00001', 10)).toHaveLength(1);
    expect(await productsAfter(db, 's2', null, 10)).toEqual([]);
  });

  it('forgets only what was not seen', async () => {
    const { db } = await open();
    await store(db, [product(1), product(2)]);
    await store(db, [product(2)], LATER);
    expect(await removeUnseen(db, 's1', LATER)).toBe(1);
    expect((await productsAfter(db, 's1', null, 10)).map((kept) => kept.productId)).toEqual(['p00002']);
  });

  it('follows the shop page by page', async () => {
    const { db } = await open();
    const clock = new ManualClock(Date.parse(NOW));
    const platform = standInPlatform();
    const shop = connectedShop('s1');
    const list = (items: readonly CatalogProduct[]) => {
      platform.productsPage = (cursor) => {
        const from = Number(cursor ?? 0);
        return { items: items.slice(from, from + 2), nextCursor: from + 2 < items.length ? String(from + 2) : null };
      };
    };
    const refresh = () => refreshCatalogue({ db, clock, log: silent, platform, shop });
    list(products(5));
    expect(await refresh()).toEqual({ products: 5, changed: 5, removed: 0 });
    clock.advance(86_400_000);
    list(products(4));
    expect(await refresh()).toEqual({ products: 4, changed: 0, removed: 1 });
    clock.advance(86_400_000);
    platform.productsPage = (cursor) => {
      if (cursor !== null) throw new ShopApiError('HTTP 500', true, 500);
      return { items: products(2), nextCursor: '2' };
    };
    await expect(refresh()).rejects.toThrow('HTTP 500');
    expect(await productsAfter(db, 's1', null, 10)).toHaveLength(4);
    list([]);
    expect(await refresh()).toEqual({ products: 0, changed: 0, removed: 0 });
    expect(await productsAfter(db, 's1', null, 10)).toHaveLength(4);
  });
});

describeEachStorage('tier price projection', (open) => {
  it('states the prices of products that have any', async () => {
    const { db } = await open();
    await store(db, products(4));
    expect(await projectTierPrices(db, { shopId: 's1', ...under(priced), now: NOW })).toEqual({ products: 4, changed: 2 });
    expect(await desiredIds(db, 's1', 'tier-price')).toEqual(['p00000', 'p00002']);
    expect(await desired(db, 'tier-price', 'p00002')).toEqual({
      productId: 'p00002',
      productNumber: 'SKU-2',
      rows: [{ tier: 'gold', quantityFrom: 1, currency: 'EUR', grossMinor: 1071, netMinor: 900 }],
    });
  });

  it('takes prices back when the rule goes, the price changes, or the product leaves', async () => {
    const { db } = await open();
    await store(db, products(6));
    const project = (programme: Programme) =>
      projectTierPrices(db, { shopId: 's1', ...under(programme), now: LATER, batchSize: 2 });
    expect((await project(priced)).changed).toBe(3);
    await store(db, [product(0, 2000)], LATER);
    expect((await project(priced)).changed).toBe(1);
    await store(db, [product(0, 2000), product(1), product(2)], LATER);
    await removeUnseen(db, 's1', LATER);
    expect(await project(priced)).toEqual({ products: 3, changed: 1 });
    expect(await desired(db, 'tier-price', 'p00004')).toBeNull();
    expect((await project({ ...priced, tierPrices: [] })).changed).toBe(2);
    expect(await desiredIds(db, 's1', 'tier-price')).toEqual([]);
    expect((await project({ ...priced, tierPrices: [] })).changed).toBe(0);
  });

  it('leaves other shops alone', async () => {
    const { db } = await open();
    await store(db, products(2));
    await projectTierPrices(db, { shopId: 's1', ...under(priced), now: NOW });
    await projectTierPrices(db, { shopId: 's2', ...under(priced), now: NOW });
    expect(await desiredIds(db, 's1', 'tier-price')).toEqual(['p00000']);
  });
});

describe('tier price projection of a large catalogue', () => {
  let statements: string[] = [];
  let storage: Storage;

  beforeAll(async () => {
    storage = openStorage({ url: 'sqlite::memory:', log: (event) => statements.push(event.query.sql) });
    await migrate(storage, new ManualClock(Date.parse(NOW)));
    await store(storage.db, products(3000));
  });

  afterAll(() => storage.close());

  it('takes short transactions, and almost nothing when nothing changed', async () => {
    statements = [];
    const project = () => projectTierPrices(storage.db, { shopId: 's1', ...under(priced), now: NOW });
    expect(await project()).toEqual({ products: 3000, changed: 1500 });
    const transactions = statements.join('\n').split('begin').slice(1);
    expect(transactions).toHaveLength(32);
    for (const transaction of transactions) expect(transaction.split('\n').length).toBeLessThan(200);
    statements = [];
    expect(await project()).toEqual({ products: 3000, changed: 0 });
    expect(statements.filter((statement) => /^(insert|update|delete)/.test(statement))).toEqual([]);
    expect(statements.length).toBeLessThan(140);
  });
});

describeEachStorage('terms projection', (open) => {
  const project = (db: Db, programme: Programme, now = NOW) =>
    inTransaction(db, (trx) =>
      projectTerms(trx, {
        shopId: 's1',
        programmeVersionId: 'v1',
        programme,
        now,
        links: createPublicLinks('https://loyalty.example', Buffer.alloc(32)),
      }),
    );

  const plain = (atLeast: number) => ({
    requirement: { combine: 'all', conditions: [{ metric: 'turnover', atLeast, window: { days: 365 } }] },
    perks: { freeShipping: false, fasterShipping: false, earlyAccess: false, accountContact: null, texts: [] },
  });

  it('states the terms a cart works with, and every tier', async () => {
    const { db } = await open();
    await project(db, programmeWith());
    expect(await desired(db, 'terms', 'programme')).toEqual({
      programmeVersionId: 'v1',
      baseCurrency: 'EUR',
      minorUnits: { EUR: 100 },
      tierMetric: 'turnover',
      redemption: {
        pointValue: { EUR: { valuePoints: 100, valueMinor: 100 } },
        minimumPoints: 1,
        stepPoints: 1,
        maximumShareBps: 10_000,
        holdMinutes: 2880,
      },
      accrual: {
        basis: 'gross',
        rounding: 'down',
        lockDays: 14,
        pointsPaymentReducesBasis: true,
        earn: { EUR: { points: 1, perMinor: 100 } },
        minimumMinor: {},
        multiplierBps: 10_000,
        tierMultiplierBps: { silver: 10_000, gold: 20_000 },
      },
      freeProducts: [],
      campaigns: [],
      tiers: [
        { code: 'silver', name: 'Silver', rank: 0, freeShipping: false, threshold: 20_000, ...plain(20_000) },
        { code: 'gold', name: 'Gold', rank: 1, freeShipping: false, threshold: 50_000, ...plain(50_000) },
      ],
      volume: [],
    });
    expect(await desired(db, 'tier', 'gold')).toEqual({ code: 'gold', name: 'Gold', rank: 1, freeShipping: false });
  });

  it('removes tiers the programme no longer has', async () => {
    const { db } = await open();
    const programme = programmeWith();
    await project(db, programme);
    await project(db, { ...programme, tiers: { ...programme.tiers, levels: programme.tiers.levels.slice(1) } }, LATER);
    expect(await desiredIds(db, 's1', 'tier')).toEqual(['gold']);
    expect(await desired(db, 'tier', 'silver')).toBeNull();
    expect(await desired(db, 'tier', 'gold')).toEqual({ code: 'gold', name: 'Gold', rank: 0, freeShipping: false });
  });

  it('tells gifts with everything that decides them, and no redemption when nothing can be redeemed', async () => {
    const { db } = await open();
    const rule = { code: 'mug', products: ['MUG'], quantity: 1, minimumGoodsMinor: { EUR: 5000 }, limitPerMember: 1, stock: 100 };
    await project(db, { ...programmeWith(), redemption: null, freeProducts: [{ ...rule, tiers: ['gold'] }] });
    expect(await desired(db, 'terms', 'programme')).toMatchObject({
      redemption: null,
      freeProducts: [
        {
          code: 'mug',
          products: ['MUG'],
          quantity: 1,
          minimumGoodsMinor: { EUR: 5000 },
          tiers: ['gold'],
          segments: null,
          from: null,
          until: null,
          limitPerMember: 1,
        },
      ],
    });
  });
});
