import { localDate, startOfDate } from '../domain/calendar';
import { addMs } from '../domain/instant';
import { addToDate, celebratedDates, judgeOccasion, type OccasionRule } from '../domain/occasion';
import type { Programme } from '../domain/programme';
import { voucherOffer } from '../domain/voucher';
import { NOTHING, type Gift, type Moment, type PastStanding } from './moments';
import type { PastMember, PastPeriod } from './past-member';

const HALF_DAY_MS = 43_200_000;

/** Birthdays, anniversaries and holidays of the time. */
export function pastOccasions(programme: Programme, member: PastMember, period: PastPeriod): Moment[] {
  return programme.occasions.flatMap((rule) => momentsOf(programme, rule, member, period));
}

function momentsOf(programme: Programme, rule: OccasionRule, member: PastMember, { from, until }: PastPeriod): Moment[] {
  const { timeZone, baseCurrency } = programme;
  const joinedOn = localDate(member.joinedAt, timeZone);
  const { hasAccount, birthday } = member.facts;
  const [first, last] = [from, until].map((at) => addToDate(localDate(at, timeZone), rule.daysBefore)) as [string, string];
  let lastOn: string | null = null;
  return celebratedDates(rule, { joinedOn, birthday }, first > joinedOn ? first : joinedOn, last).flatMap((on): Moment[] => {
    const dueOn = addToDate(on, -rule.daysBefore);
    // In the middle of the day, as the books judge it.
    const at = addMs(startOfDate(dueOn, timeZone), HALF_DAY_MS);
    const judge = (standing: PastStanding): Gift => {
      if (!judgeOccasion(rule, { dueOn, joinedOn, hasAccount, subject: { ...standing, at }, lastOn }).applied) return NOTHING;
      lastOn = dueOn;
      return { points: rule.points, voucher: rule.voucher && voucherOffer(rule.voucher, baseCurrency, baseCurrency) };
    };
    return at < from || at > until ? [] : [{ at, judge }];
  });
}
