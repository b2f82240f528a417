import { liabilityOf } from '../domain/redemption';
import { rulePriorityOf } from '../domain/shop-settings';
import { programmeTotals } from '../ledger/queries';
import { toInteger, type Db } from '../storage/transaction';
import { membersByTier } from '../stores/member-store';
import { removalsLeft } from '../stores/desired-state-store';
import { findShopById } from '../stores/shop-store';
import type { OperationContext } from './context';

export interface ShopOverview {
  readonly programme: { readonly name: string; readonly versionNumber: number } | null;
  readonly points: { readonly available: number; readonly pending: number; readonly held: number; readonly owed: number };
  /** What outstanding points are worth in the programme's base currency; null when it redeems none. */
  readonly liability: { readonly minor: number; readonly currency: string } | null;
  readonly tiers: readonly { readonly name: string | null; readonly members: number }[];
  /** Orders whose refund nobody has itemised. */
  readonly reviews: readonly { readonly orderNumber: string; readonly refundedAt: string }[];
  /** Of the rules behind tier prices; null where the platform has none. */
  readonly rulePriority: number | null;
  /** How much of what we made in the shop has yet to be removed there; null = the shop is not being left. */
  readonly leaving: { readonly left: number } | null;
  /** Deliveries and resources of this shop that wait, and those that were given up. */
  readonly backlog: { readonly waiting: number; readonly givenUp: number };
}

const REVIEWS = 50;

/** What a merchant sees of the programme of a shop. */
export async function shopOverview(
  context: OperationContext,
  shop: { shopId: string; programmeId: string },
): Promise<ShopOverview> {
  const { db, clock, programmes } = context;
  const published = await programmes.effectiveAt(db, shop.programmeId, clock.now());
  const totals = await programmeTotals(db, shop.programmeId);
  const outstanding = totals.available + totals.pending + totals.held;
  const members = await membersByTier(db, shop.programmeId);
  const row = await findShopById(db, shop.shopId);
  const levels = published?.programme.tiers.levels ?? [];
  return {
    programme: published && { name: published.programme.name, versionNumber: published.versionNumber },
    points: { available: totals.available, pending: totals.pending, held: totals.held, owed: 0 - totals.debt },
    liability: published && liabilityOf(published.programme, outstanding),
    tiers: [
      { name: null, members: members.get(null) ?? 0 },
      ...levels.map((level) => ({ name: level.name, members: members.get(level.code) ?? 0 })),
    ],
    reviews: await openReviews(db, shop.shopId),
    rulePriority: row?.platform === 'shopware' ? rulePriorityOf(JSON.parse(row.settings) as Record<string, unknown>) : null,
    leaving: row?.status === 'leaving' ? { left: await removalsLeft(db, shop.shopId) } : null,
    backlog: await shopBacklog(db, shop.shopId),
  };
}

async function openReviews(db: Db, shopId: string): Promise<ShopOverview['reviews']> {
  const rows = await db
    .selectFrom('order_position')
    .select(['order_number', 'updated_at'])
    .where('shop_id', '=', shopId)
    .where('needs_review', '=', 1)
    .orderBy('updated_at', 'desc')
    .limit(REVIEWS)
    .execute();
  return rows.map((row) => ({ orderNumber: row.order_number, refundedAt: row.updated_at }));
}

async function shopBacklog(db: Db, shopId: string): Promise<ShopOverview['backlog']> {
  const deliveries = await db
    .selectFrom('inbox_message')
    .select((eb) => ['status', eb.fn.countAll().as('count')])
    .where('shop_id', '=', shopId)
    .where('status', 'in', ['pending', 'dead'])
    .groupBy('status')
    .execute();
  const resources = await db
    .selectFrom('desired_state')
    .select((eb) => ['dead', eb.fn.countAll().as('count')])
    .where('shop_id', '=', shopId)
    .where('dirty', '=', 1)
    .groupBy('dead')
    .execute();
  const delivered = (status: string): number => toInteger(deliveries.find((row) => row.status === status)?.count);
  const shown = (dead: number): number => toInteger(resources.find((row) => row.dead === dead)?.count);
  return { waiting: delivered('pending') + shown(0), givenUp: delivered('dead') + shown(1) };
}
