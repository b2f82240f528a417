/**
 * Pages what changed in a shop and applies what the books lack. Nothing is lost:
 * - a pass reads from the cursor minus an overlap, so that clocks that differ a little do no harm;
 * - the cursor moves to the pass's start only after its last page was applied;
 * - an item that fails is remembered and tried again in every run, so that one bad order stops no other;
 * - when the shop stops answering, or too much is remembered, the run ends and the page is read again next time.
 */
import type { Clock } from '../clock';
import { addMs } from '../domain/instant';
import { ShopApiError } from '../errors';
import type { ChangedPage } from '../platform/platform';
import type { Db } from '../storage/transaction';
import { loadProgress, saveProgress, type ReconciledResource, type ReconciliationProgress } from '../stores/reconciliation-store';
import type { JobLog } from './run-job';

export interface ReconcileSource<T> {
  readonly resource: ReconciledResource;
  page(since: string, cursor: string | null): Promise<ChangedPage<T>>;
  idOf(item: T): string;
  /** True when the books already have exactly this. */
  isCurrent(item: T): Promise<boolean>;
  /** Reads the resource's present state from the shop and applies it. */
  sync(id: string): Promise<void>;
}

export interface ReconcileLimits {
  /** How far before the cursor a pass starts reading, in milliseconds. */
  readonly overlapMs: number;
  readonly maxPages: number;
  /** Failed items remembered before the pass stops. */
  readonly maxFailed: number;
}

export interface ReconcileDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly signal: AbortSignal;
}

/** A type and not an interface, so that it is also a record of figures. */
export type ReconcileFigures = {
  synced: number;
  unchanged: number;
  failed: number;
  /** 1 when the pass came to its end. */
  complete: number;
};

const MAX_SHOP_FAILURES_IN_A_ROW = 5;

/** @throws ShopApiError when a page cannot be read; progress up to that page is stored */
export async function reconcileResource<T>(
  deps: ReconcileDependencies,
  shopId: string,
  startAt: string,
  source: ReconcileSource<T>,
  limits: ReconcileLimits,
): Promise<ReconcileFigures> {
  const run = new ReconcileRun(deps, shopId, source, limits);
  const progress = (await loadProgress(deps.db, shopId, source.resource)) ?? {
    cursorAt: startAt,
    pass: null,
    failed: {},
    storedAt: null,
  };
  await run.proceed(progress);
  return run.figures;
}

class ReconcileRun<T> {
  readonly figures: ReconcileFigures = { synced: 0, unchanged: 0, failed: 0, complete: 0 };
  private shopFailuresInARow = 0;

  constructor(
    private readonly deps: ReconcileDependencies,
    private readonly shopId: string,
    private readonly source: ReconcileSource<T>,
    private readonly limits: ReconcileLimits,
  ) {}

  async proceed(loaded: ReconciliationProgress): Promise<void> {
    let progress: ReconciliationProgress | null = await this.retryFailed(loaded);
    for (let pages = 0; progress !== null && pages < this.limits.maxPages; pages += 1) {
      if (this.mustStop()) return;
      progress = await this.nextPage(progress);
      if (this.figures.complete === 1) return;
    }
  }

  private async retryFailed(progress: ReconciliationProgress): Promise<ReconciliationProgress | null> {
    const failed: Record<string, number> = { ...progress.failed };
    for (const id of Object.keys(failed)) {
      if (this.mustStop()) break;
      if (await this.sync(id)) delete failed[id];
      else failed[id] = (failed[id] ?? 0) + 1;
    }
    return Object.keys(progress.failed).length === 0 ? progress : this.save({ ...progress, failed });
  }

  /** Null = this run ends here. */
  private async nextPage(progress: ReconciliationProgress): Promise<ReconciliationProgress | null> {
    const pass = progress.pass ?? {
      startedAt: this.deps.clock.now(),
      since: addMs(progress.cursorAt, -this.limits.overlapMs),
      nextPage: null,
    };
    const page = await this.readPage(progress, pass.since, pass.nextPage);
    const failed: Record<string, number> = { ...progress.failed };
    for (const item of page.items) {
      if (this.mustStop()) return null;
      const id = this.source.idOf(item);
      if (await this.apply(item)) delete failed[id];
      else failed[id] ??= 1;
    }
    for (const id of page.unreadable ?? []) {
      if (this.mustStop()) return null;
      if (await this.sync(id)) delete failed[id];
      else failed[id] ??= 1;
    }
    if (this.mustStop()) return null;
    if (Object.keys(failed).length > this.limits.maxFailed) {
      this.deps.log.error({ shopId: this.shopId, resource: this.source.resource }, 'reconciliation stopped: too many items fail');
      return null;
    }
    if (page.nextCursor !== null) return this.save({ ...progress, failed, pass: { ...pass, nextPage: page.nextCursor } });
    const saved = await this.save({ ...progress, failed, pass: null, cursorAt: pass.startedAt });
    if (saved !== null) this.figures.complete = 1;
    return saved;
  }

  private async readPage(progress: ReconciliationProgress, since: string, cursor: string | null): Promise<ChangedPage<T>> {
    try {
      return await this.source.page(since, cursor);
    } catch (error) {
      // A page cursor the shop no longer knows must not end reconciliation for ever: the pass begins anew.
      if (cursor !== null && error instanceof ShopApiError && !error.retryable) await this.save({ ...progress, pass: null });
      throw error;
    }
  }

  private async apply(item: T): Promise<boolean> {
    if (await this.source.isCurrent(item)) {
      this.figures.unchanged += 1;
      return true;
    }
    return this.sync(this.source.idOf(item));
  }

  private async sync(id: string): Promise<boolean> {
    try {
      await this.source.sync(id);
      this.figures.synced += 1;
      this.shopFailuresInARow = 0;
      return true;
    } catch (error) {
      this.figures.failed += 1;
      this.shopFailuresInARow = error instanceof ShopApiError && error.retryable ? this.shopFailuresInARow + 1 : 0;
      this.deps.log.warn({ shopId: this.shopId, resource: this.source.resource, id, error }, 'reconciliation of an item failed');
      return false;
    }
  }

  /** The process drains, the lease is lost, or the shop does not answer. */
  private mustStop(): boolean {
    return this.deps.signal.aborted || this.shopFailuresInARow >= MAX_SHOP_FAILURES_IN_A_ROW;
  }

  private save(progress: ReconciliationProgress): Promise<ReconciliationProgress | null> {
    return saveProgress(this.deps.db, this.shopId, this.source.resource, progress, this.deps.clock.now());
  }
}
