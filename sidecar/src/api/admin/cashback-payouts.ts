import { z } from 'zod';
import { csvTable } from '../../csv/write-csv';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { settlePayout } from '../../operations/settle-payout';
import type { Db } from '../../storage/transaction';
import { findPayout, listPayouts, type Payout, type PayoutFilter } from '../../stores/cashback-store';
import { csvExport } from '../csv-export';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { payoutState, showPayout, shownPayout } from '../payout-schema';
import { reachedProgramme, reaches, type Principal } from '../principal';

const tag = 'Rewards';
const filterQuery = z.object({
  programmeId: storedKey.optional(),
  memberId: storedKey.optional(),
  state: payoutState.optional(),
});

const COLUMNS = [
  'payout_id',
  'requested_at',
  'state',
  'kind',
  'cashback_code',
  'member_id',
  'points',
  'value_minor',
  'currency',
  'period_start',
  'settled_at',
  'settled_by',
  'settled_note',
] as const;

/** Points that were turned into money, for the merchant's accounting. */
export function payoutEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/cashback-payouts',
      scope: 'rewards:read',
      tag,
      summary: 'Lists payouts, oldest first.',
      query: filterQuery.extend(afterQuery.shape),
      answers: {
        200: { description: 'A page', body: z.strictObject({ payouts: z.array(shownPayout), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const rows = await listPayouts(db, filterOf(principal, query), query.after, PAGE);
        return { body: { payouts: rows.map(showPayout), next: nextOf(rows, (row) => row.payout_id) } };
      },
    }),
    csvExport(
      { path: '/admin/cashback-payouts/export', scope: 'rewards:read', tag, query: filterQuery },
      ({ query, principal }) => {
        const filter = filterOf(principal, query);
        return csvTable(
          COLUMNS,
          (row: Payout) => row.payout_id,
          (after, limit) => listPayouts(db, filter, after ?? '', limit),
        );
      },
    ),
    endpoint({
      method: 'put',
      path: '/admin/cashback-payouts/:payoutId/state',
      scope: 'rewards:write',
      tag,
      summary: 'Says that the money was paid, or that it failed, which gives the points back.',
      params: z.object({ payoutId: storedKey }),
      body: z.strictObject({
        state: payoutState.exclude(['requested']),
        actor: z.string().min(1).max(100),
        note: z.string().trim().min(1).max(500).nullable().default(null),
      }),
      answers: { 200: { description: 'The payout', body: z.strictObject({ changed: z.boolean(), payout: shownPayout }) } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { payoutId }, body, principal }) => {
        await reachPayout(db, principal, payoutId);
        const settled = await settlePayout(context, { payoutId, ...body });
        if (!settled.ok) {
          const code = settled.code === 'unknown_payout' ? 'NOT_FOUND' : 'CONFLICT';
          throw new AppError(code, { reason: settled.code, ...settled.details });
        }
        return { body: { changed: settled.value.changed, payout: showPayout(settled.value.payout) } };
      },
    }),
  ];
}

async function reachPayout(db: Db, principal: Principal, payoutId: string): Promise<Payout> {
  const row = await findPayout(db, payoutId);
  if (!row || !reaches(principal, row.programme_id)) throw new AppError('NOT_FOUND', { resource: 'payout' });
  return row;
}

function filterOf(principal: Principal, { programmeId, memberId, state }: z.output<typeof filterQuery>): PayoutFilter {
  return { programmeId: reachedProgramme(principal, programmeId), memberId: memberId ?? null, state: state ?? null };
}
