import { z } from 'zod';
import { AppError } from '../../errors';
import { campaignOverview } from '../../operations/campaign-overview';
import type { OperationContext } from '../../operations/context';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachedProgramme } from '../principal';

const limit = z.int().nullable();

const shownCampaign = z.strictObject({
  code: z.string(),
  name: z.string(),
  state: z.enum(['upcoming', 'running', 'over']),
  from: z.string().nullable(),
  until: z.string().nullable(),
  stacking: z.enum(['exclusive', 'best', 'all']),
  priority: z.int(),
  budget: z.strictObject({ points: limit, orders: limit, perMember: limit }),
  spent: z.strictObject({ points: z.int(), orders: z.int() }),
  left: z.strictObject({ points: limit, orders: limit }),
});

/** What the campaigns of a programme gave so far, and what their budgets have left. */
export function campaignEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/campaigns',
      scope: 'programme:read',
      tag: 'Programme',
      summary: 'The campaigns of the version in effect, with what orders have of them and what is left of their budgets.',
      params: z.object({ programmeId: storedKey }),
      answers: {
        200: {
          description: 'In the order of the document; null = without limit',
          body: z.strictObject({ campaigns: z.array(shownCampaign) }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { programmeId }, principal }) => {
        reachedProgramme(principal, programmeId);
        const campaigns = await campaignOverview(context, programmeId);
        if (campaigns === null) throw new AppError('NOT_FOUND', { resource: 'programme' });
        return { body: { campaigns } };
      },
    }),
  ];
}
