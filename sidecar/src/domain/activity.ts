/** Points for more than orders: what a merchant rewards, and how often. */
import type { Scope } from './programme';
import { reason, type Reason } from './reason';

/** How many times a member's activity is rewarded; null = without limit. */
export interface ActivityLimits {
  /** A calendar day of the programme's time zone. */
  readonly perDay: number | null;
  readonly perMember: number | null;
  /** About the same thing: one review a product. */
  readonly perSubject: number | null;
}

export interface ActivityRule {
  readonly code: string;
  readonly name: string;
  /** One of the kinds, which knows the settings. */
  readonly kind: string;
  readonly points: number;
  readonly settings: unknown;
  readonly scope: Pick<Scope, 'tiers' | 'segments' | 'channels' | 'from' | 'until'>;
  readonly limits: ActivityLimits;
  /** Where a tier has limits of its own. */
  readonly limitsByTier: Readonly<Record<string, Partial<ActivityLimits>>>;
  /** Rewards altogether, for whoever is first; null = without limit. */
  readonly altogether: number | null;
}

/** How often the member was rewarded for it so far. */
export interface ActivityCounts {
  readonly today: number;
  readonly ever: number;
  readonly aboutSubject: number;
}

export function limitsFor({ limits, limitsByTier }: ActivityRule, tier: string | null): ActivityLimits {
  return { ...limits, ...(tier !== null && Object.hasOwn(limitsByTier, tier) ? limitsByTier[tier] : {}) };
}

/** The first limit that is reached; null while none is. */
export function reachedLimit(rule: ActivityRule, tier: string | null, counts: ActivityCounts): Reason | null {
  const limits = limitsFor(rule, tier);
  const checks: [string, number, number | null][] = [
    ['activity_limit_per_subject', counts.aboutSubject, limits.perSubject],
    ['activity_limit_per_day', counts.today, limits.perDay],
    ['activity_limit_per_member', counts.ever, limits.perMember],
  ];
  const reached = checks.find(([, count, limit]) => limit !== null && count >= limit);
  return reached ? reason(reached[0], false, { activity: rule.code, limit: reached[2] }) : null;
}
