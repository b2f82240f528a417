import type { Clock } from '../clock';
import { addMs } from '../domain/instant';
import type { Ids } from '../ids';
import type { Db } from '../storage/transaction';
import { claimJob, finishJob, renewJob } from '../stores/job-lease-store';
import type { Job, JobContext } from './job';

export interface JobLog {
  info(details: Readonly<Record<string, unknown>>, message: string): void;
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

export interface JobDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: JobLog;
  /** Names this process in the job's result. */
  readonly owner: string;
  /** Calls `beat` every so many milliseconds until the returned function is called; default: a timer. */
  readonly heartbeat?: (everyMs: number, beat: () => Promise<void>) => () => void;
}

export interface RunOptions {
  /** The moment the job was due; every slot runs at most once over all processes. Absent = run now, on request. */
  readonly slot?: string;
  readonly signal?: AbortSignal;
}

/** `busy`: another run holds the lease, or the slot was served. `failed`: it threw; the fault is logged and stored. */
export type RunOutcome = 'done' | 'busy' | 'failed';

/** Runs a job unless another process does. */
export async function runJob(deps: JobDependencies, job: Job, options: RunOptions = {}): Promise<RunOutcome> {
  const { db, clock, log } = deps;
  const token = deps.ids.next();
  const now = clock.now();
  const claimed = await claimJob(db, {
    job: job.name,
    token,
    now,
    leaseUntil: addMs(now, job.leaseMs),
    slot: options.slot ?? null,
  });
  if (!claimed) return 'busy';
  const lost = new AbortController();
  const stopHeartbeat = (deps.heartbeat ?? timerHeartbeat)(Math.ceil(job.leaseMs / 3), async () => {
    const kept = await renewJob(db, job.name, token, addMs(clock.now(), job.leaseMs));
    if (!kept) lost.abort(new Error(`the lease of job ${job.name} was lost`));
  });
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  const startedMs = clock.nowMs();
  const ended = await attempt(job, { now, signal }, log).finally(stopHeartbeat);
  const result = { ...ended, owner: deps.owner, durationMs: clock.nowMs() - startedMs };
  const kept = await finishJob(db, job.name, token, clock.now(), result);
  if (!kept) log.warn({ job: job.name }, 'job ended after its lease was lost');
  return ended.outcome;
}

type Ended = { outcome: 'done'; figures: Readonly<Record<string, number>> } | { outcome: 'failed'; error: string };

async function attempt(job: Job, context: JobContext, log: JobLog): Promise<Ended> {
  try {
    const figures = await job.run(context);
    log.info({ job: job.name, figures }, 'job done');
    return { outcome: 'done', figures };
  } catch (error) {
    log.error({ job: job.name, error }, 'job failed');
    return { outcome: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

function timerHeartbeat(everyMs: number, beat: () => Promise<void>): () => void {
  // A beat that fails is made up for by the next one: the lease lasts three.
  const timer = setInterval(() => void beat().catch(() => undefined), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
