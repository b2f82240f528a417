import { ManualClock } from '../../sidecar/src/clock';
import type { FraudHints, OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import type { Reason } from '../../sidecar/src/domain/reason';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { decideReferral } from '../../sidecar/src/operations/decide-referral';
import { listReferrals } from '../../sidecar/src/operations/list-referrals';
import { referralStatistics } from '../../sidecar/src/operations/referral-statistics';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { resolveReferrals } from '../../sidecar/src/operations/resolve-referrals';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findMember } from '../../sidecar/src/stores/member-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const START = Date.parse('2026-03-01T10:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REFERRAL = { friendDiscount: { percentOff: 10 }, referrerReward: { points: 500 }, returnWindowDays: 14 };
/** Only the address counts, so that each test says what it is about. */
const ADDRESS_ONLY = { sameAddress: 60, emailPattern: 0, device: 0, speed: 0, returns: 0 };

interface Scene {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  readonly owner: string;
  /** A friend registers by the owner's link and has an order with the code, paid and completed now. */
  befriend(name: string, change?: Partial<OrderSnapshot>): Promise<string>;
  register(name: string, referralCode?: string | null): Promise<string>;
  order(name: string, change?: Partial<OrderSnapshot>): Promise<void>;
  resolve(): Promise<unknown>;
  available(memberId: string): Promise<number>;
  status(friend: string): Promise<unknown[]>;
  shown(customerId: string): Promise<Record<string, unknown>>;
}

async function scene(open: () => Promise<Storage>, referral: object): Promise<Scene> {
  const clock = new ManualClock(START);
  const context = operationContext(await open(), clock);
  const { db } = context;
  const earnsNothing = { EUR: { earn: { points: 0, per: 1 } } };
  await publish(context, programmeDocument({ referral, currencies: earnsNothing, redemption: null, accrual: { lockDays: 0 } }));
  const register: Scene['register'] = (name, referralCode = null) =>
    registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId: name,
      emailHash: `e-${name}`,
      customerGroup: null,
      registeredAt: clock.now(),
      mirrorMissing: false,
      emailVerified: false,
      referralCode,
      messageIds: [],
    });
  const owner = await register('owner');
  const code = (await findMember(db, owner)).referral_code ?? '';
  const order: Scene['order'] = async (name, change = {}) => {
    const now = clock.now();
    const done = { placedAt: now, paidAt: now, completedAt: now, paymentState: 'paid', orderState: 'completed' } as const;
    const who = { orderId: `o-${name}`, orderNumber: `n-${name}`, customerId: name, emailHash: `e-${name}`, referralCode: code };
    const snapshot = orderSnapshot({ ...who, ...done, ...change });
    const before = (await findPosition(db, 'shop-1', snapshot.orderId)) ?? null;
    await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
  };
  return {
    context,
    clock,
    owner,
    register,
    order,
    async befriend(name, change) {
      const memberId = await register(name, code);
      await order(name, change);
      return memberId;
    },
    resolve: () => resolveReferrals(context, clock.now()),
    available: async (memberId) => (await memberBalance(db, memberId))?.available ?? 0,
    async status(friend) {
      const row = await db.selectFrom('referral').selectAll().where('friend_member_id', '=', friend).executeTakeFirstOrThrow();
      return [row.status, row.reason, row.fraud_score];
    },
    async shown(customerId) {
      const row = await db
        .selectFrom('desired_state')
        .select('desired')
        .where('resource_type', '=', 'member')
        .where('resource_id', '=', customerId)
        .executeTakeFirstOrThrow();
      return JSON.parse(row.desired) as Record<string, unknown>;
    },
  };
}

const hints = (change: Partial<FraudHints>): FraudHints => ({
  addressHash: null,
  deviceHash: null,
  emailCanonicalHash: null,
  emailStemHash: null,
  isEmailDisposable: false,
  ...change,
});
const atOneDoor = { fraudHints: hints({ addressHash: 'door' }) };

