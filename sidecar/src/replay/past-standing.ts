import { isBefore } from '../domain/instant';
import { isMembership, membershipSegment, membershipSpells, membershipUnits, tierWithMemberships } from '../domain/membership';
import type { Programme } from '../domain/programme';
import { tierRank } from '../domain/tier';
import { NOTHING, type Moment, type PastStanding } from './moments';
import type { PastMember, PastPeriod, PastSegment } from './past-member';

/** What a member is beside the tier that the draft's rules give: by hand, by memberships and by segments. */
export class PastRank {
  private readonly memberships: readonly PastSegment[];

  constructor(
    private readonly programme: Programme,
    private readonly member: PastMember,
    period: PastPeriod,
  ) {
    this.memberships = programme.memberships.flatMap((plan) => {
      const purchases = member.orders.map(({ snapshot }) => ({
        orderKey: `${snapshot.shopId}:${snapshot.orderId}`,
        paidAt: snapshot.paidAt ?? snapshot.placedAt,
        units: membershipUnits(plan, snapshot),
        ...plan.term,
        graceDays: plan.graceDays,
      }));
      const spells = membershipSpells(purchases.filter(({ paidAt }) => paidAt <= period.until));
      return spells.map(({ startsAt, graceEndsAt }) => ({
        code: membershipSegment(plan.code),
        from: startsAt,
        until: graceEndsAt,
      }));
    });
  }

  /** Points for whoever is in a plan for the first time. */
  welcomes({ until }: PastPeriod): Moment[] {
    return this.programme.memberships.flatMap(({ code, welcomePoints }): Moment[] => {
      const first = this.memberships.find((spell) => spell.code === membershipSegment(code));
      if (!first || welcomePoints === 0 || first.from > until) return [];
      return [{ at: first.from, judge: () => ({ ...NOTHING, points: welcomePoints }) }];
    });
  }

  /** When rules have the say again; null = staff have it for good, or never had it. */
  get manualEnd(): string | null {
    return this.isManualKnown ? (this.member.facts.manualTier?.endsAt ?? null) : null;
  }

  isByHand(at: string): boolean {
    const manual = this.member.facts.manualTier;
    if (manual === null || !this.isManualKnown) return false;
    return manual.setAt <= at && (manual.endsAt === null || isBefore(at, manual.endsAt));
  }

  standing(own: string | null, at: string): PastStanding {
    return this.ranked(own, at, codesAt(this.member.facts.segments, at).concat(codesAt(this.memberships, at)));
  }

  /** An order is judged before what it buys: a membership counts from the next one on. */
  standingOfOrder(own: string | null, at: string, pinned: readonly string[]): PastStanding {
    const before = this.memberships.filter(({ from }) => from < at);
    return this.ranked(own, at, [...pinned.filter((code) => !isMembership(code)), ...codesAt(before, at)]);
  }

  private ranked(own: string | null, at: string, segments: readonly string[]): PastStanding {
    const { tiers, memberships } = this.programme;
    const tier = this.isByHand(at) ? (this.member.facts.manualTier?.tier ?? null) : own;
    return { tier: tierWithMemberships(tiers, memberships, tier, segments), segments: [...segments].sort() };
  }

  /** A draft may not have the level any more; then rules decide. */
  private get isManualKnown(): boolean {
    const manual = this.member.facts.manualTier;
    return manual !== null && tierRank(this.programme.tiers, manual.tier) >= 0;
  }
}

function codesAt(spells: readonly PastSegment[], at: string): string[] {
  return spells.filter(({ from, until }) => from <= at && (until === null || until > at)).map(({ code }) => code);
}
