import { isForOtherChannel } from './channel';
import { isBefore } from './instant';
import type { Scope } from './programme';

/** Who and when a scope is judged for. */
export interface ScopeSubject {
  readonly tier: string | null;
  readonly segments: readonly string[];
  readonly at: string;
  /** Code of the channel it happens in; absent and null = of none that has a name. */
  readonly channel?: string | null;
}

export interface Goods {
  readonly productNumber: string | null;
  readonly categoryIds: readonly string[];
}

export type ScopeMiss = 'outside_dates' | 'other_tier' | 'other_segment' | 'other_channel';

type SubjectScope = Pick<Scope, 'tiers' | 'segments' | 'channels' | 'from' | 'until'>;
type GoodsScope = Pick<Scope, 'products' | 'categories'>;

/** The first condition on member, time and channel that is not met; null when all are. */
export function subjectMiss(scope: SubjectScope, subject: ScopeSubject): ScopeMiss | null {
  if (scope.from !== undefined && isBefore(subject.at, scope.from)) return 'outside_dates';
  if (scope.until !== undefined && !isBefore(subject.at, scope.until)) return 'outside_dates';
  if (scope.tiers && (subject.tier === null || !scope.tiers.includes(subject.tier))) return 'other_tier';
  if (scope.segments && !subject.segments.some((segment) => scope.segments?.includes(segment))) return 'other_segment';
  if (isForOtherChannel(scope.channels, subject.channel ?? null)) return 'other_channel';
  return null;
}

/** Products and categories name one set of goods together: either is enough. A scope with neither means all goods. */
export function coversGoods(scope: GoodsScope, goods: Goods): boolean {
  if (!scope.products && !scope.categories) return true;
  return namesProduct(scope.products, goods) || namedCategory(scope.categories, goods) !== null;
}

export function namesProduct(products: readonly string[] | undefined, goods: Goods): boolean {
  return goods.productNumber !== null && products !== undefined && products.includes(goods.productNumber);
}

/** The first of the goods' categories that is listed; null when none is. */
export function namedCategory(categories: readonly string[] | undefined, goods: Goods): string | null {
  return goods.categoryIds.find((category) => categories?.includes(category)) ?? null;
}