describeEachStorage('rewards of a referral', (open) => {
  it('go to both sides after the return window, and come back with the goods', async () => {
    const s = await scene(open, { ...REFERRAL, friendReward: { points: 50 } });
    const friend = await s.befriend('friend');
    const placedAt = s.clock.now();
    s.clock.advance(13 * DAY);
    await s.resolve();
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([0, 0]);
    expect(await s.shown('owner')).toMatchObject({ referralFigures: { pending: 1, points: 0 }, rewardedReferrals: 0 });
    s.clock.advance(DAY);
    expect(await s.resolve()).toEqual({ rewarded: 1, refused: 0, review: 0 });
    expect(await s.resolve()).toEqual({ rewarded: 0, refused: 0, review: 0 });
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([500, 50]);
    expect(await s.shown('owner')).toMatchObject({ referralFigures: { pending: 0, points: 500 }, rewardedReferrals: 1 });
    expect(await s.shown('friend')).toMatchObject({ availablePoints: 50 });
    await s.order('friend', { placedAt, orderState: 'cancelled', paymentState: 'cancelled' });
    await s.resolve();
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([0, 0]);
    expect(await s.status(friend)).toEqual(['reversed', 'order_cancelled', null]);
    expect((await verifyBooks(s.context.db)).ok).toBe(true);
  });

  it('may be vouchers on either side, taken back like points', async () => {
    const voucher = { value: { EUR: 10 }, validDays: 30 };
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0, referrerReward: { voucher }, friendReward: { voucher } });
    const friend = await s.befriend('friend');
    const placedAt = s.clock.now();
    await s.resolve();
    const vouchers = () =>
      s.context.db.selectFrom('voucher').select(['member_id', 'value_minor', 'status']).orderBy('voucher_id').execute();
    const both = (status: string) => [s.owner, friend].map((memberId) => ({ member_id: memberId, value_minor: 1000, status }));
    expect(await vouchers()).toEqual(both('active'));
    await s.order('friend', { placedAt, orderState: 'cancelled' });
    await s.resolve();
    expect(await vouchers()).toEqual(both('revoked'));
  });

  it('rise by steps, and stay what they were when an order is looked at again', async () => {
    const rewardSteps = [{ from: 2, points: 800 }];
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0, rewardSteps });
    await s.befriend('first');
    const placedAt = s.clock.now();
    await s.resolve();
    s.clock.advance(DAY);
    await s.befriend('second');
    await s.resolve();
    expect(await s.available(s.owner)).toBe(1300);
    // One that changes without being cancelled, long after the others.
    await s.order('first', { placedAt, paidAt: placedAt, completedAt: placedAt, customerGroup: 'changed' });
    await s.resolve();
    expect(await s.available(s.owner)).toBe(1300);
  });

  it('are limited in a period: the friend keeps theirs, and the next period counts anew', async () => {
    const rewardsPerPeriod = { rewards: 1, windowDays: 30 };
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0, friendReward: { points: 50 }, rewardsPerPeriod });
    await s.befriend('first');
    await s.resolve();
    s.clock.advance(DAY);
    const second = await s.befriend('second');
    await s.resolve();
    expect(await s.status(second)).toEqual(['refused', 'referrer_period_limit', null]);
    expect([await s.available(s.owner), await s.available(second)]).toEqual([500, 50]);
    s.clock.advance(30 * DAY);
    const third = await s.befriend('third');
    await s.resolve();
    expect(await s.status(third)).toEqual(['rewarded', null, null]);
  });

  it('are limited by the friends of one day', async () => {
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0, maxNewPerDay: 2 });
    const friends: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      friends.push(await s.befriend(name));
      s.clock.advance(HOUR);
    }
    await s.resolve();
    s.clock.advance(DAY);
    friends.push(await s.befriend('fourth'));
    await s.resolve();
    const statuses = await Promise.all(friends.map((friend) => s.status(friend)));
    expect(statuses.map(([status, reason]) => [status, reason])).toEqual([
      ['rewarded', null],
      ['rewarded', null],
      ['refused', 'referrer_day_limit'],
      ['rewarded', null],
    ]);
  });
});

describeEachStorage('several resolvers at once', (open) => {
  it('pay each referral once and keep the limit of a period exactly', async () => {
    const rewardsPerPeriod = { rewards: 3, period: 'month' };
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0, friendReward: { points: 50 }, rewardsPerPeriod });
    for (let i = 0; i < 8; i += 1) await s.befriend(`friend-${i}`);
    await Promise.all(Array.from({ length: 4 }, () => s.resolve()));
    expect(await s.available(s.owner)).toBe(1500);
    const rows = await s.context.db.selectFrom('referral').select(['status', 'reason', 'friend_points']).execute();
    expect(rows.filter(({ status }) => status === 'rewarded')).toHaveLength(3);
    expect(rows.filter(({ reason }) => reason === 'referrer_period_limit')).toHaveLength(5);
    expect(rows.every((row) => row.friend_points === 50)).toBe(true);
    expect((await findMember(s.context.db, s.owner)).rewarded_referrals).toBe(3);
    expect((await verifyBooks(s.context.db)).ok).toBe(true);
  });

  it('never pay for an order that is cancelled meanwhile', async () => {
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0 });
    const placedAt = s.clock.now();
    const names = Array.from({ length: 6 }, (_, i) => `friend-${i}`);
    for (const name of names) await s.befriend(name);
    await Promise.all([s.resolve(), ...names.map((name) => s.order(name, { placedAt, orderState: 'cancelled' })), s.resolve()]);
    await s.resolve();
    expect(await s.available(s.owner)).toBe(0);
    const rows = await s.context.db.selectFrom('referral').select('reason').execute();
    expect(rows.map(({ reason }) => reason)).toEqual(names.map(() => 'order_cancelled'));
  });
});

