import { nextTier } from '../domain/tier';
import type { LockedMember } from '../ledger/locked-member';
import { spentIntent } from '../ledger/hold';
import { nextExpiry } from '../ledger/lot';
import type { MemberMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import type { Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { findMember, shownAccounts } from '../stores/member-store';
import { segmentsAt } from '../stores/segment-store';
import type { OperationContext } from './context';
import { giftsOfMember } from './list-due-gifts';
import { tierMetric } from './raise-tier';

/** States what every shop of a member should show of them. The worker brings it there, after this transaction. */
export async function projectMember(trx: Trx, context: OperationContext, member: LockedMember): Promise<void> {
  const accounts = await shownAccounts(trx, member.memberId);
  if (accounts.length === 0) return;
  const now = context.clock.now();
  const mirror = await memberMirror(trx, context, member, now);
  for (const account of accounts) {
    await setDesired(
      trx,
      {
        shopId: account.shop_id,
        type: 'member',
        id: account.customer_id,
        state: { ...mirror, customerId: account.customer_id } satisfies MemberMirror,
      },
      now,
    );
  }
}

async function memberMirror(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  now: string,
): Promise<Omit<MemberMirror, 'customerId'>> {
  const row = await findMember(trx, member.memberId);
  const published = await context.programmes.effectiveAt(trx, member.programmeId, now);
  const metricValue = published ? await tierMetric(trx, published, member.memberId, now) : 0;
  return {
    availablePoints: member.available,
    pendingPoints: member.pending,
    debtPoints: member.debt,
    heldPoints: member.held,
    spentIntent: await spentIntent(trx, member.memberId),
    tier: row.tier,
    nextTier: published ? nextTier(published.programme.tiers, row.tier, metricValue) : null,
    nextExpiry: await nextExpiry(trx, member.memberId, now),
    referralCode: row.referral_code,
    rewardedReferrals: row.rewarded_referrals,
    givenGifts: published ? await limitedGifts(trx, published.programme, member) : null,
    segments: published && published.programme.segments.length > 0 ? await segmentsAt(trx, member.memberId, now) : null,
    version: member.version,
  };
}

/** Only what a cart has to know: most programmes limit no gift, and cost no statement. */
async function limitedGifts(trx: Trx, { freeProducts }: Programme, member: LockedMember): Promise<MemberMirror['givenGifts']> {
  const limited = freeProducts.filter(({ limitPerMember }) => limitPerMember !== null).map(({ code }) => code);
  if (limited.length === 0) return null;
  const given = await giftsOfMember(trx, member.programmeId, member.memberId);
  const shown = [...given].filter(([code]) => limited.includes(code));
  return shown.length === 0 ? null : Object.fromEntries(shown);
}
