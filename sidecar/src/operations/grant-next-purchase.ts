import { channelOf } from '../domain/channel';
import { judgeNextPurchase, keptGoodsMinor, type NextPurchaseRule } from '../domain/next-purchase';
import { voucherEnd, voucherOffer } from '../domain/voucher';
import { reason, type Reason } from '../domain/reason';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import {
  changeNextPurchase,
  dueNextPurchases,
  grantedOf,
  nextPurchasesOf,
  type NextPurchase,
} from '../stores/next-purchase-store';
import { findPosition, storedSnapshot, type OrderPosition } from '../stores/position-store';
import type { OperationContext } from './context';
import { grantVoucher } from './grant-voucher';
import { restoreTerms } from './pinned-terms';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const ORDERS_PER_PAGE = 200;

/** Decides on every order whose voucher for the next purchase is due, an order and rule a transaction. */
export async function grantNextPurchases(context: OperationContext, now: string): Promise<{ granted: number; refused: number }> {
  const counts = { granted: 0, refused: 0 };
  for (;;) {
    const due = await dueNextPurchases(context.db, now, ORDERS_PER_PAGE);
    for (const row of due) {
      const work = inTransaction(context.db, (trx) => decideOne(trx, context, row, now));
      const outcome = await unlessErased(work, null);
      if (outcome !== null) counts[outcome] += 1;
    }
    if (due.length < ORDERS_PER_PAGE) return counts;
  }
}

/** Null when somebody else decided, or the order is no longer paid. */
async function decideOne(
  trx: Trx,
  context: OperationContext,
  seen: NextPurchase,
  now: string,
): Promise<'granted' | 'refused' | null> {
  const read = async () => (await nextPurchasesOf(trx, seen.shop_id, seen.order_id)).get(seen.rule_code);
  // Members become part of others; whose it is now is locked.
  const member = await lockMember(trx, (await read())?.member_id ?? seen.member_id);
  const row = await read();
  if (row?.status !== 'waiting' || row.due_at === null || row.due_at > now) return null;
  const position = await findPosition(trx, row.shop_id, row.order_id);
  if (!position) throw new Error(`the next purchase of order ${row.order_id} lost its order`);
  const terms = await restoreTerms(trx, context, position);
  const rule = terms.programme.nextPurchase.find(({ code }) => code === row.rule_code);
  if (!rule) throw new Error(`the terms of order ${row.order_id} lost the rule ${row.rule_code}`);
  const snapshot = storedSnapshot(position);
  const channel = channelOf(terms.programme.channels ?? [], snapshot)?.code ?? null;
  const verdict = judgeNextPurchase(rule, {
    currency: position.currency,
    goodsMinor: keptGoodsMinor(snapshot),
    subject: { tier: terms.tier, segments: terms.segments, at: position.placed_at, channel },
    given: rule.limitPerMember === null ? 0 : await grantedOf(trx, row.member_id, rule.code),
  });
  const decisionId = context.ids.next();
  const voucherId = verdict.applied
    ? await give(trx, context, { rule, position, decisionId, base: terms.programme.baseCurrency })
    : null;
  const status = voucherId === null ? 'refused' : 'granted';
  await recordDecision(trx, {
    decisionId,
    programmeId: row.programme_id,
    memberId: row.member_id,
    kind: 'next_purchase',
    subject: `order:${row.shop_id}:${row.order_id}`,
    programmeVersionId: terms.programmeVersionId,
    decidedAt: context.clock.now(),
    inputs: { rule: rule.code, orderNumber: position.order_number, tier: terms.tier, segments: terms.segments },
    outcome: { status, voucherId },
    reasons: reasonsOf(verdict, voucherId),
  });
  await changeNextPurchase(trx, row, { status, due_at: null, voucher_id: voucherId, decision_id: decisionId });
  if (voucherId !== null) await projectMember(trx, context, member);
  return status;
}

/** A guest has no account in which a voucher could be shown. */
function reasonsOf(verdict: Reason, voucherId: string | null): Reason[] {
  if (!verdict.applied || voucherId !== null) return [verdict];
  return [reason('next_purchase_without_account', false, verdict.figures)];
}

interface Gift {
  readonly rule: NextPurchaseRule;
  readonly position: OrderPosition;
  readonly decisionId: string;
  readonly base: string;
}

async function give(trx: Trx, context: OperationContext, gift: Gift): Promise<string | null> {
  const { rule, position, decisionId, base } = gift;
  const offer = voucherOffer(rule.voucher, position.currency, base);
  if (offer === null) return null;
  const now = context.clock.now();
  return grantVoucher(trx, context, {
    ...offer,
    programmeId: position.programme_id,
    memberId: position.member_id,
    shopId: position.shop_id,
    origin: 'next-purchase',
    sourceKey: `next-purchase:${decisionId}`,
    expiresAt: voucherEnd(now, rule.voucher.validDays),
    reminderDays: rule.reminderDays,
  });
}
