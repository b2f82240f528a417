/** Who came from which tier and is in which now. */

/** A member who moved within a period; `isNew` = joined within it. A tier of null = none. */
export interface TierMove {
  readonly from: string | null;
  readonly to: string | null;
  readonly isNew: boolean;
}

export interface TierFlow {
  /** Null = in no tier. */
  readonly from: string | null;
  /** Members who joined within the period come from nowhere. */
  readonly isNew: boolean;
  readonly to: string | null;
  readonly members: number;
}

export interface TierCount {
  readonly tier: string | null;
  readonly members: number;
}

export interface TierFlows {
  readonly start: readonly TierCount[];
  readonly joined: number;
  readonly flows: readonly TierFlow[];
  readonly end: readonly TierCount[];
}

/**
 * The whole matrix: flows from a tier sum to its start, those of new members to `joined`, flows to a tier to its end. Whoever did
 * not move stays.
 * @param start members in each tier when the period began, those in none under null
 */
export function tierFlows(start: ReadonlyMap<string | null, number>, joined: number, moves: readonly TierMove[]): TierFlows {
  const flows = new Map<string, { from: string | null; isNew: boolean; to: string | null; members: number }>();
  const add = (from: string | null, isNew: boolean, to: string | null, members: number): void => {
    const key = JSON.stringify([from, isNew, to]);
    const flow = flows.get(key) ?? { from, isNew, to, members: 0 };
    flow.members += members;
    flows.set(key, flow);
  };
  const left = new Map(start);
  let unmoved = joined;
  for (const { from, to, isNew } of moves) {
    if (isNew) unmoved -= 1;
    else left.set(from, (left.get(from) ?? 0) - 1);
    add(isNew ? null : from, isNew, to, 1);
  }
  for (const [tier, members] of left) add(tier, false, tier, members);
  add(null, true, null, unmoved);
  const shown = [...flows.values()].filter(({ members }) => members !== 0).sort(byTiers);
  const end = new Map<string | null, number>();
  for (const { to, members } of shown) end.set(to, (end.get(to) ?? 0) + members);
  return { start: counts(start), joined, flows: shown, end: counts(end) };
}

function counts(byTier: ReadonlyMap<string | null, number>): TierCount[] {
  return [...byTier]
    .filter(([, members]) => members !== 0)
    .map(([tier, members]) => ({ tier, members }))
    .sort((a, b) => compare(a.tier, b.tier));
}

function byTiers(a: TierFlow, b: TierFlow): number {
  return Number(a.isNew) - Number(b.isNew) || compare(a.from, b.from) || compare(a.to, b.to);
}

/** None comes first. */
function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return a === null || (b !== null && a < b) ? -1 : 1;
}
