import fc from 'fast-check';
import { judgeNextPurchase, keptGoodsMinor, type NextPurchaseRule } from '../../../sidecar/src/domain/next-purchase';
import {
  daysLeft,
  reminderOf,
  voucherCodesAmong,
  voucherEnd,
  voucherOffer,
  voucherValue,
  type VoucherTerms,
} from '../../../sidecar/src/domain/voucher';
import { orderLine, orderSnapshot } from '../../support/snapshots';

const amount = (priceMinor: Record<string, number>, minimumMinor: Record<string, number> = {}): VoucherTerms => ({
  discount: { kind: 'fixed', priceMinor },
  minimumMinor,
  validDays: 30,
});
const share = (minimumMinor: Record<string, number> = {}): VoucherTerms => ({
  discount: { kind: 'percent', percentBps: 1250 },
  minimumMinor,
  validDays: 30,
});

describe('a voucher', () => {
  test.each([
    ['an amount of the order’s currency', amount({ EUR: 500, USD: 600 }, { USD: 5000 }), 'USD', [600, null, 'USD', 5000]],
    ['an amount that is not there in it', amount({ EUR: 500 }, { EUR: 4000 }), 'USD', [500, null, 'EUR', 4000]],
    ['a share', share(), 'USD', [0, 1250, 'USD', 0]],
    ['a share with a minimum elsewhere', share({ EUR: 3000 }), 'USD', [0, 1250, 'EUR', 3000]],
    ['a share with a minimum', share({ EUR: 3000, USD: 3500 }), 'USD', [0, 1250, 'USD', 3500]],
  ])('is %s', (_what, terms, wished, [valueMinor, percentBps, currency, minimumMinor]) => {
    expect(voucherOffer(terms, wished, 'EUR')).toEqual({ valueMinor, percentBps, currency, minimumMinor });
  });

  test('of nothing is none', () => {
    expect(voucherOffer(amount({ USD: 600 }), 'CHF', 'EUR')).toBeNull();
    expect(voucherOffer(amount({ EUR: 0 }), 'EUR', 'EUR')).toBeNull();
  });

  test('ends with its last day, and is never shorter than promised', () => {
    expect(voucherEnd('2026-03-01T10:00:00.000Z', 30)).toBe('2026-03-31T23:59:59.999Z');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 3653 }),
        (from, days) => {
          const lasted = Date.parse(voucherEnd(from.toISOString(), days)) - from.getTime() + 1;
          expect(lasted).toBeGreaterThan(days * 86_400_000);
          expect(lasted).toBeLessThanOrEqual((days + 1) * 86_400_000);
        },
      ),
    );
  });

  test('is remembered before its end, and never in the past', () => {
    const end = '2026-03-31T23:59:59.999Z';
    expect(reminderOf(end, [7], '2026-03-01T10:00:00.000Z')).toBe('2026-03-24T23:59:59.999Z');
    expect(reminderOf(end, [7, 14, 2], '2026-03-18T10:00:00.000Z')).toBe('2026-03-24T23:59:59.999Z');
    expect(reminderOf(end, [7], '2026-03-25T10:00:00.000Z')).toBeNull();
    expect(daysLeft(end, '2026-03-24T23:59:59.999Z')).toBe(7);
    expect(daysLeft(end, '2026-03-31T10:00:00.000Z')).toBe(1);
    expect(reminderOf(end, [], '2026-03-01T10:00:00.000Z')).toBeNull();
  });

  test('says its value, and knows its codes among others', () => {
    expect(voucherValue({ valueMinor: 1050, percentBps: null, currency: 'EUR' })).toBe('10.50 EUR');
    expect(voucherValue({ valueMinor: 0, percentBps: 1250, currency: 'EUR' })).toBe('12.5 %');
    expect(voucherCodesAmong(['SUMMER', ' loy-ab', 'LOY-AB', 'LOY-AA'])).toEqual(['LOY-AA', 'LOY-AB']);
  });
});

describe('a next purchase', () => {
  const rule: NextPurchaseRule = {
    code: 'back',
    voucher: amount({ EUR: 500 }),
    minimumMinor: { EUR: 5000 },
    scope: { tiers: ['gold'], from: '2026-03-01T00:00:00.000Z' },
    releaseDays: 14,
    reminderDays: 7,
    limitPerMember: 2,
  };
  const subject = { tier: 'gold', segments: [], at: '2026-03-02T00:00:00.000Z' };
  const base = { currency: 'EUR', goodsMinor: 5000, subject, given: 1 };

  test.each([
    ['is earned', {}, 'next_purchase', true],
    ['needs the tier', { subject: { ...subject, tier: null } }, 'next_purchase_other_tier', false],
    ['needs the dates', { subject: { ...subject, at: '2026-02-28T00:00:00.000Z' } }, 'next_purchase_outside_dates', false],
    ['needs the goods', { goodsMinor: 4999 }, 'next_purchase_below_minimum', false],
    ['knows no minimum of another currency', { goodsMinor: 1, currency: 'USD' }, 'next_purchase', true],
    ['has its limit', { given: 2 }, 'next_purchase_limit_reached', false],
  ])('%s', (_what, change, code, applied) => {
    expect(judgeNextPurchase(rule, { ...base, ...change })).toMatchObject({ code, applied });
  });

  test('looks at goods that were kept', () => {
    const lines = [orderLine(), orderLine({ lineId: 'l2', refundedMilli: 1000 }), orderLine({ lineId: 'l3', kind: 'other' })];
    expect(keptGoodsMinor(orderSnapshot({ lines }))).toBe(10_000 + 6667);
  });
});
