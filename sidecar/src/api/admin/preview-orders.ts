import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { startPreviewRead } from '../../operations/start-preview-read';
import { countPreviewOrders, latestRead, type PreviewRead } from '../../stores/preview-order-store';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachedProgramme } from '../principal';
import { idempotencyKey } from './staff-fields';

const tag = 'Programme';
const path = '/admin/programmes/:programmeId/preview-orders';
const params = z.object({ programmeId: storedKey });
const MOST_DAYS = 365;

const shownRead = z.strictObject({
  readId: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  from: z.string(),
  orders: z.int(),
  /** There are more than are read. */
  isCut: z.boolean(),
  /** Times in a row that a shop did not answer. */
  failures: z.int(),
  fault: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});

/** Past orders of the shops to try a draft on; nothing is ever posted for them. See docs/what-if.md. */
export function previewOrderEndpoints(context: OperationContext, onAsked: () => void): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path,
      scope: 'programme:read',
      tag,
      summary: 'How many past orders of the shops are here to try drafts on, and how far the last reading is.',
      params,
      answers: {
        200: { description: 'The state', body: z.strictObject({ orders: z.int(), read: shownRead.nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { programmeId }, principal }) => {
        reachedProgramme(principal, programmeId);
        const read = await latestRead(context.db, programmeId);
        return { body: { orders: await countPreviewOrders(context.db, programmeId), read: read ? shown(read) : null } };
      },
    }),
    endpoint({
      method: 'post',
      path,
      scope: 'programme:write',
      tag,
      summary:
        'Asks the shops for their orders of the last days, to try drafts on; one reading at a time. Nobody gets points for them.',
      params,
      body: z.strictObject({ days: z.int().min(1).max(MOST_DAYS).default(90), idempotencyKey }),
      answers: {
        200: { description: 'It was asked for before', body: shownRead },
        202: { description: 'It is under way', body: shownRead },
      },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { programmeId }, body, principal }) => {
        reachedProgramme(principal, programmeId);
        const result = await startPreviewRead(context, { programmeId, ...body });
        if (!result.ok) throw new AppError('CONFLICT', { reason: result.code, ...result.details });
        const { read, repeated } = result.value;
        if (!repeated) onAsked();
        return { status: repeated ? 200 : 202, body: shown(read) };
      },
    }),
  ];
}

function shown(read: PreviewRead): z.input<typeof shownRead> {
  return {
    readId: read.read_id,
    status: read.status,
    from: read.placed_from,
    orders: read.orders,
    isCut: read.is_cut === 1,
    failures: read.failures,
    fault: read.fault,
    createdAt: read.created_at,
    endedAt: read.ended_at,
  };
}
