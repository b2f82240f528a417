/** What our module asks before Magento takes an order. */
import { z } from 'zod';
import type { Clock } from '../../clock';
import { toMinor } from '../../domain/money';
import type { AcceptedSecrets, CheckoutDenial, ConnectedShop, RawDelivery } from '../platform';
import { searchQuery, type MagentoClient } from './client';
import { verifyStandardWebhook } from './signature';
import { signStandardWebhook } from '../../security/standard-webhook';

export interface MagentoCheckout {
  readonly externalShopId: string;
  /** Null for guests. */
  readonly customerId: string | null;
  readonly isPlacement: true;
  /** ISO code. */
  readonly currency: string;
  readonly email: string | null;
  /** The coupon or friend's code of the cart. */
  readonly code: string | null;
  /** Orders of this buyer that the shop has already; what was placed a moment ago is not in the books yet. */
  readonly ordersInShop: number;
  /** Null when no points pay. */
  readonly points: { readonly intent: string; readonly points: number; readonly valueMinor: number } | null;
}

const checkoutSchema = z.object({
  shop_id: z.string().min(1).max(64),
  customer_id: z.number().int().positive().nullable(),
  email: z.string().max(320).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  code: z.string().max(255).nullable(),
  orders: z.number().int().nonnegative(),
  points: z
    .object({ intent: z.string().max(64), points: z.number().int().positive(), value: z.number().nonnegative() })
    .nullable(),
});

const ordersSchema = z.object({ items: z.array(z.object({ entity_id: z.number() })).nullish() });

/** Null when the body is no checkout. */
export function readCheckout(body: unknown): MagentoCheckout | null {
  const { data } = checkoutSchema.safeParse(body);
  if (!data) return null;
  const { points, currency } = data;
  return {
    externalShopId: data.shop_id,
    customerId: data.customer_id === null ? null : String(data.customer_id),
    isPlacement: true,
    currency,
    email: data.email,
    code: data.code,
    ordersInShop: data.orders,
    points: points && { intent: points.intent, points: points.points, valueMinor: toMinor(points.value, currency) },
  };
}

/** Body of the answer: why the order cannot be taken, or null; the module has the words. */
export function checkoutAnswer(denial: CheckoutDenial | null): string {
  return JSON.stringify({ denial });
}

/** Standard Webhooks both ways. */
export function signingScheme(clock: Clock) {
  return {
    localeHeader: 'accept-language',
    verify: (delivery: RawDelivery, secrets: AcceptedSecrets): string => verifyStandardWebhook(delivery, secrets, clock).secret,
    sign: (secret: string, answer: string) => {
      const seconds = Math.floor(clock.nowMs() / 1000);
      return {
        'webhook-id': 'answer',
        'webhook-timestamp': String(seconds),
        'webhook-signature': signStandardWebhook(secret, 'answer', seconds, answer),
      };
    },
  };
}

/** The order that used a shopper's wish to pay with points; null when there is none yet. @throws ShopApiError */
export async function orderOfIntent(client: MagentoClient, shop: ConnectedShop, intent: string): Promise<string | null> {
  const query = searchQuery({ filters: [{ field: 'loyalty_hold_id', value: intent }], pageSize: 1 });
  const orders = ordersSchema.parse(await client.get(shop, '/orders', query));
  const order = orders.items?.[0];
  return order ? String(order.entity_id) : null;
}
