/** Sends mails of ours. Any number of workers may run; mails are leased. */
import { addMs } from '../domain/instant';
import type { Ids } from '../ids';
import type { RateBuckets } from '../security/rate-buckets';
import { settleMail } from '../stores/mail-store';
import { claimQueued, releaseQueued } from '../stores/outgoing-queue';
import { ShopCircuit } from '../writeback/shop-circuit';
import { createPolling, type OutgoingLog, type OutgoingWorker } from './polling';
import { tryMail, type MailingContext } from './send-mail';

export interface MailWorkerOptions extends MailingContext {
  readonly ids: Ids;
  readonly log: OutgoingLog;
  /** What the mail server takes from us. */
  readonly rate: RateBuckets;
  readonly onOutcome: (result: 'done' | 'dropped' | 'retry' | 'dead') => void;
  /** Milliseconds between looks at the database when started (default 1000). */
  readonly pollMs?: number;
}

const BATCH = 10;
/** Longer than a batch takes with all its time limits. */
const LEASE_MS = 900_000;
/** There is one server. */
const SERVER = 'smtp';

export function createMailWorker(options: MailWorkerOptions): OutgoingWorker {
  const circuit = new ShopCircuit(options.random);
  return createPolling({
    round: (isStopping) => sendSome(options, circuit, isStopping),
    pollMs: options.pollMs ?? 1000,
    onError: (error) => options.log.error({ error }, 'mails could not be read'),
  });
}

/** Null = there is nothing to be sent now, or the server is left alone for a while. */
async function sendSome(options: MailWorkerOptions, circuit: ShopCircuit, isStopping: () => boolean): Promise<number | null> {
  const { db, clock, ids, log } = options;
  if (circuit.isPaused(SERVER, clock.nowMs())) return null;
  const token = ids.next();
  const leaseUntil = addMs(clock.now(), LEASE_MS);
  const claimed = await claimQueued(db, 'mail_delivery', { token, now: clock.now(), leaseUntil, limit: BATCH });
  if (claimed.length === 0) return null;
  let taken = 0;
  try {
    for (const mail of claimed) {
      // What waited here for longer than its lease may be somebody else's by now.
      if (isStopping() || clock.now() >= leaseUntil) break;
      if (options.rate.take(SERVER) > 0) return null;
      const tried = await tryMail(options, mail);
      await settleMail(db, token, mail, tried, clock.now());
      taken += 1;
      options.onOutcome(tried.status === 'pending' ? 'retry' : tried.status);
      if (tried.status === 'done') circuit.succeeded(SERVER);
      if (tried.status === 'pending' || tried.status === 'dead') {
        log.warn({ mailId: mail.mail_id, kind: mail.kind, status: tried.status, error: tried.error }, 'a mail failed');
      }
      if (!tried.isOutage) continue;
      circuit.failed(SERVER, clock.nowMs(), 0);
      return null;
    }
  } finally {
    await releaseQueued(db, 'mail_delivery', token);
  }
  return taken;
}
