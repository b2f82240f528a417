import { isDeepStrictEqual } from 'node:util';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { recentHistory } from '../../sidecar/src/operations/member-history';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { campaignPoints } from './campaigns';
import type { Scenario } from './simulate';
import { SHOP_ID, type SimulatedShop } from './simulated-shop';

/** Fields of a mirror that tell how many points there are. */
const POINTS_SHOWN = ['availablePoints', 'pendingPoints', 'debtPoints', 'heldPoints', 'nextExpiry', 'redeemLimit'];

/** Everything that must be the same after a run with faults as after one without; ids and versions left out. */
export interface Books {
  readonly customers: Record<string, unknown>;
  readonly orders: Record<string, unknown>;
  readonly lots: readonly unknown[];
  readonly referrals: readonly unknown[];
  readonly volumeRewards: readonly unknown[];
  /** Of all campaigns. */
  readonly campaignPoints: number;
  readonly mirrors: Record<string, unknown>;
}

export async function readBooks(storage: Storage, shop: SimulatedShop, scenario: Scenario): Promise<Books> {
  const { db } = storage;
  const { name: level } = scenario;
  const campaigns = await campaignPoints(storage, scenario);
  // Who gets what is left of a budget hangs on who is heard of first; only what others gave must be the same then.
  const isContested = level === 'linear' && scenario.hasCampaigns;
  const verified = await verifyBooks(db);
  if (!verified.ok) throw new Error(`verify: ${verified.difference}`);
  const identities = await db
    .selectFrom('member_identity')
    .innerJoin('member', 'member.member_id', 'member_identity.member_id')
    .innerJoin('member_account', 'member_account.member_id', 'member_identity.member_id')
    .select(['customer_id', 'member_identity.member_id', 'tier', 'tier_since', 'pending', 'available', 'held', 'debt'])
    .orderBy('customer_id')
    .execute();
  const nameOf = new Map(identities.map((identity) => [identity.member_id, identity.customer_id]));
  const customers: Record<string, unknown> = {};
  for (const { customer_id: customerId, member_id: memberId, ...rest } of identities) {
    const sums = await db
      .selectFrom('ledger_posting')
      .select((eb) => ['account', eb.fn.sum('points').as('points')])
      .where('member_id', '=', memberId)
      .groupBy('account')
      .execute();
    const accounts: Record<string, number> = Object.fromEntries(
      sums.map((row): [string, number] => [row.account, Number(row.points)]).filter(([, points]) => points !== 0),
    );
    const ofCampaigns = campaigns.ofMember.get(memberId) ?? 0;
    customers[customerId] = isContested ? withoutCampaigns(rest, accounts, ofCampaigns) : { ...rest, accounts };
  }
  const positions = await db
    .selectFrom('order_position')
    .select(['order_id', 'pinned', 'pending_points', 'available_points', 'redeemed_points', 'released', 'release_at'])
    .orderBy('order_id')
    .execute();
  const orders = Object.fromEntries(
    positions.map(({ order_id: orderId, pending_points: pending, available_points: available, ...position }) => {
      const points = pending + available - (campaigns.ofOrder.get(orderId) ?? 0);
      return [
        orderId,
        isContested ? { ...position, pinned: withoutNames(position.pinned), points } : { ...position, pending, available },
      ];
    }),
  );
  const referrals = await db
    .selectFrom('referral')
    .select(['friend_member_id', 'referrer_member_id', 'order_id', 'status', 'reason', 'rewarded_points'])
    .execute();
  const lots =
    level === 'exact'
      ? await db.selectFrom('lot').select(['member_id', 'lot_id', 'pending', 'available', 'held', 'expires_at']).execute()
      : [];
  const volumeRewards = await db
    .selectFrom('volume_reward')
    .select(['member_id', 'window_start', 'points'])
    .where('points', '>', 0)
    .execute();
  const named = (memberId: string): string => nameOf.get(memberId) ?? 'nobody';
  return {
    customers,
    orders,
    lots: sorted(
      lots.map(({ member_id: memberId, lot_id: lotId, ...lot }) => ({
        ...lot,
        owner: named(memberId),
        lot: rename(lotId, nameOf),
      })),
    ),
    referrals: sorted(
      referrals.map(({ friend_member_id: friend, referrer_member_id: referrer, ...referral }) => ({
        ...referral,
        friend: named(friend),
        referrer: named(referrer),
      })),
    ),
    volumeRewards: sorted(volumeRewards.map(({ member_id: memberId, ...reward }) => ({ ...reward, owner: named(memberId) }))),
    campaignPoints: sum(campaigns.ofOrder.values()),
    mirrors: await mirrors(storage, shop, isContested),
  };
}

/** What points a member has is one number then: which of it is owed or waits hangs on the campaigns. */
function withoutCampaigns(
  { tier, pending, available, held, debt }: Record<'pending' | 'available' | 'held' | 'debt', number> & { tier: string | null },
  { redeemed = 0, issued = 0 }: Readonly<Record<string, number>>,
  ofCampaigns: number,
) {
  return { tier, points: pending + available + held - debt - ofCampaigns, redeemed, issued: issued + ofCampaigns };
}

/** An order keeps the names of the campaigns that gave it something. */
function withoutNames(pinned: string): unknown {
  const terms = JSON.parse(pinned) as Record<string, unknown>;
  return { ...terms, campaigns: null };
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

/** Lot ids of rewards contain a member id, which differs from run to run. */
function rename(lotId: string, nameOf: ReadonlyMap<string, string>): string {
  return lotId.replace(/[^:]+/g, (part) => nameOf.get(part) ?? part);
}

function sorted<T>(rows: readonly T[]): T[] {
  return [...rows].sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));
}

/**
 * What the shop shows of each member at the end. Its history tells when the sidecar heard of what, which faults change;
 * it is compared with the books of its own run.
 */
async function mirrors(storage: Storage, shop: SimulatedShop, isContested: boolean): Promise<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const [resource, state] of [...shop.pushed].sort(([left], [right]) => left.localeCompare(right))) {
    if (!resource.startsWith('member:')) continue;
    const mirror = JSON.parse(state) as Record<string, unknown>;
    const customerId = resource.slice('member:'.length);
    const booked = (await recentHistory(storage.db, SHOP_ID, [customerId])).get(customerId);
    if (!isDeepStrictEqual(mirror['history'], booked))
      throw new Error(`the history shown of ${customerId} is not that of the books`);
    for (const differing of ['version', 'referralCode', 'history', ...(isContested ? POINTS_SHOWN : [])])
      Reflect.deleteProperty(mirror, differing);
    shown[resource] = mirror;
  }
  return shown;
}
