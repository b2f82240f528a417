import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import type { Posting } from '../ledger/entry';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { spendableLots, takeFromLots, type LotTake } from '../ledger/lot';
import { creditPostings } from '../ledger/movement';
import { postEntry, type LotTimes } from '../ledger/post-entry';
import { lotTimes } from '../ledger/queries';
import { inTransaction, type Trx } from '../storage/transaction';
import { findBuyer, findCompanyRow, type Company } from '../stores/company-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { projectBuyer } from './project-company';
import { projectMember } from './project-member';

export interface PoolPointsInput extends Staff {
  readonly companyId: string;
  readonly memberId: string;
  /** Whole points above 0. */
  readonly points: number;
  readonly idempotencyKey: string;
}

export type PoolRefusal = 'unknown_company' | 'not_a_buyer' | 'insufficient_points' | 'idempotency_mismatch';

/** Gives a buyer's own points to their company, which keeps when they were earned and expire. The same key posts once. */
export async function poolPoints(
  context: OperationContext,
  input: PoolPointsInput,
): Promise<Result<{ moved: boolean }, PoolRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const { companyId, memberId, points } = input;
    const company = await findCompanyRow(trx, companyId);
    if (!company) return refuse('unknown_company');
    const buyer = await findBuyer(trx, memberId);
    if (buyer?.company_id !== companyId) return refuse('not_a_buyer');
    const own = await lockMember(trx, memberId);
    const account = await lockMember(trx, company.account_member_id);
    const sourceKey = `pooling:${companyId}:${input.idempotencyKey}`;
    const known = await trx
      .selectFrom('ledger_entry')
      .innerJoin('ledger_posting', 'ledger_posting.entry_id', 'ledger_entry.entry_id')
      .select(['ledger_entry.member_id', 'ledger_posting.points'])
      .where('ledger_entry.programme_id', '=', company.programme_id)
      .where('source_key', '=', `${sourceKey}:given`)
      .where('account', '=', 'adjusted')
      .executeTakeFirst();
    if (known) {
      const isSame = known.member_id === memberId && known.points === points;
      return isSame ? success({ moved: false }) : refuse('idempotency_mismatch');
    }
    const now = context.clock.now();
    const lots = await spendableLots(trx, own, now);
    const { takes, missing } = takeFromLots(lots, points);
    if (missing > 0) return refuse('insufficient_points', { points, availablePoints: points - missing });
    await move(trx, context, { company, own, account, takes, sourceKey, input });
    await projectMember(trx, context, account);
    if (company.points_mode === 'personal') await projectBuyer(trx, context, company, memberId);
    return success({ moved: true });
  });
}

interface Move {
  readonly company: Company;
  readonly own: LockedMember;
  readonly account: LockedMember;
  readonly takes: readonly LotTake[];
  readonly sourceKey: string;
  readonly input: PoolPointsInput;
}

async function move(
  trx: Trx,
  context: OperationContext,
  { company, own, account, takes, sourceKey, input }: Move,
): Promise<void> {
  const { points } = input;
  const now = context.clock.now();
  const times = await lotTimes(
    trx,
    takes.map(({ lotId }) => lotId),
  );
  const pooled = takes.map(({ lotId, points: taken }, index) => ({ from: lotId, lotId: `${sourceKey}:${index}`, points: taken }));
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId: company.programme_id,
    memberId: own.memberId,
    kind: 'company_pooling',
    subject: `company:${company.company_id}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { company: company.name, companyId: company.company_id, lots: takes },
    outcome: { points },
    reasons: [reason('points_pooled', true, { points, reason: input.reason, actor: input.actor })],
  });
  const base = { kind: 'pooling', occurredAt: now, shopId: null, orderId: null, holdId: null, decisionId } as const;
  await postEntry(trx, context, own, {
    ...base,
    sourceKey: `${sourceKey}:given`,
    postings: [
      ...takes.map((take): Posting => ({ account: 'available', lotId: take.lotId, points: -take.points })),
      { account: 'adjusted', lotId: null, points },
    ],
  });
  await postEntry(
    trx,
    context,
    account,
    {
      ...base,
      sourceKey: `${sourceKey}:received`,
      postings: creditPostings(account, { account: 'adjusted', lotId: null, points: -points }, pooled),
    },
    new Map(
      pooled.flatMap(({ from, lotId }): [string, LotTimes][] => (times.has(from) ? [[lotId, times.get(from) as LotTimes]] : [])),
    ),
  );
}