describeEachStorage('suspicion of fraud', (open) => {
  const withFraud = { ...REFERRAL, returnWindowDays: 0, friendReward: { points: 50 }, fraud: { weights: ADDRESS_ONLY } };
  const by = { shopId: null, reason: 'They are neighbours.', actor: 'kim' };

  it('holds both rewards until staff have decided, once', async () => {
    const s = await scene(open, withFraud);
    await s.order('owner', { ...atOneDoor, referralCode: null });
    const friend = await s.befriend('friend', atOneDoor);
    expect(await s.resolve()).toEqual({ rewarded: 0, refused: 0, review: 1 });
    expect(await s.status(friend)).toEqual(['review', 'needs_review', 60]);
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([0, 0]);
    expect(await s.resolve()).toEqual({ rewarded: 0, refused: 0, review: 0 });
    const wanted = { programmeId: PROGRAMME_ID, status: 'review', after: '', limit: 10 } as const;
    const [listed, ...others] = await listReferrals(s.context.db, wanted);
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ friendMemberId: friend, referrerMemberId: s.owner, score: 60, decision: null });
    expect(listed?.reasons.map(({ code, applied }) => [code, applied])).toEqual([
      ['referral_needs_review', false],
      ['fraud_score', true],
      ['fraud_sameAddress', true],
      ['fraud_emailPattern', false],
      ['fraud_device', false],
      ['fraud_speed', false],
      ['fraud_returns', false],
    ]);
    const approve = () => decideReferral(s.context, { friendMemberId: friend, decision: 'approve', ...by });
    const outcomes = await Promise.all([approve(), approve(), approve()]);
    expect(outcomes.filter((one) => one.ok && !one.value.repeated)).toHaveLength(1);
    expect(outcomes.every((one) => one.ok && one.value.status === 'rewarded')).toBe(true);
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([500, 50]);
    const refused = await decideReferral(s.context, { friendMemberId: friend, decision: 'refuse', ...by });
    expect(refused).toMatchObject({ ok: false, code: 'decided_otherwise' });
    const decisions = await s.context.db.selectFrom('decision').select('reasons').where('kind', '=', 'referral').execute();
    const said = decisions.flatMap(({ reasons }) => JSON.parse(reasons) as Reason[]);
    expect(said).toContainEqual({ code: 'referral_approved', applied: true, figures: { actor: 'kim', reason: by.reason } });
  });

  it('stays with staff while the order changes otherwise, and is judged with it', async () => {
    const s = await scene(open, { ...withFraud, friendMinimum: { EUR: 50 } });
    await s.order('owner', { ...atOneDoor, referralCode: null });
    const friend = await s.befriend('friend', atOneDoor);
    const placedAt = s.clock.now();
    await s.resolve();
    await s.order('friend', { placedAt, customerGroup: 'changed', ...atOneDoor });
    expect(await s.status(friend)).toEqual(['review', 'needs_review', 60]);
    const [line] = orderSnapshot({}).lines;
    if (!line) throw new Error('there is nothing in the order');
    const fewer = [{ ...line, originalGrossMinor: 1000, grossMinor: 1000, netMinor: 840 }];
    await s.order('friend', { placedAt, customerGroup: 'changed', lines: fewer, ...atOneDoor });
    const decided = await decideReferral(s.context, { friendMemberId: friend, decision: 'approve', ...by });
    expect(decided).toMatchObject({ ok: true, value: { status: 'refused', reason: 'below_minimum' } });
  });

  it('ends where staff refuse, whatever the order does later but going', async () => {
    const s = await scene(open, withFraud);
    await s.order('owner', { ...atOneDoor, referralCode: null });
    const friend = await s.befriend('friend', atOneDoor);
    const placedAt = s.clock.now();
    await s.resolve();
    const decided = await decideReferral(s.context, { friendMemberId: friend, decision: 'refuse', ...by });
    expect(decided).toMatchObject({ ok: true, value: { status: 'refused', reason: 'refused_by_staff' } });
    await s.order('friend', { placedAt, customerGroup: 'changed', ...atOneDoor });
    await s.resolve();
    expect(await s.status(friend)).toEqual(['refused', 'refused_by_staff', 60]);
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([0, 0]);
  });

  it('is over when the goods come back, and staff are asked no more', async () => {
    const s = await scene(open, withFraud);
    await s.order('owner', { ...atOneDoor, referralCode: null });
    const friend = await s.befriend('friend', atOneDoor);
    const placedAt = s.clock.now();
    await s.resolve();
    await s.order('friend', { placedAt, orderState: 'cancelled', ...atOneDoor });
    await s.resolve();
    expect(await s.status(friend)).toEqual(['refused', 'order_cancelled', 60]);
    const late = await decideReferral(s.context, { friendMemberId: friend, decision: 'approve', ...by });
    expect(late).toMatchObject({ ok: false, code: 'not_in_review', details: { status: 'refused' } });
  });

  it('refuses at once from the second threshold on', async () => {
    const s = await scene(open, { ...withFraud, fraud: { review: 40, refuse: 60, weights: ADDRESS_ONLY } });
    await s.order('owner', { ...atOneDoor, referralCode: null });
    const friend = await s.befriend('friend', atOneDoor);
    await s.resolve();
    expect(await s.status(friend)).toEqual(['refused', 'fraud_score', 60]);
    expect([await s.available(s.owner), await s.available(friend)]).toEqual([0, 0]);
  });

  it('sees how fast, how many and how often returned', async () => {
    const s = await scene(open, { ...withFraud, fraud: { refuse: 100, weights: { returns: 100, speed: 25 } } });
    const placedAt = s.clock.now();
    for (const name of ['a', 'b']) await s.befriend(name);
    for (const name of ['a', 'b']) await s.order(name, { placedAt, orderState: 'cancelled' });
    await s.resolve();
    s.clock.advance(10 * 60_000);
    const friend = await s.befriend('c');
    await s.resolve();
    // The code is 10 minutes old and two friends came within the hour: 80 of 100 at a weight of 25, with all others returned.
    expect(await s.status(friend)).toEqual(['refused', 'fraud_score', 100]);
    const [listed] = await listReferrals(s.context.db, { programmeId: null, status: null, after: '', limit: 10 }).then((all) =>
      all.filter(({ friendMemberId }) => friendMemberId === friend),
    );
    const figures = new Map(listed?.reasons.map((one) => [one.code, one.figures]));
    expect(figures.get('fraud_returns')).toMatchObject({ adds: 100, settledFriends: 2, returnedFriends: 2 });
    expect(figures.get('fraud_speed')).toMatchObject({ adds: 20, minutesFromCode: 10, friendsWithinHour: 2 });
  });

  it('reads orders from before there were hints', async () => {
    const s = await scene(open, withFraud);
    await s.order('owner', { referralCode: null });
    const friend = await s.befriend('friend');
    await s.resolve();
    expect(await s.status(friend)).toEqual(['rewarded', null, 0]);
  });
});

