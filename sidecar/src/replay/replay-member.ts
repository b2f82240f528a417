/**
 * One member's past orders under a programme, as the books would have kept them. Pure, and the same for the same orders.
 * What is replayed and what is not stands in docs/what-if.md.
 */
import { calendarSpan } from '../domain/calendar';
import { entitlement, type PinnedTerms } from '../domain/entitlement';
import { addDays } from '../domain/instant';
import type { Programme } from '../domain/programme';
import {
  sumTotals,
  NO_TOTALS,
  windowKey,
  windowOpensAfter,
  type MemberFacts,
  type QualifyingTotals,
  type QualifyingWindow,
} from '../domain/qualifying';
import { qualifyTier, reviewTier, tierRank, tierWindows } from '../domain/tier';
import { reachedBand, volumeWindows, type CountedOrder } from '../domain/volume';
import { voucherOffer, type VoucherOffer } from '../domain/voucher';
import { CampaignRoom } from './campaign-room';
import type { Gift, PastStanding } from './moments';
import { pastActivities } from './past-activities';
import type { PastMember, PastOrder, PastPeriod } from './past-member';
import { NextPurchases } from './past-next-purchases';
import { pastOccasions } from './past-occasions';
import { PastRank } from './past-standing';
import { pastReferrals } from './past-referrals';
import type { SharedBudgets } from './shared-budgets';

export interface ReplayedMember {
  readonly issued: number;
  readonly redeemed: number;
  readonly expired: number;
  /** Points spent beyond what the draft had given by then. */
  readonly uncovered: number;
  readonly pending: number;
  readonly available: number;
  /** How many vouchers, and what the amounts in the base currency come to. */
  readonly vouchers: VoucherSums;
  readonly tier: string | null;
  /** Points of each order by its id. */
  readonly earnedByOrder: ReadonlyMap<string, number>;
}

export interface VoucherSums {
  readonly given: number;
  readonly minor: number;
}

interface Lot {
  points: number;
  readonly expiresAt: string | null;
}

/** Behind every instant. */
const AFTER_ALL = '~';

interface DueOrder {
  readonly at: string;
  readonly earned: number;
  readonly totals: QualifyingTotals;
}

