import { ManualClock } from '../../sidecar/src/clock';
import { sequentialIds } from '../../sidecar/src/ids';
import type { Job } from '../../sidecar/src/jobs/job';
import { runJob, type JobDependencies } from '../../sidecar/src/jobs/run-job';
import type { Db } from '../../sidecar/src/storage/transaction';
import { claimJob, finishJob, jobStatuses } from '../../sidecar/src/stores/job-lease-store';
import { describeEachStorage } from '../support/storages';

const SLOT = '2026-03-01T10:00:00.000Z';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const dependencies = (db: Db, clock: ManualClock, owner: string, more: Partial<JobDependencies> = {}): JobDependencies => ({
  db,
  clock,
  ids: sequentialIds(owner),
  log: silent,
  owner,
  heartbeat: () => () => undefined,
  ...more,
});

const job = (run: Job['run']): Job => ({ name: 'expire-holds', cron: '* * * * *', leaseMs: 60_000, run });

describeEachStorage('job lease', (open) => {
  it('lets one of ten runners in', async () => {
    const { db } = await open();
    const clock = new ManualClock(Date.parse(SLOT));
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let started = 0;
    let refused = 0;
    const counting = job(async () => {
      started += 1;
      await finished;
      return { expired: 3 };
    });
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const outcome = await runJob(dependencies(db, clock, `p${index}`), counting, { slot: SLOT });
        if (outcome === 'busy') refused += 1;
        if (refused === 9) finish();
        return outcome;
      }),
    );
    expect(started).toBe(1);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(9);
    expect(await jobStatuses(db, clock.now())).toEqual([
      {
        job: 'expire-holds',
        running: false,
        lastStartedAt: SLOT,
        lastFinishedAt: SLOT,
        lastResult: { outcome: 'done', figures: { expired: 3 }, owner: expect.stringMatching(/^p\d$/) as string, durationMs: 0 },
      },
    ]);
  });

  it('runs a slot once, even when the second process fires after the first is done', async () => {
    const { db } = await open();
    const first = new ManualClock(Date.parse(SLOT));
    const second = new ManualClock(Date.parse(SLOT) + 3_000);
    const run = job(() => Promise.resolve({}));
    expect(await runJob(dependencies(db, first, 'a'), run, { slot: SLOT })).toBe('done');
    expect(await runJob(dependencies(db, second, 'b'), run, { slot: SLOT })).toBe('busy');
    expect(await runJob(dependencies(db, second, 'b'), run, { slot: '2026-03-01T10:01:00.000Z' })).toBe('done');
  });

  it('runs a slot once when the first clock is behind the schedule', async () => {
    const { db } = await open();
    const behind = new ManualClock(Date.parse(SLOT) - 200);
    const run = job(() => Promise.resolve({}));
    expect(await runJob(dependencies(db, behind, 'a'), run, { slot: SLOT })).toBe('done');
    expect(await runJob(dependencies(db, new ManualClock(Date.parse(SLOT)), 'b'), run, { slot: SLOT })).toBe('busy');
  });

  it('runs on request without a slot', async () => {
    const { db } = await open();
    const clock = new ManualClock(Date.parse(SLOT));
    const run = job(() => Promise.resolve({}));
    expect(await runJob(dependencies(db, clock, 'a'), run)).toBe('done');
    expect(await runJob(dependencies(db, clock, 'a'), run)).toBe('done');
  });

  it('stores a failure and runs again next time', async () => {
    const { db } = await open();
    const clock = new ManualClock(Date.parse(SLOT));
    const failing = job(() => Promise.reject(new Error('books do not add up')));
    expect(await runJob(dependencies(db, clock, 'a'), failing, { slot: SLOT })).toBe('failed');
    expect((await jobStatuses(db, clock.now()))[0]).toMatchObject({
      running: false,
      lastResult: { outcome: 'failed', error: 'books do not add up' },
    });
    expect(
      await runJob(
        dependencies(db, clock, 'a'),
        job(() => Promise.resolve({})),
      ),
    ).toBe('done');
  });

  it('is taken over after a crash, but not before the lease ran out', async () => {
    const { db } = await open();
    const crashed = { job: 'expire-holds', token: 'crashed', now: SLOT, leaseUntil: '2026-03-01T10:01:00.000Z', slot: SLOT };
    expect(await claimJob(db, crashed)).toBe(true);
    const clock = new ManualClock(Date.parse(SLOT) + 30_000);
    const run = job(() => Promise.resolve({}));
    expect(await runJob(dependencies(db, clock, 'b'), run)).toBe('busy');
    clock.advance(30_000);
    expect(await runJob(dependencies(db, clock, 'b'), run, { slot: '2026-03-01T10:01:00.000Z' })).toBe('done');
    expect(await finishJob(db, 'expire-holds', 'crashed', clock.now(), {})).toBe(false);
  });

  it('renews the lease while the job runs and stops the job when it was lost', async () => {
    const { db } = await open();
    const clock = new ManualClock(Date.parse(SLOT));
    let beat: () => Promise<void> = () => Promise.resolve();
    let everyMs = 0;
    const seen: boolean[] = [];
    const long = job(async ({ signal }) => {
      clock.advance(50_000);
      await beat();
      clock.advance(50_000);
      seen.push(await claimJob(db, { job: 'expire-holds', token: 'x', now: clock.now(), leaseUntil: clock.now(), slot: null }));
      seen.push(signal.aborted);
      clock.advance(60_000);
      const leaseUntil = new Date(clock.nowMs() + 60_000).toISOString();
      seen.push(await claimJob(db, { job: 'expire-holds', token: 'thief', now: clock.now(), leaseUntil, slot: null }));
      await beat();
      seen.push(signal.aborted);
      return {};
    });
    const heartbeat = (ms: number, renew: () => Promise<void>) => {
      everyMs = ms;
      beat = renew;
      return () => undefined;
    };
    await runJob(dependencies(db, clock, 'a', { heartbeat }), long);
    expect(everyMs).toBe(20_000);
    expect(seen).toEqual([false, false, true, true]);
    expect((await jobStatuses(db, clock.now()))[0]).toMatchObject({ running: true, lastFinishedAt: null });
  });
});
