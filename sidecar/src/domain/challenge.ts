/** Challenges: what a member has to do within a time, step by step, and what doing it is worth. */
import { calendarSpan, localDate, type CalendarPeriod } from './calendar';
import { channelOf, isForOtherChannel, type Channel, type Place } from './channel';
import type { Scope } from './programme';
import { reason, type Reason } from './reason';

/** Days are those of the programme's time zone, like `2026-03-01`. */
export interface ChallengeOrder {
  readonly localDay: string;
  /** Absent where no challenge of the programme names channels. */
  readonly place?: Place;
  /** Minor units of the base currency. */
  readonly turnoverMinor: number;
  readonly items: number;
  /** What was kept of each product; empty where no step of the programme names goods. */
  readonly goods: readonly {
    readonly productNumber: string | null;
    readonly categoryIds: readonly string[];
    readonly units: number;
  }[];
}

/** What a member did within a challenge's time. */
export interface ChallengeFacts {
  readonly baseCurrency: string;
  /** Orders that became final and of which something was kept. */
  readonly orders: readonly ChallengeOrder[];
  /** Activities that were rewarded. */
  readonly activities: readonly { readonly activity: string; readonly localDay: string; readonly place?: Place }[];
  /** Days on which friends' first orders were rewarded. */
  readonly referrals: readonly string[];
}

export interface ChallengeStep {
  readonly code: string;
  readonly name: string;
  /** One of the kinds, which knows the settings. */
  readonly kind: string;
  readonly settings: unknown;
}

export interface Badge {
  readonly code: string;
  readonly name: string;
  /** Address of a picture; null = the name alone. */
  readonly image: string | null;
}

export interface ChallengeRule {
  readonly code: string;
  readonly name: string;
  readonly scope: Pick<Scope, 'tiers' | 'segments' | 'from' | 'until'>;
  /** What was done in these counts alone; absent = wherever. */
  readonly channels?: readonly string[];
  /** Anew in each of these; null = once. */
  readonly repeat: CalendarPeriod | null;
  readonly steps: readonly ChallengeStep[];
  /** So many of the steps make it complete. */
  readonly needed: number;
  readonly points: number;
  readonly badge: Badge | null;
}

/** Local days; `start` inclusive, `end` exclusive; '' and null = without bound. */
export interface ChallengeWindow {
  readonly start: string;
  readonly end: string | null;
}

export interface StepProgress {
  readonly code: string;
  readonly name: string;
  readonly value: number;
  readonly target: number;
}

/** The window of a challenge that a day lies in; null outside its dates. */
export function challengeWindow({ scope, repeat }: ChallengeRule, day: string, timeZone: string): ChallengeWindow | null {
  const from = scope.from === undefined ? '' : localDate(scope.from, timeZone);
  const until = scope.until === undefined ? null : localDate(scope.until, timeZone);
  if (day < from || (until !== null && day >= until)) return null;
  if (repeat === null) return { start: from, end: until };
  // Noon is within the day in every zone.
  const span = calendarSpan(repeat, `${day}T12:00:00.000Z`, timeZone);
  const end = localDate(span.end, timeZone);
  const start = localDate(span.start, timeZone);
  return { start: start > from ? start : from, end: until !== null && until < end ? until : end };
}

/** Whether some challenge asks where things were done, which costs reading it. */
export function needsPlaces(rules: readonly ChallengeRule[]): boolean {
  return rules.some(({ channels }) => channels !== undefined);
}

/** What of the facts lies within a window and, where the challenge names channels, in these. */
export function factsWithin(
  facts: ChallengeFacts,
  { start, end }: ChallengeWindow,
  { rule, channels = [] }: { readonly rule: Pick<ChallengeRule, 'channels'>; readonly channels?: readonly Channel[] | undefined },
): ChallengeFacts {
  const isIn = (day: string): boolean => day >= start && (end === null || day < end);
  const counts = ({ localDay, place }: { readonly localDay: string; readonly place?: Place }): boolean =>
    isIn(localDay) && !isForOtherChannel(rule.channels, (place && channelOf(channels, place)?.code) ?? null);
  return {
    baseCurrency: facts.baseCurrency,
    orders: facts.orders.filter(counts),
    activities: facts.activities.filter(counts),
    referrals: facts.referrals.filter(isIn),
  };
}

export function isComplete({ needed }: ChallengeRule, steps: readonly StepProgress[]): boolean {
  return stepsDone(steps) >= needed;
}

export function stepsDone(steps: readonly StepProgress[]): number {
  return steps.filter(({ value, target }) => value >= target).length;
}

/** A reason for each step, done or not, and one for the whole. */
export function explainChallenge(rule: ChallengeRule, steps: readonly StepProgress[]): Reason[] {
  const complete = isComplete(rule, steps);
  return [
    reason(complete ? 'challenge_complete' : 'challenge_incomplete', complete, {
      challenge: rule.name,
      done: stepsDone(steps),
      needed: rule.needed,
    }),
    ...steps.map(({ name, value, target }) => {
      const done = value >= target;
      return reason(done ? 'challenge_step_done' : 'challenge_step_open', done, {
        challenge: rule.name,
        step: name,
        value,
        target,
      });
    }),
  ];
}

/** What a member sees of a challenge. */
export interface ChallengeStanding {
  readonly code: string;
  readonly name: string;
  readonly steps: readonly StepProgress[];
  readonly needed: number;
  readonly done: number;
  readonly points: number;
  readonly badge: string | null;
  /** The first day on which it is over; null = it goes on. */
  readonly endsOn: string | null;
  readonly complete: boolean;
}
