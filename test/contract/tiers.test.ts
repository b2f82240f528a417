import { ManualClock } from '../../sidecar/src/clock';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { clearManualTier, setManualTier } from '../../sidecar/src/operations/set-manual-tier';
import { endManualTiers } from '../../sidecar/src/operations/end-manual-tier';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { findMember } from '../../sidecar/src/stores/member-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { openBooks, type Books } from '../support/books';
import { programmeDocument, publish } from '../support/programme';
import { orderLine } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const tierOf = async ({ context, memberId }: Books) => (await findMember(context.db, memberId)).tier;
const review = ({ context }: Books, at: string) => reviewTiers(context, at);
const threshold = (code: string, items: number) => ({ code, name: code, threshold: items });
const STAFF = { reason: 'agreed with sales', actor: 'staff' };

describeEachStorage('levels by several conditions', (open) => {
  const levels = [
    threshold('silver', 5),
    {
      code: 'gold',
      name: 'Gold',
      all: [
        { metric: 'items', atLeast: 20 },
        { metric: 'orders', atLeast: 2, windowDays: 30 },
      ],
    },
    {
      code: 'vip',
      name: 'VIP',
      any: [
        { metric: 'membership', atLeast: 366 },
        { metric: 'turnover', atLeast: 1000 },
      ],
    },
  ];

  it('are reached by all of them together, within the window of each', async () => {
    const books = await openBooks(await open(), '2026-02-01T10:00:00.000Z', { tiers: { metric: 'items', levels } });
    await books.buy('o1', '2026-02-01T10:00:00.000Z', 19);
    expect(await tierOf(books)).toBe('silver');
    expect((await books.mirror()).nextTier).toMatchObject({
      code: 'gold',
      missing: 1,
      conditions: [{ missing: 1 }, { metric: 'orders', window: { days: 30 }, value: 1, missing: 1 }],
    });
    await books.buy('o2', '2026-03-03T10:00:00.000Z', 1);
    // The first order left the window of 30 days in that very moment.
    expect(await tierOf(books)).toBe('silver');
    expect((await books.mirror()).nextTier).toMatchObject({ code: 'gold', missing: null });
    await books.buy('o3', '2026-03-04T10:00:00.000Z', 1);
    expect(await tierOf(books)).toBe('gold');
    expect((await books.latestReasons('tier')).map(({ code, applied }) => [code, applied])).toEqual([
      ['tier_reached', true],
      ['tier_condition_met', true],
      ['tier_condition_met', true],
      ['tier_condition_missed', false],
      ['tier_condition_missed', false],
    ]);
  });

  it('are reached by time alone at the review, leap day counted', async () => {
    const books = await openBooks(await open(), '2026-02-01T10:00:00.000Z', { tiers: { metric: 'items', levels } });
    expect(await review(books, '2027-01-01T02:00:00.000Z')).toEqual({ reviewed: 1, changed: 0 });
    expect(await review(books, '2027-01-02T02:00:00.000Z')).toEqual({ reviewed: 1, changed: 1 });
    expect(await review(books, '2027-01-02T02:00:00.000Z')).toEqual({ reviewed: 1, changed: 0 });
    expect(await books.tierChanges()).toEqual([[null, 'vip', '2027-01-02T00:00:00.000Z']]);
  });
});

describe('a review', () => {
  it('costs a page of members one read, and one more for each window of time', async () => {
    const statements: string[] = [];
    const storage = openStorage({ url: 'sqlite::memory:', log: (event) => statements.push(event.query.sql) });
    await migrate(storage, new ManualClock(0));
    const conditions = [
      { metric: 'items', atLeast: 20 },
      { metric: 'turnover', atLeast: 90, windowDays: 365 },
      { metric: 'orders', atLeast: 2, period: 'quarter' },
    ];
    const levels = [{ code: 'gold', name: 'Gold', all: conditions }];
    const books = await openBooks(storage, '2026-02-01T10:00:00.000Z', { tiers: { levels } });
    const { db } = storage;
    const row = await findMember(db, books.memberId);
    for (let number = 0; number < 20; number += 1) {
      await db
        .insertInto('member')
        .values({ ...row, member_id: `m${number}` })
        .execute();
    }
    statements.length = 0;
    expect(await review(books, '2026-02-02T02:00:00.000Z')).toEqual({ reviewed: 21, changed: 0 });
    // The page, the programme's versions, 365 days, the quarter.
    expect(statements).toHaveLength(4);
    await storage.close();
  });
});

