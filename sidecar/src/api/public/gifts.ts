import { z } from 'zod';
import type { OperationContext } from '../../operations/context';
import { listDueGifts } from '../../operations/list-due-gifts';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachShop } from '../principal';
import { reasonSchema } from '../reason-schema';
import { currencySchema } from './holds';

const cartSchema = z.strictObject({
  shopId: storedKey,
  customerId: storedKey.nullable().default(null),
  /** Sales channel or store view of the cart, as the shop names it; without it no gift for some channels is due. */
  channelId: storedKey.nullable().default(null),
  currency: currencySchema,
  goodsMinor: z.int().min(0),
});

const dueGift = z.strictObject({ ruleCode: z.string(), products: z.array(z.string()), quantity: z.int() });

/** The free products a cart is due. */
export function giftEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/gifts/due',
      scope: 'checkout:write',
      tag: 'Checkout',
      summary: 'Says which free products a cart is due, and why others are not.',
      body: cartSchema,
      answers: {
        200: {
          description: 'Gifts and reasons',
          body: z.strictObject({ due: z.array(dueGift), reasons: z.array(reasonSchema) }),
        },
      },
      refusals: ['UNKNOWN_SHOP'],
      handle: async ({ body: cart, principal }) => {
        const shop = await reachShop(context.db, principal, cart.shopId);
        const gifts = await listDueGifts(context, { ...cart, programmeId: shop.programme_id });
        return { body: gifts ?? { due: [], reasons: [] } };
      },
    }),
  ];
}
