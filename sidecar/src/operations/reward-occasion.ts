import { localDate, startOfDate } from '../domain/calendar';
import { addMs } from '../domain/instant';
import { judgeOccasion, type OccasionRule } from '../domain/occasion';
import { reason } from '../domain/reason';
import { voucherEnd, voucherOffer } from '../domain/voucher';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { findMember, shownAccounts } from '../stores/member-store';
import { insertOccasionReward, isDecided, lastRewardOn } from '../stores/occasion-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { memberStanding } from './member-standing';
import { hasAcceptedTerms } from './has-accepted-terms';
import { grantVoucher } from './grant-voucher';
import { postReward } from './post-reward';
import { projectMember } from './project-member';

export interface DueOccasion {
  readonly published: PublishedProgramme;
  readonly rule: OccasionRule;
  /** Date in the programme's time zone. */
  readonly dueOn: string;
  /** Of the day that is celebrated. */
  readonly year: number;
}

const HALF_DAY_MS = 43_200_000;

/** Decides once a year whether a member is rewarded for an occasion; null when that was decided before. */
export async function rewardOccasion(
  context: OperationContext,
  due: DueOccasion,
  memberId: string,
): Promise<'rewarded' | 'refused' | null> {
  return inTransaction(context.db, async (trx) => {
    const member = await lockMember(trx, memberId);
    const { rule, year, dueOn, published } = due;
    if (await isDecided(trx, memberId, rule.code, year)) return null;
    const verdict = await judge(trx, member, due, context.clock.now());
    // A holiday comes to everybody: that it is not for somebody is no decision worth keeping.
    if (!verdict.applied && rule.kind === 'holiday') return 'refused';
    const decisionId = context.ids.next();
    const voucherId = verdict.applied ? await giveVoucher(trx, context, member, due) : null;
    const points = verdict.applied ? rule.points : 0;
    const status = verdict.applied ? 'rewarded' : 'refused';
    await recordDecision(trx, {
      decisionId,
      programmeId: member.programmeId,
      memberId,
      kind: 'occasion',
      subject: `occasion:${rule.code}:${year}`,
      programmeVersionId: published.versionId,
      decidedAt: context.clock.now(),
      inputs: { occasion: rule.name, dueOn },
      outcome: { status, points, voucherId },
      reasons: [verdict],
    });
    const row = {
      member_id: memberId,
      occasion: rule.code,
      year,
      programme_id: member.programmeId,
      status,
      due_on: dueOn,
    } as const;
    await insertOccasionReward(trx, { ...row, points, voucher_id: voucherId, decision_id: decisionId });
    if (!verdict.applied) return 'refused';
    await give(trx, context, member, due, decisionId);
    return 'rewarded';
  });
}

async function judge(trx: Trx, { memberId }: LockedMember, { rule, dueOn, published }: DueOccasion, now: string) {
  const { timeZone } = published.programme;
  const row = await findMember(trx, memberId);
  // In the middle of the day, so that dates which begin at midnight elsewhere mean the same day.
  const at = addMs(startOfDate(dueOn, timeZone), HALF_DAY_MS);
  if (!(await hasAcceptedTerms(trx, published.programme, memberId, now))) return reason('terms_not_accepted', false);
  return judgeOccasion(rule, {
    dueOn,
    joinedOn: localDate(row.joined_at, timeZone),
    hasAccount: (await shownAccounts(trx, [memberId])).length > 0,
    subject: { ...(await memberStanding(trx, published.programme, row, at)), at },
    lastOn: await lastRewardOn(trx, memberId, rule.code),
  });
}

function sourceKey({ rule, year }: DueOccasion, memberId: string): string {
  return `occasion:${rule.code}:${year}:${memberId}`;
}

async function giveVoucher(
  trx: Trx,
  context: OperationContext,
  { programmeId, memberId }: LockedMember,
  due: DueOccasion,
): Promise<string | null> {
  const { voucher } = due.rule;
  const { baseCurrency } = due.published.programme;
  const offer = voucher && voucherOffer(voucher, baseCurrency, baseCurrency);
  if (!voucher || !offer) return null;
  return grantVoucher(trx, context, {
    ...offer,
    programmeId,
    memberId,
    origin: 'occasion',
    sourceKey: sourceKey(due, memberId),
    expiresAt: voucherEnd(context.clock.now(), voucher.validDays),
  });
}

async function give(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  due: DueOccasion,
  decisionId: string,
): Promise<void> {
  const { rule, published } = due;
  const occurredAt = context.clock.now();
  const key = sourceKey(due, member.memberId);
  if (rule.points > 0) {
    await postReward(trx, context, member, {
      kind: 'occasion_reward',
      sourceKey: key,
      lotId: key,
      points: rule.points,
      occurredAt,
      expireAfterDays: published.programme.expireAfterDays,
      shopId: null,
      orderId: null,
      decisionId,
    });
  }
  const figures = { occasion: rule.name, points: rule.points };
  await announce(trx, context, {
    memberId: member.memberId,
    kind: 'occasion_rewarded',
    key: `${rule.code}:${due.year}`,
    occurredAt,
    figures,
  });
  await projectMember(trx, context, member);
}
