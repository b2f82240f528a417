import { calendarSpan } from '../domain/calendar';
import { nextTier, type NextTier } from '../domain/tier';
import { volumeProgress } from '../domain/volume';
import type { LockedMember } from '../ledger/locked-member';
import { spentIntent } from '../ledger/hold';
import { nextExpiry } from '../ledger/lot';
import { hasSegments, isMembership } from '../domain/membership';
import type { MemberMirror, ShownPayout, ShownVoucher } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import type { Trx } from '../storage/transaction';
import { latestPayouts } from '../stores/cashback-store';
import { setDesired } from '../stores/desired-state-store';
import { findMember, shownAccounts } from '../stores/member-store';
import { spellsOf } from '../stores/membership-store';
import { countedOrders } from '../stores/position-store';
import { usableVouchers, type Voucher } from '../stores/voucher-store';
import type { OperationContext } from './context';
import { giftsOfMember } from './list-due-gifts';
import { memberFacts } from './member-facts';
import { memberStanding } from './member-standing';
import { shownChallenges } from './show-challenges';
import { memberRewards } from './member-rewards';

const PAYOUTS_SHOWN = 5;

const VOUCHERS_SHOWN = 20;
/** Of all shops together. */
const MAX_VOUCHERS_READ = 200;

/** States what every shop of a member should show of them. The worker brings it there, after this transaction. */
export async function projectMember(trx: Trx, context: OperationContext, member: LockedMember): Promise<void> {
  const accounts = await shownAccounts(trx, member.memberId);
  if (accounts.length === 0) return;
  const now = context.clock.now();
  const mirror = await memberMirror(trx, context, member, now);
  const vouchers = await usableVouchers(trx, member.memberId, now, MAX_VOUCHERS_READ);
  for (const account of accounts) {
    await setDesired(
      trx,
      {
        shopId: account.shop_id,
        type: 'member',
        id: account.customer_id,
        state: {
          ...mirror,
          vouchers: vouchers
            .filter(({ shop_id: shopId }) => shopId === account.shop_id)
            .slice(0, VOUCHERS_SHOWN)
            .map(shownVoucher),
          customerId: account.customer_id,
        } satisfies MemberMirror,
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
): Promise<Omit<MemberMirror, 'customerId' | 'vouchers'>> {
  const row = await findMember(trx, member.memberId);
  const published = await context.programmes.effectiveAt(trx, member.programmeId, now);
  const nothing = { tier: row.tier, segments: [] };
  const { tier, segments } = published ? await memberStanding(trx, published.programme, row, now) : nothing;
  const memberships = segments.some(isMembership) ? await lastingMemberships(trx, member.memberId, now) : [];
  const rewards = await memberRewards(trx, member.memberId, now);
  const cashback = published && published.programme.cashback.length > 0 ? await shownPayouts(trx, member.memberId) : [];
  const viewer = { memberId: member.memberId, tier, segments };
  const challenges =
    published && published.programme.challenges.length > 0 ? await shownChallenges(trx, published.programme, viewer, now) : {};
  return {
    availablePoints: member.available,
    pendingPoints: member.pending,
    debtPoints: member.debt,
    heldPoints: member.held,
    spentIntent: await spentIntent(trx, member.memberId),
    tier,
    nextTier: published ? await tierAhead(trx, published.programme, { ...row, tier }, now) : null,
    volume: published ? await volumeStanding(trx, published.programme, member, now) : [],
    nextExpiry: await nextExpiry(trx, member.memberId, now),
    referralCode: row.referral_code,
    rewardedReferrals: row.rewarded_referrals,
    referralFigures: shownFigures(row),
    givenGifts: published ? await limitedGifts(trx, published.programme, member) : null,
    segments: published && hasSegments(published.programme) ? segments : null,
    ...(rewards && { rewards }),
    ...(memberships.length > 0 && { memberships }),
    ...(cashback.length > 0 && { cashback }),
    ...challenges,
    version: member.version,
  };
}

function shownVoucher(voucher: Voucher): ShownVoucher {
  return {
    code: voucher.code,
    valueMinor: voucher.value_minor,
    percentBps: voucher.percent_bps,
    currency: voucher.currency,
    minimumMinor: voucher.minimum_minor ?? 0,
    expiresAt: voucher.expires_at,
  };
}

async function tierAhead(trx: Trx, programme: Programme, row: Row<'member'>, now: string): Promise<NextTier | null> {
  if (programme.tiers.levels.length === 0) return null;
  return nextTier(programme.tiers, row.tier, await memberFacts(trx, programme, row, now));
}

/** The orders of all windows are read at once, from the beginning where one is of days; without incentives none are. */
async function volumeStanding(trx: Trx, { volume, timeZone }: Programme, member: LockedMember, now: string) {
  if (volume.length === 0) return [];
  const starts = volume.map(({ window }) => ('period' in window ? calendarSpan(window.period, now, timeZone).start : ''));
  const orders = await countedOrders(trx, member.memberId, { start: starts.sort()[0] });
  return volume.map((incentive) => volumeProgress(incentive, orders, now, timeZone));
}

async function lastingMemberships(trx: Trx, memberId: string, now: string) {
  const spells = (await spellsOf(trx, memberId)).filter((spell) => spell.starts_at <= now && spell.grace_ends_at > now);
  return spells.map(({ plan_code: code, plan_name: name, ends_at: endsAt }) => ({ code, name, endsAt }));
}

async function shownPayouts(trx: Trx, memberId: string): Promise<ShownPayout[]> {
  const payouts = await latestPayouts(trx, memberId, PAYOUTS_SHOWN);
  return payouts.map((row) => ({
    id: row.payout_id,
    name: row.cashback_name,
    points: row.points,
    valueMinor: row.value_minor,
    currency: row.currency,
    state: row.state,
    at: row.requested_at,
    voucher: row.voucher_code,
  }));
}

/** Only what a cart has to know: most programmes limit no gift, and cost no statement. */
async function limitedGifts(trx: Trx, { freeProducts }: Programme, member: LockedMember): Promise<MemberMirror['givenGifts']> {
  const limited = freeProducts.filter(({ limitPerMember }) => limitPerMember !== null).map(({ code }) => code);
  if (limited.length === 0) return null;
  const given = await giftsOfMember(trx, member.programmeId, member.memberId);
  const shown = [...given].filter(([code]) => limited.includes(code));
  return shown.length === 0 ? null : Object.fromEntries(shown);
}

function shownFigures({ pending_referrals: pending, referral_points: points }: Row<'member'>): MemberMirror['referralFigures'] {
  return pending || points ? { pending: pending ?? 0, points: points ?? 0 } : null;
}
