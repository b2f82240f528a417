/** The reward catalogue: what members buy with points, whether a member may have it, and how far it has been handed over. */
import type { Scope } from './programme';
import { reason, type Reason } from './reason';
import { subjectMiss, type ScopeSubject } from './scope';

export const CATALOGUE_KINDS = ['experience', 'product', 'voucher', 'presale', 'custom'] as const;

export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

/** What the sidecar hands over itself, with the fulfilment; everything else is the merchant's to hand over. */
export type RewardGrant =
  | { readonly kind: 'voucher'; readonly valueMinor: number; readonly currency: string; readonly validDays: number }
  /** Shops' pages and rules let in whoever has the access, between two instants; null = at once, for ever. */
  | { readonly kind: 'access'; readonly code: string; readonly from: string | null; readonly until: string | null };

/** Name and description by the two letters of a language; a null description is that of the reward itself. */
export type RewardTexts = Readonly<Record<string, { readonly name: string; readonly description: string | null }>>;

export interface CatalogueReward {
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: CatalogueKind;
  /** For one. */
  readonly pointsPrice: number;
  /** Altogether; null = without limit. */
  readonly stock: number | null;
  /** For a member, ever; null = without limit. */
  readonly perMember: number | null;
  readonly scope: Pick<Scope, 'tiers' | 'segments' | 'from' | 'until'>;
  /** `automatic`: fulfilled in the moment it is redeemed. */
  readonly fulfilment: 'manual' | 'automatic';
  readonly image: string | null;
  /** In other languages than its own; absent = none. */
  readonly texts?: RewardTexts;
  readonly grant: RewardGrant | null;
}

/** Members are told of the last few only, so that shops need not hear of every piece that goes. */
const LAST_FEW = 10;

/** How many are left, where that is news to a shopper; null = more, or without limit. */
export function lastLeft({ stock }: Pick<CatalogueReward, 'stock'>, taken: number): number | null {
  if (stock === null) return null;
  const left = Math.max(0, stock - taken);
  return left <= LAST_FEW ? left : null;
}

/** What decides whether a member may have a reward now. */
export interface RewardStanding extends ScopeSubject {
  /** That can be spent now. */
  readonly points: number;
  /** The member has had so many, without those cancelled. */
  readonly taken: number;
  /** Still there; null = without limit. */
  readonly left: number | null;
}

/** Everything that keeps a member from so many of a reward; nothing = they may have them. */
export function rewardObstacles(reward: CatalogueReward, quantity: number, standing: RewardStanding): Reason[] {
  const { code, scope, perMember, pointsPrice } = reward;
  const { tier, points, taken, left } = standing;
  const miss = subjectMiss(scope, standing);
  const price = pointsPrice * quantity;
  const figures = {
    outside_dates: { from: scope.from ?? null, until: scope.until ?? null },
    other_tier: { tier, needs: listed(scope.tiers) },
    other_segment: { needs: listed(scope.segments) },
    other_channel: {},
  };
  return [
    ...(miss === null ? [] : [reason(`reward_${miss}`, false, { reward: code, ...figures[miss] })]),
    ...(perMember !== null && taken + quantity > perMember
      ? [reason('reward_limit_per_member', false, { reward: code, limit: perMember, taken })]
      : []),
    ...(left !== null && left < quantity ? [reason('reward_sold_out', false, { reward: code, left })] : []),
    ...(points < price ? [reason('reward_points_missing', false, { reward: code, price, points, missing: price - points })] : []),
  ];
}

function listed(codes: readonly string[] | undefined): string | null {
  return codes?.join(', ') ?? null;
}

export const FULFILMENT_STATES = ['requested', 'confirmed', 'fulfilled', 'cancelled'] as const;

export type FulfilmentState = (typeof FULFILMENT_STATES)[number];

/** What was handed over may still come back: an event is called off, a product is returned. */
const NEXT_STATES: Readonly<Record<FulfilmentState, readonly FulfilmentState[]>> = {
  requested: ['confirmed', 'fulfilled', 'cancelled'],
  confirmed: ['fulfilled', 'cancelled'],
  fulfilled: ['cancelled'],
  cancelled: [],
};

export function mayFollow(state: FulfilmentState, next: FulfilmentState): boolean {
  return NEXT_STATES[state].includes(next);
}
