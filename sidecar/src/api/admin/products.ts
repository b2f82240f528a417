import { z } from 'zod';
import { AppError, ShopApiError } from '../../errors';
import type { FoundProduct, ProductQuestion } from '../../platform/platform';
import type { Db } from '../../storage/transaction';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachShop } from '../principal';

export interface ProductDeps {
  readonly db: Db;
  /** @throws ShopApiError when the shop cannot be asked, AppError SHOP_NOT_ACTIVE when it is not connected */
  readonly findProducts: (shopId: string, question: ProductQuestion) => Promise<readonly FoundProduct[]>;
}

const MOST_FOUND = 50;
const MOST_NUMBERS = 100;
const params = z.object({ shopId: storedKey });

const questionSchema = z.union(
  [
    z.strictObject({
      text: z.string().trim().min(1).max(100),
      limit: z.int().min(1).max(MOST_FOUND).default(20),
    }),
    z.strictObject({ numbers: z.array(z.string().min(1).max(191)).min(1).max(MOST_NUMBERS) }),
  ],
  { error: `must be a text to look for, or at most ${MOST_NUMBERS} numbers` },
);

const foundSchema = z.strictObject({
  products: z.array(
    z.strictObject({
      productNumber: z.string(),
      name: z.string().nullable(),
      /** Minor units by currency. */
      prices: z.record(z.string(), z.int()),
    }),
  ),
});

/** Products of a shop, as the shop itself finds them; nothing of it is kept. */
export function productEndpoints({ db, findProducts }: ProductDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/admin/shops/:shopId/products/search',
      scope: 'shops:read',
      tag: 'Shops',
      summary: 'Products whose number or name contains a text, or that have these numbers, asked of the shop itself.',
      params,
      body: questionSchema,
      answers: { 200: { description: 'The products, by their numbers', body: foundSchema } },
      refusals: ['UNKNOWN_SHOP', 'SHOP_NOT_ACTIVE', 'UNAVAILABLE'],
      handle: async ({ params: { shopId }, body, principal }) => {
        await reachShop(db, principal, shopId);
        const products = await findProducts(shopId, body).catch((error: unknown) => {
          if (error instanceof ShopApiError) throw new AppError('UNAVAILABLE', { problem: 'the shop could not be asked' });
          throw error;
        });
        return { body: { products } };
      },
    }),
  ];
}
