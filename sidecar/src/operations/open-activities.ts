import { reachedLimit, type ActivityRule } from '../domain/activity';
import { localDate } from '../domain/calendar';
import type { Programme } from '../domain/programme';
import { subjectMiss } from '../domain/scope';
import type { Db } from '../storage/transaction';
import { attemptsAt, rewardCounts } from '../stores/event-store';
import { findMember } from '../stores/member-store';
import { memberStanding } from './member-standing';

/** Kinds that members take part in by answering questions. */
export const ANSWERED_KINDS: readonly string[] = ['quiz', 'survey'];

export interface OfferedActivity {
  readonly rule: ActivityRule;
  /** How often the member answered so far. */
  readonly attempts: number;
  /** Whether another answer could still earn something. */
  readonly isOpen: boolean;
}

export function hasQuestions({ activities }: Pick<Programme, 'activities'>): boolean {
  return activities.some(({ kind }) => ANSWERED_KINDS.includes(kind));
}

/** Quizzes and surveys that are meant for a member now, with what is left of them. */
export async function offeredActivities(db: Db, programme: Programme, memberId: string, now: string): Promise<OfferedActivity[]> {
  const { tier, segments } = await memberStanding(db, programme, await findMember(db, memberId), now);
  const offered: OfferedActivity[] = [];
  for (const rule of programme.activities) {
    if (!ANSWERED_KINDS.includes(rule.kind) || subjectMiss(rule.scope, { tier, segments, at: now }) !== null) continue;
    const attempts = await attemptsAt(db, memberId, rule.kind, rule.code);
    const day = localDate(now, programme.timeZone);
    const counts = await rewardCounts(db, { memberId, activity: rule.code, localDay: day, subject: null });
    const isOpen = attempts < attemptsAllowed(rule) && reachedLimit(rule, tier, counts) === null;
    offered.push({ rule, attempts, isOpen });
  }
  return offered;
}

/** A survey has no limit of its own. */
function attemptsAllowed({ settings }: ActivityRule): number {
  const { attempts } = settings as { readonly attempts?: number };
  return attempts ?? Infinity;
}
