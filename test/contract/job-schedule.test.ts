import { systemClock } from '../../sidecar/src/clock';
import { sequentialIds } from '../../sidecar/src/ids';
import { startSchedule } from '../../sidecar/src/jobs/schedule';
import { jobStatuses } from '../../sidecar/src/stores/job-lease-store';
import { describeEachStorage } from '../support/storages';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describeEachStorage('schedule', (open) => {
  it('runs a due job on one of two processes, and on stop waits for it and starts no more', async () => {
    const { db } = await open();
    let runs = 0;
    let stopped = false;
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const job = {
      name: 'every-second',
      cron: '* * * * * *',
      leaseMs: 60_000,
      run: ({ signal }: { signal: AbortSignal }) => {
        runs += 1;
        started();
        return new Promise<Record<string, number>>((resolve) => {
          signal.addEventListener('abort', () => resolve({ drained: 1 }));
        });
      },
    };
    const processes = ['a', 'b'].map((owner) =>
      startSchedule([job], { db, clock: systemClock, ids: sequentialIds(owner), log: silent, owner }),
    );
    await running;
    await Promise.all(processes.map((schedule) => schedule.stop())).then(() => (stopped = true));
    expect(stopped).toBe(true);
    expect(runs).toBe(1);
    expect(await jobStatuses(db, systemClock.now())).toMatchObject([
      { job: 'every-second', running: false, lastResult: { outcome: 'done', figures: { drained: 1 } } },
    ]);
  });
});
