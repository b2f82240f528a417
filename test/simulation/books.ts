import { isDeepStrictEqual } from 'node:util';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { recentHistory } from '../../sidecar/src/operations/member-history';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { SHOP_ID, type SimulatedShop } from './simulated-shop';

/** Everything that must be the same after a run with faults as after one without; ids and versions left out. */
export interface Books {
  readonly customers: Record<string, unknown>;
  readonly orders: Record<string, unknown>;
  readonly lots: readonly unknown[];
  readonly referrals: readonly unknown[];
  readonly volumeRewards: readonly unknown[];
  readonly mirrors: Record<string, unknown>;
}

export async function readBooks(storage: Storage, shop: SimulatedShop, level: 'exact' | 'linear'): Promise<Books> {
  const { db } = storage;
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
    customers[customerId] = { ...rest, accounts };
  }
  const positions = await db
    .selectFrom('order_position')
    .select(['order_id', 'pinned', 'pending_points', 'available_points', 'redeemed_points', 'released', 'release_at'])
    .orderBy('order_id')
    .execute();
  const orders = Object.fromEntries(positions.map(({ order_id: orderId, ...position }) => [orderId, position]));
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
    mirrors: await mirrors(storage, shop),
  };
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
async function mirrors(storage: Storage, shop: SimulatedShop): Promise<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const [resource, state] of [...shop.pushed].sort(([left], [right]) => left.localeCompare(right))) {
    if (!resource.startsWith('member:')) continue;
    const mirror = JSON.parse(state) as Record<string, unknown>;
    const customerId = resource.slice('member:'.length);
    const booked = (await recentHistory(storage.db, SHOP_ID, [customerId])).get(customerId);
    if (!isDeepStrictEqual(mirror['history'], booked))
      throw new Error(`the history shown of ${customerId} is not that of the books`);
    for (const differing of ['version', 'referralCode', 'history']) Reflect.deleteProperty(mirror, differing);
    shown[resource] = mirror;
  }
  return shown;
}
