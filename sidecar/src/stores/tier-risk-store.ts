/** Members who were told that they may lose their tier, for as long as that is so. */
import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

/** The tier in question by member. */
export async function tiersAtRisk(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db.selectFrom('tier_risk').select(['member_id', 'tier']).where('member_id', 'in', memberIds).execute();
  return new Map(rows.map((row) => [row.member_id, row.tier]));
}

export async function saveTierRisk(trx: Trx, row: Row<'tier_risk'>): Promise<void> {
  await endTierRisk(trx, row.member_id);
  await trx.insertInto('tier_risk').values(row).execute();
}

export async function endTierRisk(trx: Trx, memberId: string): Promise<void> {
  await trx.deleteFrom('tier_risk').where('member_id', '=', memberId).execute();
}
