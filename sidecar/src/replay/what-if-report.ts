/** What a draft would have meant for all members together; the same members in any order give the same report. */
import type { Programme } from '../domain/programme';
import type { Reason } from '../domain/reason';
import { liabilityOf } from '../domain/redemption';
import { leftOutOf, replayedOf } from './left-out';
import type { PastMember, PastPeriod } from './past-member';
import { replayMember, type ReplayedMember, type VoucherSums } from './replay-member';
import { NO_SHARING, type SharedBudgets } from './shared-budgets';

export interface ReplayedMembers extends PastMember {
  readonly memberId: string;
  /** Present ones, to tell what each costs. */
  readonly segments: readonly string[];
}

interface Sums {
  members: number;
  issued: number;
  outstanding: number;
}

export interface WhatIfGroup {
  readonly members: number;
  readonly issued: number;
  readonly outstanding: number;
  /** What the issued points are worth, minor units of the base currency; null when it redeems none. */
  readonly costMinor: number | null;
}

export interface WhatIfReport {
  readonly members: number;
  readonly orders: number;
  readonly points: Readonly<Record<'issued' | 'redeemed' | 'expired' | 'uncovered' | 'pending' | 'available', number>>;
  /** Absent in reports from before they were counted. */
  readonly vouchers?: VoucherSums;
  /** Of points nobody has spent. */
  readonly liability: { readonly points: number; readonly minor: number | null; readonly currency: string };
  /** `none` = in no tier. */
  readonly tiers: Readonly<Record<string, WhatIfGroup>>;
  readonly segments: Readonly<Record<string, WhatIfGroup>>;
  /** Null without another programme to compare with. */
  readonly compared: WhatIfComparison | null;
  /** What of the draft is in it beside orders; absent in reports from before it was. */
  readonly replayed?: readonly Reason[];
  /** What the draft gives beside this, and why it is not in it. */
  readonly leftOut: readonly Reason[];
}

/** Sums so far, plain enough to be stored between two pages of members. */
export interface WhatIfSums {
  readonly members: number;
  readonly orders: number;
  readonly points: WhatIfReport['points'];
  /** Absent in sums from before they were counted. */
  readonly vouchers?: VoucherSums;
  readonly tiers: Readonly<Record<string, Omit<WhatIfGroup, 'costMinor'>>>;
  readonly segments: Readonly<Record<string, Omit<WhatIfGroup, 'costMinor'>>>;
  readonly before: Omit<WhatIfComparison, 'histogram' | 'mostGained' | 'mostLost'>;
  readonly histogram: readonly number[];
  /** Absent in sums from before they were kept. */
  readonly mostGained?: readonly MemberChange[];
  readonly mostLost?: readonly MemberChange[];
}

/** Whose points would be others, and by how many; fewer are negative. */
export interface MemberChange {
  readonly memberId: string;
  readonly points: number;
}

export interface WhatIfComparison {
  readonly issued: number;
  readonly outstanding: number;
  readonly winners: number;
  readonly losers: number;
  readonly unchanged: number;
  /** Members by how many points more (or fewer) the draft gives them; `from` inclusive, `until` exclusive, null = open. */
  readonly histogram: readonly { readonly from: number | null; readonly until: number | null; readonly members: number }[];
  /** Who gains and who loses most, the largest difference first; absent in reports from before they were kept. */
  readonly mostGained?: readonly MemberChange[];
  readonly mostLost?: readonly MemberChange[];
}

const STEPS = [-10_000, -1000, -100, -10, 0, 1, 11, 101, 1001, 10_001];
const NO_TIER = 'none';
const NO_VOUCHERS: VoucherSums = { given: 0, minor: 0 };
/** As many as somebody looks at. */
const MOST_NAMED = 10;

/** What all members share, as each programme gives it out. */
export interface WhatIfBudgets {
  readonly draft: SharedBudgets;
  readonly published: SharedBudgets;
}

export class WhatIf {
  private members = 0;
  private orders = 0;
  private points = { issued: 0, redeemed: 0, expired: 0, uncovered: 0, pending: 0, available: 0 };
  private vouchers: VoucherSums = NO_VOUCHERS;
  private readonly tiers = new Map<string, Sums>();
  private readonly segments = new Map<string, Sums>();
  private before = { issued: 0, outstanding: 0, winners: 0, losers: 0, unchanged: 0 };
  private histogram = STEPS.map(() => 0).concat(0);
  private mostGained: readonly MemberChange[] = [];
  private mostLost: readonly MemberChange[] = [];

  /** @param published null = nothing is compared */
  constructor(
    private readonly draft: Programme,
    private readonly published: Programme | null,
    private readonly period: PastPeriod,
    private readonly budgets: WhatIfBudgets = { draft: NO_SHARING, published: NO_SHARING },
  ) {
    for (const { code } of draft.tiers.levels) this.tiers.set(code, noSums());
    this.tiers.set(NO_TIER, noSums());
    for (const { code } of draft.segments) this.segments.set(code, noSums());
  }

