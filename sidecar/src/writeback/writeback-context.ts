import type { Clock } from '../clock';
import type { DesiredResourceType, HistoryLine } from '../domain/mirror';
import type { Ids } from '../ids';
import type { ConnectedShop, PlatformName, ShopPlatform } from '../platform/platform';
import type { Db } from '../storage/transaction';

export interface WritebackLog {
  info(details: Readonly<Record<string, unknown>>, message: string): void;
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

export type AttemptOutcome = 'ok' | 'retry' | 'dead';

/** What write-back is given; wired once in compose.ts. */
export interface WritebackContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: WritebackLog;
  readonly platformFor: (name: PlatformName) => ShopPlatform;
  /** Null = not active: its rows stay as they are. */
  readonly loadShop: (shopId: string) => Promise<ConnectedShop | null>;
  /** Latest changes of members by customer id, for the mirrors that are about to be shown. */
  readonly recentHistory: (
    shopId: string,
    customerIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly HistoryLine[]>>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told after every batch, per outcome; for metrics. */
  readonly onOutcome?: (outcome: AttemptOutcome, type: DesiredResourceType, count: number) => void;
}
