import { z } from 'zod';
import { stepKind } from './kind';

const DAY_MS = 86_400_000;

const EVERY = ['day', 'week', 'month'] as const;
type Every = (typeof EVERY)[number];

/** Days, weeks (from Monday) or months one after another, with an order or an activity in each. */
export const streak = stepKind({
  code: 'streak',
  settings: z.strictObject({
    /** Absent = orders count. */
    activity: z.string().min(1).max(64).optional(),
    every: z.enum(EVERY),
    times: z.int().min(2).max(1000),
  }),
  activityOf: (settings) => settings.activity ?? null,
  progress: (settings, facts) => {
    const days =
      settings.activity === undefined
        ? facts.orders.map(({ localDay }) => localDay)
        : facts.activities.filter((one) => one.activity === settings.activity).map(({ localDay }) => localDay);
    return { value: longestRun(days, settings.every), target: settings.times };
  },
});

/** The most periods one after another that have a day in them. */
export function longestRun(days: readonly string[], every: Every): number {
  const periods = [...new Set(days.map((day) => periodOf(day, every)))].sort((a, b) => a - b);
  let longest = 0;
  let run = 0;
  periods.forEach((period, index) => {
    run = index > 0 && periods[index - 1] === period - 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}

/** Numbers that follow each other as the periods do. */
function periodOf(day: string, every: Every): number {
  const days = Math.round(Date.parse(`${day}T00:00:00.000Z`) / DAY_MS);
  if (every === 'day') return days;
  // The first day of 1970 was a Thursday.
  if (every === 'week') return Math.floor((days + 3) / 7);
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
