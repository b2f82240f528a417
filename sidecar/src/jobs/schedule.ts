import { schedule, type TaskContext } from 'node-cron';
import type { Job } from './job';
import { runJob, type JobDependencies } from './run-job';

export interface Schedule {
  /** Starts nothing new, asks running jobs to stop, and resolves when they have. */
  stop(): Promise<void>;
}

/** Starts every job at its times, in UTC. */
export function startSchedule(jobs: readonly Job[], deps: JobDependencies): Schedule {
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  const start = async (job: Job, slot: string): Promise<void> => {
    try {
      await runJob(deps, job, { slot, signal: stopping.signal });
    } catch (error) {
      deps.log.error({ job: job.name, error }, 'job could not be claimed');
    }
  };
  const tasks = jobs.map((job) =>
    schedule(
      job.cron,
      async (context: TaskContext) => {
        if (stopping.signal.aborted) return;
        const run = start(job, context.date.toISOString());
        running.add(run);
        await run;
        running.delete(run);
      },
      // `noOverlap` is left off: the lease decides, over all processes.
      { name: job.name, timezone: 'UTC', suppressMissedWarning: true },
    ),
  );
  return {
    async stop() {
      stopping.abort(new Error('the process is stopping'));
      for (const task of tasks) await task.destroy();
      await Promise.all(running);
    },
  };
}
