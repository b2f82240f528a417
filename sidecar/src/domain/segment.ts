/** Segments: groups of members that a rule over their history and standing puts together. */
import { reason, type Reason } from './reason';
import { wholeDaysBetween } from './instant';

const DAY_MS = 86_400_000;

/** What can be added up over a member's orders that became final. */
export type SegmentMeasure = 'turnover' | 'orders' | 'items' | 'points' | 'redeemed' | 'averageOrder';

/** Both bounds inclusive; at least one is there. */
export interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Over the last `days`; null = ever. Money in minor units of the base currency. */
type MeasureCondition<Kind extends SegmentMeasure> = { readonly kind: Kind; readonly days: number | null } & Bounds;

export type SegmentCondition =
  | { [Kind in SegmentMeasure]: MeasureCondition<Kind> }[SegmentMeasure]
  /** Points that can be spent now. */
  | ({ readonly kind: 'balance' } & Bounds)
  | ({ readonly kind: 'rewardedReferrals' } & Bounds)
  /** Days since the member joined. */
  | ({ readonly kind: 'memberDays' } & Bounds)
  /** Days since the last order; members without one are in no such segment. */
  | ({ readonly kind: 'daysSinceLastOrder' } & Bounds)
  /** The last order is longer ago than `factor` times the member's usual pause between orders, which takes two orders to know. */
  | { readonly kind: 'overdue'; readonly factorBps: number }
  | { readonly kind: 'tier'; readonly tiers: readonly string[] }
  | { readonly kind: 'customerGroup'; readonly groups: readonly string[] }
  /** In one of these paid memberships. */
  | { readonly kind: 'membership'; readonly plans: readonly string[] };

export interface SegmentRule {
  readonly code: string;
  readonly name: string;
  readonly match: 'all' | 'any';
  readonly conditions: readonly SegmentCondition[];
}

/** Sums over a member's final orders in a window. */
export interface OrderSums {
  /** Minor units of the base currency. */
  readonly turnover: number;
  readonly orders: number;
  readonly items: number;
  readonly points: number;
  readonly redeemed: number;
}

/** What conditions look at, as of an instant. */
export interface SegmentFacts {
  readonly asOf: string;
  readonly joinedAt: string;
  readonly tier: string | null;
  /** In all shops. */
  readonly customerGroups: readonly string[];
  /** Codes of paid memberships that last. */
  readonly memberships: readonly string[];
  readonly balance: number;
  readonly rewardedReferrals: number;
  /** When the first and the last order that counts were placed; null without one. */
  readonly firstOrderAt: string | null;
  readonly lastOrderAt: string | null;
  readonly orderCount: number;
  /** @param days null = ever */
  sums(days: number | null): OrderSums;
}

interface Verdict {
  readonly holds: boolean;
  readonly figures: Reason['figures'];
}

type Check<Kind extends SegmentCondition['kind']> = (
  condition: Extract<SegmentCondition, { kind: Kind }>,
  facts: SegmentFacts,
) => Verdict;

const measure = ({ kind, days, ...bounds }: MeasureCondition<SegmentMeasure>, facts: SegmentFacts): Verdict => {
  const sums = facts.sums(days);
  const value = kind === 'averageOrder' ? (sums.orders === 0 ? 0 : Math.floor(sums.turnover / sums.orders)) : sums[kind];
  return within(bounds, value, { days });
};

/** One entry a kind of condition. */
const checks: { readonly [Kind in SegmentCondition['kind']]: Check<Kind> } = {
  turnover: measure,
  orders: measure,
  items: measure,
  points: measure,
  redeemed: measure,
  averageOrder: measure,
  balance: (condition, { balance }) => within(condition, balance),
  rewardedReferrals: (condition, { rewardedReferrals }) => within(condition, rewardedReferrals),
  memberDays: (condition, { joinedAt, asOf }) => within(condition, wholeDaysBetween(joinedAt, asOf)),
  daysSinceLastOrder: (condition, { lastOrderAt, asOf }) =>
    lastOrderAt === null ? { holds: false, figures: { value: null } } : within(condition, wholeDaysBetween(lastOrderAt, asOf)),
  overdue: ({ factorBps }, { firstOrderAt, lastOrderAt, orderCount, asOf }) => {
    if (firstOrderAt === null || lastOrderAt === null || orderCount < 2) return { holds: false, figures: { orders: orderCount } };
    const usualMs = (Date.parse(lastOrderAt) - Date.parse(firstOrderAt)) / (orderCount - 1);
    const pauseMs = Date.parse(asOf) - Date.parse(lastOrderAt);
    const figures = { usualDays: wholeDays(usualMs), pauseDays: wholeDays(pauseMs), factorBps };
    return { holds: usualMs > 0 && pauseMs * 10_000 > usualMs * factorBps, figures };
  },
  tier: ({ tiers }, { tier }) => ({ holds: tier !== null && tiers.includes(tier), figures: { tier } }),
  customerGroup: ({ groups }, { customerGroups }) => {
    const group = customerGroups.find((candidate) => groups.includes(candidate)) ?? null;
    return { holds: group !== null, figures: { group } };
  },
  membership: ({ plans }, { memberships }) => {
    const plan = memberships.find((candidate) => plans.includes(candidate)) ?? null;
    return { holds: plan !== null, figures: { plan } };
  },
};

/** Whether a member belongs to a segment, and what each condition found. */
export function judgeSegment(rule: SegmentRule, facts: SegmentFacts): { belongs: boolean; reasons: Reason[] } {
  const verdicts = rule.conditions.map((condition) => {
    // Each kind's check takes its own kind of condition, which the type of the table says and a lookup loses.
    const check = checks[condition.kind] as (condition: SegmentCondition, facts: SegmentFacts) => Verdict;
    return { kind: condition.kind, ...check(condition, facts) };
  });
  const belongs = rule.match === 'all' ? verdicts.every(({ holds }) => holds) : verdicts.some(({ holds }) => holds);
  return {
    belongs,
    reasons: verdicts.map(({ kind, holds, figures }) => reason(`segment_${kind}`, holds, { segment: rule.code, ...figures })),
  };
}

/** Windows over orders that the rules look at, each once. */
export function windowsOf(rules: readonly SegmentRule[]): (number | null)[] {
  const windows = rules.flatMap(({ conditions }) => conditions.flatMap((one) => ('days' in one ? [one.days] : [])));
  return [...new Set(windows)];
}

function within({ atLeast, atMost }: Bounds, value: number, figures: Reason['figures'] = {}): Verdict {
  const holds = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
  return { holds, figures: { value, atLeast: atLeast ?? null, atMost: atMost ?? null, ...figures } };
}

function wholeDays(ms: number): number {
  return Math.max(0, Math.floor(ms / DAY_MS));
}
