import { canonicalJson, sha256Hex } from '../../sidecar/src/storage/canonical-json';
import { inTransaction, type Db } from '../../sidecar/src/storage/transaction';
import {
  acknowledge,
  addDesired,
  claimDirty,
  counts,
  deadLetters,
  desiredIds,
  dueShops,
  purgeGone,
  purgeTold,
  recordFailures,
  replayDead,
  setDesired,
  setDesiredMany,
  showAgain,
  type DesiredClaim,
} from '../../sidecar/src/stores/desired-state-store';
import { insertShop } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const T0 = '2026-03-01T10:00:00.000Z';
const T1 = '2026-03-01T10:01:00.000Z';
const LATER = '2026-03-01T11:00:00.000Z';

const set = (db: Db, id: string, state: unknown, now = T0): Promise<boolean> =>
  inTransaction(db, (trx) => setDesired(trx, { shopId: 's1', type: 'member', id, state }, now));

const claim = (db: Db, token: string, now = T0, leaseUntil = LATER, gone = false): Promise<DesiredClaim> =>
  claimDirty(db, { token, shopId: 's1', type: 'member', gone, now, leaseUntil, limit: 10 });

const take = (db: Db, claimed: DesiredClaim, now = T0): Promise<void> =>
  inTransaction(db, (trx) => acknowledge(trx, claimed, claimed.rows, now));

const row = (db: Db, id: string) =>
  db.selectFrom('desired_state').selectAll().where('resource_id', '=', id).executeTakeFirstOrThrow();

