import { dueGifts } from '../../../sidecar/src/domain/free-product';
import type { FreeProductRule } from '../../../sidecar/src/domain/programme';
import { programmeWith } from './examples';

const rule = (change: Partial<FreeProductRule> = {}): FreeProductRule => ({
  code: 'sample',
  products: ['SAMPLE-A', 'SAMPLE-B'],
  quantity: 2,
  minimumGoodsMinor: { EUR: 5_000 },
  limitPerMember: null,
  stock: null,
  ...change,
});
const cart = { currency: 'EUR', goodsMinor: 5_000, tier: 'gold', segments: ['vip'], at: '2026-03-10T10:00:00.000Z' };

test.each([
  ['minimum reached', {}, {}, 2, 'gift_due'],
  ['minimum missed', {}, { goodsMinor: 4_999 }, 0, 'gift_below_minimum'],
  ['other currency', {}, { currency: 'USD' }, 0, 'gift_other_currency'],
  ['inherited name as currency', {}, { currency: 'toString' }, 0, 'gift_other_currency'],
  ['tier held', { tiers: ['gold'] }, {}, 2, 'gift_due'],
  ['tier missing', { tiers: ['silver'] }, {}, 0, 'gift_other_tier'],
  ['segment held', { segments: ['vip'] }, {}, 2, 'gift_due'],
  ['segment missing', { segments: ['staff'] }, {}, 0, 'gift_other_segment'],
  ['not begun', { from: '2026-03-11T00:00:00.000Z' }, {}, 0, 'gift_outside_dates'],
  ['over', { until: '2026-03-10T10:00:00.000Z' }, {}, 0, 'gift_outside_dates'],
  ['limit left', { limitPerMember: 5 }, {}, 2, 'gift_due'],
  ['limit nearly reached', { limitPerMember: 4 }, {}, 1, 'gift_due'],
  ['limit reached', { limitPerMember: 3 }, {}, 0, 'gift_limit_reached'],
  ['stock left', { stock: 12 }, {}, 2, 'gift_due'],
  ['stock nearly out', { stock: 11 }, {}, 1, 'gift_due'],
  ['stock out', { stock: 10 }, {}, 0, 'gift_out_of_stock'],
])('%s', (_name, change, cartChange, quantity, code) => {
  const programme = programmeWith({ freeProducts: [rule(change)] });
  const result = dueGifts(programme, { ...cart, ...cartChange }, { sample: { byMember: 3, total: 10 } });
  expect(result.reasons).toMatchObject([{ code, applied: quantity > 0, figures: { rule: 'sample' } }]);
  expect(result.due).toEqual(quantity > 0 ? [{ ruleCode: 'sample', products: ['SAMPLE-A', 'SAMPLE-B'], quantity }] : []);
});

test('each rule is judged for itself, in the order of the programme', () => {
  const programme = programmeWith({ freeProducts: [rule({ code: 'b' }), rule({ code: 'constructor', limitPerMember: 1 })] });
  const { due, reasons } = dueGifts(programme, cart, {});
  expect(due.map((gift) => [gift.ruleCode, gift.quantity])).toEqual([
    ['b', 2],
    ['constructor', 1],
  ]);
  expect(reasons).toHaveLength(2);
});
