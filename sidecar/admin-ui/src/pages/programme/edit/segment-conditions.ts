import { isGroup, type Json, type JsonObject } from './document-path';

/**
 * What a kind of condition is filled in with: bounds in money or of a sum, each over some days or ever; bounds of what there
 * is now; a factor; or names.
 */
type Form = 'money' | 'sum' | 'bounds' | 'factor' | 'tiers' | 'groups' | 'plans';

const FORMS = {
  turnover: 'money',
  averageOrder: 'money',
  orders: 'sum',
  items: 'sum',
  points: 'sum',
  redeemed: 'sum',
  balance: 'bounds',
  rewardedReferrals: 'bounds',
  memberDays: 'bounds',
  daysSinceLastOrder: 'bounds',
  overdue: 'factor',
  tier: 'tiers',
  customerGroup: 'groups',
  membership: 'plans',
} as const satisfies Readonly<Record<string, Form>>;

export const CONDITIONS = Object.keys(FORMS) as (keyof typeof FORMS)[];

/** Null = a kind that no form knows. */
export function formOf(kind: string): Form | null {
  return CONDITIONS.includes(kind as keyof typeof FORMS) ? FORMS[kind as keyof typeof FORMS] : null;
}

const FIRST: Readonly<Record<Form, JsonObject>> = {
  money: { atLeast: 100 },
  sum: { atLeast: 1 },
  bounds: { atLeast: 1 },
  factor: { factor: 2 },
  tiers: { tiers: [] },
  groups: { groups: [] },
  plans: { plans: [] },
};

/** A condition of a kind; what it has in common with the one before stays. */
export function conditionOf(kind: string, before: Json | undefined): JsonObject {
  const form = formOf(kind) ?? 'bounds';
  const was: JsonObject = isGroup(before) ? before : {};
  const kept = ['atLeast', 'atMost', ...(form === 'money' || form === 'sum' ? ['days'] : [])];
  const hasBounds = form === 'money' || form === 'sum' || form === 'bounds';
  const bounds = hasBounds ? Object.fromEntries(Object.entries(was).filter(([name]) => kept.includes(name))) : {};
  const isBounded = bounds['atLeast'] !== undefined || bounds['atMost'] !== undefined;
  return { kind, ...(isBounded ? {} : FIRST[form]), ...bounds };
}
