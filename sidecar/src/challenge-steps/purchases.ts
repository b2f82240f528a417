import { z } from 'zod';
import { toMinor } from '../domain/money';
import { goodsFields, namesGoods, unitsOf } from './goods';
import { stepKind } from './kind';

const count = z.int().min(1).max(1_000_000);
const money = z.number().gt(0).max(1_000_000_000);

/** So many orders, each of a value and with certain goods where these are named. */
export const orders = stepKind({
  code: 'orders',
  settings: z.strictObject({ count, minimum: money.optional(), ...goodsFields }),
  needsGoods: (settings) => namesGoods(settings),
  progress: ({ count: target, minimum, ...goods }, facts) => {
    const leastMinor = minimum === undefined ? 0 : toMinor(minimum, facts.baseCurrency);
    const fitting = facts.orders.filter(
      (order) => order.turnoverMinor >= leastMinor && (!namesGoods(goods) || unitsOf(order, goods) > 0),
    );
    return { value: fitting.length, target };
  },
});

/** So many units, of certain goods where these are named. */
export const items = stepKind({
  code: 'items',
  settings: z.strictObject({ count, ...goodsFields }),
  needsGoods: (settings) => namesGoods(settings),
  progress: ({ count: target, ...goods }, facts) => ({
    value: facts.orders.reduce((sum, order) => sum + unitsOf(order, goods), 0),
    target,
  }),
});

/** Goods for so much, in the base currency. */
export const turnover = stepKind({
  code: 'turnover',
  settings: z.strictObject({ atLeast: money }),
  progress: ({ atLeast }, facts) => ({
    value: facts.orders.reduce((sum, { turnoverMinor }) => sum + turnoverMinor, 0),
    target: toMinor(atLeast, facts.baseCurrency),
  }),
});
