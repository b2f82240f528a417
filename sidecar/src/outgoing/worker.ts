/** Sends what endpoints are to be told. Any number of workers may run; deliveries are leased. */
import { addMs } from '../domain/instant';
import type { Ids } from '../ids';
import type { Db } from '../storage/transaction';
import { claimQueued, releaseQueued } from '../stores/outgoing-queue';
import { dueEndpoints, settleDelivery } from '../stores/webhook-delivery-store';
import { disableWebhookEndpoint, findWebhookEndpoint } from '../stores/webhook-endpoint-store';
import { createPolling, type OutgoingLog, type OutgoingWorker } from './polling';
import { sendDelivery, type SendingContext } from './send-delivery';

export interface OutgoingWorkerOptions extends SendingContext {
  readonly db: Db;
  readonly ids: Ids;
  readonly log: OutgoingLog;
  /** Endpoints sent to at once (default 8); each gets one message after the other. */
  readonly concurrency?: number;
  /** Milliseconds between looks at the database when started (default 1000). */
  readonly pollMs?: number;
}

const MAX_ENDPOINTS = 200;
const BATCH = 10;
/** Longer than a batch takes with all its time limits. */
const LEASE_MS = 180_000;

export function createOutgoingWorker(options: OutgoingWorkerOptions): OutgoingWorker {
  const round = async (isStopping: () => boolean): Promise<number | null> => {
    const endpoints = await dueEndpoints(options.db, options.clock.now(), MAX_ENDPOINTS);
    if (endpoints.length === 0) return null;
    let taken = 0;
    const lane = async (): Promise<void> => {
      for (let next = endpoints.shift(); next !== undefined && !isStopping(); next = endpoints.shift()) {
        taken += await serve(options, next, isStopping);
      }
    };
    await Promise.all(Array.from({ length: Math.min(options.concurrency ?? 8, endpoints.length) }, lane));
    return taken;
  };
  return createPolling({
    round,
    pollMs: options.pollMs ?? 1000,
    onError: (error) => options.log.error({ error }, 'outgoing webhooks could not be read'),
  });
}

/** Sends a batch to one endpoint, oldest first; returns how many it took. */
async function serve(options: OutgoingWorkerOptions, endpointId: string, isStopping: () => boolean): Promise<number> {
  const { db, clock, ids, log } = options;
  const token = ids.next();
  const now = clock.now();
  const leaseUntil = addMs(now, LEASE_MS);
  const claimed = await claimQueued(db, 'webhook_delivery', { token, now, leaseUntil, limit: BATCH }, endpointId);
  let taken = 0;
  try {
    for (const delivery of claimed) {
      const endpoint = await findWebhookEndpoint(db, endpointId);
      // What waited here for longer than its lease may be somebody else's by now.
      if (isStopping() || endpoint?.active !== 1 || clock.now() >= leaseUntil) break;
      const sent = await sendDelivery(options, endpoint, delivery);
      await settleDelivery(db, token, delivery, sent, clock.now());
      if (sent.isGone) await disableWebhookEndpoint(db, endpointId, 'the receiver answered 410', clock.now());
      if (sent.status === 'done') {
        taken += 1;
        continue;
      }
      log.warn({ endpointId, kind: delivery.kind, status: sent.status, error: sent.error }, 'an outgoing webhook failed');
      // A receiver that fails is not made to fail at everything else at once, nor are the others made to wait for it.
      break;
    }
  } finally {
    await releaseQueued(db, 'webhook_delivery', token);
  }
  return taken;
}
