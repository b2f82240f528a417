import { addMinutes } from '../domain/instant';
import { reason } from '../domain/reason';
import { quoteRedemption } from '../domain/redemption';
import { refuse, success, type Result } from '../domain/result';
import { placeHold as reserve } from '../ledger/hold';
import { spendableLots } from '../ledger/lot';
import type { Row } from '../storage/tables';
import { inTransaction, type Trx } from '../storage/transaction';
import type { OperationContext } from './context';
import { hasAcceptedTerms } from './has-accepted-terms';
import { projectMember } from './project-member';
import { recordHold } from './record-hold';
import { recordRefusal } from './record-refusal';
import { admitBuyer, lockBuyer, noteBuyerHold } from './spender';

export interface PlaceHoldInput {
  readonly programmeId: string;
  readonly shopId: string;
  readonly customerId: string;
  /** The cart as the shop names it; kept for the trail. */
  readonly cartRef: string;
  readonly points: number;
  readonly currency: string;
  /** Goods value of the cart the points may pay a share of. */
  readonly goodsMinor: number;
  /** Chosen by the shop before the call; the same key gives the same hold. */
  readonly idempotencyKey: string;
}

export interface PlacedHold {
  readonly holdId: string;
  readonly points: number;
  readonly valueMinor: number;
  readonly currency: string;
  readonly status: Row<'hold'>['status'];
  readonly expiresAt: string;
}

/** Refusals of domain/redemption.ts, and `unknown_member`, `no_programme`, `terms_not_accepted`, `idempotency_mismatch`. */
export async function placeHold(context: OperationContext, input: PlaceHoldInput): Promise<Result<PlacedHold>> {
  return inTransaction(context.db, async (trx) => {
    const result = await place(trx, context, input);
    // A key with other content is a fault of the caller's, not a decision about the member.
    if (result.ok || result.code === 'idempotency_mismatch') return result;
    const { programmeId, shopId, customerId, cartRef, points, currency, goodsMinor, idempotencyKey } = input;
    await recordRefusal(trx, context, {
      kind: 'hold_refused',
      programmeId,
      shopId,
      customerId,
      subject: `cart:${shopId}:${cartRef}`.slice(0, 191),
      wish: idempotencyKey,
      inputs: { cartRef, points, currency, goodsMinor },
      reason: reason(`hold_refused_${result.code}`, false, { points, currency, ...result.details }),
    });
    return result;
  });
}

async function place(trx: Trx, context: OperationContext, input: PlaceHoldInput): Promise<Result<PlacedHold>> {
  const spender = await lockBuyer(trx, input.shopId, input.customerId);
  if (!spender) return refuse('unknown_member');
  const member = spender.account;
  const known = await trx
    .selectFrom('hold')
    .selectAll()
    .where('shop_id', '=', input.shopId)
    .where('idempotency_key', '=', input.idempotencyKey)
    .executeTakeFirst();
  if (known) {
    const same = known.member_id === member.memberId && known.points === input.points && known.currency === input.currency;
    return same ? success(placed(known)) : refuse('idempotency_mismatch');
  }
  const now = context.clock.now();
  const published = await context.programmes.effectiveAt(trx, input.programmeId, now);
  if (!published) return refuse('no_programme');
  const buyerId = spender.seat?.buyer.member_id ?? member.memberId;
  if (!(await hasAcceptedTerms(trx, published.programme, buyerId, now, input.shopId))) return refuse('terms_not_accepted');
  const lots = await spendableLots(trx, member, now);
  const availablePoints = lots.reduce((sum, lot) => sum + lot.points, 0);
  const quote = quoteRedemption(published.programme, {
    currency: input.currency,
    goodsMinor: input.goodsMinor,
    requestedPoints: input.points,
    availablePoints,
  });
  if (!quote.ok) return quote;
  const admitted = await admitBuyer(trx, context, spender, input, published.programme);
  if (!admitted.ok) return admitted;
  const hold = {
    holdId: context.ids.next(),
    shopId: input.shopId,
    cartRef: input.cartRef,
    points: quote.value.points,
    valueMinor: quote.value.valueMinor,
    currency: input.currency,
    placedAt: now,
    expiresAt: addMinutes(now, published.programme.redemption?.holdMinutes ?? 0),
    idempotencyKey: input.idempotencyKey,
    decisionId: context.ids.next(),
  };
  if (!(await reserve(trx, context, member, hold, lots))) return refuse('idempotency_mismatch');
  await recordHold(trx, context, member, hold, { versionId: published.versionId, availablePoints });
  await noteBuyerHold(trx, spender, { ...hold, approvalId: admitted.value.approvalId });
  await projectMember(trx, context, member);
  const { holdId, points, valueMinor, currency, expiresAt } = hold;
  return success({ holdId, points, valueMinor, currency, expiresAt, status: 'placed' });
}

function placed(row: Row<'hold'>): PlacedHold {
  return {
    holdId: row.hold_id,
    points: row.points,
    valueMinor: row.value_minor,
    currency: row.currency,
    status: row.status,
    expiresAt: row.expires_at,
  };
}