describeEachStorage('calendar windows and protection', (open) => {
  const tiers = (downgrade: object, levels = [threshold('silver', 5), threshold('gold', 20), threshold('vip', 50)]) => ({
    timeZone: 'Europe/Berlin',
    tiers: { metric: 'items', period: 'year', downgrade, levels },
  });

  it('a year begins and ends at midnight of the programme', async () => {
    const books = await openBooks(await open(), '2026-12-31T22:00:00.000Z', tiers({}));
    await books.buy('o1', '2026-12-31T22:59:59.998Z', 4);
    await books.buy('o2', '2026-12-31T23:00:00.000Z', 1);
    expect(await tierOf(books)).toBeNull();
    await books.buy('o3', '2027-12-31T22:59:59.000Z', 4);
    expect(await tierOf(books)).toBe('silver');
    expect(await review(books, '2028-01-01T02:00:00.000Z')).toMatchObject({ changed: 1 });
    expect(await tierOf(books)).toBeNull();
  });

  it('what was reached in a year lasts through the next, and goes down by steps', async () => {
    const protection = { keepUntilEndOf: 'year', followingPeriods: 1, maximumLevels: 1 };
    const books = await openBooks(await open(), '2028-02-29T10:00:00.000Z', tiers(protection));
    await books.buy('o1', '2028-02-29T10:00:00.000Z', 60);
    expect(await tierOf(books)).toBe('vip');
    await review(books, '2029-01-01T02:00:00.000Z');
    await review(books, '2029-12-31T02:00:00.000Z');
    expect(await tierOf(books)).toBe('vip');
    await review(books, '2030-01-01T02:00:00.000Z');
    await review(books, '2030-01-01T02:00:00.000Z');
    expect(await tierOf(books)).toBe('gold');
    expect((await books.latestReasons('tier'))[0]).toMatchObject({
      code: 'tier_missed_by_steps',
      figures: { from: 'vip', qualified: null, maximumLevels: 1 },
    });
    await review(books, '2031-12-31T02:00:00.000Z');
    expect(await tierOf(books)).toBe('gold');
    await review(books, '2032-01-01T02:00:00.000Z');
    expect(await tierOf(books)).toBe('silver');
  });

  it('a tier stays for its days although all was refunded, and no longer', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', tiers({ keepDays: 30 }));
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 20);
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 20, { paymentState: 'refunded' });
    await review(books, '2026-03-02T02:00:00.000Z');
    await review(books, '2026-03-31T02:00:00.000Z');
    expect(await tierOf(books)).toBe('gold');
    await review(books, '2026-04-01T02:00:00.000Z');
    expect(await books.tierChanges()).toEqual([
      [null, 'gold', '2026-03-01T10:00:00.000Z'],
      ['gold', null, '2026-04-01T00:00:00.000Z'],
    ]);
  });

  it('a review does not take what was reached after the midnight it looks at', async () => {
    const books = await openBooks(await open(), '2026-03-01T01:00:00.000Z', tiers({}));
    await books.buy('o1', '2026-03-01T01:00:00.000Z', 5);
    expect(await review(books, '2026-03-01T02:00:00.000Z')).toMatchObject({ changed: 0 });
    expect(await tierOf(books)).toBe('silver');
  });
});

