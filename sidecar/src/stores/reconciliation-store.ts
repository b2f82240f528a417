import { insertOnce, type Db } from '../storage/transaction';

export type ReconciledResource = 'orders' | 'customers';

/** A pass over everything changed since an instant; it may take several runs. */
export interface ReconciliationPass {
  readonly startedAt: string;
  readonly since: string;
  /** The platform's cursor of the page to read next; null = the first. */
  readonly nextPage: string | null;
}

export interface ReconciliationProgress {
  /** Every change before this instant was applied, but for `failed`. */
  readonly cursorAt: string;
  /** Null between two passes. */
  readonly pass: ReconciliationPass | null;
  /** Ids that could not be applied, with the number of tries; tried again in every run. */
  readonly failed: Readonly<Record<string, number>>;
  /** When it was stored last; null = never. Tells whether another run stored it meanwhile. */
  readonly storedAt: string | null;
}

/** Null before the first run. */
export async function loadProgress(db: Db, shopId: string, resource: ReconciledResource): Promise<ReconciliationProgress | null> {
  const row = await db
    .selectFrom('reconciliation_cursor')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('resource', '=', resource)
    .executeTakeFirst();
  if (!row) return null;
  const stored = JSON.parse(row.last_result ?? '{}') as Partial<Pick<ReconciliationProgress, 'pass' | 'failed'>>;
  return { cursorAt: row.cursor_at, pass: stored.pass ?? null, failed: stored.failed ?? {}, storedAt: row.last_run_at };
}

/** Stores progress unless another run did since it was loaded; returns it as stored, else null. */
export async function saveProgress(
  db: Db,
  shopId: string,
  resource: ReconciledResource,
  progress: ReconciliationProgress,
  now: string,
): Promise<ReconciliationProgress | null> {
  const values = {
    cursor_at: progress.cursorAt,
    last_run_at: now,
    last_result: JSON.stringify({ pass: progress.pass, failed: progress.failed }),
  };
  const stored =
    progress.storedAt === null
      ? await insertOnce(db, 'reconciliation_cursor', { shop_id: shopId, resource, ...values })
      : await updateUnmoved(db, shopId, resource, values, progress.storedAt);
  return stored ? { ...progress, storedAt: now } : null;
}

async function updateUnmoved(
  db: Db,
  shopId: string,
  resource: ReconciledResource,
  values: { cursor_at: string; last_run_at: string; last_result: string },
  storedAt: string,
): Promise<boolean> {
  const updated = await db
    .updateTable('reconciliation_cursor')
    .set(values)
    .where('shop_id', '=', shopId)
    .where('resource', '=', resource)
    .where('last_run_at', '=', storedAt)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}
