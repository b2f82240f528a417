import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { payCashback, type CashbackRequest } from '../../sidecar/src/operations/pay-cashback';
import { payDueCashback } from '../../sidecar/src/operations/pay-due-cashback';
import { settlePayout } from '../../sidecar/src/operations/settle-payout';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-10T10:00:00.000Z';
/** Three points are worth two cents. */
const EUR = { earn: { points: 0, per: 1 }, pointValue: { points: 3, value: 0.02 } };
const money = (change: object = {}) => ({ code: 'money', name: 'Money', payout: 'credit', minimumPoints: 30, ...change });
const voucher = (change: object = {}) => money({ code: 'voucher', payout: 'voucher', validDays: 30, ...change });

describeEachStorage('cashback', (open) => {
  const openWith = async (...cashback: object[]): Promise<Books> =>
    openBooks(await open(), NOW, { timeZone: 'Europe/Berlin', currencies: { EUR }, cashback });
  const request = (books: Books, change: Partial<CashbackRequest> = {}): CashbackRequest => ({
    programmeId: PROGRAMME_ID,
    code: 'money',
    member: { memberId: books.memberId },
    points: null,
    actor: 'test',
    idempotencyKey: 'key-1',
    ...change,
  });
  const pay = (books: Books, change: Partial<CashbackRequest> = {}) => payCashback(books.context, request(books, change));
  const settle = (books: Books, payoutId: string, state: 'paid' | 'failed') =>
    settlePayout(books.context, { payoutId, state, actor: 'accounting', note: 'run 7' });
  const runJob = (books: Books, signal = new AbortController().signal) =>
    payDueCashback(books.context, books.clock.now(), signal);
  const payouts = async (books: Books) =>
    books.context.db.selectFrom('cashback_payout').selectAll().orderBy('payout_id').execute();

  it('turns points into money once, to the point, and leaves the rest', async () => {
    const books = await openWith(money());
    await books.earn(100);
    const first = await pay(books);
    expect(first).toMatchObject({
      ok: true,
      value: { repeated: false, payout: { points: 99, value_minor: 66, currency: 'EUR', kind: 'credit', state: 'requested' } },
    });
    expect(await pay(books)).toMatchObject({ ok: true, value: { repeated: true } });
    expect(await pay(books, { points: 30 })).toMatchObject({ code: 'idempotency_mismatch' });
    expect(await books.available()).toBe(1);
    expect((await books.mirror()).cashback).toMatchObject([{ name: 'Money', points: 99, valueMinor: 66, state: 'requested' }]);
    expect((await books.latestReasons('cashback'))[0]).toMatchObject({ code: 'cashback_paid', figures: { kept: 1 } });
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('asked for by several at once pays each point once', async () => {
    const books = await openWith(money());
    await books.earn(100);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => pay(books, { points: 60, idempotencyKey: `key-${n}` })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await books.available()).toBe(40);
    expect(await payouts(books)).toHaveLength(1);
  });

  it('is refused with its reason, which is kept', async () => {
    const books = await openWith(money(), voucher({ stepPoints: 20 }));
    await books.earn(40);
    expect(await pay(books, { points: 27 })).toMatchObject({ code: 'refused', details: { reason: 'cashback_below_minimum' } });
    expect(await pay(books, { points: 31 })).toMatchObject({ details: { reason: 'cashback_not_a_step', unit: 3 } });
    expect(await pay(books, { points: 60 })).toMatchObject({ code: 'insufficient_points', details: { available: 40 } });
    expect(await pay(books, { code: 'nothing' })).toMatchObject({ code: 'unknown_cashback' });
    expect(await pay(books, { member: { memberId: 'nobody' } })).toMatchObject({ code: 'unknown_member' });
    expect((await books.latestReasons('cashback'))[0]).toMatchObject({ code: 'cashback_points_missing', applied: false });
    expect(await books.available()).toBe(40);
  });

  it('as a voucher is there at once, and gone with its points back when it fails', async () => {
    const books = await openWith(voucher());
    await books.earn(90);
    const paid = await pay(books, { code: 'voucher' });
    if (!paid.ok) throw new Error(paid.code);
    const { payout_id: id } = paid.value.payout;
    expect(paid.value.payout).toMatchObject({ state: 'paid', value_minor: 60 });
    const vouchers = () => books.context.db.selectFrom('voucher').select(['value_minor', 'status', 'expires_at']).execute();
    expect(await vouchers()).toEqual([{ value_minor: 60, status: 'active', expires_at: '2026-04-09T10:00:00.000Z' }]);
    expect((await books.mirror()).cashback?.[0]?.voucher).toMatch(/^LOY-/);
    expect(await settle(books, id, 'failed')).toMatchObject({ value: { changed: true, payout: { state: 'failed' } } });
    expect((await vouchers())[0]?.status).toBe('revoked');
    expect((await books.mirror()).cashback?.[0]).toMatchObject({ state: 'failed', voucher: null });
    expect(await books.available()).toBe(90);
  });

  it('as a voucher is not paid to whom no shop can show it', async () => {
    const books = await openWith(voucher());
    await books.earn(90);
    await books.context.db.updateTable('member_identity').set({ customer_id: 'guest:e1' }).execute();
    expect(await pay(books, { code: 'voucher' })).toMatchObject({ code: 'no_account' });
    expect([await books.available(), await payouts(books)]).toEqual([90, []]);
  });

  it('is settled by the merchant: paid, or failed with the points in the lots they came from', async () => {
    const books = await openWith(money());
    await books.earn(60);
    await books.moveTo('2026-03-11T10:00:00.000Z');
    await books.earn(60);
    const lots = () =>
      books.context.db.selectFrom('lot').select(['lot_id', 'available', 'expires_at']).orderBy('lot_id').execute();
    const before = await lots();
    const paid = await pay(books, { points: 90 });
    if (!paid.ok) throw new Error(paid.code);
    const { payout_id: id } = paid.value.payout;
    expect(await settle(books, id, 'paid')).toMatchObject({ value: { changed: true } });
    expect(await settle(books, id, 'paid')).toMatchObject({ value: { changed: false } });
    expect((await payouts(books))[0]).toMatchObject({ state: 'paid', settled_by: 'accounting', settled_note: 'run 7' });
    const failed = await Promise.all([settle(books, id, 'failed'), settle(books, id, 'failed')]);
    expect(failed.filter((one) => one.ok && one.value.changed)).toHaveLength(1);
    expect(await settle(books, id, 'paid')).toMatchObject({ code: 'state_does_not_follow' });
    expect(await settle(books, 'nothing', 'paid')).toMatchObject({ code: 'unknown_payout' });
    expect(await lots()).toEqual(before);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('by itself is paid once for each period that ended, by the programme’s clock, however many run the job', async () => {
    const books = await openWith(money({ automatic: { every: 'month' } }));
    await books.earn(100);
    // In Berlin April begins at 22:00 UTC; the programme was in force at the end of February too.
    await books.moveTo('2026-03-31T21:59:59.000Z');
    expect(await runJob(books)).toEqual({ periods: 1, payouts: 1 });
    await books.earn(100);
    expect(await runJob(books)).toEqual({ periods: 0, payouts: 0 });
    await books.moveTo('2026-03-31T22:00:00.000Z');
    const runs = await Promise.all([1, 2, 3].map(() => runJob(books)));
    expect(runs.reduce((sum, { payouts: paid }) => sum + paid, 0)).toBe(1);
    const paid = (await payouts(books)).map((row) => [row.points, row.period_start]);
    expect(paid).toEqual([
      [99, '2026-01-31T23:00:00.000Z'],
      [99, '2026-02-28T23:00:00.000Z'],
    ]);
    expect(await books.available()).toBe(2);
  });

  it('by itself goes on where a run broke off, and pays for no period before it was announced', async () => {
    const books = await openWith();
    await books.earn(100);
    const cashback = [money({ automatic: { every: 'month' } })];
    await publish(books.context, programmeDocument({ currencies: { EUR }, cashback }), NOW);
    expect(await runJob(books)).toEqual({ periods: 0, payouts: 0 });
    await books.moveTo('2026-04-02T00:00:00.000Z');
    const stopped = new AbortController();
    stopped.abort();
    expect(await runJob(books, stopped.signal)).toEqual({ periods: 0, payouts: 0 });
    expect(await runJob(books)).toEqual({ periods: 1, payouts: 1 });
    expect((await books.latestReasons('cashback')).map(({ code }) => code)).toEqual(['cashback_paid']);
  });
});
