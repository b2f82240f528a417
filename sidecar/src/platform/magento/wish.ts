/** What our module passes on from a customer's account page. */
import { z } from 'zod';
import { WISH_KINDS, type WishAnswer, type WishKind } from '../../domain/wish';

export interface MagentoWish {
  readonly externalShopId: string;
  readonly customerId: string;
  readonly kind: WishKind;
  readonly code: string;
  readonly key: string;
}

const wishSchema = z.object({
  shop_id: z.string().min(1).max(64),
  customer_id: z.number().int().positive(),
  kind: z.enum(WISH_KINDS),
  code: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

/** Null when the body is no wish. */
export function readWish(body: unknown): MagentoWish | null {
  const { data } = wishSchema.safeParse(body);
  if (!data) return null;
  const { shop_id: externalShopId, customer_id: customerId, kind, code, key } = data;
  return { externalShopId, customerId: String(customerId), kind, code, key };
}

/** Body of the answer; the module has the words. */
export function wishAnswer({ isGranted, reason, figures }: WishAnswer): string {
  return JSON.stringify({ granted: isGranted, reason, figures });
}
