import type { Clock } from '../clock';
import type { Db } from '../storage/transaction';
import { counts } from '../stores/desired-state-store';
import { inboxCounts } from '../stores/inbox-store';
import { queueCounts } from '../stores/outgoing-queue';

/** What waits and what was given up, in both directions. */
export interface Backlog {
  readonly inbox: { readonly pending: number; readonly dead: number; readonly lagSeconds: number };
  readonly writeback: { readonly pending: number; readonly dead: number };
  /** To integrators. */
  readonly webhooks: { readonly pending: number; readonly dead: number };
  /** To members, where the sidecar sends mails itself. */
  readonly mails: { readonly pending: number; readonly dead: number };
}

export async function readBacklog(db: Db, clock: Clock): Promise<Backlog> {
  const inbox = await inboxCounts(db);
  const resources = await counts(db);
  const sum = (field: 'waiting' | 'dead'): number => resources.reduce((total, row) => total + row[field], 0);
  const lagMs = inbox.oldestPendingAt === null ? 0 : clock.nowMs() - Date.parse(inbox.oldestPendingAt);
  return {
    inbox: { pending: inbox.pending, dead: inbox.dead, lagSeconds: Math.max(0, Math.round(lagMs / 1000)) },
    writeback: { pending: sum('waiting'), dead: sum('dead') },
    webhooks: await queueCounts(db, 'webhook_delivery'),
    mails: await queueCounts(db, 'mail_delivery'),
  };
}
