import { checkBuyerLimits, type LimitRefusal } from '../domain/buyer-limit';
import type { Programme } from '../domain/programme';
import { refuse, success, type Result } from '../domain/result';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import type { Db, Trx } from '../storage/transaction';
import { approvalFor, takeApproval } from '../stores/approval-store';
import { insertCompanyHold } from '../stores/company-use-store';
import { buyerUse, limitsOf, monthStart } from './buyer-use';
import type { OperationContext } from './context';
import { lockCustomer } from './lock-customer';
import { projectConcerned } from './project-company';
import { requestApproval } from './request-approval';
import { seatOf, type Seat } from './seat';

interface LockedSeat extends Seat {
  readonly companyAccount: LockedMember;
}

/** A member who is about to spend points, and in whose account they are. */
export interface Spender {
  readonly account: LockedMember;
  /** Null = they buy for themselves. */
  readonly seat: LockedSeat | null;
}

/** The same of a customer of a shop; null when the customer is unknown. */
export async function lockBuyer(trx: Trx, shopId: string, customerId: string): Promise<Spender | null> {
  const own = await lockCustomer(trx, shopId, customerId);
  return own && withSeat(trx, own);
}

/** Locks a member's own account, and then that of their company: always in this order. Nobody joins or leaves meanwhile. */
export async function lockSpender(trx: Trx, memberId: string): Promise<Spender> {
  return withSeat(trx, await lockMember(trx, memberId));
}

async function withSeat(trx: Trx, own: LockedMember): Promise<Spender> {
  const seat = await seatOf(trx, own.memberId);
  if (seat === null) return { account: own, seat };
  const companyAccount = await lockMember(trx, seat.company.account_member_id);
  return { account: seat.isPooled ? companyAccount : own, seat: { ...seat, companyAccount } };
}

export interface BuyerWish {
  readonly shopId: string;
  readonly cartRef: string;
  readonly points: number;
}

/** Whether a buyer may spend so many points. Without the locks of `lockSpender` it is only an opinion. */
export async function checkBuyer(
  db: Db,
  { buyer }: Seat,
  points: number,
  { programme, now, alreadyHeld = 0 }: { programme: Programme; now: string; alreadyHeld?: number },
): Promise<Result<{ usesApproval: boolean }, LimitRefusal>> {
  const use = await buyerUse(db, buyer, { since: monthStart(programme, now), now });
  return checkBuyerLimits(limitsOf(buyer), { ...use, usedThisMonth: Math.max(0, use.usedThisMonth - alreadyHeld) }, points);
}

/**
 * Whether a redemption is within what a company lets its buyer do; one that lacks an approval asks for it. Within the
 * locks of `lockSpender`, so that limits hold whoever comes at once. The answer is to be kept with `noteBuyerHold`.
 */
export async function admitBuyer(
  trx: Trx,
  context: OperationContext,
  spender: Spender,
  wish: BuyerWish,
  programme: Programme,
): Promise<Result<{ readonly approvalId: string | null }, LimitRefusal>> {
  const { seat } = spender;
  if (seat === null) return success({ approvalId: null });
  const now = context.clock.now();
  const checked = await checkBuyer(trx, seat, wish.points, { programme, now });
  if (checked.ok && !checked.value.usesApproval) return success({ approvalId: null });
  if (checked.ok) {
    const approvalId = await approvalFor(trx, seat.buyer.member_id, wish.points, now);
    if (approvalId === undefined) throw new Error(`the approval of buyer ${seat.buyer.member_id} vanished under the lock`);
    return success({ approvalId });
  }
  if (checked.code !== 'approval_needed') return checked;
  const approvalId = await requestApproval(trx, context, seat, wish);
  await projectConcerned(trx, context, { company: seat.company, account: seat.companyAccount }, seat.buyer.member_id);
  return refuse('approval_needed', { ...checked.details, approvalId });
}

/** Notes a hold as one of a buyer, with the approval it uses up. */
export async function noteBuyerHold(
  trx: Trx,
  { seat }: Spender,
  hold: { readonly holdId: string; readonly placedAt: string; readonly approvalId: string | null },
): Promise<void> {
  if (seat === null) return;
  const { holdId, placedAt, approvalId } = hold;
  const { member_id, company_id, programme_id } = seat.buyer;
  await insertCompanyHold(trx, { hold_id: holdId, company_id, programme_id, member_id, placed_at: placedAt });
  if (approvalId === null) return;
  if (!(await takeApproval(trx, approvalId, holdId))) throw new Error(`approval ${approvalId} was used under the lock`);
}