describeEachStorage('desired state', (open) => {
  it('is dirty until the shop took it, and again when it changes', async () => {
    const { db } = await open();
    expect(await set(db, 'c1', { points: 5, tier: null })).toBe(true);
    expect(await set(db, 'c1', { tier: null, points: 5 })).toBe(false);
    const first = await claim(db, 'a');
    expect(first.rows).toEqual([
      {
        resourceId: 'c1',
        desired: '{"points":5,"tier":null}',
        desiredHash: sha256Hex(canonicalJson({ points: 5, tier: null })),
        attempts: 0,
      },
    ]);
    await take(db, first);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 0, lease_owner: null, acknowledged_hash: first.rows[0]?.desiredHash });
    expect((await claim(db, 'b')).rows).toEqual([]);
    expect(await set(db, 'c1', { points: 6, tier: null })).toBe(true);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 1, next_attempt_at: T0 });
  });

  it('is shown again when the shop lost it, unless it waits for its push or should be gone', async () => {
    const { db } = await open();
    const again = (id: string) => inTransaction(db, (trx) => showAgain(trx, 's1', 'member', id, T1));
    await set(db, 'c1', 1);
    await take(db, await claim(db, 'a'));
    await again('c1');
    expect(await row(db, 'c1')).toMatchObject({ dirty: 1, acknowledged_hash: null, next_attempt_at: T1 });
    await take(db, await claim(db, 'b', T1), T1);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 0 });
    await set(db, 'c2', 1);
    await again('c2');
    expect(await row(db, 'c2')).toMatchObject({ dirty: 1, next_attempt_at: T0 });
    await set(db, 'c1', null, T1);
    await take(db, await claim(db, 'c', T1, LATER, true), T1);
    await again('c1');
    expect(await row(db, 'c1')).toMatchObject({ dirty: 0 });
  });

  it('that is told once is not told again by the same id, and is forgotten only after it was told', async () => {
    const { db } = await open();
    const add = (id: string, state: unknown): Promise<void> =>
      inTransaction(db, (trx) => addDesired(trx, { shopId: 's1', type: 'notice', id, state }, T0));
    const claimNotices = () =>
      claimDirty(db, { token: 'a', shopId: 's1', type: 'notice', gone: false, now: T0, leaseUntil: LATER, limit: 10 });
    await add('n1', { points: 5 });
    expect(await purgeTold(db, 'notice', LATER)).toBe(0);
    await take(db, await claimNotices());
    await add('n1', { points: 6 });
    expect(await row(db, 'n1')).toMatchObject({ dirty: 0, desired: '{"points":5}' });
    await add('n2', 1);
    await set(db, 'c1', 1);
    await take(db, await claim(db, 'b'));
    expect(await purgeTold(db, 'notice', T0)).toBe(0);
    expect(await purgeTold(db, 'notice', LATER)).toBe(1);
    expect(await desiredIds(db, 's1', 'notice', 10)).toEqual(['n2']);
    expect(await desiredIds(db, 's1', 'member', 10)).toEqual(['c1']);
  });

  it('is clean again at once when it returns to what the shop shows', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    await take(db, await claim(db, 'a'));
    await set(db, 'c1', 2);
    expect((await row(db, 'c1')).dirty).toBe(1);
    expect(await set(db, 'c1', 1)).toBe(true);
    expect((await row(db, 'c1')).dirty).toBe(0);
  });

  it('stays dirty when it changes while a push is under way', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    const claimed = await claim(db, 'a');
    await set(db, 'c1', 2, T1);
    expect((await claim(db, 'b', T1)).rows).toEqual([]);
    await take(db, claimed, T1);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 1, desired: '2', lease_owner: null });
    expect((await claim(db, 'b', T1)).rows.map((due) => due.desired)).toEqual(['2']);
  });

  it('is pushed again when it returns to an acknowledged state while another is under way', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    await take(db, await claim(db, 'a'));
    await set(db, 'c1', 2);
    const claimed = await claim(db, 'b');
    await set(db, 'c1', 1);
    expect((await row(db, 'c1')).dirty).toBe(1);
    await take(db, claimed);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 1, desired: '1' });
  });

  it('is pushed again after an answer that came when another had taken over', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    const slow = await claim(db, 'slow', T0, T1);
    await set(db, 'c1', 2, T1);
    const quick = await claim(db, 'quick', T1);
    await take(db, quick, T1);
    expect((await row(db, 'c1')).dirty).toBe(0);
    await take(db, slow, T1);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 1, desired: '2', acknowledged_hash: null });
  });

  it('takes the lease from a push that a late answer overtook', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    const slow = await claim(db, 'slow', T0, T1);
    const quick = await claim(db, 'quick', T1);
    await take(db, slow, T1);
    await take(db, quick, T1);
    expect(await row(db, 'c1')).toMatchObject({ dirty: 1, lease_owner: null });
  });

  it('gives a row to one of two claims at once', async () => {
    const { db } = await open();
    for (let index = 0; index < 10; index += 1) await set(db, `c${index}`, index);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((token) => claim(db, token)));
    const ids = claims.flatMap((claimed) => claimed.rows.map((due) => due.resourceId));
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(10);
  });

  it('waits after a failure, dies when told to, and lives again on replay', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    const first = await claim(db, 'a');
    await inTransaction(db, (trx) => recordFailures(trx, first, [{ row: first.rows[0]!, error: 'HTTP 500', retryAt: T1 }], T0));
    expect((await claim(db, 'b', T0)).rows).toEqual([]);
    const second = await claim(db, 'b', T1);
    expect(second.rows[0]?.attempts).toBe(1);
    await inTransaction(db, (trx) =>
      recordFailures(trx, second, [{ row: second.rows[0]!, error: 'HTTP 400', retryAt: null }], T1),
    );
    expect((await claim(db, 'c', LATER)).rows).toEqual([]);
    expect(await counts(db)).toEqual([{ shopId: 's1', type: 'member', waiting: 0, dead: 1, oldestChangeAt: T0 }]);
    expect(await deadLetters(db, 's1', 10)).toEqual([
      { shopId: 's1', type: 'member', id: 'c1', attempts: 2, lastError: 'HTTP 400', updatedAt: T0 },
    ]);
    expect(await replayDead(db, { shopId: 'other' }, LATER)).toBe(0);
    expect(await replayDead(db, { shopId: 's1', outageOnly: true }, LATER)).toBe(0);
    expect(await replayDead(db, { shopId: 's1', type: 'member', id: 'c1' }, LATER)).toBe(1);
    expect((await claim(db, 'd', LATER)).rows[0]?.attempts).toBe(0);
  });

  it('lets a dead letter live again when what it should show changes', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    const claimed = await claim(db, 'a');
    await inTransaction(db, (trx) => recordFailures(trx, claimed, [{ row: claimed.rows[0]!, error: 'no', retryAt: null }], T0));
    await set(db, 'c1', 2, T1);
    expect((await claim(db, 'b', T1)).rows.map((due) => due.desired)).toEqual(['2']);
  });

  it('does not hold a failure of the old state against the new one', async () => {
    const { db } = await open();
    await set(db, 'c1', 1);
    const claimed = await claim(db, 'a');
    await set(db, 'c1', 2);
    await inTransaction(db, (trx) => recordFailures(trx, claimed, [{ row: claimed.rows[0]!, error: 'no', retryAt: null }], T0));
    expect(await row(db, 'c1')).toMatchObject({ dead: 0, attempts: 0, dirty: 1, lease_owner: null });
  });

  it('removes what was shown, and nothing else', async () => {
    const { db } = await open();
    expect(await set(db, 'never', null)).toBe(false);
    await set(db, 'c1', 1);
    await take(db, await claim(db, 'a'));
    expect(await set(db, 'c1', null)).toBe(true);
    expect(await desiredIds(db, 's1', 'member')).toEqual([]);
    expect((await claim(db, 'b')).rows).toEqual([]);
    await take(db, await claim(db, 'c', T0, LATER, true));
    expect(await purgeGone(db, T0)).toBe(0);
    expect(await purgeGone(db, T1)).toBe(1);
  });

  it('sets many at once and counts those that are new', async () => {
    const { db } = await open();
    const many = (states: Record<string, unknown>) =>
      inTransaction(db, (trx) =>
        setDesiredMany(
          trx,
          's1',
          'member',
          Object.entries(states).map(([id, state]) => ({ id, state })),
          T0,
        ),
      );
    expect(await many({})).toBe(0);
    expect(await many({ a: 1, b: 2, c: null })).toBe(2);
    expect(await many({ a: 1, b: 3, c: null })).toBe(1);
    expect(await many({ a: null, b: 3 })).toBe(1);
    expect(await desiredIds(db, 's1', 'member')).toEqual(['b']);
  });

  it('ends with one row when many first states race', async () => {
    const { db } = await open();
    const results = await Promise.all([1, 2, 3, 4, 5].map((state) => set(db, 'c1', state)));
    expect(results.every(Boolean)).toBe(true);
    expect(await db.selectFrom('desired_state').select('desired').execute()).toHaveLength(1);
  });

  it('names only active shops as due', async () => {
    const { db } = await open();
    await insertShop(db, 's1');
    await insertShop(db, 's2', 'inactive');
    for (const shopId of ['s1', 's2']) {
      await inTransaction(db, (trx) => setDesired(trx, { shopId, type: 'voucher', id: 'v', state: 1 }, T0));
    }
    expect(await dueShops(db, T0, [], 10)).toEqual(['s1']);
    expect(await dueShops(db, T0, ['s1'], 10)).toEqual([]);
    expect(await dueShops(db, '2026-03-01T09:00:00.000Z', [], 10)).toEqual([]);
  });
});
