/** Paid memberships of members, and what they follow from. */
import type { MembershipPurchase } from '../domain/membership';
import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

export type PurchaseRow = Row<'membership_purchase'>;
export type SpellRow = Row<'membership_spell'>;

/** Keeps what an order buys of a plan; no units = nothing. The member is locked. Returns whether that is new. */
export async function savePurchase(trx: Trx, row: PurchaseRow): Promise<boolean> {
  const ofOrder = trx
    .selectFrom('membership_purchase')
    .selectAll()
    .where('shop_id', '=', row.shop_id)
    .where('order_id', '=', row.order_id)
    .where('plan_code', '=', row.plan_code);
  const known = await ofOrder.executeTakeFirst();
  if (known ? known.units === row.units && known.paid_at === row.paid_at : row.units === 0) return false;
  await trx
    .deleteFrom('membership_purchase')
    .where('shop_id', '=', row.shop_id)
    .where('order_id', '=', row.order_id)
    .where('plan_code', '=', row.plan_code)
    .execute();
  if (row.units > 0) await trx.insertInto('membership_purchase').values(row).execute();
  return true;
}

export async function purchasesOf(trx: Trx, memberId: string, planCode: string): Promise<MembershipPurchase[]> {
  const rows = await trx
    .selectFrom('membership_purchase')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('plan_code', '=', planCode)
    .execute();
  return rows.map(({ shop_id: shopId, order_id: orderId, paid_at: paidAt, units, months, days, grace_days: graceDays }) => {
    return { orderKey: `${shopId}:${orderId}`, paidAt, units, months, days, graceDays };
  });
}

/** Of one plan, or of all; oldest first. */
export async function spellsOf(db: Db, memberId: string, planCode: string | null = null): Promise<SpellRow[]> {
  const query = db.selectFrom('membership_spell').selectAll().where('member_id', '=', memberId).orderBy('starts_at');
  return (planCode === null ? query : query.where('plan_code', '=', planCode)).execute();
}

export async function replaceSpells(trx: Trx, memberId: string, planCode: string, rows: readonly SpellRow[]): Promise<void> {
  await trx.deleteFrom('membership_spell').where('member_id', '=', memberId).where('plan_code', '=', planCode).execute();
  if (rows.length > 0) await trx.insertInto('membership_spell').values(rows).execute();
}

/** Plans that several members are in at an instant. */
export async function plansAt(db: Db, memberIds: readonly string[], at: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (memberIds.length === 0) return found;
  const rows = await db
    .selectFrom('membership_spell')
    .select(['member_id', 'plan_code'])
    .where('member_id', 'in', memberIds)
    .where('starts_at', '<=', at)
    .where('grace_ends_at', '>', at)
    .orderBy('plan_code')
    .execute();
  for (const row of rows) found.set(row.member_id, [...(found.get(row.member_id) ?? []), row.plan_code]);
  return found;
}

/** Spells that are over and of which the shops have yet to hear, longest ago first. */
export async function lapsingSpells(db: Db, now: string, limit: number): Promise<SpellRow[]> {
  return db
    .selectFrom('membership_spell')
    .selectAll()
    .where('lapsed', '=', 0)
    .where('grace_ends_at', '<=', now)
    .orderBy('grace_ends_at')
    .orderBy('member_id')
    .limit(limit)
    .execute();
}

/** Spells that end until an instant, of whose end the member was not told. */
export async function endingSpells(
  db: Db,
  {
    programmeId,
    planCode,
    now,
    until,
    limit,
  }: { programmeId: string; planCode: string; now: string; until: string; limit: number },
): Promise<SpellRow[]> {
  return db
    .selectFrom('membership_spell')
    .selectAll()
    .where('ending_told', '=', 0)
    .where('ends_at', '>', now)
    .where('ends_at', '<=', until)
    .where('programme_id', '=', programmeId)
    .where('plan_code', '=', planCode)
    .orderBy('ends_at')
    .orderBy('member_id')
    .limit(limit)
    .execute();
}

/** False when the spell was marked, or is another one now. */
export async function markSpell(trx: Trx, spell: SpellRow, mark: 'lapsed' | 'ending_told'): Promise<boolean> {
  const marked = await trx
    .updateTable('membership_spell')
    .set(mark === 'lapsed' ? { lapsed: 1 } : { ending_told: 1 })
    .where('member_id', '=', spell.member_id)
    .where('plan_code', '=', spell.plan_code)
    .where('starts_at', '=', spell.starts_at)
    .where('ends_at', '=', spell.ends_at)
    .where(mark, '=', 0)
    .executeTakeFirst();
  return marked.numUpdatedRows === 1n;
}

export async function welcomeOf(trx: Trx, memberId: string, planCode: string): Promise<Row<'membership_welcome'> | undefined> {
  return trx
    .selectFrom('membership_welcome')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('plan_code', '=', planCode)
    .executeTakeFirst();
}

export async function welcomesOf(trx: Trx, memberId: string): Promise<Row<'membership_welcome'>[]> {
  return trx.selectFrom('membership_welcome').selectAll().where('member_id', '=', memberId).orderBy('plan_code').execute();
}

/** The member is locked. No points = none were given, or they were taken back. */
export async function saveWelcome(trx: Trx, row: Row<'membership_welcome'>): Promise<void> {
  await trx
    .deleteFrom('membership_welcome')
    .where('member_id', '=', row.member_id)
    .where('plan_code', '=', row.plan_code)
    .execute();
  if (row.points > 0) await trx.insertInto('membership_welcome').values(row).execute();
}
