/** Works off stored deliveries: claims by lease, hands over a resource at a time, retries with backoff. */
import type { Clock } from '../clock';
import { addMs } from '../domain/instant';
import { ShopApiError } from '../errors';
import type { Ids } from '../ids';
import { nextWaitMs } from '../retry-schedule';
import type { Db } from '../storage/transaction';
import { claimDue, markFailed, releaseClaim, type ClaimedGroup } from '../stores/inbox-store';
import { createPollLoop, type PollLoop } from './poll-loop';

export interface InboxLog {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

export type InboxOutcome = 'done' | 'retry' | 'dead';

export interface InboxWorkerOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: InboxLog;
  /** In [0, 1). */
  readonly random: () => number;
  /** Does what the messages ask for and marks them done in the same transaction; throws when it could not. */
  readonly handle: (group: ClaimedGroup) => Promise<void>;
  /** Resources worked on at once (default 4). */
  readonly concurrency?: number;
  /** Messages claimed at once (default 50). */
  readonly batch?: number;
  /** Milliseconds between looks at the database when started (default 1000); new deliveries wake the worker. */
  readonly pollMs?: number;
  /** Called after each resource with the number of its messages. */
  readonly onOutcome?: (outcome: InboxOutcome, count: number) => void;
}

export interface InboxWorker extends PollLoop {
  /** Works until nothing is due; returns how many messages were done. */
  runOnce(): Promise<number>;
}

/** Waits before the second, third, … attempt; a shop may be down for a day. */
export const INBOX_RETRY_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000, 43_200_000];

/** An error that no repetition mends still gets a few: the shop may be in the middle of an update. */
const TRIES_OF_A_FINAL_ERROR = 3;
const LEASE_MS = 120_000;
const MAX_ROUNDS = 100_000;

export function createInboxWorker(options: InboxWorkerOptions): InboxWorker {
  const concurrency = options.concurrency ?? 4;
  let stopping = false;

  const round = async (): Promise<number | null> => {
    const now = options.clock.now();
    const claim = { token: options.ids.next(), now, leaseUntil: addMs(now, LEASE_MS), limit: options.batch ?? 50 };
    const groups = await claimDue(options.db, claim);
    if (groups.length === 0) return null;
    let done = 0;
    const queue = [...groups];
    // What waited here for longer than its lease may be somebody else's by now.
    const mayBegin = (): boolean => !stopping && options.clock.now() < claim.leaseUntil;
    const lane = async (): Promise<void> => {
      while (mayBegin()) {
        const group = queue.shift();
        if (!group) return;
        if (await handleGroup(options, group)) done += group.messages.length;
      }
    };
    // All lanes are waited for before a fault is passed on: nothing may go on working after `stop`.
    const lanes = await Promise.allSettled(Array.from({ length: Math.min(concurrency, groups.length) }, lane));
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
    const left = queue.flatMap((group) => group.messages.map((message) => message.message_id));
    await releaseClaim(options.db, left, claim.token);
    return done;
  };
  const runOnce = async (): Promise<number> => {
    let total = 0;
    for (let count = 0; count < MAX_ROUNDS && !stopping; count += 1) {
      const done = await round();
      if (done === null) break;
      total += done;
    }
    return total;
  };
  const loop = createPollLoop(runOnce, options.pollMs ?? 1000, (error) =>
    options.log.error({ error }, 'the inbox could not be worked off'),
  );
  return {
    ...loop,
    runOnce,
    stop: () => {
      stopping = true;
      return loop.stop();
    },
  };
}

async function handleGroup(options: InboxWorkerOptions, group: ClaimedGroup): Promise<boolean> {
  const report = (outcome: InboxOutcome): void => options.onOutcome?.(outcome, group.messages.length);
  try {
    await options.handle(group);
  } catch (error) {
    report(await recordFailure(options, group, error));
    return false;
  }
  report('done');
  return true;
}

async function recordFailure(options: InboxWorkerOptions, group: ClaimedGroup, error: unknown): Promise<InboxOutcome> {
  const now = options.clock.now();
  const tries = Math.max(...group.messages.map((message) => message.attempts)) + 1;
  const final = error instanceof ShopApiError && !error.retryable && tries >= TRIES_OF_A_FINAL_ERROR;
  const retryAfterMs = error instanceof ShopApiError ? (error.retryAfterMs ?? 0) : 0;
  const waitMs = final ? null : nextWaitMs(tries, options.random, retryAfterMs, INBOX_RETRY_MS);
  const details = { shopId: group.shopId, resource: group.resourceKey, tries, error };
  if (waitMs === null) options.log.error(details, 'delivery given up; it can be replayed');
  else options.log.warn(details, 'delivery failed; it will be tried again');
  await markFailed(
    options.db,
    group.messages.map((message) => message.message_id),
    {
      error: error instanceof Error ? error.message : String(error),
      nextAttemptAt: waitMs === null ? null : addMs(now, waitMs),
      now,
    },
  );
  return waitMs === null ? 'dead' : 'retry';
}