  /** Goes on from what `sums` said of the same programmes. */
  goOn(sums: WhatIfSums): this {
    this.members = sums.members;
    this.orders = sums.orders;
    this.points = { ...sums.points };
    this.vouchers = sums.vouchers ?? NO_VOUCHERS;
    for (const [code, group] of Object.entries(sums.tiers)) this.tiers.set(code, { ...group });
    for (const [code, group] of Object.entries(sums.segments)) this.segments.set(code, { ...group });
    this.before = { ...sums.before };
    this.histogram = [...sums.histogram];
    this.mostGained = sums.mostGained ?? [];
    this.mostLost = sums.mostLost ?? [];
    return this;
  }

  sums(): WhatIfSums {
    const { members, orders, points, vouchers, before, histogram, mostGained, mostLost } = this;
    return {
      members,
      orders,
      points: { ...points },
      vouchers,
      tiers: Object.fromEntries([...this.tiers].map(([code, group]) => [code, { ...group }])),
      segments: Object.fromEntries([...this.segments].map(([code, group]) => [code, { ...group }])),
      before: { ...before },
      histogram: [...histogram],
      mostGained,
      mostLost,
    };
  }

  add(member: ReplayedMembers): void {
    const replayed = replayMember(this.draft, member, this.period, this.budgets.draft);
    this.members += 1;
    this.orders += replayed.earnedByOrder.size;
    for (const name of Object.keys(this.points) as (keyof typeof this.points)[]) this.points[name] += replayed[name];
    const { given, minor } = replayed.vouchers;
    this.vouchers = { given: this.vouchers.given + given, minor: this.vouchers.minor + minor };
    count(this.tiers, replayed.tier ?? NO_TIER, replayed);
    for (const segment of member.segments) count(this.segments, segment, replayed);
    if (!this.published) return;
    this.compare(member.memberId, replayed, replayMember(this.published, member, this.period, this.budgets.published));
  }

  report(): WhatIfReport {
    const outstanding = this.points.pending + this.points.available;
    const group = (sums: Sums): WhatIfGroup => ({ ...sums, costMinor: liabilityOf(this.draft, sums.issued)?.minor ?? null });
    const grouped = (groups: ReadonlyMap<string, Sums>) =>
      Object.fromEntries([...groups].map(([code, sums]) => [code, group(sums)]));
    return {
      members: this.members,
      orders: this.orders,
      points: { ...this.points },
      vouchers: this.vouchers,
      liability: {
        points: outstanding,
        minor: liabilityOf(this.draft, outstanding)?.minor ?? null,
        currency: this.draft.baseCurrency,
      },
      tiers: grouped(this.tiers),
      segments: grouped(this.segments),
      compared: this.published && {
        ...this.before,
        histogram: this.bins(),
        mostGained: this.mostGained,
        mostLost: this.mostLost,
      },
      replayed: replayedOf(this.draft),
      leftOut: leftOutOf(this.draft),
    };
  }

  private compare(memberId: string, draft: ReplayedMember, published: ReplayedMember): void {
    const more = draft.issued - published.issued;
    this.before.issued += published.issued;
    this.before.outstanding += published.pending + published.available;
    this.before[more > 0 ? 'winners' : more < 0 ? 'losers' : 'unchanged'] += 1;
    const bin = STEPS.filter((step) => more >= step).length;
    this.histogram[bin] = (this.histogram[bin] ?? 0) + 1;
    if (more > 0) this.mostGained = withMost(this.mostGained, { memberId, points: more });
    if (more < 0) this.mostLost = withMost(this.mostLost, { memberId, points: more });
  }

  private bins(): WhatIfComparison['histogram'] {
    return this.histogram.map((members, bin) => ({ from: STEPS[bin - 1] ?? null, until: STEPS[bin] ?? null, members }));
  }
}

function noSums(): Sums {
  return { members: 0, issued: 0, outstanding: 0 };
}

function count(groups: Map<string, Sums>, code: string, replayed: ReplayedMember): void {
  const sums = groups.get(code) ?? noSums();
  sums.members += 1;
  sums.issued += replayed.issued;
  sums.outstanding += replayed.pending + replayed.available;
  groups.set(code, sums);
}

/** The same whatever order they come in: the largest differences, of equal ones the lower id. */
function withMost(most: readonly MemberChange[], added: MemberChange): readonly MemberChange[] {
  const last = most[MOST_NAMED - 1];
  if (last && byDifference(last, added) < 0) return most;
  return [...most, added].sort(byDifference).slice(0, MOST_NAMED);
}

function byDifference(a: MemberChange, b: MemberChange): number {
  return Math.abs(b.points) - Math.abs(a.points) || (a.memberId < b.memberId ? -1 : 1);
}
