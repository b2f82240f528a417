import type { Clock } from '../clock';
import { addMs } from '../domain/instant';
import { AppError, ShopApiError } from '../errors';
import type { ShopHttp } from '../platform/http-client';
import { nextWaitMs } from '../retry-schedule';
import type { Sealer } from '../security/sealer';
import { signStandardWebhook } from '../security/standard-webhook';
import type { DeliveryOutcome, WebhookDelivery } from '../stores/webhook-delivery-store';
import { signingSecrets, type WebhookEndpoint } from '../stores/webhook-endpoint-store';

/** A little over a day in all; afterwards the delivery is a dead letter. */
export const WEBHOOK_RETRY_MS: readonly number[] = [
  5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000, 36_000_000, 36_000_000,
];

const GONE = 410;
const MAX_ERROR_LENGTH = 500;

export interface SendingContext {
  readonly http: ShopHttp;
  readonly clock: Clock;
  readonly sealer: Sealer;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface SentDelivery extends DeliveryOutcome {
  /** The receiver wants to hear nothing any more. */
  readonly isGone: boolean;
}

/** One try, signed at this very moment with every secret that is valid. The address is checked when it is connected to. */
export async function sendDelivery(
  context: SendingContext,
  endpoint: WebhookEndpoint,
  delivery: WebhookDelivery,
): Promise<SentDelivery> {
  const { clock, http, sealer } = context;
  const now = clock.now();
  const seconds = Math.floor(clock.nowMs() / 1000);
  const body = bodyOf(delivery, sealer);
  const signatures = signingSecrets(endpoint, sealer, now).map((secret) =>
    signStandardWebhook(secret, delivery.delivery_id, seconds, body),
  );
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'loyalty-sidecar',
    'webhook-id': delivery.delivery_id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
  try {
    const answer = await http.request({ method: 'POST', url: endpoint.url, headers, text: body, repeatable: false }, null);
    return { status: 'done', lastStatus: answer.status, error: null, retryAt: now, isGone: false };
  } catch (error) {
    return failed(context, delivery, failureOf(error));
  }
}

function bodyOf({ delivery_id: deliveryId, body, lead_id: leadId }: WebhookDelivery, sealer: Sealer): string {
  return leadId === null ? body : sealer.open(body, `webhook_delivery/${deliveryId}`);
}

/** A host that is written as a private address is refused before there is a connection that could fail. */
function failureOf(error: unknown): ShopApiError {
  if (error instanceof ShopApiError) return error;
  if (error instanceof AppError && error.code === 'OUTGOING_URL_REFUSED') return new ShopApiError(error.message, false);
  throw error;
}

function failed({ clock, random }: SendingContext, delivery: WebhookDelivery, error: ShopApiError): SentDelivery {
  const isGone = error.status === GONE;
  const waitMs = isGone ? null : nextWaitMs(delivery.attempts + 1, random, error.retryAfterMs ?? 0, WEBHOOK_RETRY_MS);
  return {
    status: waitMs === null ? 'dead' : 'pending',
    lastStatus: error.status,
    error: error.message.slice(0, MAX_ERROR_LENGTH),
    retryAt: addMs(clock.now(), waitMs ?? 0),
    isGone,
  };
}
