/** Points that were turned into money. */
import type { PayoutState } from '../domain/cashback';
import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

export type Payout = Row<'cashback_payout'>;

export async function findPayout(db: Db, payoutId: string): Promise<Payout | undefined> {
  return db.selectFrom('cashback_payout').selectAll().where('payout_id', '=', payoutId).executeTakeFirst();
}

export async function payoutByKey(db: Db, programmeId: string, key: string): Promise<Payout | undefined> {
  return db
    .selectFrom('cashback_payout')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** False when another transaction was first with the key. */
export async function insertPayout(trx: Trx, payout: Payout): Promise<boolean> {
  return insertOnce(trx, 'cashback_payout', payout);
}

export interface PayoutSettlement {
  readonly state: PayoutState;
  readonly at: string;
  readonly actor: string;
  readonly note: string | null;
}

/** False when the payout was no longer in the state it is moved from. */
export async function settlePayout(trx: Trx, payout: Payout, { state, at, actor, note }: PayoutSettlement): Promise<boolean> {
  const settled = await trx
    .updateTable('cashback_payout')
    .set({ state, settled_at: at, settled_by: actor, settled_note: note })
    .where('payout_id', '=', payout.payout_id)
    .where('state', '=', payout.state)
    .executeTakeFirst();
  return settled.numUpdatedRows === 1n;
}

export interface PayoutFilter {
  /** Null = of all programmes. */
  readonly programmeId: string | null;
  readonly memberId: string | null;
  readonly state: PayoutState | null;
}

/** A page in the order of their ids, which is that of time. */
export async function listPayouts(db: Db, filter: PayoutFilter, after: string, limit: number): Promise<Payout[]> {
  const { programmeId, memberId, state } = filter;
  let query = db.selectFrom('cashback_payout').selectAll().where('payout_id', '>', after);
  if (programmeId !== null) query = query.where('programme_id', '=', programmeId);
  if (memberId !== null) query = query.where('member_id', '=', memberId);
  if (state !== null) query = query.where('state', '=', state);
  return query.orderBy('payout_id').limit(limit).execute();
}

/** A member's payouts, latest first, with the codes of vouchers that still count. */
export async function latestPayouts(db: Db, memberId: string, limit: number) {
  return db
    .selectFrom('cashback_payout')
    .leftJoin('voucher', (join) =>
      join.onRef('voucher.voucher_id', '=', 'cashback_payout.voucher_id').on('voucher.status', '=', 'active'),
    )
    .select(['payout_id', 'cashback_name', 'points', 'cashback_payout.value_minor', 'cashback_payout.currency', 'state'])
    .select(['requested_at', 'voucher.code as voucher_code'])
    .where('cashback_payout.member_id', '=', memberId)
    .orderBy('payout_id', 'desc')
    .limit(limit)
    .execute();
}

export async function isPeriodPaid(db: Db, programmeId: string, code: string, periodStart: string): Promise<boolean> {
  const row = await db
    .selectFrom('cashback_period')
    .select('completed_at')
    .where('programme_id', '=', programmeId)
    .where('cashback_code', '=', code)
    .where('period_start', '=', periodStart)
    .executeTakeFirst();
  return row !== undefined;
}

export async function completePeriod(db: Db, period: Row<'cashback_period'>): Promise<void> {
  await insertOnce(db, 'cashback_period', period);
}

/** A page of members who have at least so many points, in the order of their ids. */
export async function membersWithPoints(
  db: Db,
  { programmeId, points, after, limit }: { programmeId: string; points: number; after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('member_account')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('available', '>=', points)
    .where('member_id', '>', after)
    .orderBy('member_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.member_id);
}
