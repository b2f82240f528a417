import { z } from 'zod';
import type { ChallengeOrder } from '../domain/challenge';

const names = z.array(z.string().min(1).max(191)).min(1).max(1000);

/** Goods by product or category; both absent = any. */
export const goodsFields = { products: names.optional(), categories: names.optional() };

export interface NamedGoods {
  readonly products?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
}

export function namesGoods({ products, categories }: NamedGoods): boolean {
  return products !== undefined || categories !== undefined;
}

/** Units of an order that the goods named cover. */
export function unitsOf(order: ChallengeOrder, { products, categories }: NamedGoods): number {
  if (!namesGoods({ products, categories })) return order.items;
  return order.goods
    .filter(
      ({ productNumber, categoryIds }) =>
        (productNumber !== null && products?.includes(productNumber)) || categoryIds.some((id) => categories?.includes(id)),
    )
    .reduce((sum, { units }) => sum + units, 0);
}
