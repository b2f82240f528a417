/** Campaigns of the simulated programme, and the proof that none gave more than its budget. */
import type { Storage } from '../../sidecar/src/storage/dialect';
import { toInteger } from '../../sidecar/src/storage/transaction';
import type { Scenario } from './simulate';

interface Budget {
  readonly points?: number;
  readonly orders?: number;
  readonly perMember?: number;
}

/**
 * A multiplier and bonuses within budgets. In the exact scenario nothing hangs on who comes first: what members share is wide. In the
 * linear one it is soon used up.
 */
export function simulatedCampaigns({ name, hasCampaigns }: Pick<Scenario, 'name' | 'hasCampaigns'>) {
  if (!hasCampaigns) return [];
  const shared: Budget = name === 'exact' ? { points: 1_000_000, orders: 1000 } : { points: 150, orders: 9 };
  return [
    { code: 'double', name: 'Double', multiplier: 2, stacking: 'all', budget: name === 'exact' ? { perMember: 2 } : shared },
    { code: 'treat', name: 'A treat', bonus: 25, stacking: 'all', budget: { ...shared, perMember: 3 } },
  ];
}

/** What campaigns gave; by order, and by member. */
export interface CampaignPoints {
  readonly ofOrder: ReadonlyMap<string, number>;
  readonly ofMember: ReadonlyMap<string, number>;
}

/** @throws Error when a budget is exceeded, or says something else than its grants */
export async function campaignPoints({ db }: Storage, scenario: Scenario): Promise<CampaignPoints> {
  const grants = await db.selectFrom('campaign_grant').selectAll().where('points', '>', 0).execute();
  const spent = new Map(
    (await db.selectFrom('campaign_budget').selectAll().execute()).map((row) => [
      row.campaign,
      { points: toInteger(row.points), orders: toInteger(row.orders) },
    ]),
  );
  for (const { code, budget } of simulatedCampaigns(scenario)) {
    const { points: limit = Infinity, orders: places = Infinity, perMember = Infinity }: Budget = budget;
    const own = grants.filter(({ campaign }) => campaign === code);
    const points = sumOf(own);
    const most = Math.max(0, ...countBy(own.map(({ member_id: memberId }) => memberId)).values());
    const booked = spent.get(code);
    const isBooked = booked === undefined || (booked.points === points && booked.orders === own.length);
    if (points > limit || own.length > places || most > perMember || !isBooked) {
      throw new Error(`campaign ${code} gave ${points} points to ${own.length} orders, ${most} of one member`);
    }
  }
  return { ofOrder: sums(grants, 'order_id'), ofMember: sums(grants, 'member_id') };
}

function sumOf(rows: readonly { readonly points: number }[]): number {
  return rows.reduce((sum, { points }) => sum + points, 0);
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function sums<K extends string>(rows: readonly (Record<K, string> & { readonly points: number })[], key: K): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row[key], (found.get(row[key]) ?? 0) + row.points);
  return found;
}
