import { locale } from '../page-settings';
import { language } from '../i18n/texts';

/** The administration's region when it speaks the pages' language: `de-AT` writes numbers as Austria does. */
const region = locale.toLowerCase().startsWith(language) ? locale : language;

const whole = new Intl.NumberFormat(region);
const share = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(region, { dateStyle: 'medium' });
/** Dates without a time of day are dates of the programme's clock. */
const writtenDay = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeZone: 'UTC' });
/** Birthdays have no year; any leap year has them all. */
const yearlyDay = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'long', timeZone: 'UTC' });
const monthOnly = new Intl.DateTimeFormat(region, { month: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' });

/** What stands before the fraction of a number. */
export const decimalSign: '.' | ',' = new Intl.NumberFormat(region).format(1.5).includes(',') ? ',' : '.';

export function number(value: number): string {
  return whole.format(value);
}

/** @param bps hundredths of a percent */
export function percent(bps: number): string {
  return share.format(bps / 10_000);
}

/** @param minor in the currency's minor unit */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(region, { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** maximumFractionDigits);
}

/** @param major in units of the currency */
export function amount(major: number, currency: string): string {
  return new Intl.NumberFormat(region, { style: 'currency', currency }).format(major);
}

/** With its sign: what was added or taken. */
export function change(value: number): string {
  return value > 0 ? `+${whole.format(value)}` : whole.format(value);
}

export function date(instant: string): string {
  return instant.length === 10 ? writtenDay.format(new Date(`${instant}T00:00:00Z`)) : day.format(new Date(instant));
}

/** The day an instant falls on by the programme's clock: what ends with a day ends with one of the programme's. */
export function dateIn(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeZone }).format(new Date(instant));
}

const writtenMonth = new Intl.DateTimeFormat(region, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat(region, { weekday: 'short', timeZone: 'UTC' });
const fullDay = new Intl.DateTimeFormat(region, { dateStyle: 'full', timeZone: 'UTC' });

/** @param month like `2026-03` */
export function monthOfYear(month: string): string {
  return writtenMonth.format(new Date(`${month}-01T00:00:00Z`));
}

export function weekdayName(day: string): string {
  return weekday.format(new Date(`${day}T00:00:00Z`));
}

/** With its weekday and month, for those who hear it. */
export function fullDate(day: string): string {
  return fullDay.format(new Date(`${day}T00:00:00Z`));
}

export function dateTime(instant: string): string {
  return minute.format(new Date(instant));
}

/** Without a year, like a birthday. */
export function monthDay({ month, day: ofMonth }: { readonly month: number; readonly day: number }): string {
  return yearlyDay.format(Date.UTC(2024, month - 1, ofMonth));
}

/** @param month from 1 */
export function monthName(month: number): string {
  return monthOnly.format(Date.UTC(2024, month - 1, 1));
}
