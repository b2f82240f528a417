import type { FraudHints } from '../../../../sidecar/src/domain/order-snapshot';
import { device } from '../../../../sidecar/src/domain/referral-signals/device';
import { emailSignal } from '../../../../sidecar/src/domain/referral-signals/email-pattern';
import { returns } from '../../../../sidecar/src/domain/referral-signals/returns';
import { sameAddress } from '../../../../sidecar/src/domain/referral-signals/same-address';
import { speed } from '../../../../sidecar/src/domain/referral-signals/speed';
import type { ReferralFacts, ReferralSignal } from '../../../../sidecar/src/domain/referral-signals/signal';
import { HINTS, innocent } from '../referral-facts';

const other = (change: Partial<FraudHints>): FraudHints => ({
  addressHash: 'elsewhere',
  deviceHash: 'other line',
  emailCanonicalHash: 'other mailbox',
  emailStemHash: 'other stem',
  isEmailDisposable: false,
  ...change,
});
const door = { addressHash: HINTS.addressHash };
const line = { deviceHash: HINTS.deviceHash };
const mailbox = { emailCanonicalHash: HINTS.emailCanonicalHash };
const stem = { emailStemHash: HINTS.emailStemHash };
const nothing: FraudHints = {
  addressHash: null,
  deviceHash: null,
  emailCanonicalHash: null,
  emailStemHash: null,
  isEmailDisposable: false,
};

test.each<[string, ReferralSignal, Partial<ReferralFacts>, number]>([
  ['strangers', sameAddress, { referrer: [other({})], otherFriends: [other({})] }, 0],
  ['the referrer’s door', sameAddress, { referrer: [other({}), other(door)] }, 100],
  ['another friend’s door', sameAddress, { otherFriends: [other(door)] }, 50],
  ['many friends’ door', sameAddress, { otherFriends: [other(door), other(door), other(door)] }, 100],
  ['no door at either end', sameAddress, { friend: nothing, referrer: [nothing], otherFriends: [nothing] }, 0],
  ['an order that says nothing', sameAddress, { friend: null, referrer: [HINTS] }, 0],

  ['strangers', emailSignal, { referrer: [other({})], referrerEmailHashes: ['x'], otherFriends: [other({})] }, 0],
  ['the referrer’s mailbox', emailSignal, { referrer: [other(mailbox)] }, 100],
  ['the referrer’s plain address', emailSignal, { referrerEmailHashes: ['mailbox'] }, 100],
  ['another friend’s mailbox', emailSignal, { otherFriends: [other(mailbox)] }, 100],
  ['the referrer’s name with other digits', emailSignal, { referrer: [other(stem)] }, 70],
  ['the referrer’s name without digits', emailSignal, { referrerEmailHashes: ['stem'] }, 70],
  ['a friend counted up', emailSignal, { otherFriends: [other(stem)] }, 40],
  ['friends counted up', emailSignal, { otherFriends: [other(stem), other(stem), other(stem)] }, 100],
  ['a mailbox to throw away', emailSignal, { friend: { ...HINTS, isEmailDisposable: true } }, 60],
  ['no address at either end', emailSignal, { friend: nothing, referrer: [nothing], otherFriends: [nothing] }, 0],

  ['strangers', device, { referrer: [other({})], otherFriends: [other({})] }, 0],
  ['the referrer’s line', device, { referrer: [other(line)] }, 100],
  ['two friends’ line', device, { otherFriends: [other(line), other(line)] }, 80],
  ['no line at either end', device, { friend: nothing, referrer: [nothing], otherFriends: [nothing] }, 0],

  ['nothing known', speed, { minutesFromCode: null, minutesFromRegistration: null }, 0],
  ['a code of a day ago', speed, { minutesFromCode: 1440 }, 0],
  ['a code of this day', speed, { minutesFromCode: 1439 }, 20],
  ['a code of this hour', speed, { minutesFromCode: 59 }, 50],
  ['a code just made', speed, { minutesFromCode: 0 }, 80],
  ['an account just made', speed, { minutesFromRegistration: 1 }, 30],
  ['an account made at leisure', speed, { minutesFromRegistration: 2 }, 0],
  ['one friend in the same hour', speed, { friendsWithinHour: 1 }, 40],
  ['three friends in the same hour', speed, { friendsWithinHour: 3 }, 100],

  ['a first friend', returns, { settledFriends: 0, returnedFriends: 0 }, 0],
  ['one return', returns, { settledFriends: 1, returnedFriends: 1 }, 0],
  ['every third', returns, { settledFriends: 3, returnedFriends: 1 }, 33],
  ['all', returns, { settledFriends: 2, returnedFriends: 2 }, 100],
])('%s is seen by the signal', (_name, signal, facts, points) => {
  expect(signal.look({ ...innocent, ...facts }).points).toBe(points);
});