/** What happens after the period is left out. */
export function replayMember(
  programme: Programme,
  member: PastMember,
  period: PastPeriod,
  budgets: SharedBudgets,
): ReplayedMember {
  const rank = new PastRank(programme, member, period);
  const state = new Replay(programme, member, rank, new CampaignRoom(programme, budgets));
  const beside = [
    ...rank.welcomes(period),
    ...pastActivities(programme, member, period, budgets),
    ...pastOccasions(programme, member, period),
    ...pastReferrals(programme, member, period),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let next = 0;
  const receive = (until: string): void => {
    for (let moment = beside[next]; moment !== undefined && moment.at < until; moment = beside[next]) {
      state.advance(moment.at, false);
      state.receive(moment.judge(state.standing(moment.at)), moment.at);
      next += 1;
    }
  };
  for (const order of member.orders) {
    const { placedAt } = order.snapshot;
    if (placedAt > period.until) break;
    receive(placedAt);
    state.advance(placedAt, false);
    state.place(order);
  }
  receive(AFTER_ALL);
  return state.ending(period.until);
}

/** The books of one member while they are replayed. */
class Replay {
  private readonly windows: readonly QualifyingWindow[];
  private readonly lots: Lot[] = [];
  private readonly due: DueOrder[] = [];
  private readonly counted: CountedOrder[] = [];
  private readonly earnedByOrder = new Map<string, number>();
  private tier: string | null = null;
  private since: string | null = null;
  private missedSince: string | null = null;
  private reviewedUntil = '';
  private isHandOver = false;
  private issued = 0;
  private redeemed = 0;
  private uncovered = 0;
  private expired = 0;
  private pending = 0;
  private vouchers: VoucherSums = { given: 0, minor: 0 };
  private readonly nextPurchases: NextPurchases;

  constructor(
    private readonly programme: Programme,
    private readonly member: PastMember,
    private readonly rank: PastRank,
    private readonly campaigns: CampaignRoom,
  ) {
    this.windows = tierWindows(programme.tiers);
    this.nextPurchases = new NextPurchases(programme, member.facts.hasAccount);
    const { welcomePoints: points, welcomeVoucher, baseCurrency } = programme;
    const voucher = welcomeVoucher && voucherOffer(welcomeVoucher, baseCurrency, baseCurrency);
    this.receive({ points, voucher }, member.joinedAt);
  }

  standing(at: string): PastStanding {
    return this.rank.standing(this.tier, at);
  }

  receive({ points, voucher }: Gift, at: string): void {
    if (points > 0) this.give(points, at);
    if (voucher) this.count(voucher);
  }

  place(order: PastOrder): void {
    const { snapshot } = order;
    const { tier, segments } = this.rank.standingOfOrder(this.tier, snapshot.placedAt, order.segments);
    const asked: PinnedTerms = { programmeVersionId: '', programme: this.programme, tier, segments, grants: [] };
    const terms = this.campaigns.isEmpty ? asked : { ...asked, grants: this.campaigns.grants(asked, snapshot) };
    const result = entitlement(terms, snapshot);
    this.campaigns.took(snapshot, result.campaigns);
    const { earnedPoints, redeemedPoints, releaseAt, qualifying } = result;
    this.nextPurchases.note(snapshot, { tier, segments }, qualifying.orders > 0);
    this.issued += earnedPoints;
    this.earnedByOrder.set(snapshot.orderId, earnedPoints);
    this.spend(redeemedPoints, snapshot.placedAt);
    this.pending += earnedPoints;
    if (releaseAt !== null) {
      this.due.push({ at: releaseAt, earned: earnedPoints, totals: qualifying });
      this.due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    }
  }

  /** Up to an instant, what is due at it included or left for later: releases with a look upwards, and monthly reviews. */
  advance(instant: string, inclusive: boolean): void {
    for (;;) {
      const [next] = this.due;
      const isDue = next !== undefined && (inclusive ? next.at <= instant : next.at < instant);
      const until = isDue ? next.at : instant;
      this.reviewAfterHand(until);
      this.reviewMonthly(until);
      if (!isDue) return;
      this.due.shift();
      this.pending -= next.earned;
      if (next.earned > 0) this.add(next.earned, next.at);
      this.counted.push({ releaseAt: next.at, totals: next.totals });
      this.review(next.at, true);
    }
  }

  ending(until: string): ReplayedMember {
    this.advance(until, true);
    for (const incentive of this.programme.volume) {
      for (const window of volumeWindows(incentive, this.counted, this.programme.timeZone)) {
        const reached = reachedBand(incentive, window);
        if (reached && reached.reachedAt <= until) this.give(reached.points, reached.reachedAt);
      }
    }
    for (const voucher of this.nextPurchases.given(until)) this.count(voucher);
    this.expire(until);
    const available = this.lots.reduce((sum, lot) => sum + lot.points, 0);
    const { issued, redeemed, expired, uncovered, pending, vouchers, earnedByOrder } = this;
    const { tier } = this.standing(until);
    return { issued, redeemed, expired, uncovered, pending, available, vouchers, tier, earnedByOrder };
  }

  private count({ valueMinor, currency }: VoucherOffer): void {
    const { given, minor } = this.vouchers;
    this.vouchers = { given: given + 1, minor: minor + (currency === this.programme.baseCurrency ? valueMinor : 0) };
  }

  private give(points: number, at: string): void {
    this.issued += points;
    this.add(points, at);
  }

  private add(points: number, at: string): void {
    const { expireAfterDays } = this.programme;
    this.lots.push({ points, expiresAt: expireAfterDays === null ? null : addDays(at, expireAfterDays) });
  }

  private expire(at: string): void {
    for (const lot of this.lots) {
      if (lot.expiresAt === null || lot.expiresAt > at) continue;
      this.expired += lot.points;
      lot.points = 0;
    }
  }

  /** Soonest expiry first, as in the books; what no lot covers is counted, not owed. */
  private spend(points: number, at: string): void {
    if (points === 0) return;
    this.expire(at);
    this.lots.sort((a, b) => ((a.expiresAt ?? '9') < (b.expiresAt ?? '9') ? -1 : 1));
    let missing = points;
    for (const lot of this.lots) {
      const taken = Math.min(lot.points, missing);
      lot.points -= taken;
      missing -= taken;
    }
    this.redeemed += points - missing;
    this.uncovered += missing;
  }

  /** When what staff gave ends, rules look at once. */
  private reviewAfterHand(until: string): void {
    const { manualEnd } = this.rank;
    if (this.isHandOver || manualEnd === null || manualEnd > until) return;
    this.isHandOver = true;
    this.review(manualEnd, false);
  }

  /** Members without a tier have none to lose, and reach one by a release. */
  private reviewMonthly(until: string): void {
    while (this.tier !== null && this.reviewedUntil < until) {
      const next = calendarSpan('month', this.reviewedUntil, 'UTC').end;
      if (next > until) return;
      this.reviewedUntil = next;
      this.review(next, false);
    }
  }

  private review(at: string, onlyUp: boolean): void {
    const { tiers } = this.programme;
    if (tiers.levels.length === 0 || this.rank.isByHand(at)) return;
    const { tier, since, missedSince } = this;
    const facts = this.facts(at);
    // Most reviews change nothing, and the full one explains itself at length.
    const qualified = tierRank(tiers, qualifyTier(tiers, facts));
    const rank = tierRank(tiers, tier);
    if (qualified <= rank && (onlyUp || (qualified === rank && missedSince === null))) return;
    const review = reviewTier(tiers, { tier, since, missedSince }, facts);
    this.missedSince = review.missedSince;
    if (review.tier === tier) return;
    this.tier = review.tier;
    this.since = at;
    this.reviewedUntil = at;
  }

  private facts(asOf: string): MemberFacts {
    const { timeZone } = this.programme;
    const totals = this.windows.map((window): [string, QualifyingTotals] => {
      const after = windowOpensAfter(window, asOf, timeZone);
      const within = this.counted.filter(({ releaseAt }) => releaseAt > after && releaseAt <= asOf);
      return [windowKey(window), within.reduce((sum, one) => sumTotals(sum, one.totals), NO_TOTALS)];
    });
    return { asOf, timeZone, joinedAt: this.member.joinedAt, totals: new Map(totals) };
  }
}
