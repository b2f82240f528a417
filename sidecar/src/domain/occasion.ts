/** Rewards for days: birthdays, anniversaries of joining, holidays. Dates are calendar dates like `2026-03-01`. */
import type { Scope } from './programme';
import { reason, type Reason } from './reason';
import { subjectMiss, type ScopeSubject } from './scope';
import type { VoucherTerms } from './voucher';

export interface MonthDay {
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

export const OCCASION_KINDS = ['birthday', 'anniversary', 'holiday'] as const;
export type OccasionKind = (typeof OCCASION_KINDS)[number];

export interface OccasionRule {
  readonly code: string;
  readonly name: string;
  readonly kind: OccasionKind;
  /** Of a holiday: a day of every year (`12-06`), or dates; empty for the others. */
  readonly dates: readonly string[];
  readonly points: number;
  readonly voucher: VoucherTerms | null;
  readonly scope: Pick<Scope, 'tiers' | 'segments' | 'from' | 'until'>;
  /** How many days before the day itself the reward is given. */
  readonly daysBefore: number;
  readonly minimumMemberDays: number;
}

const DAY_MS = 86_400_000;
const FEBRUARY = 2;
/** Days of a month in the longest year. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** Feasts that move come back after 350 days at the earliest; a birthday that was changed must wait. */
const MINIMUM_PAUSE_DAYS = 300;

export function addToDate(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetweenDates(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS);
}

export function isMonthDay({ month, day }: MonthDay): boolean {
  return Number.isInteger(month) && Number.isInteger(day) && day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0);
}

/** Month and day of a date as shops write it, with a time or without; null when it is none. The year is not ours to know. */
export function monthDayOf(text: string): MonthDay | null {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text.trim()) ?? [];
  const found = { month: Number(month), day: Number(day) };
  return isMonthDay(found) ? found : null;
}

/** The days of a year that are celebrated on a date: in a year without a 29 February, that is the day before. */
export function celebratedOn(date: string): MonthDay[] {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const own = { month, day };
  const standsIn = month === FEBRUARY && day === 28 && !isLeapYear(year);
  return standsIn ? [own, { month: FEBRUARY, day: 29 }] : [own];
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Whether a holiday falls on a date. */
export function isHolidayOn(dates: readonly string[], date: string): boolean {
  const days = celebratedOn(date).map(({ month, day }) => `${twoDigits(month)}-${twoDigits(day)}`);
  return dates.some((one) => one === date || days.includes(one));
}

/** Dates of a time, both ends included, on which an occasion of a member is celebrated; oldest first. */
export function celebratedDates(
  { kind, dates }: Pick<OccasionRule, 'kind' | 'dates'>,
  { joinedOn, birthday }: { readonly joinedOn: string; readonly birthday: MonthDay | null },
  first: string,
  last: string,
): string[] {
  const joined = { month: Number(joinedOn.slice(5, 7)), day: Number(joinedOn.slice(8, 10)) };
  const own = kind === 'birthday' ? birthday : kind === 'anniversary' ? joined : null;
  const days = own ? [`${twoDigits(own.month)}-${twoDigits(own.day)}`] : kind === 'holiday' ? dates : [];
  const found = new Set<string>();
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    for (const day of days) {
      const isYearly = day.length === 'MM-DD'.length;
      const standsIn = isYearly && day === '02-29' && !isLeapYear(year);
      found.add(isYearly ? `${year}-${standsIn ? '02-28' : day}` : day);
    }
  }
  const isAnniversary = kind === 'anniversary';
  return [...found].filter((date) => date >= first && date <= last && !(isAnniversary && date <= joinedOn)).sort();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

export interface OccasionCase {
  /** Date on which the reward is due; the occasion itself is `daysBefore` later. */
  readonly dueOn: string;
  /** Date on which the member joined, in the programme's time zone. */
  readonly joinedOn: string;
  readonly hasAccount: boolean;
  readonly subject: ScopeSubject;
  /** When the member was last rewarded for it; null = never. */
  readonly lastOn: string | null;
}

/** Whether a member whose day it is gets the reward. Who they are is asked first, then when they last got it. */
export function judgeOccasion(rule: OccasionRule, { dueOn, joinedOn, hasAccount, subject, lastOn }: OccasionCase): Reason {
  const { code: occasion, minimumMemberDays } = rule;
  const memberDays = daysBetweenDates(joinedOn, dueOn);
  if (!hasAccount) return reason('occasion_without_account', false, { occasion });
  if (memberDays < 0) return reason('occasion_joined_later', false, { occasion, joinedOn, dueOn });
  if (memberDays < minimumMemberDays) {
    return reason('occasion_member_too_new', false, { occasion, memberDays, minimumMemberDays });
  }
  const miss = subjectMiss(rule.scope, subject);
  if (miss !== null) return reason(`occasion_${miss}`, false, { occasion, tier: subject.tier, at: subject.at });
  if (lastOn !== null && daysBetweenDates(lastOn, dueOn) < MINIMUM_PAUSE_DAYS) {
    return reason('occasion_rewarded_lately', false, { occasion, lastOn });
  }
  return reason('occasion', true, { occasion, on: addToDate(dueOn, rule.daysBefore), years: yearsSince(joinedOn, dueOn, rule) });
}

function yearsSince(joinedOn: string, dueOn: string, { daysBefore }: OccasionRule): number {
  return Number(addToDate(dueOn, daysBefore).slice(0, 4)) - Number(joinedOn.slice(0, 4));
}
