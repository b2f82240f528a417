import type { OrderGift, OrderSnapshot } from '../domain/order-snapshot';
import { reason } from '../domain/reason';
import { canonicalJson } from '../storage/canonical-json';
import { recordDecision } from '../stores/decision-store';
import { storedSnapshot } from '../stores/position-store';
import type { OrderInHand } from './apply-order';

/** Keeps which gifts an order holds, so that limits per member and stock count exactly once per order. */
export async function recordGifts(order: OrderInHand): Promise<void> {
  const { trx, snapshot, member, before } = order;
  const granted = grantedGifts(snapshot);
  const known = before === null ? [] : grantedGifts(storedSnapshot(before));
  if (canonicalJson(granted) === canonicalJson(known)) return;
  if (known.length > 0) {
    await trx.deleteFrom('gift_grant').where('shop_id', '=', snapshot.shopId).where('order_id', '=', snapshot.orderId).execute();
  }
  const byRule = new Map(granted.map((gift) => [gift.ruleCode, gift]));
  await explainGifts(order, known, [...byRule.values()]);
  if (byRule.size === 0) return;
  await trx
    .insertInto('gift_grant')
    .values(
      [...byRule.values()].map((gift) => ({
        shop_id: snapshot.shopId,
        order_id: snapshot.orderId,
        rule_code: gift.ruleCode,
        programme_id: member.programmeId,
        member_id: member.memberId,
        product_number: gift.productNumber,
        quantity: gift.quantity,
      })),
    )
    .execute();
}

async function explainGifts(order: OrderInHand, known: readonly OrderGift[], granted: readonly OrderGift[]): Promise<void> {
  const { trx, context, snapshot, member, terms } = order;
  const gone = known.filter(({ ruleCode }) => !granted.some((gift) => gift.ruleCode === ruleCode));
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'gift',
    subject: `order:${snapshot.shopId}:${snapshot.orderId}`,
    programmeVersionId: terms.programmeVersionId,
    decidedAt: context.clock.now(),
    inputs: { orderNumber: snapshot.orderNumber, known },
    outcome: { gifts: granted, quantity: granted.reduce((sum, { quantity }) => sum + quantity, 0) },
    reasons: [
      ...granted.map(({ ruleCode: rule, productNumber, quantity }) =>
        reason('gift_granted', true, { rule, productNumber, quantity }),
      ),
      ...gone.map(({ ruleCode: rule, productNumber }) => reason('gift_withdrawn', true, { rule, productNumber })),
    ],
  });
}

function grantedGifts(snapshot: OrderSnapshot): readonly OrderGift[] {
  return snapshot.orderState === 'cancelled' ? [] : snapshot.gifts;
}
