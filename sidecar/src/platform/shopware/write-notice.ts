import type { NoticeKind } from '../../domain/milestone';
import type { NoticeMirror } from '../../domain/mirror';
import type { ConnectedShop, PushOutcome } from '../platform';
import { outcomeOf } from './batch-write';
import type { ShopwareClient } from './client';

interface Notice {
  readonly state: NoticeMirror | null;
}

/** Triggers of the Flow Builder, as the app's flow.xml names them. */
export const flowEvents: Readonly<Record<NoticeKind, string>> = {
  welcome: 'loyalty.welcome',
  points_available: 'loyalty.points.available',
  points_expiring: 'loyalty.points.expiring',
  tier_reached: 'loyalty.tier.reached',
  tier_at_risk: 'loyalty.tier.at_risk',
  referral_rewarded: 'loyalty.referral.rewarded',
  voucher_granted: 'loyalty.voucher.granted',
  voucher_expiring: 'loyalty.voucher.expiring',
  occasion_rewarded: 'loyalty.occasion.rewarded',
  lead_confirmation_requested: 'loyalty.lead.confirmation_requested',
  challenge_completed: 'loyalty.challenge.completed',
  badge_earned: 'loyalty.badge.earned',
  segment_entered: 'loyalty.segment.entered',
  segment_left: 'loyalty.segment.left',
  reward_redeemed: 'loyalty.reward.redeemed',
  approval_requested: 'loyalty.approval.requested',
  approval_decided: 'loyalty.approval.decided',
  membership_started: 'loyalty.membership.started',
  membership_ending: 'loyalty.membership.ending',
  membership_ended: 'loyalty.membership.ended',
};

/**
 * Triggers the merchant's flows, a call each. Shopware itself finds the customer's address and sales channel by the id; given
 * as values of ours they would stand in the way of its mails.
 */
export async function tellNotices(
  client: Pick<ShopwareClient, 'triggerEvent'>,
  shop: ConnectedShop,
  notices: readonly Notice[],
): Promise<PushOutcome[]> {
  const outcomes: PushOutcome[] = [];
  for (const { state } of notices) outcomes.push(state === null ? { ok: true } : await tell(client, shop, state));
  return outcomes;
}

async function tell(
  client: Pick<ShopwareClient, 'triggerEvent'>,
  shop: ConnectedShop,
  { kind, customerId, figures, purpose, consent, language }: NoticeMirror,
): Promise<PushOutcome> {
  try {
    await client.triggerEvent(shop, flowEvents[kind], { ...figures, purpose, consent, language, customerId });
    return { ok: true };
  } catch (error) {
    return outcomeOf(error);
  }
}
