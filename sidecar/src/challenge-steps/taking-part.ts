import { z } from 'zod';
import { stepKind } from './kind';

const times = z.int().min(1).max(10_000);

/** An activity of the programme, rewarded so many times. */
export const activity = stepKind({
  code: 'activity',
  settings: z.strictObject({ activity: z.string().min(1).max(64), times: times.default(1) }),
  activityOf: (settings) => settings.activity,
  progress: (settings, facts) => ({
    value: facts.activities.filter((one) => one.activity === settings.activity).length,
    target: settings.times,
  }),
});

/** So many friends whose first order was rewarded. */
export const referrals = stepKind({
  code: 'referrals',
  isNowhere: true,
  settings: z.strictObject({ count: times }),
  progress: ({ count }, facts) => ({ value: facts.referrals.length, target: count }),
});
