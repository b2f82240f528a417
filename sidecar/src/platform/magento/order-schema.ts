/** The part of Magento's REST order that is read. Amounts are decimals in the order's currency. */
import { z } from 'zod';

const amount = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

const itemSchema = z.object({
  item_id: z.number(),
  parent_item_id: z.number().nullish(),
  sku: z.string(),
  price: amount,
  qty_ordered: z.number(),
  qty_refunded: amount,
  qty_canceled: amount,
  /** Without tax; in REST net of discount, unlike the database column. */
  row_total: amount,
  /** Tax that was taken off with the discount, where catalogue prices include it. */
  discount_tax_compensation_amount: amount,
  tax_amount: amount,
  tax_percent: amount,
  extension_attributes: z
    .object({
      loyalty_gift: z.string().nullish(),
      /** Part of the discount that points paid, including tax. */
      loyalty_points_discount: z.number().nullish(),
      category_ids: z.array(z.union([z.string(), z.number()]).transform(String)).nullish(),
    })
    .nullish(),
});

const addressSchema = z.object({ postcode: z.string().nullish(), street: z.array(z.string()).nullish() });

export const orderSchema = z.object({
  entity_id: z.number(),
  increment_id: z.string(),
  state: z.string(),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  customer_id: z.number().nullish(),
  customer_is_guest: z.union([z.number(), z.boolean()]).nullish(),
  customer_email: z.string().nullish(),
  customer_group_id: z.number().nullish(),
  store_id: z.number().nullish(),
  order_currency_code: z.string(),
  coupon_code: z.string().nullish(),
  remote_ip: z.string().nullish(),
  total_paid: amount,
  total_due: amount,
  grand_total: amount,
  items: z.array(itemSchema),
  extension_attributes: z
    .object({
      /** None for goods that are not sent. */
      shipping_assignments: z.array(z.object({ shipping: z.object({ address: addressSchema.nullish() }).nullish() })).nullish(),
      loyalty: z
        .object({
          points: z.number().nullish(),
          hold_id: z.string().nullish(),
          referral_code: z.string().nullish(),
          paid_at: z.string().nullish(),
          completed_at: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export type MagentoOrder = z.infer<typeof orderSchema>;
export type MagentoItem = z.infer<typeof itemSchema>;
