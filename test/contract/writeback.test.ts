import { ManualClock } from '../../sidecar/src/clock';
import { recentHistory } from '../../sidecar/src/operations/member-history';
import { addMs } from '../../sidecar/src/domain/instant';
import { sequentialIds } from '../../sidecar/src/ids';
import type { DesiredResourceType } from '../../sidecar/src/domain/mirror';
import type { PushOutcome } from '../../sidecar/src/platform/platform';
import { inTransaction, type Db } from '../../sidecar/src/storage/transaction';
import { counts, replayDead, setDesired } from '../../sidecar/src/stores/desired-state-store';
import { purgeAttempts } from '../../sidecar/src/stores/writeback-attempt-store';
import { RETRY_SCHEDULE_MS } from '../../sidecar/src/retry-schedule';
import { createWritebackWorker, type WritebackWorker, type WritebackWorkerOptions } from '../../sidecar/src/writeback/worker';
import { connectedShop, insertShop, standInPlatform, type StandInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const START = Date.parse('2026-03-01T10:00:00.000Z');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const busy: PushOutcome = { ok: false, retryable: true, error: 'HTTP 503' };
const refused: PushOutcome = { ok: false, retryable: false, error: 'HTTP 400: unknown field' };

interface Scene {
  readonly db: Db;
  readonly clock: ManualClock;
  readonly platform: StandInPlatform;
  worker(options?: Partial<WritebackWorkerOptions>): WritebackWorker;
  want(type: DesiredResourceType, id: string, state: unknown, shopId?: string): Promise<boolean>;
}

/** `random: 0.5` is the middle of the jitter: waits are exactly those of the schedule. */
async function scene(db: Db, shops: readonly string[] = ['s1']): Promise<Scene> {
  for (const shopId of shops) await insertShop(db, shopId);
  const clock = new ManualClock(START);
  const platform = standInPlatform();
  let workers = 0;
  return {
    db,
    clock,
    platform,
    worker: (options = {}) =>
      createWritebackWorker({
        db,
        clock,
        ids: sequentialIds(`w${(workers += 1)}`),
        log: silent,
        platformFor: () => platform,
        loadShop: (shopId) => Promise.resolve(connectedShop(shopId)),
        recentHistory: (shopId, customerIds) => recentHistory(db, shopId, customerIds),
        random: () => 0.5,
        ...options,
      }),
    want: (type, id, state, shopId = 's1') =>
      inTransaction(db, (trx) => setDesired(trx, { shopId, type, id, state }, clock.now())),
  };
}

describeEachStorage('write-back worker', (open) => {
  it('pushes what is due in batches, tiers before members, and nothing twice', async () => {
    const { want, worker, platform } = await scene((await open()).db);
    platform.batch = (type) => (type === 'member' ? 2 : 10);
    await want('member', 'c1', { tier: 'gold' });
    await want('member', 'c2', { tier: 'gold' });
    await want('member', 'c3', { tier: 'gold' });
    await want('voucher', 'v1', { valueMinor: 500 });
    await want('tier', 'gold', { code: 'gold' });
    await want('terms', 'programme', { accrual: {} });
    expect(await worker().runOnce()).toBe(6);
    expect(platform.pushes.map((push) => push.resources.map((resource) => `${resource.type}:${resource.id}`))).toEqual([
      ['terms:programme'],
      ['tier:gold'],
      ['member:c1', 'member:c2'],
      ['member:c3'],
      ['voucher:v1'],
    ]);
    expect(platform.shown.get('s1/member/c1')).toEqual({ tier: 'gold' });
    expect(await worker().runOnce()).toBe(0);
    expect(platform.pushes).toHaveLength(5);
  });

  it('coalesces: ten changes before a push cost one', async () => {
    const { want, worker, platform } = await scene((await open()).db);
    for (let points = 1; points <= 10; points += 1) await want('member', 'c1', { points });
    expect(await worker().runOnce()).toBe(1);
    expect(platform.pushes).toHaveLength(1);
    expect(platform.shown.get('s1/member/c1')).toEqual({ points: 10 });
  });

  it('pushes a change that came while the push was under way', async () => {
    const { db, want, worker, platform } = await scene((await open()).db);
    await want('member', 'c1', { points: 1 });
    platform.answer = async (push) => {
      if (platform.pushes.length === 1) await want('member', 'c1', { points: 2 });
      return push.resources.map(() => ({ ok: true }));
    };
    expect(await worker().runOnce()).toBe(2);
    expect(platform.pushes.flatMap((push) => push.resources.map((resource) => resource.state))).toEqual([
      { points: 1 },
      { points: 2 },
    ]);
    expect(await counts(db)).toEqual([]);
  });

  it('never pushes a row from two workers at once', async () => {
    const { want, worker, platform } = await scene((await open()).db);
    platform.batch = () => 3;
    for (let index = 0; index < 30; index += 1) await want('voucher', `v${index}`, { index });
    const underWay = new Set<string>();
    let collisions = 0;
    platform.answer = async (push) => {
      for (const { id } of push.resources) {
        if (underWay.has(id)) collisions += 1;
        underWay.add(id);
      }
      await new Promise(setImmediate);
      for (const { id } of push.resources) underWay.delete(id);
      return push.resources.map(() => ({ ok: true }));
    };
    const taken = await Promise.all([worker().runOnce(), worker().runOnce(), worker().runOnce()]);
    // A worker that found its candidates taken may have left; nothing may be left behind or sent twice, though.
    const rest = await worker().runOnce();
    expect(taken.reduce((sum, count) => sum + count, rest)).toBe(30);
    expect(platform.pushes.flatMap((push) => push.resources)).toHaveLength(30);
    expect(collisions).toBe(0);
  });

  it('retries on the schedule, then gives up until it is replayed', async () => {
    const { db, clock, want, worker, platform } = await scene((await open()).db);
    await want('voucher', 'v1', { valueMinor: 500 });
    await want('voucher', 'v2', { valueMinor: 500 });
    const only = (outcome: PushOutcome) => (push: { resources: readonly { id: string }[] }) =>
      push.resources.map(({ id }): PushOutcome => (id === 'v1' ? outcome : { ok: true }));
    platform.answer = only(busy);
    // The neighbour changes every time, so that the failure is the row's and not the shop's.
    for (const [tries, wait] of [...RETRY_SCHEDULE_MS, 0].entries()) {
      await want('voucher', 'v2', { tries });
      await worker().runOnce();
      expect(platform.pushes).toHaveLength(tries + 1);
      clock.advance(wait - 1);
      expect(await worker().runOnce()).toBe(0);
      clock.advance(1);
    }
    expect(await counts(db)).toMatchObject([{ waiting: 0, dead: 1 }]);
    const attempts = await db
      .selectFrom('writeback_attempt')
      .selectAll()
      .where('resource_id', '=', 'v1')
      .orderBy('attempted_at')
      .execute();
    expect(attempts.map((attempt) => attempt.outcome)).toEqual([...RETRY_SCHEDULE_MS.map(() => 'retry'), 'dead']);
    expect(attempts[0]).toMatchObject({ detail: 'HTTP 503', shop_id: 's1', resource_type: 'voucher' });
    platform.answer = only({ ok: true });
    await replayDead(db, { shopId: 's1' }, clock.now());
    expect(await worker().runOnce()).toBe(1);
    expect(await counts(db)).toEqual([]);
  });

  it('gives up at once on what the shop will never take, and keeps the rest of the batch', async () => {
    const { db, want, worker, platform } = await scene((await open()).db);
    await want('member', 'bad', 1);
    await want('member', 'good', 2);
    platform.answer = (push) => push.resources.map(({ id }) => (id === 'bad' ? refused : { ok: true }));
    const outcomes: unknown[] = [];
    expect(await worker({ onOutcome: (...outcome) => outcomes.push(outcome) }).runOnce()).toBe(1);
    expect(await counts(db)).toMatchObject([{ type: 'member', waiting: 0, dead: 1 }]);
    expect(outcomes).toEqual([
      ['ok', 'member', 1],
      ['dead', 'member', 1],
    ]);
  });

  it('waits as long as the shop asks', async () => {
    const { clock, want, worker, platform } = await scene((await open()).db);
    await want('member', 'c1', 1);
    platform.answer = () => [{ ok: false, retryable: true, error: 'HTTP 429', retryAfterMs: 90_000 }];
    const one = worker();
    await one.runOnce();
    platform.answer = () => [{ ok: true }];
    clock.advance(89_999);
    expect(await one.runOnce()).toBe(0);
    clock.advance(1);
    expect(await one.runOnce()).toBe(1);
  });

  it('sends the same idempotency key with the same content only', async () => {
    const { clock, want, worker, platform } = await scene((await open()).db);
    await want('member', 'c1', 1);
    platform.answer = () => [busy];
    const one = worker();
    await one.runOnce();
    clock.advance(5_000);
    await one.runOnce();
    await want('member', 'c1', 2);
    await one.runOnce();
    const keys = platform.pushes.map((push) => push.idempotencyKey);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('counts a platform that throws or answers too little as a failed try', async () => {
    const { db, clock, want, worker, platform } = await scene((await open()).db);
    await want('member', 'c1', 1);
    platform.answer = () => Promise.reject(new Error('socket hang up'));
    await worker().runOnce();
    clock.advance(5_000);
    platform.answer = () => [];
    await worker().runOnce();
    const rows = await db.selectFrom('writeback_attempt').select(['outcome', 'detail']).orderBy('attempted_at').execute();
    expect(rows).toEqual([
      { outcome: 'retry', detail: 'socket hang up' },
      { outcome: 'retry', detail: 'the platform gave no outcome for this resource' },
    ]);
  });

  it('holds members back while a tier is on its way, and lets them go when the tier is a dead letter', async () => {
    const { clock, want, worker, platform } = await scene((await open()).db);
    await want('tier', 'gold', { code: 'gold' });
    await want('member', 'c1', { tier: 'gold' });
    const one = worker();
    platform.answer = (push) => push.resources.map(({ type }) => (type === 'tier' ? busy : { ok: true }));
    expect(await one.runOnce()).toBe(0);
    expect(platform.pushes.map((push) => push.resources[0]?.type)).toEqual(['tier']);
    platform.answer = (push) => push.resources.map(({ type }) => (type === 'tier' ? refused : { ok: true }));
    clock.advance(5_000);
    expect(await one.runOnce()).toBe(1);
  });

  it('removes a tier only after the members that had it were told', async () => {
    const { want, worker, platform } = await scene((await open()).db);
    await want('tier', 'gold', { code: 'gold' });
    await want('member', 'c1', { tier: 'gold' });
    await worker().runOnce();
    await want('tier', 'gold', null);
    await want('member', 'c1', { tier: null });
    await worker().runOnce();
    expect(platform.pushes.slice(2).map((push) => push.resources[0])).toEqual([
      { type: 'member', id: 'c1', state: { tier: null } },
      { type: 'tier', id: 'gold', state: null },
    ]);
  });

  it('keeps a tier in the shop until its last price is gone', async () => {
    const { clock, want, worker, platform } = await scene((await open()).db);
    await want('tier', 'gold', { code: 'gold' });
    await want('tier-price', 'p1', { rows: [] });
    const one = worker();
    await one.runOnce();
    await want('tier', 'gold', null);
    await want('tier-price', 'p1', null);
    platform.answer = (push) => push.resources.map(() => busy);
    await one.runOnce();
    platform.answer = (push) => push.resources.map(() => ({ ok: true }));
    clock.advance(60_000);
    await one.runOnce();
    expect(platform.pushes.slice(2).map((push) => push.resources[0]?.type)).toEqual(['tier-price', 'tier-price', 'tier']);
  });
});

describeEachStorage('write-back to shops in trouble', (open) => {
  it('leaves a dead shop alone after three batches and serves the others', async () => {
    const { clock, want, worker, platform } = await scene((await open()).db, ['dead', 'alive']);
    platform.batch = () => 5;
    for (let index = 0; index < 50; index += 1) {
      await want('voucher', `v${index}`, { index }, 'dead');
      await want('voucher', `v${index}`, { index }, 'alive');
    }
    platform.answer = (push) => push.resources.map(() => (push.shopId === 'dead' ? busy : { ok: true }));
    const one = worker();
    expect(await one.runOnce()).toBe(50);
    expect(platform.pushes.filter((push) => push.shopId === 'dead')).toHaveLength(3);
    clock.advance(29_999);
    await one.runOnce();
    expect(platform.pushes.filter((push) => push.shopId === 'dead')).toHaveLength(3);
    clock.advance(1);
    await one.runOnce();
    expect(platform.pushes.filter((push) => push.shopId === 'dead')).toHaveLength(4);
    platform.answer = (push) => push.resources.map(() => ({ ok: true }));
    clock.advance(120_000);
    expect(await one.runOnce()).toBe(50);
  });

  it('goes on with other shops while one does not answer', async () => {
    const { want, worker, platform } = await scene((await open()).db, ['a-slow', 'b', 'c', 'd']);
    for (const shopId of ['a-slow', 'b', 'c', 'd']) await want('voucher', 'v', 1, shopId);
    let answerSlow: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (answerSlow = resolve));
    platform.answer = async (push) => {
      if (push.shopId === 'a-slow') await slow;
      else if (platform.pushes.length === 4) answerSlow();
      return push.resources.map(() => ({ ok: true }));
    };
    expect(await worker({ concurrency: 2 }).runOnce()).toBe(4);
    expect(platform.pushes.slice(0, 2).map((push) => push.shopId)).toContain('a-slow');
  });

  it('makes dead letters of an outage due again when the shop is back, but no others', async () => {
    const { db, clock, want, worker, platform } = await scene((await open()).db);
    await want('member', 'bad', 1);
    platform.answer = () => [refused];
    const one = worker();
    await one.runOnce();
    await want('voucher', 'v1', 1);
    platform.answer = () => [busy];
    for (const wait of [0, ...RETRY_SCHEDULE_MS]) {
      clock.advance(Math.max(wait, 600_000));
      await one.runOnce();
    }
    expect(await counts(db)).toMatchObject([
      { type: 'member', dead: 1 },
      { type: 'voucher', dead: 1 },
    ]);
    platform.answer = () => [{ ok: true }];
    clock.advance(600_000);
    await want('friend-code', 'f1', 1);
    expect(await one.runOnce()).toBe(2);
    expect(await counts(db)).toMatchObject([{ type: 'member', waiting: 0, dead: 1 }]);
  });

  it('keeps the rows of an inactive shop untried', async () => {
    const { db, clock, want, worker, platform } = await scene((await open()).db, []);
    await insertShop(db, 's1', 'inactive');
    await insertShop(db, 's2');
    await want('voucher', 'v', 1, 's1');
    await want('voucher', 'v', 1, 's2');
    expect(await worker({ loadShop: () => Promise.resolve(null) }).runOnce()).toBe(0);
    expect(platform.pushes).toEqual([]);
    await db.updateTable('shop').set({ status: 'active' }).execute();
    clock.advance(1);
    expect(await worker().runOnce()).toBe(2);
  });

  it('pushes again what a killed process had claimed', async () => {
    const { db, clock, want, worker, platform } = await scene((await open()).db);
    await want('voucher', 'v', 1);
    await db
      .updateTable('desired_state')
      .set({ lease_owner: 'killed', lease_until: addMs(clock.now(), 300_000), acknowledged_hash: null })
      .execute();
    expect(await worker().runOnce()).toBe(0);
    clock.advance(300_000);
    expect(await worker().runOnce()).toBe(1);
    expect(platform.pushes).toHaveLength(1);
  });

  it('survives a fault of its own and tries again', async () => {
    const { want, worker, platform } = await scene((await open()).db);
    await want('voucher', 'v', 1);
    const faults: unknown[] = [];
    const log = { ...silent, error: (details: unknown) => faults.push(details) };
    const one = worker({ log, loadShop: () => Promise.reject(new Error('sealed with an unknown key')) });
    expect(await one.runOnce()).toBe(0);
    expect(faults).toHaveLength(1);
    expect(await worker().runOnce()).toBe(1);
    expect(platform.pushes).toHaveLength(1);
  });

  it('started, pushes by itself, and stops after the batch under way', async () => {
    const { db, want, worker, platform } = await scene((await open()).db);
    await want('voucher', 'v1', 1);
    await want('terms', 'programme', 1);
    const one = worker({ pollMs: 5 });
    let stopped: Promise<void> | undefined;
    await new Promise<void>((resolve) => {
      platform.answer = async (push) => {
        await Promise.resolve();
        stopped = one.stop();
        resolve();
        return push.resources.map(() => ({ ok: true }));
      };
      one.start();
    });
    await stopped;
    expect(platform.pushes.map((push) => push.resources[0]?.type)).toEqual(['terms']);
    expect(await counts(db)).toMatchObject([{ type: 'voucher', waiting: 1 }]);
  });

  it('forgets old attempts', async () => {
    const { db, clock, want, worker } = await scene((await open()).db);
    await want('voucher', 'v', 1);
    await worker().runOnce();
    expect(await purgeAttempts(db, clock.now())).toBe(0);
    expect(await purgeAttempts(db, addMs(clock.now(), 1))).toBe(1);
    expect(await db.selectFrom('writeback_attempt').selectAll().execute()).toEqual([]);
  });
});
