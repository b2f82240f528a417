import fc from 'fast-check';
import { generateReferralCode, judgeReferral, type ReferralCase } from '../../../sidecar/src/domain/referral';
import type { ReferralTerms } from '../../../sidecar/src/domain/programme';

const terms: ReferralTerms = {
  friendDiscount: { kind: 'percent', percentBps: 1_000 },
  friendMinimumMinor: { EUR: 3_000 },
  referrerReward: { kind: 'points', points: 500 },
  returnWindowDays: 14,
  maxRewardsPerReferrer: 3,
  codePrefix: 'FRIEND',
};
const referrer = { memberId: 'ann', emailHashes: ['a1', 'a2'], rewardsGiven: 0 };
const friend = { memberId: 'bob', emailHashes: ['b1'], earlierOrders: 0, alreadyReferred: false };
const order = { completed: true, cancelled: false, goodsMinor: 3_000, currency: 'EUR' };
const good: ReferralCase = { terms, referrer, friend, order };

test('a friend’s completed first order earns the reward', () => {
  expect(judgeReferral(good)).toEqual({ ok: true, value: { reward: { kind: 'points', points: 500 } } });
});

test.each<[string, Partial<ReferralCase>]>([
  ['no_referral_terms', { terms: null }],
  ['unknown_code', { referrer: null }],
  ['self_referral', { friend: { ...friend, memberId: 'ann' } }],
  ['self_referral', { friend: { ...friend, emailHashes: ['b1', 'a2'] } }],
  ['not_first_order', { friend: { ...friend, earlierOrders: 1 } }],
  ['already_referred', { friend: { ...friend, alreadyReferred: true } }],
  ['order_cancelled', { order: { ...order, cancelled: true } }],
  ['order_cancelled', { order: { ...order, cancelled: true, completed: false } }],
  ['order_not_completed', { order: { ...order, completed: false } }],
  ['below_minimum', { order: { ...order, goodsMinor: 2_999 } }],
  ['referrer_limit_reached', { referrer: { ...referrer, rewardsGiven: 3 } }],
  ['order_cancelled', { order: { ...order, cancelled: true }, referrer: { ...referrer, rewardsGiven: 3 } }],
  ['self_referral', { order: { ...order, cancelled: true }, friend: { ...friend, memberId: 'ann' } }],
])('%s', (code, change) => {
  expect(judgeReferral({ ...good, ...change })).toMatchObject({ ok: false, code });
});

test.each<[string, Partial<ReferralCase>]>([
  ['a currency without a minimum', { order: { ...order, currency: 'USD', goodsMinor: 1 } }],
  ['the last reward of the limit', { referrer: { ...referrer, rewardsGiven: 2 } }],
  ['no limit', { terms: { ...terms, maxRewardsPerReferrer: null }, referrer: { ...referrer, rewardsGiven: 999 } }],
])('%s is rewarded', (_name, change) => {
  expect(judgeReferral({ ...good, ...change }).ok).toBe(true);
});

describe('codes', () => {
  const secret = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));

  test('hold eight characters nobody confuses, and repeat for the same secret', () => {
    fc.assert(
      fc.property(secret, (hex) => {
        expect(generateReferralCode('', hex)).toMatch(/^[A-HJKMNP-Z2-9]{8}$/);
        expect(generateReferralCode('friend', hex)).toBe(`FRIEND-${generateReferralCode('', hex)}`);
      }),
    );
  });

  test('differ for secrets that count up', () => {
    const codes = new Set(Array.from({ length: 5_000 }, (_, i) => generateReferralCode('', i.toString(16).padStart(32, '0'))));
    expect(codes.size).toBe(5_000);
  });

  test.each(['', 'abc', '0123456789abcde', 'zzzzzzzzzzzzzzzzzz'])('need a real secret, not %p', (hex) => {
    expect(() => generateReferralCode('', hex)).toThrow(RangeError);
  });
});
