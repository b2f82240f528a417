import type { AnswerForm } from '../activity-kinds/kind';
import { answerForm } from '../activity-kinds/registry';
import { reachedLimit, type ActivityRule } from '../domain/activity';
import { localDate } from '../domain/calendar';
import { channelOf, type Place } from '../domain/channel';
import type { Programme } from '../domain/programme';
import { subjectMiss } from '../domain/scope';
import type { Db } from '../storage/transaction';
import { attemptsAt, rewardCounts } from '../stores/event-store';
import { findMember } from '../stores/member-store';
import { memberStanding } from './member-standing';

export interface OfferedActivity {
  readonly rule: ActivityRule;
  readonly form: AnswerForm;
  /** How often the member answered so far. */
  readonly attempts: number;
  /** Whether another answer could still earn something. */
  readonly isOpen: boolean;
}

export function hasQuestions({ activities }: Pick<Programme, 'activities'>): boolean {
  return activities.some((rule) => answerForm(rule) !== null);
}

/** Quizzes and surveys that are meant for a member who comes from a place now, with what is left of them. */
export async function offeredActivities(
  db: Db,
  programme: Programme,
  { memberId, place }: { readonly memberId: string; readonly place: Place },
  now: string,
): Promise<OfferedActivity[]> {
  const { tier, segments } = await memberStanding(db, programme, await findMember(db, memberId), now);
  const channel = channelOf(programme.channels ?? [], place)?.code ?? null;
  const offered: OfferedActivity[] = [];
  for (const rule of programme.activities) {
    const form = answerForm(rule);
    if (form === null || subjectMiss(rule.scope, { tier, segments, channel, at: now }) !== null) continue;
    const attempts = await attemptsAt(db, memberId, rule.kind, rule.code);
    const day = localDate(now, programme.timeZone);
    const counts = await rewardCounts(db, { memberId, activity: rule.code, localDay: day, subject: null });
    const isOpen = attempts < (form.attempts ?? Infinity) && reachedLimit(rule, tier, counts) === null;
    offered.push({ rule, form, attempts, isOpen });
  }
  return offered;
}
