import fc from 'fast-check';
import { memberLedger } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderLine } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const BANDS = [
  { from: 10, points: 100 },
  { from: 50, points: 800 },
];
const volume = (change: object = {}) => ({
  expireAfterDays: 365,
  volume: [{ code: 'pieces', name: 'Pieces', metric: 'items', period: 'quarter', bands: BANDS, ...change }],
});
const REFUNDED = { paymentState: 'refunded' } as const;

const paidWindows = ({ context }: Books) =>
  context.db.selectFrom('volume_reward').select(['window_start', 'points']).orderBy('window_start').execute();

describeEachStorage('points for volume', (open) => {
  it('are paid when a band is reached, in all what the band is worth, and shown with what is missing', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', volume());
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 9);
    expect(await books.available()).toBe(0);
    const seen = { code: 'pieces', name: 'Pieces', metric: 'items', endsAt: '2026-04-01T00:00:00.000Z' };
    const first = { from: 10, points: 100, missing: 1 };
    expect((await books.mirror()).volume).toEqual([{ ...seen, value: 9, points: 0, nextBand: first }]);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1);
    expect(await books.available()).toBe(100);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1);
    expect(await books.available()).toBe(100);
    const second = { from: 50, points: 800, missing: 40 };
    expect((await books.mirror()).volume).toEqual([{ ...seen, value: 10, points: 100, nextBand: second }]);
    await books.buy('o3', '2026-03-03T10:00:00.000Z', 45);
    expect(await books.available()).toBe(800);
    expect((await books.mirror()).volume).toMatchObject([{ value: 55, points: 800, nextBand: null }]);
    const lots = await books.context.db.selectFrom('lot').select(['available', 'expires_at']).execute();
    expect(lots).toEqual([{ available: 800, expires_at: '2027-03-03T10:00:00.000Z' }]);
    expect((await books.latestReasons('volume_reward')).map(({ code, figures }) => [code, figures['from']])).toEqual([
      ['volume_band_reached', 10],
      ['volume_band_reached', 50],
    ]);
  });

  it('are taken back by a refund, also after the window, and into debt when they are spent', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', volume());
    await books.buy('o1', '2026-03-31T10:00:00.000Z', 50);
    const { context, memberId } = books;
    const spend = {
      programmeId: PROGRAMME_ID,
      memberId,
      points: -300,
      reason: 'spent',
      actor: 'staff',
      idempotencyKey: 'spent-1',
    };
    await adjustPoints(context, spend);
    await books.moveTo('2026-05-01T10:00:00.000Z');
    const lines = [orderLine({ quantityMilli: 50_000, refundedMilli: 30_000, grossMinor: 5000 })];
    await books.buy('o1', '2026-03-31T10:00:00.000Z', 50, { lines, paymentState: 'partially_refunded' });
    expect(await context.db.selectFrom('member_account').select(['available', 'debt']).execute()).toEqual([
      { available: 0, debt: 200 },
    ]);
    expect((await books.latestReasons('volume_reward')).map(({ code, applied }) => [code, applied])).toEqual([
      ['volume_band_reached', true],
      ['volume_band_missed', false],
    ]);
    const kinds = (await memberLedger(context.db, memberId, null, 10)).map(({ kind, orderId }) => [kind, orderId]);
    expect(kinds).toEqual([
      ['clawback', 'o1'],
      ['adjustment', null],
      ['volume_reward', 'o1'],
    ]);
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('count an order where it became final, to the moment, leap day and time zone included', async () => {
    const books = await openBooks(await open(), '2028-02-01T00:00:00.000Z', {
      timeZone: 'Europe/Berlin',
      ...volume({ period: 'month' }),
    });
    await books.buy('o1', '2028-01-31T23:00:00.000Z', 4);
    await books.buy('o2', '2028-02-29T22:59:59.999Z', 6);
    expect(await books.available()).toBe(100);
    await books.buy('o3', '2028-02-29T23:00:00.000Z', 9);
    await books.buy('o4', '2028-03-31T22:00:00.000Z', 1);
    expect(await books.available()).toBe(100);
    const rows = await paidWindows(books);
    expect(rows).toEqual([{ window_start: '2028-01-31T23:00:00.000Z', points: 100 }]);
  });

  it('follow an order whose payment was undone and made again in another window', async () => {
    const books = await openBooks(await open(), '2026-03-30T10:00:00.000Z', volume());
    await books.buy('o1', '2026-03-30T10:00:00.000Z', 10);
    expect(await books.available()).toBe(100);
    await books.buy('o1', '2026-03-30T10:00:00.000Z', 10, { paidAt: null, paymentState: 'open' });
    expect(await books.available()).toBe(0);
    await books.moveTo('2026-04-02T10:00:00.001Z');
    await books.buy('o1', '2026-03-30T10:00:00.000Z', 10, { paidAt: '2026-04-02T10:00:00.000Z' });
    expect(await books.available()).toBe(100);
    const rows = await paidWindows(books);
    expect(rows).toEqual([
      { window_start: '2026-01-01T00:00:00.000Z', points: 0 },
      { window_start: '2026-04-01T00:00:00.000Z', points: 100 },
    ]);
  });

  it('of a window of days move with the order that opened it', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', volume({ period: undefined, windowDays: 30 }));
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 1);
    await books.buy('o2', '2026-03-20T10:00:00.000Z', 9);
    await books.buy('o3', '2026-04-10T10:00:00.000Z', 3);
    expect(await books.available()).toBe(100);
    expect((await books.mirror()).volume).toMatchObject([{ value: 3, points: 0, endsAt: '2026-05-10T10:00:00.000Z' }]);
    // Without the first order the second opens the window, and the third falls into it.
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 1, REFUNDED);
    expect(await books.available()).toBe(100);
    await books.buy('o3', '2026-04-10T10:00:00.000Z', 41);
    expect(await books.available()).toBe(800);
    const rows = await paidWindows(books);
    expect(rows).toEqual([
      { window_start: '2026-03-01T10:00:00.000Z', points: 0 },
      { window_start: '2026-03-20T10:00:00.000Z', points: 800 },
    ]);
  });

  it('keep the bands under which a window was first paid', async () => {
    const books = await openBooks(await open(), '2026-02-01T10:00:00.000Z', volume());
    await books.buy('o1', '2026-02-01T10:00:00.000Z', 10);
    const later = programmeDocument({
      accrual: { lockDays: 0 },
      tiers: { levels: [] },
      ...volume({ bands: [{ from: 20, points: 5 }] }),
    });
    await publish(books.context, later, '2026-02-15T00:00:00.000Z');
    await books.buy('o2', '2026-03-01T10:00:00.000Z', 40, { redemption: null });
    expect(await paidWindows(books)).toEqual([{ window_start: '2026-01-01T00:00:00.000Z', points: 800 }]);
    await books.buy('o3', '2026-04-01T10:00:00.000Z', 25);
    expect(await paidWindows(books)).toMatchObject([{ points: 800 }, { window_start: '2026-04-01T00:00:00.000Z', points: 5 }]);
  });

  it('are in the end what the orders are worth, whatever came before', async () => {
    const storage = await open();
    const steps = fc.array(fc.record({ order: fc.nat(3), units: fc.integer({ min: 1, max: 40 }), refunded: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    const books = await openBooks(storage, '2026-03-01T10:00:00.000Z', volume());
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        runs += 1;
        const last = new Map<number, number>();
        for (const { order, units, refunded } of sequence) {
          await books.buy(`r${runs}-o${order}`, '2026-03-01T10:00:00.000Z', units, refunded ? REFUNDED : {});
          last.set(order, refunded ? 0 : units);
        }
        const total = [...last.values()].reduce((sum, units) => sum + units, 0);
        const [shown] = (await books.mirror()).volume;
        expect(shown).toMatchObject({ value: total, points: total >= 50 ? 800 : total >= 10 ? 100 : 0 });
        expect(await books.available()).toBe(shown?.points);
        for (const order of last.keys()) await books.buy(`r${runs}-o${order}`, '2026-03-01T10:00:00.000Z', 1, REFUNDED);
        expect(await books.available()).toBe(0);
      }),
      { numRuns: 12 },
    );
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });
});

describeEachStorage('a programme without points for volume', (open) => {
  it('reads and writes nothing for it', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', {});
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 100);
    expect((await books.mirror()).volume).toEqual([]);
    expect(await books.context.db.selectFrom('volume_reward').selectAll().execute()).toEqual([]);
  });
});
