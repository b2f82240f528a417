import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import type { OrderSnapshot } from '../domain/order-snapshot';
import { inTransaction, StateMoved, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { insertEvent, lastEventAbout } from '../stores/event-store';
import { findPosition, positionFence } from '../stores/position-store';
import type { OperationContext } from './context';
import { converge } from './converge-order';
import { contentHash, knownEvent, type EventInput, type RecordedEvent } from './record-event';

export const SALE = 'sale';

/** An event whose data is the present state of an order outside the shop. */
export interface SaleInput {
  readonly event: EventInput & { readonly shopId: string };
  readonly snapshot: OrderSnapshot;
}

type SaleRefusal = 'anonymous' | 'no_programme' | 'idempotency_mismatch' | 'busy';

/**
 * A sale at a till or by telephone goes through the books like an order of the shop. Its events are states: the latest by
 * `occurredAt` holds, an older one that comes late changes nothing.
 */
export async function recordSale(context: OperationContext, sale: SaleInput): Promise<Result<RecordedEvent, SaleRefusal>> {
  const { db } = context;
  return inTransaction(db, (trx) => record(trx, context, sale)).catch((error: unknown) => {
    // Within a transaction of somebody else's, they run it again.
    if (error instanceof OrderMoved && !db.isTransaction) return refuse('busy');
    throw error;
  });
}

/** Ends the transaction without a trace. */
class OrderMoved extends StateMoved {}
async function record(
  trx: Trx,
  context: OperationContext,
  { event, snapshot }: SaleInput,
): Promise<Result<RecordedEvent, SaleRefusal>> {
  const known = await knownEvent(trx, event);
  if (known) return known;
  const { shopId, programmeId } = event;
  const before = await positionFence(trx, shopId, snapshot.orderId);
  const last = await lastEventAbout(trx, shopId, SALE, snapshot.orderId);
  const isLate = last !== null && event.occurredAt < last;
  const outcome = isLate ? 'late' : await converge(trx, context, { programmeId, snapshot, before, messageIds: [] });
  if (outcome === 'stale') throw new OrderMoved();
  if (outcome === 'anonymous' || outcome === 'no_programme') return refuse(outcome);
  const position = await findPosition(trx, shopId, snapshot.orderId);
  if (!position) throw new Error(`sale ${snapshot.orderId} left no position`);
  const points = position.pending_points + position.available_points;
  const reasons = [isLate ? reason('sale_newer_known', false, { newest: last }) : reason('sale_applied', true, { points })];
  return success(await keep(trx, context, { event, subject: snapshot.orderId, memberId: position.member_id, points, reasons }));
}

interface Kept {
  readonly event: EventInput;
  readonly subject: string;
  readonly memberId: string;
  readonly points: number;
  readonly reasons: readonly Reason[];
}

async function keep(trx: Trx, context: OperationContext, kept: Kept): Promise<RecordedEvent> {
  const { event, subject, memberId, points, reasons } = kept;
  const { eventId, programmeId } = event;
  const decisionId = context.ids.next();
  const now = context.clock.now();
  const rewards: RecordedEvent['rewards'] = [];
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: SALE,
    subject: `event:${eventId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { occurredAt: event.occurredAt, order: subject },
    outcome: { points, rewards },
    reasons,
  });
  const inserted = await insertEvent(trx, {
    programme_id: programmeId,
    event_id: eventId,
    member_id: memberId,
    shop_id: event.shopId,
    channel_id: null,
    kind: SALE,
    activity: null,
    subject,
    occurred_at: event.occurredAt,
    received_at: now,
    content_hash: contentHash(event),
    // The order's position has it, without what is personal.
    data: '{}',
    recommends: null,
    decision_id: decisionId,
    revoked_at: null,
  });
  if (!inserted) throw new OrderMoved();
  return { eventId, memberId, points, rewards, reasons, decisionId, repeated: false };
}