describeEachStorage('statistics of a member’s referrals', (open) => {
  it('say what invited friends came to', async () => {
    const s = await scene(open, { ...REFERRAL, returnWindowDays: 0 });
    const code = (await findMember(s.context.db, s.owner)).referral_code;
    const figures = async () => referralStatistics(s.context.db, await findMember(s.context.db, s.owner));
    expect(await figures()).toMatchObject({ code, invited: 0, conversionBps: null, revenueMinor: 0 });
    await s.register('looks-only', code);
    await s.befriend('buys');
    const placedAt = s.clock.now();
    await s.befriend('returns');
    await s.resolve();
    await s.order('returns', { placedAt, orderState: 'cancelled' });
    await s.resolve();
    await s.befriend('waits', { completedAt: null, orderState: 'open' });
    expect(await figures()).toEqual({
      code,
      invited: 4,
      ordered: 3,
      conversionBps: 7500,
      pending: 1,
      inReview: 0,
      rewarded: 1,
      refused: 0,
      reversed: 1,
      points: 500,
      vouchers: { count: 0, valueMinor: 0 },
      revenueMinor: 20_000,
    });
  });

  it('pages referrals by friend', async () => {
    const s = await scene(open, REFERRAL);
    const friends: string[] = [];
    for (const name of ['a', 'b', 'c']) friends.push(await s.befriend(name));
    const page = async (after: string) =>
      (await listReferrals(s.context.db, { programmeId: PROGRAMME_ID, status: 'open', after, limit: 2 })).map(
        ({ friendMemberId }) => friendMemberId,
      );
    const sorted = [...friends].sort();
    expect(await page('')).toEqual(sorted.slice(0, 2));
    expect(await page(sorted[1] ?? '')).toEqual(sorted.slice(2));
  });
});
