import { ManualClock } from '../../sidecar/src/clock';
import type { NoticeMirror } from '../../sidecar/src/domain/mirror';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { resolveReferrals } from '../../sidecar/src/operations/resolve-referrals';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findMember } from '../../sidecar/src/stores/member-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const DAY_MS = 86_400_000;
const DONE: Partial<OrderSnapshot> = { paidAt: NOW, paymentState: 'paid', completedAt: NOW, orderState: 'completed' };
const TIERS = {
  metric: 'turnover',
  windowDays: 365,
  graceDays: 0,
  levels: [
    { code: 'silver', name: 'Silver', threshold: 50 },
    { code: 'gold', name: 'Gold', threshold: 5000 },
  ],
};

const TOLD = { purpose: 'transactional', consent: true, language: 'en', hasId: true };

interface Scene {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  register(customerId: string, emailHash: string): Promise<string>;
  place(change: Partial<OrderSnapshot>): Promise<unknown>;
  told(): Promise<unknown[]>;
}

async function scene(open: () => Promise<Storage>, programme: Record<string, unknown>): Promise<Scene> {
  const clock = new ManualClock(Date.parse(NOW));
  const context = operationContext(await open(), clock);
  await publish(context, programmeDocument(programme));
  return {
    context,
    clock,
    register: (customerId, emailHash) =>
      registerCustomer(context, {
        programmeId: PROGRAMME_ID,
        shopId: 'shop-1',
        customerId,
        emailHash,
        customerGroup: null,
        registeredAt: NOW,
        mirrorMissing: false,
        emailVerified: true,
        messageIds: [],
      }),
    place: (change) =>
      convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot: orderSnapshot(change), before: null, messageIds: [] }),
    told: async () => {
      const rows = await context.db
        .selectFrom('desired_state')
        .select(['shop_id', 'desired'])
        .where('resource_type', '=', 'notice')
        .orderBy('shop_id')
        .execute();
      return rows.map((row) => {
        const { noticeId, ...state } = JSON.parse(row.desired) as NoticeMirror;
        return { shopId: row.shop_id, ...state, hasId: noticeId !== '' };
      });
    },
  };
}

describeEachStorage('what shops are told for their mails', (open) => {
  it('a tier that was reached, in every shop where the member has an account; nothing when it is lost', async () => {
    const { context, clock, register, place, told } = await scene(open, { tiers: TIERS });
    await register('c1', 'e1');
    const identity = await context.db.selectFrom('member_identity').selectAll().executeTakeFirstOrThrow();
    await context.db
      .insertInto('member_identity')
      .values({ ...identity, shop_id: 'shop-2', customer_id: 'c9' })
      .execute();
    await place({ ...DONE, customerId: 'c1', emailHash: 'e1' });
    expect(await told()).toEqual([]);
    clock.advance(15 * DAY_MS);
    await releaseDuePoints(context, clock.now());
    const notice = { ...TOLD, kind: 'tier_reached', occurredAt: '2026-03-15T10:00:00.000Z', figures: { tier: 'Silver' } };
    const both = [
      { ...notice, shopId: 'shop-1', customerId: 'c1' },
      { ...notice, shopId: 'shop-2', customerId: 'c9' },
    ];
    expect(await told()).toEqual(both);
    await place({ ...DONE, customerId: 'c1', emailHash: 'e1' });
    expect(await told()).toEqual(both);
    clock.advance(400 * DAY_MS);
    await reviewTiers(context, clock.now());
    expect(await context.db.selectFrom('member').select('tier').execute()).toEqual([{ tier: null }]);
    expect(await told()).toEqual(both);
  });

  it('a friend’s purchase that was rewarded, once and to the referrer only', async () => {
    const referral = {
      codePrefix: 'DEMO',
      friendDiscount: { percentOff: 10 },
      friendMinimum: { EUR: 20 },
      referrerReward: { points: 500 },
      returnWindowDays: 14,
    };
    const { context, clock, register, place, told } = await scene(open, { referral });
    const owner = await register('owner', 'e-owner');
    await register('friend', 'e-friend');
    const referralCode = (await findMember(context.db, owner)).referral_code;
    await place({ ...DONE, customerId: 'friend', emailHash: 'e-friend', referralCode });
    clock.advance(15 * DAY_MS);
    await resolveReferrals(context, clock.now());
    await resolveReferrals(context, clock.now());
    expect(await told()).toEqual([
      {
        ...TOLD,
        shopId: 'shop-1',
        kind: 'referral_rewarded',
        customerId: 'owner',
        occurredAt: '2026-03-16T10:00:00.000Z',
        figures: { points: 500 },
      },
    ]);
  });
});
