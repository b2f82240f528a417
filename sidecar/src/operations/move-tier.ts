import type { MemberFacts } from '../domain/qualifying';
import type { Reason } from '../domain/reason';
import { tierRank } from '../domain/tier';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { announce } from './announce';
import type { OperationContext } from './context';

export interface TierMove {
  readonly published: PublishedProgramme;
  readonly from: string | null;
  readonly to: string | null;
  readonly missedSince: string | null;
  /** Since when the member counts as having the new tier; absent = from the move on. */
  readonly since?: string | null;
  readonly at: string;
  /** What the levels looked at; null when staff decided. */
  readonly facts: MemberFacts | null;
  readonly reasons: readonly Reason[];
}

/** Records a change of tier with its decision, and tells the shops of a rise. Returns the decision's id. */
export async function moveTier(trx: Trx, context: OperationContext, member: LockedMember, move: TierMove): Promise<string> {
  const { at, from, to, published } = move;
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'tier',
    subject: `member:${member.memberId}`,
    programmeVersionId: published.versionId,
    decidedAt: context.clock.now(),
    inputs: {
      tier: from,
      at,
      ...(move.facts && { joinedAt: move.facts.joinedAt, totals: Object.fromEntries(move.facts.totals) }),
    },
    outcome: { tier: to },
    reasons: move.reasons,
  });
  await trx
    .insertInto('tier_change')
    .values({
      change_id: context.ids.next(),
      programme_id: member.programmeId,
      member_id: member.memberId,
      from_tier: from,
      to_tier: to,
      effective_from: at,
      decision_id: decisionId,
    })
    .execute();
  await trx
    .updateTable('member')
    .set({ tier: to, tier_since: move.since ?? at, tier_missed_since: move.missedSince })
    .where('member_id', '=', member.memberId)
    .execute();
  const { tiers } = published.programme;
  const level = tiers.levels.find(({ code }) => code === to);
  if (!level || tierRank(tiers, to) <= tierRank(tiers, from)) return decisionId;
  await announce(trx, context, {
    memberId: member.memberId,
    kind: 'tier_reached',
    key: decisionId,
    occurredAt: at,
    figures: { tier: level.name },
  });
  return decisionId;
}
