import { addMinutes } from '../domain/instant';
import { refuse, success, type Result } from '../domain/result';
import type { LimitRefusal } from '../domain/buyer-limit';
import { holdKey, placeHold } from '../ledger/hold';
import { spendableLots } from '../ledger/lot';
import type { Row } from '../storage/tables';
import { inTransaction, type Db, type Trx } from '../storage/transaction';
import { findIdentity } from '../stores/member-store';
import type { OperationContext } from './context';
import { endHold } from './end-hold';
import { hasAcceptedTerms } from './has-accepted-terms';
import { projectMember } from './project-member';
import { recordHold } from './record-hold';
import { seatOf, type Seat } from './seat';
import { admitBuyer, checkBuyer, lockBuyer, noteBuyerHold, type Spender } from './spender';

/** A shopper's wish to pay with points, as the cart at checkout carries it. */
export interface RedemptionIntent {
  readonly programmeId: string;
  readonly shopId: string;
  readonly customerId: string;
  /** New with every setting of the wish; an order uses it up. */
  readonly intent: string;
  readonly points: number;
  /** What the points take off the cart, minor units. */
  readonly valueMinor: number;
  readonly currency: string;
}

export type RedemptionDenial =
  | 'unknown_member'
  | 'no_programme'
  | 'insufficient_points'
  | 'intent_spent'
  | 'intent_lapsed'
  | 'terms_not_accepted'
  | LimitRefusal;

/** Minutes a hold of an order under way lasts when the programme says nothing. */
const HOLD_MINUTES = 60;

/** Holds of a wish that still count, latest first. */
export async function holdsOfIntent(db: Db, shopId: string, intent: string): Promise<Row<'hold'>[]> {
  return db
    .selectFrom('hold')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('idempotency_key', '>=', `${intent}:`)
    .where('idempotency_key', '<', `${intent};`)
    .where('status', 'in', ['placed', 'captured'])
    .orderBy('placed_at', 'desc')
    .limit(20)
    .execute();
}

/** Whether the points would do, without reserving any. */
export async function checkRedemption(
  context: OperationContext,
  wish: RedemptionIntent,
): Promise<Result<null, RedemptionDenial>> {
  const { db, clock, programmes } = context;
  const identity = await findIdentity(db, wish.shopId, wish.customerId);
  if (!identity) return refuse('unknown_member');
  const holds = await holdsOfIntent(db, wish.shopId, wish.intent);
  if (holds.some(({ status }) => status === 'captured')) return refuse('intent_spent');
  const published = await programmes.effectiveAt(db, wish.programmeId, clock.now());
  if (published && !(await hasAcceptedTerms(db, published.programme, identity.member_id, clock.now(), wish.shopId))) {
    return refuse('terms_not_accepted');
  }
  const seat = await seatOf(db, identity.member_id);
  const account = seat?.isPooled ? seat.company.account_member_id : identity.member_id;
  const lots = await spendableLots(db, { memberId: account }, clock.now());
  const spendable = lots.reduce((sum, lot) => sum + lot.points, 0);
  const held = holds.reduce((sum, hold) => sum + hold.points, 0);
  if (spendable + held < wish.points) return refuse('insufficient_points', { availablePoints: spendable });
  return seat === null ? success(null) : checkSeat(context, seat, wish, holds);
}

/** An opinion: what decides is what is true when the points are reserved. */
async function checkSeat(
  { db, clock, programmes }: OperationContext,
  seat: Seat,
  wish: RedemptionIntent,
  holds: readonly Row<'hold'>[],
): Promise<Result<null, RedemptionDenial>> {
  const now = clock.now();
  const published = await programmes.effectiveAt(db, wish.programmeId, now);
  if (!published) return refuse('no_programme');
  const { programme } = published;
  const alreadyHeld = holds.reduce((sum, hold) => sum + hold.points, 0);
  // What was reserved for this very wish has its approval.
  if (alreadyHeld >= wish.points) return success(null);
  const checked = await checkBuyer(db, seat, wish.points, { programme, now, alreadyHeld });
  return checked.ok ? success(null) : checked;
}

/**
 * Reserves the points of an order that is about to be placed. The same wish with the same points finds its hold again;
 * with other points the earlier hold is let go. The caller has made sure that no order came of an earlier hold.
 */
export async function secureRedemption(
  context: OperationContext,
  wish: RedemptionIntent,
): Promise<Result<{ holdId: string }, RedemptionDenial>> {
  return inTransaction(context.db, async (trx) => {
    const spender = await lockBuyer(trx, wish.shopId, wish.customerId);
    if (!spender) return refuse('unknown_member');
    const member = spender.account;
    const holds = await holdsOfIntent(trx, wish.shopId, wish.intent);
    if (holds.some((hold) => hold.status === 'captured' || hold.member_id !== member.memberId)) return refuse('intent_spent');
    const same = holds.find((hold) => hold.points === wish.points && hold.currency === wish.currency);
    if (same) return success({ holdId: same.hold_id });
    const now = context.clock.now();
    for (const hold of holds) await endHold(trx, context, member, hold, 'released');
    const placed = await reserve(trx, context, spender, wish, now);
    if (placed.ok || holds.length > 0) await projectMember(trx, context, member);
    return placed;
  });
}

async function reserve(
  trx: Trx,
  context: OperationContext,
  spender: Spender,
  wish: RedemptionIntent,
  now: string,
): Promise<Result<{ holdId: string }, RedemptionDenial>> {
  const published = await context.programmes.effectiveAt(trx, wish.programmeId, now);
  if (!published) return refuse('no_programme');
  const member = spender.account;
  const buyerId = spender.seat?.buyer.member_id ?? member.memberId;
  if (!(await hasAcceptedTerms(trx, published.programme, buyerId, now, wish.shopId))) return refuse('terms_not_accepted');
  const lots = await spendableLots(trx, member, now);
  const availablePoints = lots.reduce((sum, lot) => sum + lot.points, 0);
  if (availablePoints < wish.points) return refuse('insufficient_points', { availablePoints });
  const asked = { shopId: wish.shopId, cartRef: wish.intent, points: wish.points };
  const admitted = await admitBuyer(trx, context, spender, asked, published.programme);
  if (!admitted.ok) return admitted;
  const holdId = context.ids.next();
  const hold = {
    holdId,
    shopId: wish.shopId,
    cartRef: wish.intent,
    points: wish.points,
    valueMinor: wish.valueMinor,
    currency: wish.currency,
    placedAt: now,
    expiresAt: addMinutes(now, published.programme.redemption?.holdMinutes ?? HOLD_MINUTES),
    idempotencyKey: holdKey(wish.intent, wish.points),
    decisionId: context.ids.next(),
  };
  // The key was used by a hold that has ended since: the wish is too old to be renewed silently.
  if (!(await placeHold(trx, context, member, hold, lots))) return refuse('intent_lapsed');
  await recordHold(trx, context, member, hold, { versionId: published.versionId, availablePoints });
  await noteBuyerHold(trx, spender, { holdId, placedAt: now, approvalId: admitted.value.approvalId });
  return success({ holdId });
}
