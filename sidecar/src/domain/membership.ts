/** Paid membership: bought as a product, for so long a unit; a pure function of the orders that bought it. */
import { addDays, addMonths, isBefore } from './instant';
import type { OrderSnapshot } from './order-snapshot';
import { tierRank } from './tier';
import type { Programme, TierTerms } from './programme';
import { remainingMilli } from './unit-split';

/** Of one unit; one of both is 0. */
export interface MembershipTerm {
  readonly months: number;
  readonly days: number;
}

export interface MembershipPlan {
  readonly code: string;
  readonly name: string;
  /** Product numbers, each of which buys it. */
  readonly products: readonly string[];
  readonly term: MembershipTerm;
  /** A level that members have while it lasts, unless they have a higher one. */
  readonly tier: string | null;
  /** Once a member, while anything of it was not returned. */
  readonly welcomePoints: number;
  /** What it brings goes on for so long after its end; who buys it again until then goes on from the end. */
  readonly graceDays: number;
  /** Members are told so many days before the end; null = never. */
  readonly endingNoticeDays: number | null;
}

export interface MembershipPurchase extends MembershipTerm {
  /** Decides between orders paid in the same moment. */
  readonly orderKey: string;
  readonly paidAt: string;
  /** Units kept. */
  readonly units: number;
  readonly graceDays: number;
}

/** Time without a break; `graceEndsAt` is when what it brings is over. */
export interface MembershipSpell {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly graceEndsAt: string;
}

const VOID: readonly OrderSnapshot['paymentState'][] = ['refunded', 'failed', 'cancelled'];

/** Whole units of a plan that an order bought, paid and kept. */
export function membershipUnits({ products }: Pick<MembershipPlan, 'products'>, snapshot: OrderSnapshot): number {
  const { paidAt, orderState, paymentState, lines } = snapshot;
  if (paidAt === null || orderState === 'cancelled' || VOID.includes(paymentState)) return 0;
  return lines
    .filter(({ kind, productNumber }) => kind === 'product' && productNumber !== null && products.includes(productNumber))
    .reduce((sum, line) => sum + Math.floor(remainingMilli(line.quantityMilli, line.refundedMilli) / 1000), 0);
}

/**
 * The times of a membership, oldest first: each purchase starts one with its payment, or goes on from the end of the one that
 * lasts. In whichever order purchases are heard of, the times are the same.
 */
export function membershipSpells(purchases: readonly MembershipPurchase[]): MembershipSpell[] {
  const spells: { startsAt: string; months: number; days: number; spell: MembershipSpell }[] = [];
  const ordered = purchases.filter(({ units }) => units > 0).sort(byPayment);
  for (const { paidAt, units, months, days, graceDays } of ordered) {
    const last = spells.at(-1);
    const isOpen = last !== undefined && isBefore(paidAt, last.spell.graceEndsAt);
    const base = isOpen ? last : { startsAt: paidAt, months: 0, days: 0 };
    // From the beginning, so that months of different lengths do not add up to a drift.
    const total = { startsAt: base.startsAt, months: base.months + months * units, days: base.days + days * units };
    const endsAt = addDays(addMonths(total.startsAt, total.months), total.days);
    const spell = { startsAt: total.startsAt, endsAt, graceEndsAt: addDays(endsAt, graceDays) };
    spells.splice(isOpen ? -1 : spells.length, isOpen ? 1 : 0, { ...total, spell });
  }
  return spells.map(({ spell }) => spell);
}

function byPayment(one: MembershipPurchase, other: MembershipPurchase): number {
  const apart = Date.parse(one.paidAt) - Date.parse(other.paidAt);
  return apart || (one.orderKey < other.orderKey ? -1 : 1);
}

/** What members of a plan are called among segments; no merchant can write such a code for a segment. */
export function membershipSegment(plan: string): string {
  return `membership:${plan}`;
}

export function isMembership(segment: string): boolean {
  return segment.startsWith(membershipSegment(''));
}

/** Whether rules of a programme may ask for segments: memberships are as good as segments to them. */
export function hasSegments({ segments, memberships }: Pick<Programme, 'segments' | 'memberships'>): boolean {
  return segments.length > 0 || memberships.length > 0;
}

/** The higher of a member's own tier and those that memberships bring. */
export function tierWithMemberships(
  tiers: TierTerms,
  plans: readonly MembershipPlan[],
  own: string | null,
  segments: readonly string[],
): string | null {
  const brought = plans.filter(({ code }) => segments.includes(membershipSegment(code))).map(({ tier }) => tier);
  return brought.reduce((highest, tier) => (tierRank(tiers, tier) > tierRank(tiers, highest) ? tier : highest), own);
}
