/** Buyers' requests to pay with more points than they may alone, and what became of them. */
import type { Row } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';

export type Approval = Row<'company_approval'>;
export type ApprovalStatus = Approval['status'];

export async function findApproval(db: Db, companyId: string, approvalId: string): Promise<Approval | undefined> {
  return db
    .selectFrom('company_approval')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('approval_id', '=', approvalId)
    .executeTakeFirst();
}

/** A page of a company's requests, in the order they were made; status null = all. */
export async function listApprovals(
  db: Db,
  companyId: string,
  { status, after }: { readonly status: ApprovalStatus | null; readonly after: string },
  limit: number,
): Promise<Approval[]> {
  const query = db
    .selectFrom('company_approval')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('approval_id', '>', after)
    .orderBy('approval_id')
    .limit(limit);
  return (status === null ? query : query.where('status', '=', status)).execute();
}

export type WaitingApproval = Approval & { readonly company_name: string };

/** A page of requests of all companies of a programme (null = of all) that wait for an answer, in the order they were made. */
export async function listWaiting(
  db: Db,
  { programmeId, after, limit }: { readonly programmeId: string | null; readonly after: string; readonly limit: number },
  now: string,
): Promise<WaitingApproval[]> {
  const query = db
    .selectFrom('company_approval')
    .innerJoin('company', 'company.company_id', 'company_approval.company_id')
    .selectAll('company_approval')
    .select('company.name as company_name')
    .where('company_approval.status', '=', 'pending')
    .where('company_approval.expires_at', '>', now)
    .where('company_approval.approval_id', '>', after)
    .orderBy('company_approval.approval_id')
    .limit(limit);
  return (programmeId === null ? query : query.where('company_approval.programme_id', '=', programmeId)).execute();
}

/** A buyer's request that waits for an answer. */
export async function pendingOf(db: Db, memberId: string, now: string): Promise<Approval | undefined> {
  return db
    .selectFrom('company_approval')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .orderBy('approval_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Requests of a company that wait for an answer, the oldest first; `memberId` null = of all its buyers. */
export async function waitingApprovals(
  db: Db,
  { companyId, memberId, now }: { readonly companyId: string; readonly memberId: string | null; readonly now: string },
  limit: number,
): Promise<Approval[]> {
  const query = db
    .selectFrom('company_approval')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .orderBy('approval_id')
    .limit(limit);
  return (memberId === null ? query : query.where('member_id', '=', memberId)).execute();
}

export async function countRequestsSince(db: Db, memberId: string, since: string): Promise<number> {
  const row = await db
    .selectFrom('company_approval')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('member_id', '=', memberId)
    .where('requested_at', '>=', since)
    .executeTakeFirst();
  return toInteger(row?.count);
}

export async function insertApproval(trx: Trx, approval: Approval): Promise<void> {
  await trx.insertInto('company_approval').values(approval).execute();
}

/** Ends what of a buyer waits or is unused. */
export async function withdrawApprovals(trx: Trx, memberId: string, statuses: readonly ApprovalStatus[]): Promise<void> {
  await trx
    .updateTable('company_approval')
    .set({ status: 'withdrawn' })
    .where('member_id', '=', memberId)
    .where('status', 'in', statuses)
    .where('hold_id', 'is', null)
    .execute();
}

/** False when somebody decided meanwhile, or the request is too old. */
export async function decidePending(
  trx: Trx,
  approvalId: string,
  decided: Pick<Approval, 'status' | 'expires_at' | 'decided_by'> & { readonly decided_at: string },
): Promise<boolean> {
  const updated = await trx
    .updateTable('company_approval')
    .set(decided)
    .where('approval_id', '=', approvalId)
    .where('status', '=', 'pending')
    .where('expires_at', '>', decided.decided_at)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

function usable(db: Db, now: string) {
  return db
    .selectFrom('company_approval')
    .where('status', '=', 'approved')
    .where('hold_id', 'is', null)
    .where('expires_at', '>', now);
}

/** The smallest approval of a buyer that allows so many points; undefined = there is none. */
export async function approvalFor(trx: Trx, memberId: string, points: number, now: string): Promise<string | undefined> {
  const found = await usable(trx, now)
    .select('approval_id')
    .where('member_id', '=', memberId)
    .where('points', '>=', points)
    .orderBy('points')
    .orderBy('approval_id')
    .limit(1)
    .executeTakeFirst();
  return found?.approval_id;
}

/** Uses an approval up for one redemption. False when another was quicker. */
export async function takeApproval(trx: Trx, approvalId: string, holdId: string): Promise<boolean> {
  const taken = await trx
    .updateTable('company_approval')
    .set({ hold_id: holdId })
    .where('approval_id', '=', approvalId)
    .where('status', '=', 'approved')
    .where('hold_id', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** The redemption came to nothing: its approval can be used until it expires. */
export async function freeApproval(trx: Trx, holdId: string): Promise<void> {
  await trx.updateTable('company_approval').set({ hold_id: null }).where('hold_id', '=', holdId).execute();
}

/**
 * The most points that buyers' approvals allow in one order; absent = none. For carts also those that an order under way
 * uses: it may be this very cart's.
 */
export async function approvedPoints(
  db: Db,
  memberIds: readonly string[],
  { now, forCarts }: { readonly now: string; readonly forCarts: boolean },
): Promise<ReadonlyMap<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('company_approval')
    .leftJoin('hold', 'hold.hold_id', 'company_approval.hold_id')
    .select((eb) => ['company_approval.member_id', eb.fn.max('company_approval.points').as('points')])
    .where('company_approval.member_id', 'in', memberIds)
    .where('company_approval.status', '=', 'approved')
    .where((eb) => {
      const isUnused = eb.and([eb('company_approval.hold_id', 'is', null), eb('company_approval.expires_at', '>', now)]);
      return forCarts ? eb.or([isUnused, eb('hold.status', '=', 'placed')]) : isUnused;
    })
    .groupBy('company_approval.member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, toInteger(row.points)]));
}

/** Requests of a company that wait, by buyer. */
export async function pendingByBuyer(db: Db, companyId: string, now: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('company_approval')
    .select((eb) => ['member_id', eb.fn.countAll().as('count')])
    .where('company_id', '=', companyId)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .groupBy('member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, toInteger(row.count)]));
}

/** Requests and unused approvals whose time is over, oldest first. */
export async function lapsedApprovals(db: Db, now: string, limit: number): Promise<Approval[]> {
  return db
    .selectFrom('company_approval')
    .selectAll()
    .where('status', 'in', ['pending', 'approved'])
    .where('expires_at', '<=', now)
    .where('hold_id', 'is', null)
    .orderBy('expires_at')
    .orderBy('approval_id')
    .limit(limit)
    .execute();
}

export async function expireApproval(trx: Trx, approvalId: string, now: string): Promise<boolean> {
  const updated = await trx
    .updateTable('company_approval')
    .set({ status: 'expired' })
    .where('approval_id', '=', approvalId)
    .where('status', 'in', ['pending', 'approved'])
    .where('expires_at', '<=', now)
    .where('hold_id', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}
