/** What our module asks before Magento takes an order. */
import { z } from 'zod';
import type { Clock } from '../../clock';
import { localTime } from '../../domain/calendar';
import { toMinor } from '../../domain/money';
import type { AcceptedSecrets, CheckoutRefusal, ConnectedShop, RawDelivery } from '../platform';
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
  /** Of what is bought; empty while no rule of the programme closes anything. */
  readonly goods: readonly { readonly productNumber: string; readonly categoryIds: readonly string[]; readonly name: string }[];
  /** Id of the store view; null from a module that does not say. */
  readonly place: string | null;
  /** Null when no points pay. */
  readonly points: { readonly intent: string; readonly points: number; readonly valueMinor: number } | null;
}

/** Of a cart; what a bundle or a product with variants is made of counts, too. */
const MAX_GOODS = 1000;

const goodSchema = z.object({
  sku: z.string().min(1).max(255),
  name: z.string().max(255),
  categories: z.array(z.string().max(64)).max(500),
});

const checkoutSchema = z.object({
  shop_id: z.string().min(1).max(64),
  customer_id: z.number().int().positive().nullable(),
  email: z.string().max(320).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  code: z.string().max(255).nullable(),
  orders: z.number().int().nonnegative(),
  store_id: z.number().int().nonnegative().nullable().default(null),
  goods: z.array(goodSchema).max(MAX_GOODS).default([]),
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
    goods: data.goods.map(({ sku, name, categories }) => ({ productNumber: sku, name: name || sku, categoryIds: categories })),
    place: data.store_id === null ? null : String(data.store_id),
    points: points && { intent: points.intent, points: points.points, valueMinor: toMinor(points.value, currency) },
  };
}

/** Body of the answer: why the order cannot be taken, or null; the module has the words. `opens` is by the programme's clock. */
export function checkoutAnswer(refusal: CheckoutRefusal | null): string {
  if (refusal === null || typeof refusal === 'string') return JSON.stringify({ denial: refusal });
  const { denial, product, tiers, opensAt, timeZone } = refusal;
  return JSON.stringify({ denial, product, tiers, opens: localTime(opensAt, timeZone) });
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
