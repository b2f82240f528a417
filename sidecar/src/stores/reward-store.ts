/** What members took from the reward catalogue, and what is left of it. */
import type { FulfilmentState } from '../domain/catalogue-reward';
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type RewardRedemption = Row<'reward_redemption'>;

export async function findRedemption(db: Db, redemptionId: string): Promise<RewardRedemption | undefined> {
  return db.selectFrom('reward_redemption').selectAll().where('redemption_id', '=', redemptionId).executeTakeFirst();
}

export async function redemptionByKey(db: Db, programmeId: string, key: string): Promise<RewardRedemption | undefined> {
  return db
    .selectFrom('reward_redemption')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** False when another transaction was first with the key. */
export async function insertRedemption(trx: Trx, row: RewardRedemption): Promise<boolean> {
  return insertOnce(trx, 'reward_redemption', row);
}

export interface RedemptionMove {
  readonly state: FulfilmentState;
  readonly actor: string;
  readonly note: string | null;
  readonly decisionId: string;
  readonly at: string;
}

/** The member is locked. False when the redemption was no longer in the state it is moved from. */
export async function moveState(trx: Trx, from: RewardRedemption, { state, at }: RedemptionMove): Promise<boolean> {
  const moved = await trx
    .updateTable('reward_redemption')
    .set({ state, updated_at: at })
    .where('redemption_id', '=', from.redemption_id)
    .where('state', '=', from.state)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

export async function addStep(trx: Trx, redemption: RewardRedemption, move: RedemptionMove): Promise<void> {
  const { redemption_id: redemptionId, member_id: memberId } = redemption;
  const steps = await stepsOf(trx, redemptionId);
  const { state, actor, note, decisionId, at } = move;
  const step = { redemption_id: redemptionId, position: steps.length, member_id: memberId, state, actor, note };
  await trx
    .insertInto('reward_redemption_step')
    .values({ ...step, decision_id: decisionId, at })
    .execute();
}

export async function stepsOf(db: Db, redemptionId: string): Promise<Row<'reward_redemption_step'>[]> {
  return db
    .selectFrom('reward_redemption_step')
    .selectAll()
    .where('redemption_id', '=', redemptionId)
    .orderBy('position')
    .execute();
}

/** Units of each reward that a member has had, without those cancelled. */
export async function takenByMember(db: Db, memberId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('reward_redemption')
    .select((eb) => ['reward_code', eb.fn.sum('quantity').as('taken')])
    .where('member_id', '=', memberId)
    .where('state', '!=', 'cancelled')
    .groupBy('reward_code')
    .execute();
  return new Map(rows.map((row) => [row.reward_code, toInteger(row.taken)]));
}

/** A member's redemptions, latest first. */
export async function latestRedemptions(db: Db, memberId: string, limit: number): Promise<RewardRedemption[]> {
  return db
    .selectFrom('reward_redemption')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('redemption_id', 'desc')
    .limit(limit)
    .execute();
}

export interface RedemptionFilter {
  /** Null = of all programmes. */
  readonly programmeId: string | null;
  readonly memberId: string | null;
  readonly state: FulfilmentState | null;
  readonly rewardCode: string | null;
}

/** A page in the order of their ids, which is that of time. */
export async function listRedemptions(
  db: Db,
  filter: RedemptionFilter,
  after: string,
  limit: number,
): Promise<RewardRedemption[]> {
  const { programmeId, memberId, state, rewardCode } = filter;
  let query = db.selectFrom('reward_redemption').selectAll().where('redemption_id', '>', after);
  if (programmeId !== null) query = query.where('programme_id', '=', programmeId);
  if (memberId !== null) query = query.where('member_id', '=', memberId);
  if (state !== null) query = query.where('state', '=', state);
  if (rewardCode !== null) query = query.where('reward_code', '=', rewardCode);
  return query.orderBy('redemption_id').limit(limit).execute();
}

/** Units of limited rewards that are taken; rewards of which none ever was are absent. */
export async function takenOfStock(db: Db, programmeId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('reward_stock').selectAll().where('programme_id', '=', programmeId).execute();
  return new Map(rows.map((row) => [row.reward_code, row.taken]));
}

/** Opens the count of a limited reward, ahead of the transactions that will move it: there it would be in each other's way. */
export async function openStock(db: Db, programmeId: string, rewardCode: string): Promise<void> {
  const known = await db
    .selectFrom('reward_stock')
    .select('taken')
    .where('programme_id', '=', programmeId)
    .where('reward_code', '=', rewardCode)
    .executeTakeFirst();
  if (!known) await insertOnce(db, 'reward_stock', { programme_id: programmeId, reward_code: rewardCode, taken: 0 });
}

/** Takes units of a limited reward. False when fewer are left. */
export async function takeStock(
  trx: Trx,
  { programmeId, rewardCode, quantity, stock }: { programmeId: string; rewardCode: string; quantity: number; stock: number },
): Promise<boolean> {
  const taken = await trx
    .updateTable('reward_stock')
    .set((eb) => ({ taken: eb('taken', '+', quantity) }))
    .where('programme_id', '=', programmeId)
    .where('reward_code', '=', rewardCode)
    .where('taken', '<=', stock - quantity)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** Puts units back for whoever comes next. */
export async function returnStock(trx: Trx, programmeId: string, rewardCode: string, quantity: number): Promise<void> {
  await trx
    .updateTable('reward_stock')
    .set((eb) => ({ taken: eb('taken', '-', quantity) }))
    .where('programme_id', '=', programmeId)
    .where('reward_code', '=', rewardCode)
    .where('taken', '>=', quantity)
    .execute();
}
