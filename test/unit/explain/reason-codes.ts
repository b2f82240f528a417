/** Every code of a reason and every kind of decision that the source gives, with the figures beside it. */
import ts from 'typescript';
import { placeOf, readSources, walk, type SourceFile } from '../../support/source';

/**
 * What stands in the gaps of codes that are put together: by the template as it is written, or by the file and the
 * expression. A code that is put together in a new way is listed here.
 */
const SCOPE_MISSES = ['outside_dates', 'other_tier', 'other_segment'];
/** Of rules that can be for some channels. */
const PLACED_MISSES = [...SCOPE_MISSES, 'other_channel'];
const EXPANSIONS: Readonly<Record<string, readonly string[]>> = {
  'multiplier_${miss}': PLACED_MISSES,
  'activity_${miss}': PLACED_MISSES,
  'gift_${miss}': PLACED_MISSES,
  'campaign_${miss}': PLACED_MISSES,
  'next_purchase_${miss}': PLACED_MISSES,
  'occasion_${miss}': SCOPE_MISSES,
  'reward_${miss}': SCOPE_MISSES,
  'reward_${state}': ['confirmed', 'fulfilled', 'cancelled'],
  'payment_${paymentState}': ['refunded', 'failed', 'cancelled'],
  'segment_${kind}': [
    'turnover',
    'orders',
    'items',
    'points',
    'redeemed',
    'averageOrder',
    'balance',
    'rewardedReferrals',
    'memberDays',
    'daysSinceLastOrder',
    'overdue',
    'tier',
    'customerGroup',
    'membership',
  ],
  'referral_${verdict.code}': [
    'no_referral_terms',
    'unknown_code',
    'self_referral',
    'not_first_order',
    'already_referred',
    'referrer_limit_reached',
    'order_not_completed',
    'order_cancelled',
    'below_minimum',
    'referrer_period_limit',
    'referrer_day_limit',
    'refused_by_staff',
    'fraud_score',
    'needs_review',
  ],
  'operations/converge-vouchers.ts: why': ['voucher_used', 'voucher_used_before', 'voucher_returned'],
  'fraud_${code}': ['sameAddress', 'emailPattern', 'device', 'speed', 'returns'],
  'hold_refused_${result.code}': [
    'unknown_member',
    'no_programme',
    'no_redemption',
    'currency_not_redeemable',
    'not_an_integer',
    'below_minimum',
    'insufficient_points',
    'not_a_step',
    'above_share',
    'above_order_limit',
    'above_month_limit',
    'approval_needed',
    'terms_not_accepted',
  ],
  'checkout_${denial}': [
    'log_in',
    'insufficient_points',
    'points_already_used',
    'points_being_checked',
    'set_points_again',
    'own_friend_code',
    'friend_code_not_first',
    'above_buyer_limit',
    'approval_needed',
    'accept_terms',
  ],
  'domain/activity.ts: reached[0]': ['activity_limit_per_subject', 'activity_limit_per_day', 'activity_limit_per_member'],
  // The code comes with the call of `none`.
  'domain/free-product.ts: code': [
    'gift_outside_dates',
    'gift_other_tier',
    'gift_other_segment',
    'gift_other_channel',
    'gift_other_currency',
    'gift_below_minimum',
    'gift_limit_reached',
    'gift_out_of_stock',
  ],
};

/** Figures that are added elsewhere than in the call, by code or its beginning. */
const MORE_FIGURES: readonly (readonly [string, readonly string[]])[] = [
  ['tier_', ['from', 'qualified']],
  ['segment_', ['value', 'atLeast', 'atMost', 'days', 'usualDays', 'pauseDays', 'factorBps', 'tier', 'group', 'plan']],
  ['gift_', ['tier', 'at', 'currency', 'goodsMinor', 'minimumMinor', 'limitPerMember', 'stock']],
  [
    'hold_refused_',
    ['requestedPoints', 'availablePoints', 'minimumPoints', 'stepPoints', 'valueMinor', 'maximumMinor', 'maximumShareBps'],
  ],
  ['hold_refused_', ['pointsPerOrder', 'pointsPerMonth', 'left', 'approvalAbove', 'approvedPoints']],
  ['tier_price', ['percentBps', 'rounding']],
  ['reward_o', ['from', 'until', 'tier', 'needs']],
  ['referral_', ['earlierOrders', 'rewardsGiven', 'maxRewardsPerReferrer', 'goodsMinor', 'minimumMinor', 'sharesEmail']],
  [
    'referral_',
    ['rewardsInPeriod', 'rewards', 'window', 'newEarlierThatDay', 'maxNewPerDay', 'score', 'reviewFrom', 'refuseFrom'],
  ],
  [
    'fraud_',
    ['adds', 'otherFriends', 'likeFriends', 'friendsWithinHour', 'settledFriends', 'returnedFriends', 'refuseFrom', 'reviewFrom'],
  ],
];

