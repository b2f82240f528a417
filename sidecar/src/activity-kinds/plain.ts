/** Kinds that reward that something happened: what they ask is only which thing. */
import { z } from 'zod';
import { reason } from '../domain/reason';
import { optionCode, reference } from './fields';
import { activityKind } from './kind';

/** Being at an event of the merchant's. */
export const attendance = activityKind({
  code: 'attendance',
  isNamed: true,
  settings: z.strictObject({}),
  data: z.strictObject({ ticket: reference.optional() }),
  subjectOf: () => null,
  judge: ({ activity, points }) => ({ points, reasons: [reason('activity_rewarded', true, { activity, points })] }),
});

/** Trying something new first; `altogether` in the rule says how many are early. */
export const earlyAdoption = activityKind({
  code: 'early-adoption',
  isNamed: false,
  settings: z.strictObject({ products: z.array(reference).min(1).max(1000) }),
  data: z.strictObject({ product: reference }),
  subjectOf: ({ product }) => product,
  judge: ({ activity, points, settings: { products }, data: { product } }) =>
    products.includes(product)
      ? { points, reasons: [reason('activity_rewarded', true, { activity, points })] }
      : { points: 0, reasons: [reason('adoption_other_product', false, { activity, product })] },
});

/** Whatever else a till, an app or a machine counts. */
export const custom = activityKind({
  code: 'custom',
  isNamed: true,
  settings: z.strictObject({
    /** Points are for each unit of the event's quantity, up to this many. */
    maximumQuantity: z.int().min(1).max(1_000_000).default(1),
  }),
  data: z.strictObject({
    reference: reference.optional(),
    quantity: z.int().min(1).max(1_000_000).default(1),
    /** For the merchant's own reading. */
    note: optionCode.optional(),
  }),
  subjectOf: ({ reference: about }) => about ?? null,
  judge: ({ activity, points, settings: { maximumQuantity }, data }) => {
    const quantity = Math.min(data.quantity, maximumQuantity);
    const figures = { activity, points: points * quantity, quantity };
    return { points: points * quantity, reasons: [reason('activity_rewarded', true, figures)] };
  },
});
