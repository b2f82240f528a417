/** What campaigns gave: to which order, and out of which budget. */
import type { CampaignBudget, CampaignGrant } from '../domain/campaign';
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export async function grantsOf(trx: Trx, shopId: string, orderId: string): Promise<CampaignGrant[]> {
  const rows = await trx
    .selectFrom('campaign_grant')
    .select(['campaign', 'granted', 'points'])
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .orderBy('campaign')
    .execute();
  return rows.map(({ campaign, granted, points }) => ({ campaign, points: granted, held: points }));
}

export async function insertGrant(trx: Trx, grant: Row<'campaign_grant'>): Promise<void> {
  await trx.insertInto('campaign_grant').values(grant).execute();
}

export async function updateGrant(trx: Trx, grant: Row<'campaign_grant'>): Promise<void> {
  const { shop_id: shopId, order_id: orderId, campaign, granted, points } = grant;
  await trx
    .updateTable('campaign_grant')
    .set({ granted, points })
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .where('campaign', '=', campaign)
    .execute();
}

/**
 * What budgets have given so far, by campaign. They are locked by an update, as a member is, so what is read holds until the
 * transaction ends.
 */
export async function lockBudgets(
  trx: Trx,
  programmeId: string,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, Pick<Row<'campaign_budget'>, 'points' | 'orders'>>> {
  if (campaigns.length === 0) return new Map();
  if ((await touchBudgets(trx, programmeId, campaigns)) < campaigns.length) {
    // Seldom, and not before the update: a key that is there already would be locked by two transactions at once.
    for (const campaign of campaigns) {
      await insertOnce(trx, 'campaign_budget', { programme_id: programmeId, campaign, points: 0, orders: 0, version: 0 });
    }
    await touchBudgets(trx, programmeId, campaigns);
  }
  const rows = await trx
    .selectFrom('campaign_budget')
    .select(['campaign', 'points', 'orders'])
    .where('programme_id', '=', programmeId)
    .where('campaign', 'in', campaigns)
    .execute();
  return new Map(rows.map(({ campaign, ...spent }) => [campaign, spent]));
}

async function touchBudgets(trx: Trx, programmeId: string, campaigns: readonly string[]): Promise<number> {
  const touched = await trx
    .updateTable('campaign_budget')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('programme_id', '=', programmeId)
    .where('campaign', 'in', campaigns)
    .executeTakeFirst();
  return Number(touched.numUpdatedRows);
}

export interface BudgetChange {
  readonly programmeId: string;
  readonly campaign: string;
  readonly budget: CampaignBudget;
  /** Negative gives back. */
  readonly points: number;
  readonly orders: number;
}

/** Takes from a budget or gives back to it. False when it would go beyond its limit; giving back always goes. */
export async function changeBudget(trx: Trx, { programmeId, campaign, budget, points, orders }: BudgetChange): Promise<boolean> {
  let query = trx
    .updateTable('campaign_budget')
    .set((eb) => ({ points: eb('points', '+', points), orders: eb('orders', '+', orders) }))
    .where('programme_id', '=', programmeId)
    .where('campaign', '=', campaign);
  if (points > 0 && budget.points !== null) query = query.where('points', '<=', budget.points - points);
  if (orders > 0 && budget.orders !== null) query = query.where('orders', '<=', budget.orders - orders);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

/** In how many other orders of a member each campaign gave something. */
export async function ordersOfMember(
  trx: Trx,
  memberId: string,
  campaigns: readonly string[],
  except: { readonly shopId: string; readonly orderId: string },
): Promise<ReadonlyMap<string, number>> {
  if (campaigns.length === 0) return new Map();
  const rows = await trx
    .selectFrom('campaign_grant')
    .select((eb) => ['campaign', eb.fn.countAll().as('orders')])
    .where('member_id', '=', memberId)
    .where('campaign', 'in', campaigns)
    .where('points', '>', 0)
    .where((eb) => eb.or([eb('shop_id', '!=', except.shopId), eb('order_id', '!=', except.orderId)]))
    .groupBy('campaign')
    .execute();
  return new Map(rows.map(({ campaign, orders }) => [campaign, toInteger(orders)]));
}

export interface CampaignSpent {
  readonly points: number;
  readonly orders: number;
}

/** What each campaign of a programme has given so far, net of what came back. */
export async function campaignSpending(db: Db, programmeId: string): Promise<ReadonlyMap<string, CampaignSpent>> {
  const rows = await db
    .selectFrom('campaign_grant')
    .select((eb) => ['campaign', eb.fn.sum('points').as('points'), eb.fn.countAll().as('orders')])
    .where('programme_id', '=', programmeId)
    .where('points', '>', 0)
    .groupBy('campaign')
    .execute();
  return new Map(
    rows.map(({ campaign, points, orders }) => [campaign, { points: toInteger(points), orders: toInteger(orders) }]),
  );
}
