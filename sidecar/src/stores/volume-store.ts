import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

/** What an incentive has paid a member, by window; in one window when its start is given. */
export async function volumeRewards(
  db: Db,
  memberId: string,
  incentiveCode: string,
  windowStart?: string,
): Promise<Row<'volume_reward'>[]> {
  const query = db
    .selectFrom('volume_reward')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('incentive_code', '=', incentiveCode);
  return (windowStart === undefined ? query : query.where('window_start', '=', windowStart)).execute();
}

/** The member's lock is held, so what was read still holds. */
export async function saveVolumeReward(trx: Trx, row: Row<'volume_reward'>, isNew: boolean): Promise<void> {
  if (isNew) {
    await trx.insertInto('volume_reward').values(row).execute();
    return;
  }
  const { points, decision_id: decisionId, updated_at: updatedAt } = row;
  await trx
    .updateTable('volume_reward')
    .set({ points, decision_id: decisionId, updated_at: updatedAt })
    .where('member_id', '=', row.member_id)
    .where('incentive_code', '=', row.incentive_code)
    .where('window_start', '=', row.window_start)
    .execute();
}
