import { addDays } from '../domain/instant';
import type { Reason } from '../domain/reason';
import { reviewTier } from '../domain/tier';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { findMember } from '../stores/member-store';
import { qualifyingTotal } from '../stores/position-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { announce } from './announce';
import type { OperationContext } from './context';

export interface TierMove {
  readonly published: PublishedProgramme;
  readonly from: string | null;
  readonly to: string | null;
  readonly isRise: boolean;
  readonly missedSince: string | null;
  readonly at: string;
  readonly metricValue: number;
  readonly reasons: readonly Reason[];
}

/** Sum of the programme's tier metric in the window that ends at an instant. */
export async function tierMetric(trx: Trx, published: PublishedProgramme, memberId: string, at: string): Promise<number> {
  const { metric, windowDays } = published.programme.tiers;
  return qualifyingTotal(trx, memberId, metric, addDays(at, -windowDays), at);
}

/** Lifts a member to the tier reached at an instant. Never lowers: that is the nightly review's, with its grace. */
export async function raiseTier(trx: Trx, context: OperationContext, member: LockedMember, at: string): Promise<void> {
  const published = await context.programmes.effectiveAt(trx, member.programmeId, at);
  if (!published || published.programme.tiers.levels.length === 0) return;
  const row = await findMember(trx, member.memberId);
  const metricValue = await tierMetric(trx, published, member.memberId, at);
  const review = reviewTier(published.programme.tiers, { tier: row.tier, missedSince: row.tier_missed_since }, metricValue, at);
  if (review.change !== 'up') return;
  await moveTier(trx, context, member, {
    published,
    from: row.tier,
    to: review.tier,
    isRise: true,
    missedSince: review.missedSince,
    at,
    metricValue,
    reasons: review.reasons,
  });
}

/** Records a change of tier with its decision. */
export async function moveTier(trx: Trx, context: OperationContext, member: LockedMember, move: TierMove): Promise<void> {
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'tier',
    subject: `member:${member.memberId}`,
    programmeVersionId: move.published.versionId,
    decidedAt: context.clock.now(),
    inputs: { tier: move.from, metricValue: move.metricValue, at: move.at },
    outcome: { tier: move.to },
    reasons: move.reasons,
  });
  await trx
    .insertInto('tier_change')
    .values({
      change_id: context.ids.next(),
      programme_id: member.programmeId,
      member_id: member.memberId,
      from_tier: move.from,
      to_tier: move.to,
      effective_from: move.at,
      decision_id: decisionId,
    })
    .execute();
  await trx
    .updateTable('member')
    .set({ tier: move.to, tier_since: move.at, tier_missed_since: move.missedSince })
    .where('member_id', '=', member.memberId)
    .execute();
  const level = move.published.programme.tiers.levels.find(({ code }) => code === move.to);
  if (!move.isRise || !level) return;
  await announce(trx, context, {
    memberId: member.memberId,
    kind: 'tier_reached',
    key: decisionId,
    occurredAt: move.at,
    figures: { tier: level.name },
  });
}
