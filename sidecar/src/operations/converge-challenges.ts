import { needsGoods, stepProgress } from '../challenge-steps/registry';
import { localDate } from '../domain/calendar';
import {
  challengeWindow,
  explainChallenge,
  factsWithin,
  isComplete,
  needsPlaces,
  type ChallengeFacts,
  type ChallengeRule,
  type ChallengeWindow,
  type StepProgress,
} from '../domain/challenge';
import { reason } from '../domain/reason';
import { subjectMiss } from '../domain/scope';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { challengeAwards, challengeFacts, saveAward, type ChallengeAward } from '../stores/challenge-store';
import { recordDecision } from '../stores/decision-store';
import { findMember } from '../stores/member-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { hasAcceptedTerms } from './has-accepted-terms';
import { memberStanding } from './member-standing';
import { postReward } from './post-reward';

/** What may have moved a challenge. */
export interface ChallengeTrigger {
  /** When it happened: of an order, when it was placed. */
  readonly at: string;
  readonly shopId: string | null;
  readonly orderId: string | null;
}

interface Running {
  readonly trx: Trx;
  readonly context: OperationContext;
  readonly member: LockedMember;
  readonly trigger: ChallengeTrigger;
  readonly published: PublishedProgramme;
}

/**
 * Makes what challenges have brought equal to what the member has done, in every window that the trigger lies in. A programme
 * without challenges costs nothing.
 */
export async function convergeChallenges(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  trigger: ChallengeTrigger,
): Promise<void> {
  const published = await context.programmes.effectiveAt(trx, member.programmeId, trigger.at);
  if (!published || published.programme.challenges.length === 0) return;
  if (!(await hasAcceptedTerms(trx, published.programme, member.memberId, context.clock.now()))) return;
  const { challenges, timeZone, baseCurrency } = published.programme;
  const day = localDate(trigger.at, timeZone);
  const open = challenges.flatMap((rule) => {
    const window = challengeWindow(rule, day, timeZone);
    return window ? [{ rule, window }] : [];
  });
  if (open.length === 0) return;
  const since = open.map(({ window }) => window.start).sort()[0] ?? '';
  const wanted = { withGoods: needsGoods(challenges), withPlaces: needsPlaces(challenges) };
  const facts = await challengeFacts(trx, { memberId: member.memberId, baseCurrency, timeZone, since, ...wanted });
  const awards = await challengeAwards(trx, member.memberId);
  const running = { trx, context, member, trigger, published };
  for (const { rule, window } of open) {
    const award = awards.find((one) => one.challenge === rule.code && one.window_start === window.start) ?? null;
    await settle(running, rule, window, facts, award);
  }
}

async function settle(
  running: Running,
  current: ChallengeRule,
  window: ChallengeWindow,
  facts: ChallengeFacts,
  award: ChallengeAward | null,
): Promise<void> {
  // What was completed is judged for ever under the terms it was completed under.
  const pinned = award && (await running.context.programmes.byVersion(running.trx, award.programme_version_id));
  const rule = pinned?.programme.challenges.find(({ code }) => code === current.code) ?? current;
  const published = pinned ?? running.published;
  const steps = stepProgress(rule, factsWithin(facts, window, { rule, channels: published.programme.channels }));
  const stands = award !== null && award.taken_back_at === null;
  if (isComplete(rule, steps) === stands) return;
  if (award === null && (await outOfScope(running, rule))) return;
  await turn({ ...running, published }, { rule, window, steps, award, complete: !stands });
}

async function outOfScope({ trx, member, trigger, published }: Running, { scope }: ChallengeRule): Promise<boolean> {
  if (scope.tiers === undefined && scope.segments === undefined) return false;
  const standing = await memberStanding(trx, published.programme, await findMember(trx, member.memberId), trigger.at);
  return subjectMiss(scope, { ...standing, at: trigger.at }) !== null;
}

interface Turn {
  readonly rule: ChallengeRule;
  readonly window: ChallengeWindow;
  readonly steps: readonly StepProgress[];
  readonly award: ChallengeAward | null;
  readonly complete: boolean;
}

/** Gives what the challenge brings, or takes it back. */
async function turn(running: Running, { rule, window, steps, award, complete }: Turn): Promise<void> {
  const { trx, context, member, trigger, published } = running;
  const { memberId, programmeId } = member;
  const now = context.clock.now();
  const decisionId = context.ids.next();
  const points = complete ? rule.points : -(award?.points ?? 0);
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'challenge',
    subject: `member:${memberId}`,
    programmeVersionId: published.versionId,
    decidedAt: now,
    inputs: { challenge: rule.code, start: window.start, end: window.end, steps },
    outcome: { points, badge: complete ? (rule.badge?.code ?? null) : null },
    reasons: [
      ...explainChallenge(rule, steps),
      ...(rule.badge ? [reason('challenge_badge', complete, { badge: rule.badge.name })] : []),
    ],
  });
  const lotId = award?.lot_id ?? `challenge:${memberId}:${rule.code}:${window.start}`;
  if (points !== 0) {
    await postReward(trx, context, member, {
      kind: 'challenge_reward',
      sourceKey: `${lotId}:${decisionId}`,
      lotId,
      points,
      occurredAt: now,
      expireAfterDays: published.programme.expireAfterDays,
      shopId: trigger.shopId,
      orderId: trigger.orderId,
      decisionId,
    });
  }
  const row: ChallengeAward = {
    member_id: memberId,
    challenge: rule.code,
    window_start: window.start,
    programme_id: programmeId,
    programme_version_id: published.versionId,
    points: complete ? rule.points : 0,
    lot_id: lotId,
    badge: rule.badge?.code ?? null,
    badge_name: rule.badge?.name ?? null,
    badge_image: rule.badge?.image ?? null,
    completed_at: complete ? now : (award?.completed_at ?? now),
    taken_back_at: complete ? null : now,
    decision_id: decisionId,
  };
  await saveAward(trx, row, award === null);
  if (complete) await tell(running, rule, `${rule.code}:${window.start}`, now);
}

async function tell({ trx, context, member }: Running, rule: ChallengeRule, key: string, occurredAt: string): Promise<void> {
  const { memberId } = member;
  const { name, points, badge } = rule;
  await announce(trx, context, { memberId, kind: 'challenge_completed', key, occurredAt, figures: { challenge: name, points } });
  if (badge === null) return;
  await announce(trx, context, { memberId, kind: 'badge_earned', key, occurredAt, figures: { badge: badge.name } });
}
