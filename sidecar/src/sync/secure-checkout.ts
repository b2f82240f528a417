/**
 * Decides whether an order may be placed with points, and reserves them. A wish to pay with points (an intent) pays for
 * one order: where an earlier attempt left a hold, the shop is asked whether an order came of it.
 */
import { addMs } from '../domain/instant';
import { askApproval } from '../operations/ask-approval';
import type { OperationContext } from '../operations/context';
import {
  checkRedemption,
  holdsOfIntent,
  secureRedemption,
  type RedemptionDenial,
  type RedemptionIntent,
} from '../operations/secure-redemption';
import type { CheckoutDenial } from '../platform/platform';
import { findIdentity } from '../stores/member-store';

export interface SecureCheckoutDeps {
  readonly context: OperationContext;
  /** The shop's order that used the intent, null when there is none; throws when the shop does not answer in time. */
  readonly orderOfIntent: (customerId: string, intent: string) => Promise<string | null>;
  /** Called with an order the books have not heard of yet. */
  readonly onUnknownOrder: (orderId: string) => void;
}

export interface CheckoutWish extends Omit<RedemptionIntent, 'customerId'> {
  /** Null for guests. */
  readonly customerId: string | null;
  /** False on the pages before the order is placed: nothing is reserved there. */
  readonly isPlacement: boolean;
}

/** A hold this old whose order the shop cannot confirm is taken for an attempt that failed. */
const ATTEMPT_MS = 120_000;

const denials: Readonly<Record<RedemptionDenial, CheckoutDenial>> = {
  unknown_member: 'insufficient_points',
  no_programme: 'insufficient_points',
  insufficient_points: 'insufficient_points',
  intent_spent: 'points_already_used',
  intent_lapsed: 'set_points_again',
  terms_not_accepted: 'accept_terms',
  above_order_limit: 'above_buyer_limit',
  above_month_limit: 'above_buyer_limit',
  approval_needed: 'approval_needed',
};

/** Null = the order may be placed. */
export async function secureCheckout(deps: SecureCheckoutDeps, wish: CheckoutWish): Promise<CheckoutDenial | null> {
  const { context } = deps;
  const { customerId } = wish;
  if (customerId === null) return 'log_in';
  if (wish.intent === '' || !Number.isSafeInteger(wish.points) || wish.points <= 0) return 'set_points_again';
  const intent: RedemptionIntent = { ...wish, customerId };
  if (!wish.isPlacement) {
    const checked = await checkRedemption(context, intent);
    if (checked.ok) return null;
    if (checked.code === 'approval_needed') await ask(context, intent);
    return denials[checked.code];
  }
  const earlier = await earlierAttempt(deps, intent);
  if (earlier !== null) return earlier;
  const secured = await secureRedemption(context, intent);
  return secured.ok ? null : denials[secured.code];
}

/** The shop lets nobody place an order that is denied before, so this is when the company hears of it. */
async function ask(context: OperationContext, wish: RedemptionIntent): Promise<void> {
  const identity = await findIdentity(context.db, wish.shopId, wish.customerId);
  if (!identity) return;
  const { shopId, intent: cartRef, points } = wish;
  await askApproval(context, { memberId: identity.member_id, companyId: null, shopId, cartRef, points });
}

async function earlierAttempt(deps: SecureCheckoutDeps, wish: RedemptionIntent): Promise<CheckoutDenial | null> {
  const [latest] = await holdsOfIntent(deps.context.db, wish.shopId, wish.intent);
  if (!latest) return null;
  if (latest.status === 'captured') return 'points_already_used';
  try {
    const orderId = await deps.orderOfIntent(wish.customerId, wish.intent);
    if (orderId === null) return null;
    deps.onUnknownOrder(orderId);
    return 'points_already_used';
  } catch {
    return latest.placed_at > addMs(deps.context.clock.now(), -ATTEMPT_MS) ? 'points_being_checked' : null;
  }
}
