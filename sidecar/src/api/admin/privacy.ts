import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { eraseMember } from '../../operations/erase-member';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachMember } from '../principal';
import { idempotencyKey, reasonGiven } from './staff-fields';

const tag = 'Privacy';

/** What a person may ask for besides their data: to be forgotten. */
export function privacyEndpoints(context: OperationContext): Endpoint[] {
  const erased = z.strictObject({ memberId: z.string(), erased: z.boolean() });
  return [
    endpoint({
      method: 'post',
      path: '/admin/members/:memberId/erasure',
      scope: 'members:write',
      tag,
      summary:
        'Erases a person in all shops: points are written off, vouchers and codes withdrawn, what names them goes. For good.',
      params: z.object({ memberId: storedKey }),
      body: z.strictObject({ ...reasonGiven, idempotencyKey }),
      answers: {
        200: { description: 'They were erased before', body: erased },
        201: { description: 'They are erased', body: erased },
      },
      refusals: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_MISMATCH'],
      handle: async ({ params: { memberId }, body, principal }) => {
        await reachMember(context.db, principal, memberId);
        const result = await eraseMember(context, { memberId, ...body });
        if (!result.ok) {
          if (result.code === 'idempotency_mismatch') throw new AppError('IDEMPOTENCY_MISMATCH');
          if (result.code === 'in_company') throw new AppError('CONFLICT', { reason: result.code });
          throw new AppError('NOT_FOUND', { resource: 'member' });
        }
        return { status: result.value.erased ? 201 : 200, body: result.value };
      },
    }),
  ];
}