export interface GivenReason {
  readonly code: string;
  readonly place: string;
  readonly figures: ReadonlySet<string>;
}

export interface Given {
  readonly reasons: readonly GivenReason[];
  /** Kinds of decisions with a place each. */
  readonly kinds: ReadonlyMap<string, string>;
  /** What could not be read; each wants an entry in EXPANSIONS. */
  readonly unread: readonly string[];
}

/** @param files default: the whole source */
export function givenReasons(files: readonly SourceFile[] = readSources('sidecar/src')): Given {
  const reasons: GivenReason[] = [];
  const kinds = new Map<string, string>();
  const unread: string[] = [];
  for (const file of files) {
    walk(file.tree, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
      const [first, , third] = node.arguments;
      if (node.expression.text === 'reason' && first) {
        const codes = codesOf(first, file);
        if (codes === null) unread.push(`${placeOf(file, node)}: ${first.getText()}`);
        for (const code of codes ?? []) {
          const more = MORE_FIGURES.flatMap(([start, names]) => (code.startsWith(start) ? names : []));
          reasons.push({ code, place: placeOf(file, node), figures: new Set([...figureNames(third, file), ...more]) });
        }
      }
      if (/^record(Decision|Refusal)/.test(node.expression.text))
        kindsIn(node, file).forEach((kind) => kinds.set(kind, placeOf(file, node)));
    });
  }
  return { reasons, kinds, unread };
}

/** Null when it cannot be told. */
function codesOf(code: ts.Expression, file: SourceFile): string[] | null {
  if (ts.isStringLiteralLike(code)) return [code.text];
  if (ts.isConditionalExpression(code)) {
    const [yes, no] = [codesOf(code.whenTrue, file), codesOf(code.whenFalse, file)];
    return yes && no && [...yes, ...no];
  }
  const written = code.getText();
  if (ts.isTemplateExpression(code)) {
    const template = written.slice(1, -1);
    return EXPANSIONS[template]?.map((part) => template.replace(/\$\{.*\}/, part)) ?? null;
  }
  const place = `${file.path.replace('sidecar/src/', '')}: ${written}`;
  return EXPANSIONS[place] ? [...EXPANSIONS[place]] : null;
}

/** Names in an object literal, also where it was given a name before or is spread into another. */
function figureNames(figures: ts.Expression | undefined, file: SourceFile): string[] {
  if (!figures) return [];
  if (ts.isIdentifier(figures)) return namedObjects(figures.text, file).flatMap((one) => figureNames(one, file));
  if (!ts.isObjectLiteralExpression(figures)) return [];
  return figures.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return figureNames(property.expression, file);
    return property.name && ts.isIdentifier(property.name) ? [property.name.text] : [];
  });
}

function namedObjects(name: string, file: SourceFile): ts.Expression[] {
  const found: ts.Expression[] = [];
  walk(file.tree, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name && node.initializer) {
      found.push(node.initializer);
    }
  });
  return found;
}

/** The outermost; what is decided about may have a kind of its own. */
function kindsIn(call: ts.CallExpression, file: SourceFile): string[] {
  const kinds: string[] = [];
  walk(call, (node) => {
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'kind' || kinds.length > 0) return;
    const value = ts.isIdentifier(node.initializer) ? namedObjects(node.initializer.text, file)[0] : node.initializer;
    if (value && ts.isStringLiteralLike(value)) kinds.push(value.text);
  });
  return kinds;
}