describeEachStorage('a tier given by hand', (open) => {
  const programme = {
    tiers: { metric: 'items', windowDays: 365, levels: [threshold('silver', 5), threshold('gold', 20)] },
    currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } },
    accrual: { lockDays: 0, multipliers: [{ code: 'gold', multiplier: 2, scope: { tiers: ['gold'] } }] },
  };
  const AT = '2026-03-01T10:00:00.000Z';
  const ENDS = '2026-04-01T00:00:00.000Z';
  const give = ({ context, memberId }: Books, tier = 'gold', endsAt: string | null = ENDS) =>
    setManualTier(context, { memberId, tier, endsAt, ...STAFF });

  it('stands in front of reviews and orders until it ends, then the automatic tier goes on', async () => {
    const books = await openBooks(await open(), AT, programme);
    await books.buy('o1', AT, 5);
    expect(await give(books)).toEqual({ ok: true, value: { changed: true } });
    expect(await give(books)).toEqual({ ok: true, value: { changed: false } });
    expect((await books.mirror()).tier).toBe('gold');
    expect(await books.latestReasons('tier')).toEqual([
      { code: 'manual_tier_set', applied: true, figures: { tier: 'gold', endsAt: ENDS, ...STAFF } },
    ]);
    await review(books, '2026-03-02T02:00:00.000Z');
    await books.buy('o2', '2026-03-10T10:00:00.000Z', 1);
    expect(await tierOf(books)).toBe('gold');
    expect((await findPosition(books.context.db, 'shop-1', 'o2'))?.available_points).toBe(2);
    expect(await endManualTiers(books.context, '2026-03-31T23:59:59.999Z')).toEqual({ ended: 0 });
    expect(await endManualTiers(books.context, ENDS)).toEqual({ ended: 1 });
    expect(await endManualTiers(books.context, ENDS)).toEqual({ ended: 0 });
    expect(await books.tierChanges()).toEqual([
      [null, 'silver', AT],
      ['silver', 'gold', '2026-03-01T10:00:00.001Z'],
      ['gold', 'silver', ENDS],
    ]);
    expect((await books.latestReasons('tier'))[0]).toEqual({
      code: 'manual_tier_ended',
      applied: true,
      figures: { tier: 'gold', at: ENDS },
    });
    expect((await books.mirror()).tier).toBe('silver');
    expect(await findMember(books.context.db, books.memberId)).toMatchObject({ tier_since: AT });
  });

  it('ends for orders placed after its time, whether or not the job has come', async () => {
    const books = await openBooks(await open(), AT, programme);
    await give(books);
    await books.buy('late', '2026-03-31T23:59:59.000Z', 1);
    await books.buy('after', '2026-04-01T00:00:01.000Z', 1);
    const pinned = async (orderId: string) =>
      JSON.parse((await findPosition(books.context.db, 'shop-1', orderId))?.pinned ?? '') as object;
    expect(await pinned('late')).toMatchObject({ tier: 'gold' });
    expect(await pinned('after')).toMatchObject({ tier: null });
    expect(await books.tierChanges()).toEqual([
      [null, 'gold', AT],
      ['gold', null, ENDS],
    ]);
    // An order keeps what it was placed under when it is refunded after the tier has ended.
    await books.buy('late', '2026-03-31T23:59:59.000Z', 4, {
      lines: [orderLine({ quantityMilli: 4000, refundedMilli: 2000, grossMinor: 400 })],
    });
    expect((await findPosition(books.context.db, 'shop-1', 'late'))?.available_points).toBe(4);
  });

  it('ends in more than it was when more was reached meanwhile', async () => {
    const books = await openBooks(await open(), AT, programme);
    await give(books, 'silver');
    await books.buy('o1', '2026-03-10T10:00:00.000Z', 20);
    expect(await tierOf(books)).toBe('silver');
    await endManualTiers(books.context, ENDS);
    expect(await tierOf(books)).toBe('gold');
  });

  it('is taken away before its time with a reason, and a second time changes nothing', async () => {
    const books = await openBooks(await open(), AT, programme);
    const clear = () => clearManualTier(books.context, { memberId: books.memberId, ...STAFF });
    expect(await clear()).toEqual({ ok: true, value: { changed: false } });
    await give(books, 'gold', null);
    await books.moveTo('2026-03-05T10:00:00.000Z');
    expect(await clear()).toEqual({ ok: true, value: { changed: true } });
    expect(await clear()).toEqual({ ok: true, value: { changed: false } });
    expect((await books.latestReasons('tier')).map(({ code }) => code)).toEqual([
      'manual_tier_ended',
      'manual_tier_cleared',
      'tier_kept',
      'tier_condition_missed',
    ]);
    expect(await books.tierChanges()).toEqual([
      [null, 'gold', AT],
      ['gold', null, '2026-03-05T10:00:00.000Z'],
    ]);
  });

  it('replaces one given before, and keeps the automatic tier behind both', async () => {
    const books = await openBooks(await open(), AT, programme);
    await books.buy('o1', AT, 5);
    await give(books, 'gold');
    await give(books, 'gold', '2026-05-01T00:00:00.000Z');
    expect(await endManualTiers(books.context, ENDS)).toEqual({ ended: 0 });
    await books.moveTo('2026-05-02T00:00:00.000Z');
    // The job has not come to it: what is given now begins after what has ended.
    await give(books, 'gold', null);
    expect((await books.tierChanges()).slice(-2)).toEqual([
      ['gold', 'silver', '2026-05-01T00:00:00.000Z'],
      ['silver', 'gold', '2026-05-02T00:00:00.000Z'],
    ]);
    await clearManualTier(books.context, { memberId: books.memberId, ...STAFF });
    expect(await tierOf(books)).toBe('silver');
  });

  it('ends at the review when the programme no longer has it', async () => {
    const books = await openBooks(await open(), AT, programme);
    await books.buy('o1', AT, 5);
    await give(books, 'gold', null);
    const without = { ...programme, tiers: { ...programme.tiers, levels: [threshold('silver', 5)] }, accrual: { lockDays: 0 } };
    await publish(books.context, programmeDocument(without), '2026-03-02T12:00:00.000Z');
    expect(await review(books, '2026-03-02T02:00:00.000Z')).toMatchObject({ changed: 0 });
    expect(await review(books, '2026-03-03T02:00:00.000Z')).toMatchObject({ changed: 1 });
    expect(await review(books, '2026-03-03T02:00:00.000Z')).toMatchObject({ changed: 0 });
    expect(await tierOf(books)).toBe('silver');
    expect((await books.latestReasons('tier')).map(({ code }) => code)).toContain('manual_tier_not_in_programme');
  });

  it('is refused for a tier or member there is not, and for an end that has passed', async () => {
    const books = await openBooks(await open(), AT, programme);
    expect(await give(books, 'iron')).toMatchObject({ ok: false, code: 'unknown_tier' });
    expect(await give(books, 'gold', AT)).toMatchObject({ ok: false, code: 'ends_in_past' });
    expect(await setManualTier(books.context, { memberId: 'nobody', tier: 'gold', endsAt: null, ...STAFF })).toMatchObject({
      ok: false,
      code: 'unknown_member',
    });
    expect(await clearManualTier(books.context, { memberId: 'nobody', ...STAFF })).toMatchObject({ code: 'unknown_member' });
    expect(await books.tierChanges()).toEqual([]);
  });
});
