import fc from 'fast-check';
import { fraudScore } from '../../../sidecar/src/domain/fraud-score';
import type { FraudHints } from '../../../sidecar/src/domain/order-snapshot';
import { referralSignals } from '../../../sidecar/src/domain/referral-signals/registry';
import type { ReferralFacts, ReferralSignal } from '../../../sidecar/src/domain/referral-signals/signal';
import { HINTS, innocent } from './referral-facts';

const hash = fc.constantFrom(null, 'a', 'b', 'c');
const hints: fc.Arbitrary<FraudHints> = fc.record({
  addressHash: hash,
  deviceHash: hash,
  emailCanonicalHash: hash,
  emailStemHash: hash,
  isEmailDisposable: fc.boolean(),
});
const minutes = fc.option(fc.nat(3000));
const facts: fc.Arbitrary<ReferralFacts> = fc
  .record({
    friend: fc.option(hints),
    referrer: fc.array(hints, { maxLength: 4 }),
    referrerEmailHashes: fc.subarray(['a', 'b', 'c']),
    otherFriends: fc.array(hints, { maxLength: 4 }),
    minutesFromCode: minutes,
    minutesFromRegistration: minutes,
    friendsWithinHour: fc.nat(5),
    settledFriends: fc.nat(10),
    returned: fc.nat(10),
  })
  .map(({ returned, ...rest }) => ({ ...rest, returnedFriends: Math.min(returned, rest.settledFriends) }));
const weights = fc.dictionary(fc.constantFrom(...referralSignals.map(({ code }) => code)), fc.nat(100));
const scored = (of: ReferralFacts, by: Record<string, number> = {}) => fraudScore(referralSignals, of, by).score;

test('an ordinary friend has no score', () => {
  expect(scored(innocent)).toBe(0);
});

test('each signal says what it adds, and what it looked at', () => {
  const { score, reasons } = fraudScore(referralSignals, { ...innocent, referrer: [HINTS] }, { device: 10, emailPattern: 0 });
  expect(score).toBe(55);
  expect(reasons.map(({ code, applied, figures }) => [code, applied, figures['adds']])).toEqual([
    ['fraud_sameAddress', true, 45],
    ['fraud_emailPattern', false, 0],
    ['fraud_device', true, 10],
    ['fraud_speed', false, 0],
    ['fraud_returns', false, 0],
  ]);
  expect(reasons[0]?.figures).toEqual({ adds: 45, points: 100, weight: 45, referrer: true, otherFriends: 0 });
});

test('the score is whole and between 0 and 100', () => {
  fc.assert(
    fc.property(facts, weights, (of, by) => {
      const score = scored(of, by);
      expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
      const adds = fraudScore(referralSignals, of, by).reasons.map(({ figures }) => Number(figures['adds']));
      expect(score).toBe(
        Math.min(
          100,
          adds.reduce((sum, one) => sum + one, 0),
        ),
      );
    }),
  );
});

test('the order of signals, orders and friends does not matter', () => {
  fc.assert(
    fc.property(facts, (of) => {
      const turned = { ...of, referrer: [...of.referrer].reverse(), otherFriends: [...of.otherFriends].reverse() };
      expect(fraudScore([...referralSignals].reverse(), turned, {}).score).toBe(scored(of));
    }),
  );
});

test('more to see never lowers the score', () => {
  fc.assert(
    fc.property(facts, hints, (of, more) => {
      const before = scored(of);
      expect(scored({ ...of, referrer: [...of.referrer, more] })).toBeGreaterThanOrEqual(before);
      expect(scored({ ...of, otherFriends: [...of.otherFriends, more] })).toBeGreaterThanOrEqual(before);
      expect(scored({ ...of, friendsWithinHour: of.friendsWithinHour + 1 })).toBeGreaterThanOrEqual(before);
      const faster = of.minutesFromCode === null ? 0 : Math.floor(of.minutesFromCode / 2);
      expect(scored({ ...of, minutesFromCode: faster })).toBeGreaterThanOrEqual(before);
      const settled = { settledFriends: of.settledFriends + 1, returnedFriends: of.returnedFriends + 1 };
      expect(scored({ ...of, ...settled })).toBeGreaterThanOrEqual(before);
    }),
  );
});

test('stronger signals and higher weights never lower the score', () => {
  const plain = (code: string, points: number): ReferralSignal => ({ code, weight: 50, look: () => ({ points, figures: {} }) });
  const strengths = fc.array(fc.nat(100), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(strengths, fc.nat(100), fc.nat(100), (points, stronger, weight) => {
      const of = (list: readonly number[]): ReferralSignal[] => list.map((one, i) => plain(`s${i}`, one));
      const more = points.map((one, i) => (i === 0 ? Math.max(one, stronger) : one));
      const score = fraudScore(of(points), innocent, { s0: weight }).score;
      expect(fraudScore(of(more), innocent, { s0: weight }).score).toBeGreaterThanOrEqual(score);
      expect(fraudScore(of(points), innocent, { s0: Math.min(100, weight + 1) }).score).toBeGreaterThanOrEqual(score);
    }),
  );
});
