import fc from 'fast-check';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { lapseMemberships } from '../../sidecar/src/operations/lapse-memberships';
import { reviewSegments } from '../../sidecar/src/operations/review-segments';
import { openBooks, type Books } from '../support/books';
import { orderLine } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const CLUB = { code: 'club', name: 'Club card', products: ['CLUB'], durationMonths: 1 };
const tiers = {
  levels: [
    { code: 'silver', name: 'Silver', threshold: 5000 },
    { code: 'gold', name: 'Gold', threshold: 9000 },
  ],
};
const EUR = { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } };
const card = (units: number, refunded = 0) => ({
  lines: [
    orderLine({ productNumber: 'CLUB', quantityMilli: units * 1000, refundedMilli: refunded * 1000, grossMinor: units * 100 }),
  ],
});
const CANCELLED = { orderState: 'cancelled', paymentState: 'cancelled' } as const;

describeEachStorage('paid memberships', (open) => {
  const openWith = async (plan: object = {}, change: object = {}): Promise<Books> =>
    openBooks(await open(), NOW, { tiers, currencies: { EUR }, memberships: [{ ...CLUB, ...plan }], ...change });
  const times = async (books: Books): Promise<string[]> => {
    const rows = await books.context.db.selectFrom('membership_spell').selectAll().orderBy('starts_at').execute();
    return rows.map((row) => `${row.starts_at.slice(0, 10)} ${row.ends_at.slice(0, 10)}`);
  };
  const shown = async (books: Books) => {
    const { tier, segments, memberships } = await books.mirror();
    return { tier, segments, until: memberships?.map(({ endsAt }) => endsAt.slice(0, 10)) };
  };
  const pinned = async (books: Books, orderId: string): Promise<unknown> => {
    const row = await books.context.db
      .selectFrom('order_position')
      .select('pinned')
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow();
    return JSON.parse(row.pinned);
  };

  it('begin with the payment, go on with the next purchase, and shrink with what goes back', async () => {
    const books = await openWith();
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(2));
    expect(await times(books)).toEqual(['2026-03-02 2026-05-02']);
    expect(await shown(books)).toEqual({ tier: null, segments: ['membership:club'], until: ['2026-05-02'] });
    await books.buy('m2', '2026-04-20T10:00:00.000Z', 1, card(1));
    expect(await times(books)).toEqual(['2026-03-02 2026-06-02']);
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(2, 1));
    expect(await times(books)).toEqual(['2026-03-02 2026-04-02', '2026-04-20 2026-05-20']);
    await books.buy('m2', '2026-04-20T10:00:00.000Z', 1, { ...card(1), ...CANCELLED });
    expect(await times(books)).toEqual(['2026-03-02 2026-04-02']);
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(2, 2));
    expect(await times(books)).toEqual([]);
    expect((await books.latestReasons('membership'))[0]).toMatchObject({ code: 'membership_none', applied: false });
    expect(await shown(books)).toEqual({ tier: null, segments: [], until: undefined });
  });

  it('are judged by when orders were placed: their tier and multiplier stay with the order', async () => {
    const books = await openWith({ tier: 'silver', multiplier: 3 });
    await books.buy('before', '2026-03-02T09:00:00.000Z', 10);
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(1));
    await books.buy('during', '2026-03-10T10:00:00.000Z', 10);
    expect(await pinned(books, 'before')).toMatchObject({ tier: null, segments: [] });
    expect(await pinned(books, 'during')).toMatchObject({ tier: 'silver', segments: ['membership:club'] });
    expect((await shown(books)).tier).toBe('silver');
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, { ...card(1), ...CANCELLED });
    expect(await pinned(books, 'during')).toMatchObject({ tier: 'silver' });
    await books.moveTo('2026-04-20T00:00:00.000Z');
    await books.buy('after', '2026-04-20T10:00:00.000Z', 10);
    expect(await pinned(books, 'after')).toMatchObject({ tier: null, segments: [] });
    expect(await books.available()).toBe(10 + 30 + 10);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('tell of their end once, unless they were bought anew', async () => {
    const books = await openWith({}, { messages: {} });
    const ended = async (): Promise<unknown[]> => {
      const rows = await books.context.db
        .selectFrom('member_notice')
        .selectAll()
        .where('kind', '=', 'membership_ended')
        .execute();
      return rows.map(({ figures }) => JSON.parse(figures) as unknown);
    };
    const lapseAt = async (at: string): Promise<void> => {
      books.clock.moveTo(Date.parse(at));
      await lapseMemberships(books.context, at);
    };
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(1));
    await lapseAt('2026-04-01T10:00:00.000Z');
    expect(await ended()).toEqual([]);
    await lapseAt('2026-04-02T11:00:00.000Z');
    await lapseAt('2026-04-02T12:00:00.000Z');
    expect(await ended()).toEqual([{ plan: 'Club card', endedAt: '2026-04-02T10:00:00.000Z' }]);
    expect(await books.mirror()).toMatchObject({ endedMemberships: [{ code: 'club', startsAt: '2026-03-02T10:00:00.000Z' }] });
    await books.buy('m2', '2026-04-05T10:00:00.000Z', 1, card(1));
    expect((await books.mirror()).endedMemberships).toBeUndefined();
    // The next purchase comes after the end and before the job.
    await books.buy('m3', '2026-05-05T10:30:00.000Z', 1, card(1));
    await lapseAt('2026-05-05T11:00:00.000Z');
    expect(await ended()).toHaveLength(1);
  });

  it('never lower a tier that was earned', async () => {
    const books = await openWith({ tier: 'silver' });
    await books.buy('much', '2026-03-02T09:00:00.000Z', 9500);
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(1));
    await books.moveTo('2026-03-03T10:00:00.000Z');
    await books.earn(1);
    expect((await shown(books)).tier).toBe('gold');
  });

  it('lapse with their grace, once, and are told of before', async () => {
    const books = await openWith({ tier: 'silver', graceDays: 3, endingNoticeDays: 7 });
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(1));
    const run = async (at: string) => {
      await books.moveTo(at);
      return lapseMemberships(books.context, at);
    };
    const notices = async () =>
      (await books.context.db.selectFrom('member_notice').select('kind').orderBy('notice_id').execute()).map(({ kind }) => kind);
    expect(await run('2026-03-26T09:59:59.000Z')).toEqual({ lapsed: 0, told: 0 });
    expect(await run('2026-03-26T10:00:00.000Z')).toEqual({ lapsed: 0, told: 1 });
    expect(await run('2026-04-05T09:59:59.000Z')).toEqual({ lapsed: 0, told: 0 });
    expect((await shown(books)).tier).toBe('silver');
    const runs = await Promise.all([run('2026-04-05T10:00:00.000Z'), run('2026-04-05T10:00:00.000Z')]);
    expect(runs.reduce((sum, { lapsed }) => sum + lapsed, 0)).toBe(1);
    expect(await shown(books)).toEqual({ tier: null, segments: [], until: undefined });
    expect(await notices()).toEqual(expect.arrayContaining(['membership_started', 'membership_ending']));
    expect((await books.latestReasons('membership_lapsed'))[0]).toMatchObject({ code: 'membership_lapsed' });
    await books.buy('m2', '2026-04-06T10:00:00.000Z', 1, card(1));
    expect(await shown(books)).toMatchObject({ tier: 'silver', until: ['2026-05-06'] });
  });

  it('welcome once, and take that back with the last purchase', async () => {
    const books = await openWith({ welcomePoints: 500 }, { currencies: { EUR: { ...EUR, earn: { points: 0, per: 1 } } } });
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(1));
    await books.buy('m2', '2026-03-03T10:00:00.000Z', 1, card(1));
    expect(await books.available()).toBe(500);
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, { ...card(1), ...CANCELLED });
    expect(await books.available()).toBe(500);
    await books.buy('m2', '2026-03-03T10:00:00.000Z', 1, card(1, 1));
    expect(await books.available()).toBe(0);
    await books.buy('m3', '2026-03-04T10:00:00.000Z', 1, card(1));
    expect(await books.available()).toBe(500);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('are what segments can ask for', async () => {
    const segments = [{ code: 'insiders', name: 'Insiders', conditions: [{ kind: 'membership', plans: ['club'] }] }];
    const books = await openWith({}, { segments });
    await books.buy('m1', '2026-03-02T10:00:00.000Z', 1, card(1));
    await reviewSegments(books.context, '2026-03-03T10:00:00.000Z');
    await books.moveTo('2026-03-03T10:00:00.000Z');
    await books.earn(1);
    expect((await shown(books)).segments).toEqual(['insiders', 'membership:club']);
    await reviewSegments(books.context, '2026-04-03T10:00:00.000Z');
    await books.moveTo('2026-04-03T10:00:00.000Z');
    await books.earn(1);
    expect((await shown(books)).segments).toEqual([]);
  });

  it('end in the same times and points, in whichever order orders and their changes are heard of', async () => {
    const orders = [
      { id: 'm1', at: '2026-03-02T10:00:00.000Z', last: card(2, 1) },
      { id: 'm2', at: '2026-03-20T10:00:00.000Z', last: card(1) },
      { id: 'm3', at: '2026-05-20T10:00:00.000Z', last: { ...card(1), ...CANCELLED } },
      { id: 'm4', at: '2026-06-20T10:00:00.000Z', last: card(3, 1) },
    ];
    const events = orders.flatMap(({ id, at, last }) => [
      { id, at, state: card(3), isLast: false },
      { id, at, state: last, isLast: true },
    ]);
    const expected = ['2026-03-02 2026-05-02', '2026-06-20 2026-08-20'];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (heard) => {
        const books = await openWith({ welcomePoints: 50 });
        const latest = new Set<string>();
        for (const { id, at, state, isLast } of heard) {
          // The shop is read anew for each event, so what is older never follows what is newer.
          if (isLast) latest.add(id);
          if (isLast || !latest.has(id)) await books.buy(id, at, 1, state);
        }
        expect(await times(books)).toEqual(expected);
        const welcome = await books.context.db.selectFrom('membership_welcome').select('points').execute();
        expect(welcome).toEqual([{ points: 50 }]);
        expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
      }),
      { numRuns: 4 },
    );
  });
});
