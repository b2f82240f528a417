/** Webhooks of our Magento module: small messages that name what changed. */
import { z } from 'zod';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';
import type { AcceptedSecrets, PlatformEvent, RawDelivery, VerifiedDelivery } from '../platform';
import { verifyStandardWebhook } from './signature';

export const SHOP_HEADER = 'x-loyalty-shop';

const KINDS = {
  'order.placed': 'order_placed',
  'order.saved': 'order_edited',
  'order.invoiced': 'order_paid',
  'order.refunded': 'order_refunded',
  'order.cancelled': 'order_cancelled',
  'order.completed': 'order_completed',
  'customer.registered': 'customer_registered',
  'customer.saved': 'customer_changed',
  'customer.deleted': 'customer_deleted',
  'product.saved': 'product_changed',
} as const satisfies Record<string, PlatformEvent['kind']>;

const messageSchema = z.object({
  type: z.string().min(1).max(100),
  occurred_at: z.iso.datetime({ offset: true }),
  data: z.object({
    entity_id: z
      .union([z.string(), z.number()])
      .transform(String)
      .pipe(z.string().regex(/^\d{1,20}$/)),
  }),
});

function parseMessage(body: string): z.infer<typeof messageSchema> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new AppError('MALFORMED_JSON');
  }
  const parsed = messageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_INPUT', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
}

export function verifyDelivery(delivery: RawDelivery, secrets: AcceptedSecrets, clock: Clock): VerifiedDelivery {
  const { id: eventId } = verifyStandardWebhook(delivery, secrets, clock);
  const message = parseMessage(delivery.body.toString('utf8'));
  return { eventId, topic: message.type, resourceKey: `${message.type.split('.')[0]}:${message.data.entity_id}` };
}

export function claimedShop(delivery: RawDelivery): string | null {
  return delivery.headers[SHOP_HEADER] ?? null;
}

export function normalise(topic: string, body: string): PlatformEvent {
  const message = parseMessage(body);
  const occurredAt = new Date(message.occurred_at).toISOString();
  const id = message.data.entity_id;
  const kind = (KINDS as Readonly<Record<string, (typeof KINDS)[keyof typeof KINDS]>>)[topic];
  switch (kind) {
    case undefined:
      return { kind: 'ignored', occurredAt };
    case 'customer_registered':
    case 'customer_changed':
    case 'customer_deleted':
      return { kind, customerId: id, occurredAt };
    case 'product_changed':
      return { kind, productId: id, occurredAt };
    default:
      return { kind, orderId: id, occurredAt };
  }
}
