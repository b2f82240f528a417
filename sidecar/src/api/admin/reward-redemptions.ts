import { z } from 'zod';
import { csvTable } from '../../csv/write-csv';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { moveRedemption } from '../../operations/move-redemption';
import type { Db } from '../../storage/transaction';
import {
  findRedemption,
  listRedemptions,
  stepsOf,
  type RedemptionFilter,
  type RewardRedemption,
} from '../../stores/reward-store';
import { csvExport } from '../csv-export';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachedProgramme, reaches, type Principal } from '../principal';
import { fulfilmentState, showRedemption, shownRedemption } from '../redemption-schema';

const tag = 'Rewards';

const params = z.object({ redemptionId: storedKey });
const filterQuery = z.object({
  programmeId: storedKey.optional(),
  memberId: storedKey.optional(),
  state: fulfilmentState.optional(),
  reward: storedKey.optional(),
});
type AskedFilter = z.output<typeof filterQuery>;

const step = z.strictObject({
  state: fulfilmentState,
  actor: z.string(),
  note: z.string().nullable(),
  at: z.string(),
  decisionId: z.string(),
});

/** What members took from the reward catalogue, for those who hand it over. */
export function redemptionEndpoints(context: OperationContext): Endpoint[] {
  return [...readingEndpoints(context.db), movingEndpoint(context)];
}

function readingEndpoints(db: Db): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/reward-redemptions',
      scope: 'rewards:read',
      tag,
      summary: 'Lists redemptions, oldest first.',
      query: filterQuery.extend(afterQuery.shape),
      answers: {
        200: {
          description: 'A page',
          body: z.strictObject({ redemptions: z.array(shownRedemption), next: z.string().nullable() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const rows = await listRedemptions(db, filterOf(principal, query), query.after, PAGE);
        const redemptions = await Promise.all(rows.map((row) => showRedemption(db, row)));
        return { body: { redemptions, next: nextOf(rows, (row) => row.redemption_id) } };
      },
    }),
    csvExport(
      { path: '/admin/reward-redemptions/export', scope: 'rewards:read', tag, query: filterQuery },
      ({ query, principal }) => {
        const filter = filterOf(principal, query);
        return csvTable(
          COLUMNS,
          (row: RewardRedemption) => row.redemption_id,
          (after, limit) => listRedemptions(db, filter, after ?? '', limit),
        );
      },
    ),
    endpoint({
      method: 'get',
      path: '/admin/reward-redemptions/:redemptionId',
      scope: 'rewards:read',
      tag,
      summary: 'A redemption with every state it came into.',
      params,
      answers: { 200: { description: 'The redemption', body: shownRedemption.extend({ steps: z.array(step) }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { redemptionId }, principal }) => {
        const row = await reachRedemption(db, principal, redemptionId);
        const steps = (await stepsOf(db, redemptionId)).map(({ state, actor, note, at, decision_id: decisionId }) => {
          return { state, actor, note, at, decisionId };
        });
        return { body: { ...(await showRedemption(db, row)), steps } };
      },
    }),
  ];
}

function movingEndpoint(context: OperationContext): Endpoint {
  const { db } = context;
  return endpoint({
    method: 'put',
    path: '/admin/reward-redemptions/:redemptionId/state',
    scope: 'rewards:write',
    tag,
    summary: 'Confirms a redemption, marks it handed over, or cancels it, which gives the points back.',
    params,
    body: z.strictObject({
      state: fulfilmentState.exclude(['requested']),
      actor: z.string().min(1).max(100),
      note: z.string().trim().min(1).max(500).nullable().default(null),
    }),
    answers: {
      200: { description: 'The redemption', body: z.strictObject({ changed: z.boolean(), redemption: shownRedemption }) },
    },
    refusals: ['NOT_FOUND', 'CONFLICT'],
    handle: async ({ params: { redemptionId }, body, principal }) => {
      await reachRedemption(db, principal, redemptionId);
      const moved = await moveRedemption(context, { redemptionId, ...body });
      if (!moved.ok) {
        const code = moved.code === 'unknown_redemption' ? 'NOT_FOUND' : 'CONFLICT';
        throw new AppError(code, { reason: moved.code, ...moved.details });
      }
      const { changed, redemption } = moved.value;
      return { body: { changed, redemption: await showRedemption(db, redemption) } };
    },
  });
}

async function reachRedemption(db: Db, principal: Principal, redemptionId: string): Promise<RewardRedemption> {
  const row = await findRedemption(db, redemptionId);
  if (!row || !reaches(principal, row.programme_id)) throw new AppError('NOT_FOUND', { resource: 'redemption' });
  return row;
}

function filterOf(principal: Principal, { programmeId, memberId, state, reward }: AskedFilter): RedemptionFilter {
  return {
    programmeId: reachedProgramme(principal, programmeId),
    memberId: memberId ?? null,
    state: state ?? null,
    rewardCode: reward ?? null,
  };
}

const COLUMNS = [
  'redemption_id',
  'requested_at',
  'updated_at',
  'state',
  'reward_code',
  'reward_name',
  'quantity',
  'points',
  'member_id',
  'shop_id',
  'note',
] as const;
