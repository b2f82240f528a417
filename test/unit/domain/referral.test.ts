import fc from 'fast-check';
import {
  friendRewardDespite,
  generateReferralCode,
  judgeReferral,
  type ReferralCase,
} from '../../../sidecar/src/domain/referral';
import type { ReferralTerms } from '../../../sidecar/src/domain/programme';

const terms: ReferralTerms = {
  friendDiscount: { kind: 'percent', percentBps: 1_000 },
  friendMinimumMinor: { EUR: 3_000 },
  referrerReward: { kind: 'points', points: 500 },
  rewardSteps: [],
  friendReward: null,
  returnWindowDays: 14,
  maxRewardsPerReferrer: 3,
  rewardsPerPeriod: null,
  maxNewPerDay: null,
  fraud: null,
  codePrefix: 'FRIEND',
};
const referrer = { memberId: 'ann', emailHashes: ['a1', 'a2'], rewardsGiven: 0, rewardsInPeriod: 0, newEarlierThatDay: 0 };
const friend = { memberId: 'bob', emailHashes: ['b1'], earlierOrders: 0, alreadyReferred: false };
const order = { completed: true, cancelled: false, goodsMinor: 3_000, currency: 'EUR' };
const good: ReferralCase = { terms, referrer, friend, order, score: null, verdict: null, rewardNumber: null };

test('a friend’s completed first order earns the reward', () => {
  expect(judgeReferral(good)).toEqual({
    ok: true,
    value: { rewardNumber: 1, referrer: { kind: 'points', points: 500 }, friend: null },
  });
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

const fraud = { reviewFrom: 50, refuseFrom: 90, weights: {} };

test.each<[string | null, Partial<ReferralCase>]>([
  [null, { score: 49 }],
  ['needs_review', { score: 50 }],
  ['needs_review', { score: 89 }],
  ['fraud_score', { score: 90 }],
  [null, { score: 100, verdict: 'approve' }],
  ['refused_by_staff', { score: 50, verdict: 'refuse' }],
  [null, { score: null }],
  ['order_cancelled', { score: 100, order: { ...order, cancelled: true } }],
  ['needs_review', { score: 60, referrer: { ...referrer, rewardsGiven: 3 } }],
  ['referrer_limit_reached', { score: 60, verdict: 'approve', referrer: { ...referrer, rewardsGiven: 3 } }],
])('suspicion: %s', (code, change) => {
  const verdict = judgeReferral({ ...good, terms: { ...terms, fraud }, ...change });
  expect(verdict.ok ? null : verdict.code).toBe(code);
});

test('limits of a period and of a day refuse the referrer, not the friend', () => {
  const friendReward = { kind: 'points', points: 50 } as const;
  const rewardsPerPeriod = { rewards: 2, window: { days: 30 } };
  const limited: ReferralTerms = { ...terms, friendReward, rewardsPerPeriod, maxNewPerDay: 2 };
  const judge = (change: Partial<typeof referrer>) =>
    judgeReferral({ ...good, terms: limited, referrer: { ...referrer, ...change } });
  expect(judge({ rewardsInPeriod: 1, newEarlierThatDay: 1 })).toMatchObject({ ok: true, value: { friend: friendReward } });
  expect(judge({ rewardsInPeriod: 2 })).toMatchObject({ code: 'referrer_period_limit', details: { window: '30 days' } });
  expect(judge({ newEarlierThatDay: 2 })).toMatchObject({ code: 'referrer_day_limit' });
  expect(friendRewardDespite(limited, 'referrer_day_limit')).toEqual(friendReward);
  expect(friendRewardDespite(limited, 'fraud_score')).toBeNull();
  expect(friendRewardDespite(terms, 'referrer_limit_reached')).toBeNull();
});

test('steps raise the reward from the so-many-th friend on, and a reward keeps its number', () => {
  const voucher = { kind: 'voucher', valueMinor: { EUR: 1_000 }, validDays: 30 } as const;
  const rewardSteps = [
    { from: 3, reward: { kind: 'points', points: 800 } as const },
    { from: 5, reward: voucher },
  ];
  const stepped: ReferralTerms = { ...terms, maxRewardsPerReferrer: null, rewardSteps };
  const reward = (rewardsGiven: number, rewardNumber: number | null = null) => {
    const judged = judgeReferral({ ...good, terms: stepped, referrer: { ...referrer, rewardsGiven }, rewardNumber });
    return judged.ok ? judged.value.referrer : judged.code;
  };
  expect([0, 1, 2, 3].map((given) => reward(given))).toMatchObject([500, 500, 800, 800].map((points) => ({ points })));
  expect(reward(4)).toEqual(voucher);
  expect(reward(9, 2)).toMatchObject({ points: 500 });
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
