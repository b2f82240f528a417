import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { explainDecision } from '../../sidecar/src/explain/explain-decision';
import { LANGUAGES } from '../../sidecar/src/explain/language';
import type { Reason } from '../../sidecar/src/domain/reason';
import { expireLots } from '../../sidecar/src/operations/expire-lots';
import { listDueGifts } from '../../sidecar/src/operations/list-due-gifts';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { projectTierPrices } from '../../sidecar/src/operations/project-tier-prices';
import { expireHolds, releaseHold } from '../../sidecar/src/operations/release-hold';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { secureRedemption } from '../../sidecar/src/operations/secure-redemption';
import { recordRefusal } from '../../sidecar/src/operations/record-refusal';
import { reason } from '../../sidecar/src/domain/reason';
import { inTransaction, type Db } from '../../sidecar/src/storage/transaction';
import { storeProducts } from '../../sidecar/src/stores/catalog-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const PROGRAMME = {
  currencies: { EUR: { earn: { points: 10, per: 1 }, pointValue: { points: 100, value: 1 }, turnoverFactor: 1 } },
  accrual: { lockDays: 0, multipliers: [{ code: 'double', multiplier: 2, scope: { tiers: ['gold'] } }] },
  expireAfterDays: 100,
  welcome: { points: 50 },
  tiers: { metric: 'turnover', windowDays: 30, graceDays: 0, levels: [{ code: 'gold', name: 'Gold', threshold: 100 }] },
  volume: [{ code: 'pieces', name: 'Pieces', metric: 'items', period: 'year', bands: [{ from: 100, points: 7 }] }],
  tierPrices: [{ code: 'gold-ten', tier: 'gold', products: ['SKU-1'], steps: [{ quantityFrom: 1, percentOff: 10 }] }],
  freeProducts: [{ code: 'mug', products: ['MUG'], quantity: 1, minimumGoods: { EUR: 50 } }],
  redemption: { minimumPoints: 100, stepPoints: 10, maximumSharePercent: 50, holdMinutes: 60 },
};

const kindsOf = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('decision').select('kind').distinct().orderBy('kind').execute()).map(({ kind }) => kind);

const codesOf = async (db: Db, kind: string): Promise<string[]> => {
  const rows = await db.selectFrom('decision').select('reasons').where('kind', '=', kind).orderBy('decided_at').execute();
  return rows.flatMap((row) => (JSON.parse(row.reasons) as Reason[]).map(({ code }) => code));
};

const hold = ({ context }: Books, idempotencyKey: string, change: object = {}) =>
  placeHold(context, {
    programmeId: PROGRAMME_ID,
    shopId: 'shop-1',
    customerId: 'c1',
    cartRef: 'cart',
    points: 200,
    currency: 'EUR',
    goodsMinor: 10_000,
    idempotencyKey,
    ...change,
  });

/** Orders paid, changed, paid with points, refunded and cancelled; holds of every end; staff, expiry and reviews. */
async function richHistory(books: Books): Promise<void> {
  const { context, clock } = books;
  await books.buy('o1', '2026-03-01T10:00:00.000Z', 150, { gifts: [{ ruleCode: 'mug', productNumber: 'MUG', quantity: 1 }] });
  await books.buy('o2', '2026-03-02T10:00:00.000Z', 20, { paidAt: null, paymentState: 'open' });
  await books.buy('o2', '2026-03-02T10:00:00.000Z', 20);
  const held = await hold(books, 'held-1');
  if (!held.ok) throw new Error(held.code);
  const paid: Partial<OrderSnapshot> = { redemption: { points: 150, holdId: held.value.holdId } };
  await books.buy('o3', '2026-03-03T10:00:00.000Z', 30, paid);
  await books.buy('o3', '2026-03-03T10:00:00.000Z', 30, { ...paid, orderState: 'cancelled' });
  const released = await hold(books, 'held-2');
  if (released.ok) await releaseHold(context, { holdId: released.value.holdId, programmeId: null, status: 'released' });
  await hold(books, 'held-3');
  clock.advance(3_600_000);
  await expireHolds(context, clock.now());
  const wish = {
    programmeId: PROGRAMME_ID,
    shopId: 'shop-1',
    customerId: 'c1',
    intent: 'wish',
    valueMinor: 100,
    currency: 'EUR',
  };
  await secureRedemption(context, { ...wish, points: 100 });
  await secureRedemption(context, { ...wish, points: 200 });
  await books.spend(10);
  await books.buy('o1', '2026-03-01T10:00:00.000Z', 150, { paymentState: 'refunded', orderState: 'cancelled' });
  await books.moveTo('2026-05-01T10:00:00.000Z');
  await reviewTiers(context, clock.now());
  await books.buy('o4', '2026-05-02T10:00:00.000Z', 80);
  await expireHolds(context, clock.now());
  await books.moveTo('2027-01-01T10:00:00.000Z');
  await expireLots(context, clock.now());
}

