/**
 * One member's past orders under a programme, as the books would have kept them. Pure, and the same for the same orders.
 * What is replayed and what is not stands in docs/what-if.md.
 */
import { entitlement, type PinnedTerms } from '../domain/entitlement';
import { calendarSpan } from '../domain/calendar';
import { addDays } from '../domain/instant';
import type { OrderSnapshot } from '../domain/order-snapshot';
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

export interface PastOrder {
  readonly snapshot: OrderSnapshot;
  /** As the order was pinned: segments are taken from history. */
  readonly segments: readonly string[];
}

export interface PastMember {
  readonly joinedAt: string;
  /** By placement, oldest first. */
  readonly orders: readonly PastOrder[];
}

export interface ReplayedMember {
  readonly issued: number;
  readonly redeemed: number;
  readonly expired: number;
  /** Points spent beyond what the draft had given by then. */
  readonly uncovered: number;
  readonly pending: number;
  readonly available: number;
  readonly tier: string | null;
  /** Points of each order by its id. */
  readonly earnedByOrder: ReadonlyMap<string, number>;
}

interface Lot {
  points: number;
  readonly expiresAt: string | null;
}

interface DueOrder {
  readonly at: string;
  readonly earned: number;
  readonly totals: QualifyingTotals;
}

/** @param until what happens later is left out */
export function replayMember(programme: Programme, member: PastMember, until: string): ReplayedMember {
  const state = new Replay(programme, member);
  for (const order of member.orders) {
    if (order.snapshot.placedAt > until) break;
    state.advance(order.snapshot.placedAt, false);
    state.place(order);
  }
  return state.ending(until);
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
  private issued = 0;
  private redeemed = 0;
  private uncovered = 0;
  private expired = 0;
  private pending = 0;

  constructor(
    private readonly programme: Programme,
    private readonly member: PastMember,
  ) {
    this.windows = tierWindows(programme.tiers);
    if (programme.welcomePoints > 0) this.give(programme.welcomePoints, member.joinedAt);
  }

  place(order: PastOrder): void {
    const { snapshot } = order;
    // Budgets are granted among all members in the order of placement, which a replay member by member does not see.
    const grants: PinnedTerms['grants'] = [];
    const terms = { programmeVersionId: '', programme: this.programme, tier: this.tier, segments: order.segments, grants };
    const { earnedPoints, redeemedPoints, releaseAt, qualifying } = entitlement(terms, snapshot);
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
      this.reviewMonthly(isDue ? next.at : instant);
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
    this.expire(until);
    const available = this.lots.reduce((sum, lot) => sum + lot.points, 0);
    const { issued, redeemed, expired, uncovered, pending, tier, earnedByOrder } = this;
    return { issued, redeemed, expired, uncovered, pending, available, tier, earnedByOrder };
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
    if (tiers.levels.length === 0) return;
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
