import { pointsFor, type ReferralSignal } from './signal';

/** Points where fewer minutes have passed, shortest first. */
const AFTER_CODE: readonly (readonly [minutes: number, points: number])[] = [
  [15, 80],
  [60, 50],
  [1440, 20],
];
/** Who came to buy registers at the checkout; only the very fastest are odd. */
const AFTER_REGISTRATION: typeof AFTER_CODE = [[2, 30]];
const EACH_WITHIN_HOUR = 40;

/** A code that is used as soon as it is made, and friends who come all at once. */
export const speed: ReferralSignal = {
  code: 'speed',
  weight: 25,
  look: ({ minutesFromCode, minutesFromRegistration, friendsWithinHour }) => ({
    points: Math.max(
      pointsWithin(AFTER_CODE, minutesFromCode),
      pointsWithin(AFTER_REGISTRATION, minutesFromRegistration),
      pointsFor(friendsWithinHour, EACH_WITHIN_HOUR),
    ),
    figures: { minutesFromCode, minutesFromRegistration, friendsWithinHour },
  }),
};

function pointsWithin(table: typeof AFTER_CODE, minutes: number | null): number {
  return minutes === null ? 0 : (table.find(([limit]) => minutes < limit)?.[1] ?? 0);
}
