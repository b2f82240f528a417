import type { Judgement } from '../activity-kinds/kind';
import { activityKindOf } from '../activity-kinds/registry';
import { reachedLimit, type ActivityRule } from '../domain/activity';
import { localDate } from '../domain/calendar';
import { channelOf } from '../domain/channel';
import type { Programme } from '../domain/programme';
import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { subjectMiss } from '../domain/scope';
import type { LockedMember } from '../ledger/locked-member';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { inTransaction, type Db, type Trx } from '../storage/transaction';
import { findDecision, recordDecision } from '../stores/decision-store';
import { attemptsAt, findEvent, insertEvent, insertReward, rewardCounts, takeOne, type MemberEvent } from '../stores/event-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { findMember } from '../stores/member-store';
import type { OperationContext } from './context';
import type { MemberRef } from './find-member';
import { hasAcceptedTerms } from './has-accepted-terms';
import { lockNamedMember } from './lock-named-member';
import { memberStanding } from './member-standing';
import { convergeChallenges } from './converge-challenges';
import { postReward } from './post-reward';
import { projectMember } from './project-member';

export interface EventInput {
  readonly programmeId: string;
  /** The sender's; the same id is the same event for ever. */
  readonly eventId: string;
  readonly kind: string;
  /** The one activity it is about; null = every activity of its kind looks at it. */
  readonly activity: string | null;
  readonly member: MemberRef;
  readonly shopId: string | null;
  /** Where in the shop, as it names it; absent = nobody said. */
  readonly channelId?: string;
  readonly occurredAt: string;
  /** As the kind's schema has it. */
  readonly data: unknown;
}

export interface RecordedEvent {
  readonly eventId: string;
  readonly memberId: string;
  readonly points: number;
  readonly rewards: readonly { readonly activity: string; readonly points: number }[];
  readonly reasons: readonly Reason[];
  readonly decisionId: string;
  /** It was known already, and nothing was done again. */
  readonly repeated: boolean;
}

export type EventRefusal = 'unknown_member' | 'no_programme' | 'unknown_activity' | 'idempotency_mismatch';

/** Keeps what a member did and rewards it once, under the programme in force when it happened. */
export async function recordEvent(context: OperationContext, input: EventInput): Promise<Result<RecordedEvent, EventRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const named = await lockNamedMember(trx, input.programmeId, input.member);
    if (!named.ok) return named;
    const member = named.value;
    const known = await knownEvent(trx, input);
    if (known) return known;
    const published = await context.programmes.effectiveAt(trx, input.programmeId, input.occurredAt);
    if (!published) return refuse('no_programme');
    const rules = published.programme.activities.filter((rule) => isMeant(rule, input));
    if (input.activity !== null && rules.length === 0) return refuse('unknown_activity', { activity: input.activity });
    return success(await reward(trx, context, member, input, published, rules));
  });
}

function isMeant(rule: ActivityRule, { kind, activity }: EventInput): boolean {
  return rule.kind === kind && (activity === null || rule.code === activity);
}

/** The answer that the event was given before. */
export async function knownEvent(db: Db, input: EventInput): Promise<Result<RecordedEvent, 'idempotency_mismatch'> | null> {
  const event = await findEvent(db, input.programmeId, input.eventId);
  if (!event) return null;
  if (event.content_hash !== contentHash(input)) return refuse('idempotency_mismatch');
  const decision = await findDecision(db, event.decision_id);
  const { points, rewards } = JSON.parse(decision.outcome) as Pick<RecordedEvent, 'points' | 'rewards'>;
  const reasons = JSON.parse(decision.reasons) as Reason[];
  const { event_id: eventId, member_id: memberId, decision_id: decisionId } = event;
  return success({ eventId, memberId, points, rewards, reasons, decisionId, repeated: true });
}

