import { isOver, MAX_COMPANIES_A_LIST, MAX_LISTS_A_COMPANY } from '../domain/price-list';
import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, StateMoved, type Trx } from '../storage/transaction';
import { findCompanyRow, type Company } from '../stores/company-store';
import { recordDecision } from '../stores/decision-store';
import {
  changePriceList,
  countCompanies,
  deleteAssignment,
  findPriceList,
  insertAssignment,
  listsOfCompany,
  validityOf,
  type PriceList,
} from '../stores/price-list-store';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { projectBuyers } from './project-company';

export interface AssignPriceListInput extends Staff {
  readonly programmeId: string;
  readonly code: string;
  readonly companyId: string;
}

export type AssignmentRefusal =
  'unknown_list' | 'unknown_company' | 'company_closed' | 'too_many_companies' | 'too_many_lists_of_company';

type Changed = Result<{ readonly changed: boolean }, AssignmentRefusal>;

/** Lets the buyers of a company buy at the prices of a list. The same again changes nothing. */
export async function assignPriceList(context: OperationContext, input: AssignPriceListInput): Promise<Changed> {
  const why = reason('price_list_assigned', true, { actor: input.actor, reason: input.reason });
  return changeAssignment(context, input, why, async (trx, list, company, now) => {
    if (company.status === 'closed') return refuse('company_closed');
    const { list_id, code } = list;
    const assignment = { list_id, company_id: company.company_id, programme_id: list.programme_id, assigned_at: now, due: 0 };
    const present = await listsOfCompany(trx, company.company_id);
    if (present.some((one) => one.code === code)) return success({ changed: false });
    if (present.filter((one) => !isOver(validityOf(one), now)).length >= MAX_LISTS_A_COMPANY) {
      return refuse('too_many_lists_of_company', { lists: MAX_LISTS_A_COMPANY });
    }
    if ((await countCompanies(trx, list_id)) >= MAX_COMPANIES_A_LIST) {
      return refuse('too_many_companies', { companies: MAX_COMPANIES_A_LIST });
    }
    return success({ changed: await insertAssignment(trx, assignment) });
  });
}

/** Takes the prices of a list from a company. */
export async function unassignPriceList(context: OperationContext, input: AssignPriceListInput): Promise<Changed> {
  const why = reason('price_list_unassigned', true, { actor: input.actor, reason: input.reason });
  return changeAssignment(context, input, why, async (trx, list, company) =>
    success({ changed: await deleteAssignment(trx, list.list_id, company.company_id) }),
  );
}

async function changeAssignment(
  context: OperationContext,
  input: AssignPriceListInput,
  why: Reason,
  change: (trx: Trx, list: PriceList, company: Company, now: string) => Promise<Changed>,
): Promise<Changed> {
  const { programmeId, code, companyId } = input;
  return inTransaction(context.db, async (trx) => {
    const list = await findPriceList(trx, programmeId, code);
    if (!list) return refuse('unknown_list');
    const seen = await findCompanyRow(trx, companyId);
    if (seen?.programme_id !== programmeId) return refuse('unknown_company');
    const now = context.clock.now();
    if (!(await changePriceList(trx, list, {}, now))) throw new StateMoved();
    const account = await lockMember(trx, seen.account_member_id);
    // Read under the lock: it may have been closed meanwhile.
    const company = (await findCompanyRow(trx, companyId)) ?? seen;
    const result = await change(trx, list, company, now);
    if (!result.ok || !result.value.changed) return result;
    await recordDecision(trx, {
      decisionId: context.ids.next(),
      programmeId,
      memberId: company.account_member_id,
      kind: 'price_list_company',
      subject: `company:${companyId}`,
      programmeVersionId: null,
      decidedAt: now,
      inputs: { list: code, company: company.name },
      outcome: { from: list.valid_from, until: list.valid_until },
      reasons: [why],
    });
    await projectBuyers(trx, context, { company, account, only: null });
    return result;
  });
}