describeEachStorage('decisions', (open) => {
  it('stand behind every entry and every change of tier, and read without a gap in every language', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', PROGRAMME);
    await richHistory(books);
    const { db, programmes } = books.context;
    const entries = await db.selectFrom('ledger_entry').select(['kind', 'decision_id']).execute();
    const known = new Set((await db.selectFrom('decision').select('decision_id').execute()).map((row) => row.decision_id));
    const changes = await db.selectFrom('tier_change').select('decision_id').execute();
    expect([...entries, ...changes].filter(({ decision_id: id }) => id === null || !known.has(id))).toEqual([]);
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(
      new Set([
        'accrual',
        'adjustment',
        'clawback',
        'expiry',
        'hold_captured',
        'hold_expired',
        'hold_placed',
        'hold_released',
        'redemption_return',
        'release',
        'volume_reward',
        'welcome',
      ]),
    );
    const { programme } = (await programmes.effectiveAt(db, PROGRAMME_ID, books.clock.now())) ?? {};
    for (const row of await db.selectFrom('decision').selectAll().execute()) {
      const [inputs, outcome] = [row.inputs, row.outcome].map((text) => JSON.parse(text) as unknown);
      const decision = { kind: row.kind, inputs, outcome, reasons: JSON.parse(row.reasons) as Reason[] };
      for (const language of LANGUAGES) {
        const words = explainDecision(decision, programme ?? null, language);
        const said = [words.title, words.outcome, ...words.lines.map(({ text }) => text)];
        expect(said.filter((text) => text === '' || /\{|\}|undefined|NaN|^[a-z]+(_[a-z]+)+$/.test(text))).toEqual([]);
      }
    }
  });

  it('keep the gifts of an order, and that it has them no more', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', PROGRAMME);
    const gifts = [{ ruleCode: 'mug', productNumber: 'MUG', quantity: 1 }];
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 60, { gifts });
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 60, { gifts, paymentState: 'partially_refunded' });
    await books.buy('o1', '2026-03-02T10:00:00.000Z', 60, { gifts, orderState: 'cancelled' });
    expect(await codesOf(books.context.db, 'gift')).toEqual(['gift_granted', 'gift_withdrawn']);
  });

  it('keep what a cart was offered and refused, once for the same answers', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', PROGRAMME);
    const cart = { programmeId: PROGRAMME_ID, shopId: 'shop-1', customerId: 'c1', currency: 'EUR' };
    for (const goodsMinor of [1000, 1200, 6000, 1300]) await listDueGifts(books.context, { ...cart, goodsMinor });
    await listDueGifts(books.context, { ...cart, customerId: null, goodsMinor: 1000 });
    expect((await codesOf(books.context.db, 'gifts_due')).sort()).toEqual(['gift_below_minimum', 'gift_due']);
  });

  it.each([
    ['not enough points', { points: 1000 }, 'insufficient_points'],
    ['too few', { points: 50 }, 'below_minimum'],
    ['no step', { points: 105 }, 'not_a_step'],
    ['more than the share', { goodsMinor: 100 }, 'above_share'],
    ['another currency', { currency: 'USD' }, 'currency_not_redeemable'],
    ['a stranger', { customerId: 'nobody' }, 'unknown_member'],
  ])('keep the refusal of a hold for %s, once a wish', async (_name, change, code) => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', PROGRAMME);
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 50);
    const before = await books.available();
    for (const key of ['wish-1', 'wish-1', 'wish-2']) expect(await hold(books, key, change)).toMatchObject({ ok: false, code });
    expect(await codesOf(books.context.db, 'hold_refused')).toEqual([`hold_refused_${code}`, `hold_refused_${code}`]);
    expect(await books.available()).toBe(before);
  });

  it('keep the refusal of a checkout once, however many ask at a time', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', PROGRAMME);
    const { context, memberId } = books;
    const refuse = () =>
      recordRefusal(context.db, context, {
        kind: 'checkout_refused',
        programmeId: PROGRAMME_ID,
        shopId: 'shop-1',
        customerId: 'c1',
        subject: 'checkout:shop-1',
        wish: 'wish',
        inputs: {},
        reason: reason('checkout_points_already_used', false),
      });
    await Promise.all([refuse(), refuse(), refuse(), refuse()]);
    const rows = await context.db.selectFrom('decision').select('member_id').where('kind', '=', 'checkout_refused').execute();
    expect(rows).toEqual([{ member_id: memberId }]);
  });

  it('keep the prices of a product where they change, and nothing where they do not', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', PROGRAMME);
    const { context } = books;
    const now = books.clock.now();
    const published = await context.programmes.effectiveAt(context.db, PROGRAMME_ID, now);
    if (!published) throw new Error('nothing is published');
    const items = (grossMinor: number) => [
      { productId: 'p1', productNumber: 'SKU-1', categoryIds: [], prices: { EUR: { grossMinor, netMinor: grossMinor } } },
    ];
    const project = async (grossMinor: number) => {
      await inTransaction(context.db, (trx) => storeProducts(trx, 'shop-1', items(grossMinor), now));
      await projectTierPrices(context.db, { shopId: 'shop-1', published, ids: context.ids, now });
    };
    for (const grossMinor of [1005, 1005, 2000]) await project(grossMinor);
    const rows = await context.db.selectFrom('decision').selectAll().where('kind', '=', 'tier_price').execute();
    expect(rows.map((row) => [row.subject, row.programme_version_id])).toEqual([
      ['product:shop-1:p1', published.versionId],
      ['product:shop-1:p1', published.versionId],
    ]);
    const figures = rows.flatMap((row) => (JSON.parse(row.reasons) as Reason[]).map((one) => one.figures));
    // 10.05 less 10 % is 9.045, to the nearest cent.
    expect(figures).toContainEqual({
      tier: 'gold',
      rule: 'gold-ten',
      quantityFrom: 1,
      currency: 'EUR',
      regularMinor: 1005,
      priceMinor: 905,
      percentBps: 1000,
      rounding: 'nearest',
    });
    expect(await kindsOf(context.db)).toContain('tier_price');
  });
});
