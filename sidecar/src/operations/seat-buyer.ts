import type { BuyerLimits } from '../domain/buyer-limit';
import { MAX_BUYERS, type CompanyRole } from '../domain/company';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { spentIntent } from '../ledger/hold';
import { lockMember, raiseVersion } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { withdrawApprovals } from '../stores/approval-store';
import {
  claimMember,
  countBuyers,
  findBuyer,
  findCompanyRow,
  insertBuyer,
  removeBuyer,
  updateBuyer,
  type Buyer,
  type Company,
} from '../stores/company-store';
import { recordDecision } from '../stores/decision-store';
import { findMemberRow } from '../stores/member-store';
import { limitsOf } from './buyer-use';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { projectBuyers } from './project-company';
import { projectMember } from './project-member';

export interface SeatBuyerInput extends Staff, BuyerLimits {
  readonly companyId: string;
  readonly memberId: string;
  readonly role: CompanyRole;
}

export type SeatRefusal =
  'unknown_company' | 'unknown_member' | 'company_closed' | 'in_another_company' | 'company_full' | 'not_a_buyer';

/**
 * Makes a member a buyer of a company, or changes the role and limits of one. What they order from now on is the
 * company's; what they had stays theirs. The same again changes nothing.
 */
export async function seatBuyer(
  context: OperationContext,
  input: SeatBuyerInput,
): Promise<Result<{ changed: boolean }, SeatRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const found = await findBoth(trx, input);
    if (!found.ok) return found;
    const { companyId, memberId } = input;
    const given = { reason: input.reason, actor: input.actor };
    await lockMember(trx, memberId);
    const account = await lockMember(trx, found.value.account_member_id);
    // Read under the locks: it may have been closed meanwhile.
    const company = (await findCompanyRow(trx, companyId)) ?? found.value;
    if (company.status === 'closed') return refuse('company_closed');
    const known = await findBuyer(trx, memberId);
    if (known && known.company_id !== companyId) return refuse('in_another_company');
    const seat = {
      role: input.role,
      points_per_order: input.pointsPerOrder,
      points_per_month: input.pointsPerMonth,
      approval_above: input.approvalAbove,
    };
    if (known) {
      const isSame = Object.entries(seat).every(([column, value]) => known[column as keyof typeof seat] === value);
      if (isSame) return success({ changed: false });
      await updateBuyer(trx, memberId, seat);
      await recordSeat(trx, context, company, { ...known, ...seat }, reason('buyer_changed', true, given));
    } else {
      if ((await countBuyers(trx, companyId)) >= MAX_BUYERS) return refuse('company_full', { buyers: MAX_BUYERS });
      if (!(await claimMember(trx, memberId, companyId))) return refuse('in_another_company');
      const buyer: Buyer = {
        member_id: memberId,
        company_id: companyId,
        programme_id: company.programme_id,
        ...seat,
        joined_at: context.clock.now(),
        tenure_id: context.ids.next(),
        spent_intent: await spentIntent(trx, memberId),
        shown_month: null,
      };
      await insertBuyer(trx, buyer, company);
      await recordSeat(trx, context, company, buyer, reason('buyer_joined', true, given));
    }
    await projectBuyers(trx, context, { company, account, only: [memberId] });
    return success({ changed: true });
  });
}

/** Parts a buyer from a company: what they order from now on is theirs, and the company keeps what it has. */
export async function unseatBuyer(
  context: OperationContext,
  input: Staff & { readonly companyId: string; readonly memberId: string },
): Promise<Result<{ changed: boolean }, SeatRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const found = await findBoth(trx, input);
    if (!found.ok) return found;
    const { companyId, memberId } = input;
    const given = { reason: input.reason, actor: input.actor };
    const own = await lockMember(trx, memberId);
    const company = found.value;
    const account = await lockMember(trx, company.account_member_id);
    const buyer = await findBuyer(trx, memberId);
    if (buyer?.company_id !== companyId) return success({ changed: false });
    await withdrawApprovals(trx, memberId, ['pending', 'approved']);
    await removeBuyer(trx, buyer, context.clock.now());
    await recordSeat(trx, context, company, buyer, reason('buyer_left', true, given));
    // Shops keep the higher version, and have seen that of both accounts together.
    await raiseVersion(trx, own, own.version + account.version);
    await projectMember(trx, context, own);
    return success({ changed: true });
  });
}

async function findBoth(
  trx: Trx,
  { companyId, memberId }: { readonly companyId: string; readonly memberId: string },
): Promise<Result<Company, SeatRefusal>> {
  const company = await findCompanyRow(trx, companyId);
  if (!company) return refuse('unknown_company');
  const member = await findMemberRow(trx, memberId);
  if (member?.programme_id !== company.programme_id) return refuse('unknown_member');
  // An account that stands for a company is nobody who buys.
  const isAccount = member.company_id !== null && (await findBuyer(trx, memberId)) === undefined;
  return isAccount ? refuse('not_a_buyer') : success(company);
}

async function recordSeat(
  trx: Trx,
  context: OperationContext,
  company: Company,
  buyer: Buyer,
  why: ReturnType<typeof reason>,
): Promise<void> {
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: company.programme_id,
    memberId: buyer.member_id,
    kind: 'company_member',
    subject: `company:${company.company_id}`,
    programmeVersionId: null,
    decidedAt: context.clock.now(),
    inputs: { company: company.name, companyId: company.company_id },
    outcome: { role: buyer.role, ...limitsOf(buyer) },
    reasons: [why],
  });
}
