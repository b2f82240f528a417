import { needsGoods, stepProgress } from '../challenge-steps/registry';
import { localDate } from '../domain/calendar';
import { challengeWindow, factsWithin, needsPlaces, stepsDone, type Badge, type ChallengeStanding } from '../domain/challenge';
import type { Programme } from '../domain/programme';
import { subjectMiss } from '../domain/scope';
import type { Db } from '../storage/transaction';
import { challengeAwards, challengeFacts, type ChallengeAward } from '../stores/challenge-store';

/** More would not fit a page, nor what a shop keeps of a customer. */
const MAX_SHOWN = 20;

export interface ShownChallenges {
  readonly challenges: readonly ChallengeStanding[];
  /** Latest first, each once. */
  readonly badges: readonly (Badge & { readonly at: string })[];
}

export interface ChallengeViewer {
  readonly memberId: string;
  readonly tier: string | null;
  readonly segments: readonly string[];
}

/** What a member sees: the challenges that are open to them, and the badges they have. */
export async function shownChallenges(
  db: Db,
  { challenges, channels, timeZone, baseCurrency }: Programme,
  { memberId, tier, segments }: ChallengeViewer,
  now: string,
): Promise<ShownChallenges> {
  const awards = await challengeAwards(db, memberId);
  const day = localDate(now, timeZone);
  const open = challenges
    .filter(({ scope }) => subjectMiss(scope, { tier, segments, at: now }) === null)
    .flatMap((rule) => {
      const window = challengeWindow(rule, day, timeZone);
      return window ? [{ rule, window }] : [];
    })
    .slice(0, MAX_SHOWN);
  if (open.length === 0) return { challenges: [], badges: badgesOf(awards) };
  const since = open.map(({ window }) => window.start).sort()[0] ?? '';
  const rules = open.map(({ rule }) => rule);
  const wanted = { withGoods: needsGoods(rules), withPlaces: needsPlaces(rules) };
  const facts = await challengeFacts(db, { memberId, baseCurrency, timeZone, since, ...wanted });
  return {
    challenges: open.map(({ rule, window }) => {
      const steps = stepProgress(rule, factsWithin(facts, window, { rule, channels }));
      const { code, name, needed, points, badge } = rule;
      const award = awards.find((one) => one.challenge === code && one.window_start === window.start);
      const complete = award !== undefined && award.taken_back_at === null;
      return {
        code,
        name,
        steps,
        needed,
        done: stepsDone(steps),
        points,
        badge: badge?.name ?? null,
        endsOn: window.end,
        complete,
      };
    }),
    badges: badgesOf(awards),
  };
}

function badgesOf(awards: readonly ChallengeAward[]): ShownChallenges['badges'] {
  const badges = new Map<string, ShownChallenges['badges'][number]>();
  for (const { badge, badge_name: name, badge_image: image, completed_at: at, taken_back_at: takenBack } of awards) {
    if (badge !== null && takenBack === null && !badges.has(badge))
      badges.set(badge, { code: badge, name: name ?? badge, image, at });
  }
  return [...badges.values()].slice(0, MAX_SHOWN);
}
