import { activityKindOf } from '../activity-kinds/registry';
import { reachedLimit, type ActivityRule } from '../domain/activity';
import { localDate } from '../domain/calendar';
import { channelOf } from '../domain/channel';
import type { Programme } from '../domain/programme';
import { subjectMiss } from '../domain/scope';
import { NOTHING, type Gift, type Moment, type PastStanding } from './moments';
import type { PastEvent, PastMember, PastPeriod } from './past-member';
import { activityCode, type SharedBudgets } from './shared-budgets';

interface Given {
  readonly activity: string;
  readonly localDay: string;
  readonly subject: string | null;
}

/** Events of the time, each judged by the activities of the draft that look at it. */
export function pastActivities(
  programme: Programme,
  { facts }: PastMember,
  { from, until }: PastPeriod,
  budgets: SharedBudgets,
): Moment[] {
  if (programme.activities.length === 0) return [];
  const rules = [...programme.activities].sort((a, b) => (a.code < b.code ? -1 : 1));
  const given: Given[] = [];
  const tries = new Map<string, number>();
  const moments = facts.events.map((event): Moment => {
    const { kind, activity } = event;
    const named = `${kind} ${activity}`;
    const attempts = activity === null ? 0 : (tries.get(named) ?? 0);
    if (activity !== null) tries.set(named, attempts + 1);
    const meant = rules.filter((rule) => rule.kind === kind && (activity === null || rule.code === activity));
    const judge = (standing: PastStanding): Gift =>
      event.isRevoked ? NOTHING : eventGift({ programme, event, attempts, budgets, given }, meant, standing);
    return { at: event.occurredAt, judge };
  });
  return moments.filter(({ at }) => at >= from && at <= until);
}

interface Judging {
  readonly programme: Programme;
  readonly event: PastEvent;
  readonly attempts: number;
  readonly budgets: SharedBudgets;
  readonly given: Given[];
}

function eventGift(judging: Judging, rules: readonly ActivityRule[], standing: PastStanding): Gift {
  return { points: rules.reduce((sum, rule) => sum + pointsOf(judging, rule, standing), 0), voucher: null };
}

/** In the order of `record-event.ts`: who and when, the kind's verdict, then the limits. */
function pointsOf(judging: Judging, rule: ActivityRule, { tier, segments }: PastStanding): number {
  const { programme, event, attempts, budgets, given } = judging;
  const { code: activity, points: basic, settings } = rule;
  const { eventId, occurredAt: at, subject, data } = event;
  const channel = channelOf(programme.channels ?? [], event)?.code ?? null;
  if (subjectMiss(rule.scope, { tier, segments, channel, at }) !== null) return 0;
  const judged = { activity, points: basic, settings: settings as never, data: data as never, attempts };
  const { points } = activityKindOf(rule.kind).judge(judged);
  if (points === 0) return 0;
  const localDay = localDate(at, programme.timeZone);
  const own = given.filter((one) => one.activity === activity);
  const counts = {
    today: own.filter((one) => one.localDay === localDay).length,
    ever: own.length,
    aboutSubject: own.filter((one) => one.subject === subject).length,
  };
  const isLimited = rule.altogether !== null;
  if (reachedLimit(rule, tier, counts) !== null) return 0;
  if (isLimited && budgets.room(activityCode(activity), eventId) === 0) return 0;
  if (isLimited) budgets.take(activityCode(activity), { at, key: eventId, points: 1 });
  given.push({ activity, localDay, subject });
  return points;
}
