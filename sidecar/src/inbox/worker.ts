/** Works off stored deliveries: claims by lease, hands over a resource at a time, retries with backoff. */
import type { Clock } from '../clock';
import { addMs } from '../domain/instant';
import { ShopApiError } from '../errors';
import type { Ids } from '../ids';
import { nextWaitMs } from '../retry-schedule';
import type { Db } from '../storage/transaction';
import { claimDue, markFailed, type ClaimedGroup } from '../stores/inbox-store';

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
  readonly onOutcome?: (outcome: InboxOutcome, count: number) => void;
}

export interface InboxWorker {
  /** Works until nothing is due; returns how many messages were done. */
  runOnce(): Promise<number>;
  start(): void;
  /** Looks at the database soon. */
  wake(): void;
  /** Resolves when what is under way is stored. */
  stop(): Promise<void>;
}

/** Waits before the second, third, … attempt; a shop may be down for a day. */
export const INBOX_RETRY_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000, 43_200_000];

/** An error that no repetition mends still gets a few: the shop may be in the middle of an update. */
const TRIES_OF_A_FINAL_ERROR = 3;
const LEASE_MS = 120_000;
const MAX_ROUNDS = 100_000;

export function createInboxWorker(options: InboxWorkerOptions): InboxWorker {
  const concurrency = options.concurrency ?? 4;
  const pollMs = options.pollMs ?? 1000;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopping = false;
  let started = false;
  let busy = false;

  const round = async (): Promise<number | null> => {
    const groups = await claim(options);
    if (groups.length === 0) return null;
    let done = 0;
    const queue = [...groups];
    const lane = async (): Promise<void> => {
      for (let group = queue.shift(); group; group = queue.shift()) {
        if (await handleGroup(options, group)) done += group.messages.length;
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, groups.length) }, lane));
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
  const look = (): void => {
    clearTimeout(timer);
    if (busy || stopping) return;
    busy = true;
    running = runOnce()
      .catch((error: unknown) => options.log.error({ error }, 'inbox could not be read'))
      .finally(() => {
        busy = false;
        if (!stopping) timer = setTimeout(look, pollMs);
      });
  };
  return {
    runOnce,
    start: () => {
      started = true;
      look();
    },
    wake: () => {
      if (started) setImmediate(look);
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function claim(options: InboxWorkerOptions): Promise<ClaimedGroup[]> {
  const now = options.clock.now();
  return claimDue(options.db, {
    token: options.ids.next(),
    now,
    leaseUntil: addMs(now, LEASE_MS),
    limit: options.batch ?? 50,
  });
}

async function handleGroup(options: InboxWorkerOptions, group: ClaimedGroup): Promise<boolean> {
  try {
    await options.handle(group);
    options.onOutcome?.('done', group.messages.length);
    return true;
  } catch (error) {
    await recordFailure(options, group, error);
    return false;
  }
}

async function recordFailure(options: InboxWorkerOptions, group: ClaimedGroup, error: unknown): Promise<void> {
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
  options.onOutcome?.(waitMs === null ? 'dead' : 'retry', group.messages.length);
}
