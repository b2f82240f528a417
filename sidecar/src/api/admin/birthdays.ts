import { z } from 'zod';
import { isMonthDay } from '../../domain/occasion';
import type { OperationContext } from '../../operations/context';
import { setBirthday } from '../../operations/set-birthday';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachMember } from '../principal';

const monthDay = z
  .strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
  .refine(isMonthDay, { path: ['day'], message: 'must be a day of the month' });

/** Birthdays that no shop knows; the year is neither asked for nor kept. */
export function birthdayEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/admin/members/:memberId/birthday',
      scope: 'members:write',
      tag: 'Members',
      summary: 'Sets month and day of a birthday, before what shops say; `null` leaves it to them again.',
      params: z.object({ memberId: storedKey }),
      body: z.strictObject({ birthday: monthDay.nullable() }),
      answers: { 200: { description: 'Whether anything changed', body: z.strictObject({ changed: z.boolean() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, body: { birthday }, principal }) => {
        await reachMember(context.db, principal, memberId);
        return { body: await setBirthday(context, { memberId, birthday }) };
      },
    }),
  ];
}
