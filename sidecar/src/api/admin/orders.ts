import { z } from 'zod';
import type { Result } from '../../domain/result';
import { AppError, ShopApiError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { orderSummary, ordersToReview, type OrderSummary } from '../../operations/order-points';
import type { Db } from '../../storage/transaction';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachShop } from '../principal';

export interface RefundEntry {
  readonly orderId: string;
  /** Units in thousandths by line id, in all and not since the last time. */
  readonly refundedMilli: Readonly<Record<string, number>>;
  readonly actor: string;
}

export interface OrderDeps {
  readonly context: OperationContext;
  /** @throws ShopApiError when the shop cannot be asked; nothing is stored then */
  readonly enterRefund: (
    shopId: string,
    refund: RefundEntry,
  ) => Promise<Result<null, 'unknown_order' | 'unknown_line' | 'too_many_units'>>;
}

const tag = 'Orders';
const MOST_LINES = 1000;
const MOST_MILLI = 1_000_000_000;

const shop = z.object({ shopId: storedKey });
const params = shop.extend({ orderNumber: z.string().min(1).max(191) });

const shownOrder = z.strictObject({
  orderNumber: z.string(),
  pending: z.int(),
  available: z.int(),
  redeemed: z.int(),
  releaseAt: z.string().nullable(),
  needsReview: z.boolean(),
  lines: z.array(
    z.strictObject({
      lineId: z.string(),
      productNumber: z.string().nullable(),
      quantityMilli: z.int(),
      refundedMilli: z.int(),
    }),
  ),
});

const refundSchema = z.strictObject({
  refundedMilli: z
    .record(z.string().min(1).max(191), z.int().min(0).max(MOST_MILLI))
    .refine((lines) => Object.keys(lines).length <= MOST_LINES, `must name at most ${MOST_LINES} lines`),
  actor: z.string().min(1).max(100),
});

/** Points of an order, and what of it came back when the shop does not say. */
export function orderEndpoints({ context: { db }, enterRefund }: OrderDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/shops/:shopId/order-reviews',
      scope: 'members:read',
      tag,
      summary: 'Orders of which the shop says that something was refunded, but not what; the latest 50.',
      params: shop,
      answers: {
        200: {
          description: 'The orders',
          body: z.strictObject({ orders: z.array(z.strictObject({ orderNumber: z.string(), refundedAt: z.string() })) }),
        },
      },
      refusals: ['UNKNOWN_SHOP'],
      handle: async ({ params: { shopId }, principal }) => {
        await reachShop(db, principal, shopId);
        return { body: { orders: await ordersToReview(db, shopId) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/shops/:shopId/orders/:orderNumber',
      scope: 'members:read',
      tag,
      summary: 'What an order earned and spent, and its lines of goods.',
      params,
      answers: { 200: { description: 'The order', body: shownOrder } },
      refusals: ['UNKNOWN_SHOP', 'NOT_FOUND'],
      handle: async ({ params: { shopId, orderNumber }, principal }) => {
        await reachShop(db, principal, shopId);
        return { body: shown(await knownOrder(db, shopId, orderNumber)) };
      },
    }),
    endpoint({
      method: 'put',
      path: '/admin/shops/:shopId/orders/:orderNumber/refund',
      scope: 'members:write',
      tag,
      summary: 'Says how many units of each line came back in all; points follow at once. The same again changes nothing.',
      params,
      body: refundSchema,
      answers: { 200: { description: 'The order as it is now', body: shownOrder } },
      refusals: ['UNKNOWN_SHOP', 'NOT_FOUND', 'SHOP_NOT_ACTIVE', 'UNAVAILABLE'],
      handle: async ({ params: { shopId, orderNumber }, body, principal }) => {
        await reachShop(db, principal, shopId);
        const { orderId } = await knownOrder(db, shopId, orderNumber);
        await entered(enterRefund(shopId, { orderId, ...body }));
        return { body: shown(await knownOrder(db, shopId, orderNumber)) };
      },
    }),
  ];
}

/** @throws AppError NOT_FOUND */
async function knownOrder(db: Db, shopId: string, orderNumber: string): Promise<OrderSummary> {
  const order = await orderSummary(db, shopId, orderNumber);
  if (!order) throw new AppError('NOT_FOUND', { resource: 'order' });
  return order;
}

async function entered(entering: ReturnType<OrderDeps['enterRefund']>): Promise<void> {
  const result = await entering.catch((error: unknown) => {
    if (error instanceof ShopApiError)
      throw new AppError('UNAVAILABLE', { problem: 'the shop could not be asked; nothing was saved' });
    throw error;
  });
  if (result.ok) return;
  if (result.code === 'unknown_order') throw new AppError('NOT_FOUND', { resource: 'order' });
  throw new AppError('INVALID_INPUT', { fields: [{ field: 'refundedMilli', problem: result.code }] });
}

function shown(order: OrderSummary): z.input<typeof shownOrder> {
  const { orderNumber, pending, available, redeemed, releaseAt, needsReview } = order;
  const lines = order.lines.map(({ lineId, productNumber, quantityMilli, refundedMilli }) => {
    return { lineId, productNumber, quantityMilli, refundedMilli };
  });
  return { orderNumber, pending, available, redeemed, releaseAt, needsReview, lines };
}
