import { z } from 'zod';
import { reason } from '../domain/reason';
import { optionCode, reference } from './fields';
import { activityKind } from './kind';

export const social = activityKind({
  code: 'social',
  isNamed: false,
  settings: z.strictObject({
    /** Absent = all. */
    networks: z.array(optionCode).min(1).max(50).optional(),
    actions: z.array(optionCode).min(1).max(50).optional(),
  }),
  data: z.strictObject({
    network: optionCode,
    /** For example follow, share, like, post. */
    action: optionCode,
    reference: reference.optional(),
  }),
  subjectOf: ({ network, action, reference: about }) =>
    [network, action, ...(about === undefined ? [] : [about])].join(':').slice(0, 191),
  judge: ({ activity, points, settings: { networks, actions }, data: { network, action } }) => {
    const isMeant = (networks?.includes(network) ?? true) && (actions?.includes(action) ?? true);
    if (!isMeant) return { points: 0, reasons: [reason('social_other_action', false, { activity, network, action })] };
    return { points, reasons: [reason('activity_rewarded', true, { activity, points })] };
  },
});
