import type { Row } from '../storage/tables';
import { insertOnce, type Trx } from '../storage/transaction';
import type { EntryKind, Posting } from './entry';
import type { LockedMember } from './locked-member';
import { takeFromLots, type LotTake } from './lot';
import { creditPostings } from './movement';
import { postEntry, type PostContext } from './post-entry';

export interface NewHold {
  readonly holdId: string;
  readonly shopId: string;
  readonly cartRef: string;
  readonly points: number;
  readonly valueMinor: number;
  readonly currency: string;
  readonly placedAt: string;
  readonly expiresAt: string;
  readonly idempotencyKey: string;
  readonly decisionId: string;
}

/** Reserves points out of the given lots (which must cover them). False when the idempotency key is taken. */
export async function placeHold(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  hold: NewHold,
  lots: readonly LotTake[],
): Promise<boolean> {
  const { takes, missing } = takeFromLots(lots, hold.points);
  if (missing > 0) throw new Error(`hold ${hold.holdId} lacks ${missing} points in lots`);
  const inserted = await insertOnce(trx, 'hold', {
    hold_id: hold.holdId,
    programme_id: member.programmeId,
    member_id: member.memberId,
    shop_id: hold.shopId,
    cart_ref: hold.cartRef,
    points: hold.points,
    value_minor: hold.valueMinor,
    currency: hold.currency,
    status: 'placed',
    placed_at: hold.placedAt,
    expires_at: hold.expiresAt,
    resolved_at: null,
    order_id: null,
    idempotency_key: hold.idempotencyKey,
  });
  if (!inserted) return false;
  await trx
    .insertInto('hold_lot')
    .values(takes.map((take, position) => ({ hold_id: hold.holdId, lot_id: take.lotId, position, points: take.points })))
    .execute();
  await postEntry(trx, context, member, {
    kind: 'hold_placed',
    sourceKey: `hold:${hold.holdId}:placed`,
    occurredAt: hold.placedAt,
    shopId: hold.shopId,
    orderId: null,
    holdId: hold.holdId,
    decisionId: hold.decisionId,
    postings: takes.flatMap((take): Posting[] => [
      { account: 'available', lotId: take.lotId, points: -take.points },
      { account: 'held', lotId: take.lotId, points: take.points },
    ]),
  });
  return true;
}

/**
 * The hold an order's points line names: by its id, or by the key the shop gave it, alone or followed by `:` and the
 * points (a shop that sets the points anew under the same key has a hold for each).
 */
export async function findHold(trx: Trx, shopId: string, reference: string, points: number): Promise<Row<'hold'> | undefined> {
  const byId = await trx.selectFrom('hold').selectAll().where('hold_id', '=', reference).executeTakeFirst();
  if (byId) return byId;
  return trx
    .selectFrom('hold')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('idempotency_key', 'in', [holdKey(reference, points), reference])
    .orderBy('idempotency_key', 'desc')
    .executeTakeFirst();
}

/** What the last captured hold was called in the shop's cart; null when the member never paid with points there. */
export async function spentIntent(trx: Trx, memberId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('hold')
    .select('cart_ref')
    .where('member_id', '=', memberId)
    .where('status', '=', 'captured')
    .orderBy('resolved_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.cart_ref ?? null;
}

export function holdKey(intent: string, points: number): string {
  return `${intent}:${points}`;
}

async function holdLots(trx: Trx, holdId: string): Promise<LotTake[]> {
  const rows = await trx.selectFrom('hold_lot').selectAll().where('hold_id', '=', holdId).orderBy('position').execute();
  return rows.map((row) => ({ lotId: row.lot_id, points: row.points }));
}

/** The hold's state change is conditional: only one of capture, release and expiry ever happens. */
async function resolve(
  trx: Trx,
  holdId: string,
  status: 'captured' | 'released' | 'expired',
  at: string,
  orderId: string | null,
) {
  const updated = await trx
    .updateTable('hold')
    .set({ status, resolved_at: at, order_id: orderId })
    .where('hold_id', '=', holdId)
    .where('status', '=', 'placed')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/**
 * Turns held points into a redemption of an order; what the order did not need goes back to its lots.
 * Returns what was taken from which lot; empty when the hold was no longer placed.
 */
export async function captureHold(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  hold: Row<'hold'>,
  capture: { points: number; orderId: string; occurredAt: string; decisionId: string },
): Promise<LotTake[]> {
  if (!(await resolve(trx, hold.hold_id, 'captured', capture.occurredAt, capture.orderId))) return [];
  const lots = await holdLots(trx, hold.hold_id);
  const { takes } = takeFromLots(lots, capture.points);
  const redeemed = takes.reduce((sum, take) => sum + take.points, 0);
  const used = new Map(takes.map((take) => [take.lotId, take.points]));
  const back = lots
    .map((lot) => ({ lotId: lot.lotId, points: lot.points - (used.get(lot.lotId) ?? 0) }))
    .filter((lot) => lot.points > 0);
  const { occurredAt, orderId, decisionId } = capture;
  const base = { occurredAt, shopId: hold.shop_id, orderId, holdId: hold.hold_id, decisionId };
  if (redeemed > 0) {
    await postEntry(trx, context, member, {
      ...base,
      kind: 'hold_captured',
      sourceKey: `hold:${hold.hold_id}:captured`,
      postings: [
        ...takes.map((take): Posting => ({ account: 'held', lotId: take.lotId, points: -take.points })),
        { account: 'redeemed', lotId: null, points: redeemed },
      ],
    });
  }
  if (back.length > 0) await giveBack(trx, context, member, { ...base, kind: 'hold_released' }, back);
  return takes;
}

/** Ends a hold without an order: the points return to the lots they came from. False when it was already resolved. */
export async function releaseHold(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  hold: Row<'hold'>,
  release: { status: 'released' | 'expired'; occurredAt: string; decisionId: string },
): Promise<boolean> {
  const { status, occurredAt, decisionId } = release;
  if (!(await resolve(trx, hold.hold_id, status, occurredAt, null))) return false;
  const kind = status === 'expired' ? 'hold_expired' : 'hold_released';
  const lots = await holdLots(trx, hold.hold_id);
  await giveBack(
    trx,
    context,
    member,
    { kind, occurredAt, decisionId, shopId: hold.shop_id, orderId: null, holdId: hold.hold_id },
    lots,
  );
  return true;
}

async function giveBack(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  base: { kind: EntryKind; occurredAt: string; shopId: string; orderId: string | null; holdId: string; decisionId: string },
  lots: readonly LotTake[],
): Promise<void> {
  await postEntry(trx, context, member, {
    ...base,
    sourceKey: `hold:${base.holdId}:${base.kind}`,
    postings: [
      ...lots.map((lot): Posting => ({ account: 'held', lotId: lot.lotId, points: -lot.points })),
      ...creditPostings(member, null, lots),
    ],
  });
}
