/** Points by hand that want a second person: asked for once, confirmed once, posted once, on both databases. */
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { adjustPoints, type AdjustPointsInput } from '../../sidecar/src/operations/adjust-points';
import { decideAdjustment, expireAdjustments, type AdjustmentAnswer } from '../../sidecar/src/operations/decide-adjustment';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { mergeMembers } from '../../sidecar/src/operations/merge-members';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { listRequests } from '../../sidecar/src/stores/adjustment-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

describeEachStorage('points by hand', (open) => {
  /** Above 100 points a second person confirms, within three days. */
  async function withLimit(): Promise<Books> {
    return openBooks(await open(), '2026-03-01T10:00:00.000Z', { approvals: { adjustmentsAbove: 100, days: 3 } });
  }
  const ask = ({ context, memberId }: Books, points: number, change: Partial<AdjustPointsInput> = {}) =>
    adjustPoints(context, {
      programmeId: PROGRAMME_ID,
      memberId,
      points,
      reason: 'lost parcel',
      actor: 'anna',
      idempotencyKey: `ticket-${points}`,
      ...change,
    });
  const requests = ({ context }: Books) =>
    context.db.selectFrom('adjustment_request').selectAll().orderBy('request_id').execute();
  const latest = async (books: Books): Promise<string> => (await requests(books)).at(-1)?.request_id ?? '';
  const say = async (
    books: Books,
    decision: AdjustmentAnswer['decision'],
    by = 'ben',
    requestId: string | null = null,
  ): ReturnType<typeof decideAdjustment> =>
    decideAdjustment(books.context, {
      requestId: requestId ?? (await latest(books)),
      decision,
      reason: 'looked at it',
      actor: by,
      answerer: by,
    });

  it('are posted at once up to the limit, and asked for above it', async () => {
    const books = await withLimit();
    expect(await ask(books, 100)).toMatchObject({ ok: true, value: { request: null } });
    expect(await ask(books, 101, { actor: 'carl' })).toMatchObject({
      value: { entryId: null, request: { status: 'pending', points: 101, expires_at: '2026-03-04T10:00:00.000Z' } },
    });
    expect(await books.available()).toBe(100);
    expect(await say(books, 'confirmed')).toMatchObject({ ok: true, value: { status: 'confirmed', decided_by: 'ben' } });
    expect(await books.available()).toBe(201);
    const [request] = await requests(books);
    const entry = await books.context.db
      .selectFrom('ledger_entry')
      .selectAll()
      .where('entry_id', '=', request?.entry_id ?? '')
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ kind: 'adjustment', source_key: 'adjustment:ticket-101' });
    expect((await books.latestReasons('adjustment')).map(({ code }) => code)).toEqual([
      'points_adjusted',
      'adjustment_confirmed',
    ]);
    expect((await books.latestReasons('adjustment_request')).map(({ code }) => code)).toEqual(['adjustment_confirmed']);
  });

  it('count together over a day, so that many small ones are no way around', async () => {
    const books = await withLimit();
    expect(await ask(books, 60, { idempotencyKey: 'one' })).toMatchObject({ value: { request: null } });
    expect(await ask(books, 60, { idempotencyKey: 'two' })).toMatchObject({ value: { request: { status: 'pending' } } });
    // A slip that is taken back frees what it took.
    expect(await ask(books, -60, { idempotencyKey: 'back' })).toMatchObject({ value: { request: null } });
    expect(await ask(books, 60, { idempotencyKey: 'again' })).toMatchObject({ value: { request: null } });
    await books.moveTo('2026-03-02T10:00:00.001Z');
    expect(await ask(books, 60, { idempotencyKey: 'next-day' })).toMatchObject({ value: { request: null } });
    expect(await books.available()).toBe(120);
  });

  it('are asked for once under one key, whatever it says', async () => {
    const books = await withLimit();
    const first = await ask(books, 500, { idempotencyKey: 'same' });
    expect(await ask(books, 500, { idempotencyKey: 'same' })).toEqual(first);
    expect(await ask(books, 400, { idempotencyKey: 'same' })).toMatchObject({ code: 'idempotency_mismatch' });
    await say(books, 'confirmed');
    expect(await ask(books, 500, { idempotencyKey: 'same' })).toMatchObject({ value: { request: { status: 'confirmed' } } });
    expect(await books.available()).toBe(500);
  });

  it('are refused above the limit where nobody waits, and nothing is asked for', async () => {
    const books = await withLimit();
    expect(await ask(books, 500, { onlyAtOnce: true })).toMatchObject({
      code: 'wants_approval',
      details: { adjustmentsAbove: 100 },
    });
    expect(await ask(books, 100, { onlyAtOnce: true })).toMatchObject({ ok: true });
    expect(await requests(books)).toEqual([]);
  });

  it('are never confirmed by who asked, whatever they asked with', async () => {
    const books = await withLimit();
    await ask(books, 500);
    expect(await say(books, 'confirmed', 'anna')).toMatchObject({ code: 'own_request' });
    expect(await say(books, 'refused', 'ANNA')).toMatchObject({ code: 'own_request' });
    expect(await say(books, 'withdrawn', 'ben')).toMatchObject({ code: 'foreign_request' });
    expect(await say(books, 'withdrawn', 'anna')).toMatchObject({ value: { status: 'withdrawn' } });
    expect(await say(books, 'confirmed')).toMatchObject({ code: 'already_decided', details: { status: 'withdrawn' } });
    await ask(books, 500, { requester: 'key:k1', idempotencyKey: 'by-key' });
    expect(await say(books, 'confirmed', 'anna')).toMatchObject({ code: 'own_request' });
    expect(await books.available()).toBe(0);
  });

  it('are posted once when two confirm at once, and one of confirm and refuse counts', async () => {
    const books = await withLimit();
    await ask(books, 500);
    const both = await Promise.all([say(books, 'confirmed', 'ben'), say(books, 'confirmed', 'carl')]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await books.available()).toBe(500);
    await ask(books, 300);
    const id = await latest(books);
    const mixed = await Promise.all([say(books, 'confirmed', 'ben', id), say(books, 'refused', 'carl', id)]);
    expect(mixed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(mixed.filter(({ ok }) => !ok)).toMatchObject([{ code: 'already_decided' }]);
    const [, second] = await requests(books);
    expect(await books.available()).toBe(second?.status === 'confirmed' ? 800 : 500);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('are posted once when the same is asked twice at once', async () => {
    const books = await withLimit();
    const asked = await Promise.all([ask(books, 500), ask(books, 500), ask(books, 500)]);
    expect(asked.every(({ ok }) => ok)).toBe(true);
    expect(await requests(books)).toHaveLength(1);
  });

  it('stay a request while the points to be taken are not there', async () => {
    const books = await withLimit();
    await ask(books, 500);
    await say(books, 'confirmed');
    expect(await ask(books, -600)).toMatchObject({ code: 'insufficient_points' });
    await ask(books, -400);
    await ask(books, -90, { actor: 'carl' });
    await ask(books, -90, { actor: 'dora', idempotencyKey: 'dora' });
    expect(await say(books, 'confirmed')).toMatchObject({ code: 'insufficient_points', details: { availablePoints: 320 } });
    expect((await requests(books)).at(-1)).toMatchObject({ status: 'pending' });
    await ask(books, 90, { actor: 'carl', idempotencyKey: 'carl-back' });
    expect(await say(books, 'confirmed')).toMatchObject({ value: { status: 'confirmed' } });
    expect(await books.available()).toBe(10);
  });

  it('end when nobody answers in time', async () => {
    const books = await withLimit();
    await ask(books, 500);
    await books.moveTo('2026-03-04T10:00:00.000Z');
    expect(await say(books, 'confirmed')).toMatchObject({ code: 'request_expired' });
    const wanted = { programmeId: PROGRAMME_ID, after: '', limit: 10 };
    const now = books.clock.now();
    expect(await listRequests(books.context.db, { ...wanted, status: 'pending' }, now)).toEqual([]);
    expect(await listRequests(books.context.db, { ...wanted, status: 'expired' }, now)).toHaveLength(1);
    expect(await expireAdjustments(books.context, now)).toEqual({ expired: 1 });
    expect(await expireAdjustments(books.context, now)).toEqual({ expired: 0 });
    expect(await say(books, 'confirmed')).toMatchObject({ code: 'already_decided', details: { status: 'expired' } });
    expect(await books.available()).toBe(0);
  });

  it('follow the member into another one, and end with the person', async () => {
    const books = await withLimit();
    const { context, memberId } = books;
    const other = await registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId: 'c2',
      emailHash: 'e2',
      customerGroup: null,
      registeredAt: books.clock.now(),
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
    await ask(books, 500);
    const staff = { reason: 'same person', actor: 'dora' };
    await mergeMembers(context, { memberId: other, absorb: memberId, ...staff, idempotencyKey: 'merge-01' });
    expect(await say(books, 'confirmed')).toMatchObject({ value: { status: 'confirmed', member_id: other } });
    expect((await requests(books))[0]).toMatchObject({ member_id: other, status: 'confirmed' });
    await ask(books, 700, { memberId: other });
    await eraseMember(context, { memberId: other, ...staff, idempotencyKey: 'erase-01' });
    expect((await requests(books)).at(-1)).toMatchObject({ status: 'withdrawn', reason: 'erased' });
    expect(await say(books, 'confirmed')).toMatchObject({ code: 'already_decided' });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('are as many as anybody can look through', async () => {
    const books = await withLimit();
    const { db } = books.context;
    await ask(books, 500);
    const [row] = await requests(books);
    if (!row) throw new Error('nothing was asked for');
    for (let number = 0; number < 199; number += 1) {
      await db
        .insertInto('adjustment_request')
        .values({ ...row, request_id: `r${number}`, idempotency_key: `r${number}` })
        .execute();
    }
    expect(await ask(books, 501)).toMatchObject({ code: 'too_many_requests' });
    expect(await ask(books, 501, { actor: 'carl' })).toMatchObject({ ok: true });
  });
});
