import { type PointsMode, type TierMode } from '../domain/company';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { inTransaction, type Trx } from '../storage/transaction';
import {
  countBuyers,
  findCompanyByKey,
  findCompanyByRef,
  findCompanyRow,
  insertCompany,
  updateCompany,
  type Company,
} from '../stores/company-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';
import { openMember } from './ensure-member';
import { projectMember } from './project-member';

export interface CompanySettings {
  readonly name: string;
  readonly externalRef: string | null;
  readonly pointsMode: PointsMode;
  readonly tierMode: TierMode;
  readonly approvalDays: number;
}

export interface Staff {
  readonly reason: string;
  readonly actor: string;
}

export interface OpenCompanyInput extends CompanySettings, Staff {
  readonly programmeId: string;
  readonly idempotencyKey: string;
}

export type CompanyRefusal = 'unknown_company' | 'idempotency_mismatch' | 'reference_taken' | 'has_buyers' | 'company_closed';

/** A company with an account of its own in the books. The same key opens one company. */
export async function openCompany(
  context: OperationContext,
  input: OpenCompanyInput,
): Promise<Result<{ company: Company; opened: boolean }, CompanyRefusal>> {
  const { programmeId, idempotencyKey, reason: why, actor, ...settings } = input;
  const contentHash = sha256Hex(canonicalJson(settings));
  return inTransaction(context.db, async (trx) => {
    const known = await findCompanyByKey(trx, programmeId, idempotencyKey);
    if (known) return repeated(known, contentHash);
    const now = context.clock.now();
    const company: Company = {
      company_id: context.ids.next(),
      programme_id: programmeId,
      name: settings.name,
      external_ref: settings.externalRef,
      status: 'active',
      points_mode: settings.pointsMode,
      tier_mode: tierModeOf(settings),
      account_member_id: context.ids.next(),
      approval_days: settings.approvalDays,
      idempotency_key: idempotencyKey,
      content_hash: contentHash,
      created_at: now,
      updated_at: now,
    };
    if (!(await insertCompany(trx, company))) {
      const winner = await findCompanyByKey(trx, programmeId, idempotencyKey);
      return winner ? repeated(winner, contentHash) : refuse('reference_taken', { externalRef: settings.externalRef });
    }
    const { account_member_id: memberId, company_id: companyId } = company;
    await openMember(trx, { memberId, programmeId, at: now, companyId });
    await recordChange(trx, context, company, { reason: why, actor });
    return success({ company, opened: true });
  });
}

function repeated(known: Company, contentHash: string): Result<{ company: Company; opened: boolean }, CompanyRefusal> {
  return known.content_hash === contentHash ? success({ company: known, opened: false }) : refuse('idempotency_mismatch');
}

/** Pooled points are the company's, and so is the tier they come with. */
function tierModeOf({ pointsMode, tierMode }: Pick<CompanySettings, 'pointsMode' | 'tierMode'>): TierMode {
  return pointsMode === 'pooled' ? 'account' : tierMode;
}

export interface ChangeCompanyInput extends Staff {
  readonly companyId: string;
  /** Absent = as it is. */
  readonly changes: { readonly [K in keyof CompanySettings]?: CompanySettings[K] | undefined } & {
    readonly status?: Company['status'] | undefined;
  };
}

/** Changes a company. Whose points and tiers count, and whether it is open at all, changes only while nobody is in it. */
export async function changeCompany(
  context: OperationContext,
  { companyId, changes, ...staff }: ChangeCompanyInput,
): Promise<Result<Company, CompanyRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const seen = await findCompanyRow(trx, companyId);
    if (!seen) return refuse('unknown_company');
    const account = await lockMember(trx, seen.account_member_id);
    const before = (await findCompanyRow(trx, companyId)) ?? seen;
    const pointsMode = changes.pointsMode ?? before.points_mode;
    const after: Company = {
      ...before,
      name: changes.name ?? before.name,
      external_ref: changes.externalRef === undefined ? before.external_ref : changes.externalRef,
      status: changes.status ?? before.status,
      points_mode: pointsMode,
      tier_mode: tierModeOf({ pointsMode, tierMode: changes.tierMode ?? before.tier_mode }),
      approval_days: changes.approvalDays ?? before.approval_days,
    };
    if (canonicalJson(after) === canonicalJson(before)) return success(before);
    const isMoved =
      after.points_mode !== before.points_mode || after.tier_mode !== before.tier_mode || after.status !== before.status;
    if (isMoved && (await countBuyers(trx, companyId)) > 0) return refuse('has_buyers');
    const { external_ref: ref } = after;
    const holder = ref === null ? undefined : await findCompanyByRef(trx, after.programme_id, ref);
    if (holder && holder.company_id !== companyId) return refuse('reference_taken', { externalRef: ref });
    const { name, external_ref, status, points_mode, tier_mode, approval_days } = after;
    const updated_at = context.clock.now();
    await updateCompany(trx, companyId, { name, external_ref, status, points_mode, tier_mode, approval_days, updated_at });
    await recordChange(trx, context, after, staff);
    await projectMember(trx, context, account);
    return success({ ...after, updated_at });
  });
}

async function recordChange(trx: Trx, context: OperationContext, company: Company, staff: Staff): Promise<void> {
  const { name, external_ref: externalRef, status, points_mode: pointsMode, tier_mode: tierMode } = company;
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: company.programme_id,
    memberId: company.account_member_id,
    kind: 'company',
    subject: `company:${company.company_id}`,
    programmeVersionId: null,
    decidedAt: context.clock.now(),
    inputs: { company: name, externalRef, approvalDays: company.approval_days },
    outcome: { status, pointsMode, tierMode },
    reasons: [reason('company_changed', true, { reason: staff.reason, actor: staff.actor })],
  });
}
