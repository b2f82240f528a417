/**
 * Group commit: deliveries that arrive together are stored in one statement and one flush to disk. Each caller still
 * waits until its own delivery is committed.
 */
import type { Db } from '../storage/transaction';
import { insertDeliveries, type NewDelivery, type Stored } from '../stores/inbox-store';

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchedInsert {
  /** Resolves after the commit. @throws Error when the database refuses, or when too many wait already */
  insert(delivery: NewDelivery): Promise<Stored>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

const MAX_BATCH = 64;
/** Keeps a statement below MariaDB's default packet limit. */
const MAX_BATCH_BYTES = 4_000_000;
const MAX_WAITING = 5000;
const MAX_PARALLEL = 4;

export function createBatchedInsert(db: Db): BatchedInsert {
  const waiting: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  let scheduled = false;

  const takeBatch = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    for (const { delivery } of waiting) {
      bytes += delivery.body.length;
      if (count >= MAX_BATCH || (count > 0 && bytes > MAX_BATCH_BYTES)) break;
      count += 1;
    }
    return waiting.splice(0, count);
  };
  const store = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await insertDeliveries(
        db,
        batch.map(({ delivery }) => delivery),
      );
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] ?? 'duplicate'));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const pump = (): void => {
    scheduled = false;
    while (waiting.length > 0 && underWay.size < MAX_PARALLEL) {
      const batch = store(takeBatch()).finally(() => {
        underWay.delete(batch);
        pump();
      });
      underWay.add(batch);
    }
  };
  return {
    insert: (delivery) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MAX_WAITING) {
          reject(new Error('too many deliveries wait for the database'));
          return;
        }
        waiting.push({ delivery, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        // One turn of the event loop: what has arrived by then goes into the same statement.
        setImmediate(pump);
      }),
    drain: async () => {
      while (waiting.length > 0 || underWay.size > 0) {
        await Promise.all(underWay);
        if (waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
