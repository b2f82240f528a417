import { calendarSpan } from '../domain/calendar';
import { addDays } from '../domain/instant';
import { hasSegments } from '../domain/membership';
import type { MemberMirror, ShownMembership, ShownPayout, ShownVoucher } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import { nextTier, type NextTier } from '../domain/tier';
import { volumeProgress } from '../domain/volume';
import { nextExpiry } from '../ledger/lot';
import type { Row } from '../storage/tables';
import type { Trx } from '../storage/transaction';
import { latestPayouts } from '../stores/cashback-store';
import { spellsOf, type SpellRow } from '../stores/membership-store';
import { countedOrders } from '../stores/position-store';
import { usableVouchers, type Voucher } from '../stores/voucher-store';
import { latestAnswers } from '../stores/wish-store';
import { giftsOfMember } from './list-due-gifts';
import { memberFacts } from './member-facts';
import { memberRewards } from './member-rewards';
import { memberStanding } from './member-standing';
import { shownChallenges } from './show-challenges';

const PAYOUTS_SHOWN = 5;
const WISHES_SHOWN = 5;

const VOUCHERS_SHOWN = 20;
/** Of all shops together. */
const MAX_VOUCHERS_READ = 200;

/** Whose points are shown. */
export type ShownAccount = Pick<Row<'member_account'>, 'member_id' | 'programme_id' | 'available' | 'pending' | 'held' | 'debt'>;

/** What follows from the points of one account and the tier of one member, whoever it is shown to. */
export type StandingMirror = Pick<
  MemberMirror,
  | 'availablePoints'
  | 'pendingPoints'
  | 'debtPoints'
  | 'heldPoints'
  | 'tier'
  | 'nextTier'
  | 'volume'
  | 'nextExpiry'
  | 'givenGifts'
  | 'segments'
  | 'memberships'
  | 'endedMemberships'
  | 'challenges'
  | 'badges'
>;

export async function standingMirror(
  trx: Trx,
  { account, ranked, programme, now }: { account: ShownAccount; ranked: Row<'member'>; programme: Programme | null; now: string },
): Promise<StandingMirror> {
  const memberId = account.member_id;
  const nothing = { tier: ranked.tier, segments: [] };
  const judged = { member_id: memberId, tier: ranked.tier };
  const { tier, segments } = programme ? await memberStanding(trx, programme, judged, now) : nothing;
  const memberships = programme && programme.memberships.length > 0 ? await shownMemberships(trx, memberId, now) : {};
  const viewer = { memberId, tier, segments };
  const challenges = programme && programme.challenges.length > 0 ? await shownChallenges(trx, programme, viewer, now) : {};
  return {
    availablePoints: account.available,
    pendingPoints: account.pending,
    debtPoints: account.debt,
    heldPoints: account.held,
    tier,
    nextTier: programme ? await tierAhead(trx, programme, { ...ranked, tier }, now) : null,
    volume: programme ? await volumeStanding(trx, programme, memberId, now) : [],
    nextExpiry: await nextExpiry(trx, memberId, now),
    givenGifts: programme ? await limitedGifts(trx, programme, account) : null,
    segments: programme && hasSegments(programme) ? segments : null,
    ...memberships,
    ...challenges,
  };
}

/** What is the member's own, also of one who buys for a company. */
export type PersonalMirror = Pick<
  MemberMirror,
  'referralCode' | 'rewardedReferrals' | 'referralFigures' | 'rewards' | 'cashback' | 'wishes'
>;

export async function personalMirror(
  trx: Trx,
  own: Row<'member'>,
  programme: Programme | null,
  now: string,
): Promise<PersonalMirror> {
  const rewards = await memberRewards(trx, own.member_id, now);
  const cashback = programme && programme.cashback.length > 0 ? await shownPayouts(trx, own.member_id) : [];
  const wishes =
    programme && mayWish(programme, own) ? await latestAnswers(trx, own.member_id, addDays(now, -1), WISHES_SHOWN) : [];
  return {
    referralCode: own.referral_code,
    rewardedReferrals: own.rewarded_referrals,
    referralFigures: shownFigures(own),
    ...(rewards && { rewards }),
    ...(cashback.length > 0 && { cashback }),
    ...(wishes.length > 0 && { wishes }),
  };
}

/** A member's vouchers as each shop shows its own. */
export async function vouchersByShop(trx: Trx, memberId: string, now: string): Promise<(shopId: string) => ShownVoucher[]> {
  const vouchers = await usableVouchers(trx, memberId, now, MAX_VOUCHERS_READ);
  return (shopId) =>
    vouchers
      .filter((voucher) => voucher.shop_id === shopId)
      .slice(0, VOUCHERS_SHOWN)
      .map(shownVoucher);
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
async function volumeStanding(trx: Trx, { volume, timeZone }: Programme, memberId: string, now: string) {
  if (volume.length === 0) return [];
  const starts = volume.map(({ window }) => ('period' in window ? calendarSpan(window.period, now, timeZone).start : ''));
  const orders = await countedOrders(trx, memberId, { start: starts.sort()[0] });
  return volume.map((incentive) => volumeProgress(incentive, orders, now, timeZone));
}

/** Whoever has nothing to ask for and nobody to answer costs no statement. */
function mayWish({ rewards, cashback }: Programme, { company_id: companyId }: Pick<Row<'member'>, 'company_id'>): boolean {
  return rewards.length > 0 || cashback.length > 0 || companyId !== null;
}

async function shownMemberships(
  trx: Trx,
  memberId: string,
  now: string,
): Promise<Pick<StandingMirror, 'memberships' | 'endedMemberships'>> {
  const begun = (await spellsOf(trx, memberId)).filter((spell) => spell.starts_at <= now);
  const memberships = begun.filter((spell) => spell.grace_ends_at > now);
  const isOver = (plan: string): boolean => memberships.every((spell) => spell.plan_code !== plan);
  const latest = new Map(begun.map((spell) => [spell.plan_code, spell]));
  const ended = [...latest.values()].filter(({ plan_code: plan }) => isOver(plan));
  return {
    ...(memberships.length > 0 && { memberships: memberships.map(shownMembership) }),
    ...(ended.length > 0 && { endedMemberships: ended.map(shownMembership) }),
  };
}

export function shownMembership(spell: SpellRow): ShownMembership {
  const { plan_code: code, plan_name: name, starts_at: startsAt, ends_at: endsAt, grace_ends_at: graceEndsAt } = spell;
  return { code, name, startsAt, endsAt, graceEndsAt };
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
async function limitedGifts(trx: Trx, { freeProducts }: Programme, account: ShownAccount): Promise<MemberMirror['givenGifts']> {
  const limited = freeProducts.filter(({ limitPerMember }) => limitPerMember !== null).map(({ code }) => code);
  if (limited.length === 0) return null;
  const given = await giftsOfMember(trx, account.programme_id, account.member_id);
  const shown = [...given].filter(([code]) => limited.includes(code));
  return shown.length === 0 ? null : Object.fromEntries(shown);
}

function shownFigures({ pending_referrals: pending, referral_points: points }: Row<'member'>): MemberMirror['referralFigures'] {
  return pending || points ? { pending: pending ?? 0, points: points ?? 0 } : null;
}