async function reward(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  input: EventInput,
  published: PublishedProgramme,
  rules: readonly ActivityRule[],
): Promise<RecordedEvent> {
  const { programmeId, memberId } = member;
  const { eventId, kind } = input;
  const subject = activityKindOf(kind).subjectOf(input.data as never);
  const decisionId = context.ids.next();
  const localDay = localDate(input.occurredAt, published.programme.timeZone);
  const isBlocked = !(await hasAcceptedTerms(trx, published.programme, memberId, input.occurredAt));
  const judged: { rule: ActivityRule; judgement: Judgement }[] = [];
  for (const rule of isBlocked ? [] : [...rules].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const judgement = await judge(trx, context, member, { rule, programme: published.programme, input, subject, localDay });
    judged.push({ rule, judgement });
  }
  const rewards = judged.flatMap(({ rule, judgement: { points } }) => (points > 0 ? [{ activity: rule.code, points }] : []));
  const points = rewards.reduce((sum, one) => sum + one.points, 0);
  const reasons = isBlocked
    ? [reason('terms_not_accepted', false)]
    : judged.length === 0
      ? [reason('no_activity_of_kind', false, { kind })]
      : judged.flatMap((one) => one.judgement.reasons);
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'activity',
    subject: `event:${eventId}`,
    programmeVersionId: published.versionId,
    decidedAt: context.clock.now(),
    inputs: { kind, activity: input.activity, occurredAt: input.occurredAt, data: input.data },
    outcome: { points, rewards },
    reasons,
  });
  const row = eventRow(context, input, { memberId, subject, decisionId, rules });
  // The member is locked, so only an event of another member can have been first.
  if (!(await insertEvent(trx, row))) throw new Error(`event ${eventId} was told of two members at once`);
  for (const one of rewards) {
    await insertReward(trx, {
      programme_id: programmeId,
      event_id: eventId,
      member_id: memberId,
      subject,
      local_day: localDay,
      ...one,
    });
    const lotId = rewardLot(programmeId, eventId, one.activity);
    const { shopId, occurredAt } = input;
    const { expireAfterDays } = published.programme;
    const entry = { kind: 'activity_reward' as const, sourceKey: lotId, lotId, points: one.points, occurredAt, expireAfterDays };
    await postReward(trx, context, member, { ...entry, shopId, orderId: null, decisionId });
  }
  await convergeChallenges(trx, context, member, { at: input.occurredAt, shopId: input.shopId, orderId: null });
  if (rewards.length > 0) await projectMember(trx, context, member);
  return { eventId, memberId, points, rewards, reasons, decisionId, repeated: false };
}

/** Where the points of a reward sit, and where they are taken from first. */
export function rewardLot(programmeId: string, eventId: string, activity: string): string {
  return `event:${programmeId}:${activity}:${eventId}`;
}

interface Judging {
  readonly rule: ActivityRule;
  readonly programme: Programme;
  readonly input: EventInput;
  readonly subject: string | null;
  readonly localDay: string;
}

/** Who and when first, then the kind's own verdict, then the limits: what earns nothing uses nothing up. */
async function judge(trx: Trx, context: OperationContext, member: LockedMember, judging: Judging): Promise<Judgement> {
  const { rule, input, subject, localDay } = judging;
  const { memberId, programmeId } = member;
  const { code: activity, points, settings } = rule;
  const none = (why: Reason): Judgement => ({ points: 0, reasons: [why] });
  const { tier, segments } = await memberStanding(trx, judging.programme, await findMember(trx, memberId), context.clock.now());
  const channel = channelOf(judging.programme.channels ?? [], input)?.code ?? null;
  const miss = subjectMiss(rule.scope, { tier, segments, channel, at: input.occurredAt });
  if (miss !== null) return none(reason(`activity_${miss}`, false, { activity, tier, at: input.occurredAt }));
  const attempts = input.activity === null ? 0 : await attemptsAt(trx, memberId, input.kind, activity);
  const judged = { activity, points, settings: settings as never, data: input.data as never, attempts };
  const verdict = activityKindOf(rule.kind).judge(judged);
  if (verdict.points === 0) return verdict;
  const reached = reachedLimit(rule, tier, await rewardCounts(trx, { memberId, activity, localDay, subject }));
  if (reached) return none(reached);
  if (rule.altogether !== null && !(await takeOne(trx, programmeId, activity, rule.altogether))) {
    return none(reason('activity_all_given', false, { activity, limit: rule.altogether }));
  }
  return verdict;
}

export function contentHash(input: EventInput): string {
  return sha256Hex(canonicalJson(input));
}

function eventRow(
  context: OperationContext,
  input: EventInput,
  more: { memberId: string; subject: string | null; decisionId: string; rules: readonly ActivityRule[] },
): MemberEvent {
  const kind = activityKindOf(input.kind);
  const said = more.rules.map(({ settings }) => kind.recommends?.(settings as never, input.data as never) ?? null);
  return {
    programme_id: input.programmeId,
    event_id: input.eventId,
    member_id: more.memberId,
    shop_id: input.shopId,
    channel_id: input.channelId ?? null,
    kind: input.kind,
    activity: input.activity,
    subject: more.subject,
    occurred_at: input.occurredAt,
    received_at: context.clock.now(),
    content_hash: contentHash(input),
    data: JSON.stringify(input.data),
    recommends: said.find((score) => score !== null) ?? null,
    decision_id: more.decisionId,
    revoked_at: null,
  };
}
