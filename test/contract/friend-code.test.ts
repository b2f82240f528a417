import { ManualClock } from '../../sidecar/src/clock';
import { checkFriendCode, type FriendCodeUse } from '../../sidecar/src/operations/check-friend-code';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { listReferrals } from '../../sidecar/src/operations/list-referrals';
import { recentHistory } from '../../sidecar/src/operations/member-history';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { resolveReferrals } from '../../sidecar/src/operations/resolve-referrals';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findMember } from '../../sidecar/src/stores/member-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const REFERRAL = {
  codePrefix: 'DEMO',
  friendDiscount: { percentOff: 10 },
  friendMinimum: { EUR: 20 },
  referrerReward: { points: 500 },
  returnWindowDays: 14,
};

interface Scene {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  readonly memberId: string;
  readonly code: string;
  register(customerId: string, emailHash: string): Promise<string>;
  place(change: Partial<OrderSnapshot>): Promise<unknown>;
  use(change: Partial<FriendCodeUse>): Promise<string | null>;
}

async function scene(open: () => Promise<Storage>): Promise<Scene> {
  const clock = new ManualClock(Date.parse(NOW));
  const context = operationContext(await open(), clock);
  await publish(context, programmeDocument({ referral: REFERRAL }));
  const shop = { programmeId: PROGRAMME_ID, shopId: 'shop-1' };
  const register: Scene['register'] = (customerId, emailHash) =>
    registerCustomer(context, {
      ...shop,
      customerId,
      emailHash,
      customerGroup: null,
      registeredAt: NOW,
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
  const memberId = await register('owner', 'e-owner');
  const code = (await findMember(context.db, memberId)).referral_code ?? '';
  return {
    context,
    clock,
    memberId,
    code,
    register,
    place: (change) =>
      convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot: orderSnapshot(change), before: null, messageIds: [] }),
    use: async (change) => {
      const checked = await checkFriendCode(context.db, { ...shop, customerId: null, emailHash: null, code, ...change });
      return checked.ok ? null : checked.code;
    },
  };
}

describeEachStorage('a friend’s code at checkout', (open) => {
  it('is for somebody else than its owner, whatever account they use', async () => {
    const { use, register, code } = await scene(open);
    await register('friend', 'e-friend');
    expect(await use({ customerId: 'friend', emailHash: 'e-friend' })).toBeNull();
    expect(await use({ customerId: 'owner' })).toBe('own_code');
    expect(await use({ emailHash: 'e-owner', code: code.toLowerCase() })).toBe('own_code');
  });

  it('is for a first order: open ones, guests’ and those of a second account count', async () => {
    const { use, register, place } = await scene(open);
    await register('friend', 'e-friend');
    await place({ orderId: 'o1', customerId: 'friend', emailHash: 'e-friend' });
    expect(await use({ customerId: 'friend' })).toBe('not_first_order');
    await place({ orderId: 'o2', customerId: null, isGuest: true, emailHash: 'e-guest' });
    expect(await use({ emailHash: 'e-guest' })).toBe('not_first_order');
    await register('second', 'e-guest');
    expect(await use({ customerId: 'second' })).toBe('not_first_order');
    expect(await use({ emailHash: 'e-new' })).toBeNull();
  });

  it('is free again when the order was cancelled', async () => {
    const { use, register, place } = await scene(open);
    await register('friend', 'e-friend');
    await place({ orderId: 'o1', customerId: 'friend', emailHash: 'e-friend', orderState: 'cancelled' });
    expect(await use({ customerId: 'friend' })).toBeNull();
  });
});

describeEachStorage('referrals in the shop', (open) => {
  it('are counted for the referrer when rewarded, and listed for staff with the reason when not', async () => {
    const { context, clock, memberId, code, register, place } = await scene(open);
    await register('friend', 'e-friend');
    const done: Partial<OrderSnapshot> = {
      paidAt: NOW,
      paymentState: 'paid',
      completedAt: NOW,
      orderState: 'completed',
      referralCode: code,
    };
    await place({ ...done, orderId: 'o1', orderNumber: '1', customerId: 'friend', emailHash: 'e-friend' });
    await place({ ...done, orderId: 'o2', orderNumber: '2', customerId: 'owner', emailHash: 'e-owner' });
    clock.advance(15 * 86_400_000);
    await resolveReferrals(context, clock.now());
    expect((await findMember(context.db, memberId)).rewarded_referrals).toBe(1);
    const listed = await listReferrals(context.db, { programmeId: PROGRAMME_ID, status: null, after: '', limit: 10 });
    expect(new Map(listed.map(({ orderNumber, status, reason }) => [orderNumber, [status, reason]]))).toEqual(
      new Map([
        ['1', ['rewarded', null]],
        ['2', ['refused', 'self_referral']],
      ]),
    );
    expect(listed[0]).toMatchObject({ code, createdAt: NOW });
  });

  it('show with orders and their points in the history that the shop gets, newest first, an account each', async () => {
    const { context, clock, code, register, place } = await scene(open);
    await register('friend', 'e-friend');
    await place({
      orderId: 'o1',
      orderNumber: '1',
      customerId: 'friend',
      emailHash: 'e-friend',
      paidAt: NOW,
      paymentState: 'paid',
      completedAt: NOW,
      orderState: 'completed',
      referralCode: code,
    });
    clock.advance(15 * 86_400_000);
    await resolveReferrals(context, clock.now());
    const histories = await recentHistory(context.db, 'shop-1', ['owner', 'friend', 'stranger']);
    expect([...histories.keys()].sort()).toEqual(['friend', 'owner']);
    expect(histories.get('owner')).toEqual([
      { at: '2026-03-15T10:00:00.000Z', kind: 'referral_reward', points: 500, releasedPoints: 0, orderNumber: '1' },
    ]);
    expect(histories.get('friend')).toMatchObject([{ kind: 'accrual', points: 100, orderNumber: '1' }]);
  });
});
