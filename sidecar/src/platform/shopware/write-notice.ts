import type { NoticeKind, NoticeMirror } from '../../domain/mirror';
import type { ConnectedShop, PushOutcome } from '../platform';
import { outcomeOf } from './batch-write';
import type { ShopwareClient } from './client';

interface Notice {
  readonly state: NoticeMirror | null;
}

/** Triggers of the Flow Builder, as the app's flow.xml names them. */
export const flowEvents: Readonly<Record<NoticeKind, string>> = {
  tier_reached: 'loyalty.tier.reached',
  referral_rewarded: 'loyalty.referral.rewarded',
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
  { kind, customerId, figures }: NoticeMirror,
): Promise<PushOutcome> {
  try {
    await client.triggerEvent(shop, flowEvents[kind], { ...figures, customerId });
    return { ok: true };
  } catch (error) {
    return outcomeOf(error);
  }
}
