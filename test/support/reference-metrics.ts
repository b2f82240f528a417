/** Figures computed the slow way: out of all rows at once, without sums that were kept. */
import type { Db } from '../../sidecar/src/storage/transaction';

export interface ReferenceScope {
  readonly from: string;
  readonly to: string;
  readonly shopId: string | null;
  readonly timeZone: string;
}

type Pair = readonly [numerator: number, denominator: number | null];

const DAY_MS = 86_400_000;

/** Numerator and denominator of every figure that the scope has. */
export async function referenceFigures(db: Db, scope: ReferenceScope): Promise<Record<string, Pair>> {
  const { from, to, shopId, timeZone } = scope;
  const dayOf = (at: string): string => new Date(at).toLocaleDateString('sv-SE', { timeZone });
  const shift = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
  const within = (day: string): boolean => day >= from && day <= to;
  const until = (day: string): boolean => day <= to;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const before = (day: string): boolean => day < from && day >= shift(from, -days);
  const year = (day: string): boolean => day <= to && day >= shift(to, -364);
  const ofShop = (id: string | null): boolean => shopId === null || id === shopId;

  const merged = new Set((await db.selectFrom('member_merge').selectAll().execute()).map((row) => row.absorbed_member_id));
  const members = (await db.selectFrom('member').selectAll().execute()).filter((row) => !merged.has(row.member_id));
  const orders = (await db.selectFrom('order_position').selectAll().execute())
    .filter((row) => ofShop(row.shop_id))
    .map((row) => ({ ...row, day: dayOf(row.placed_at) }));
  const entries = new Map((await db.selectFrom('ledger_entry').selectAll().execute()).map((row) => [row.entry_id, row]));
  const postings = (await db.selectFrom('ledger_posting').selectAll().execute()).flatMap((row) => {
    const entry = entries.get(row.entry_id);
    return entry && ofShop(entry.shop_id) ? [{ ...row, day: dayOf(entry.occurred_at) }] : [];
  });
  const points = (account: string, sign: number, when: (day: string) => boolean): number =>
    postings
      .filter((row) => row.account === account && when(row.day) && (sign === 0 || Math.sign(row.points) === sign))
      .reduce((sum, row) => sum + row.points, 0) + 0;
  const standing = (when: (day: string) => boolean) => orders.filter((row) => row.qualifying_orders > 0 && when(row.day));
  const buyers = (when: (day: string) => boolean): Set<string> => new Set(standing(when).map((row) => row.member_id));
  const bought = buyers(within);
  const turnover = (rows: typeof orders): number => rows.reduce((sum, row) => sum + row.turnover_minor, 0);
  const final = orders.filter((row) => row.released === 1 && until(row.day));
  const finalOrders = new Map<string, number>();
  for (const row of final.filter(({ qualifying_orders: counts }) => counts > 0)) {
    finalOrders.set(row.member_id, (finalOrders.get(row.member_id) ?? 0) + 1);
  }
  const customers = finalOrders.size;
  const repeaters = [...finalOrders.values()].filter((count) => count > 1).length;

  const latest = new Map<string, { at: string; id: string; score: number }>();
  for (const row of await db.selectFrom('member_event').selectAll().execute()) {
    if (row.recommends === null || row.revoked_at !== null || !ofShop(row.shop_id) || !within(dayOf(row.occurred_at))) continue;
    const known = latest.get(row.member_id);
    if (known && [known.at, known.id].join() > [row.occurred_at, row.event_id].join()) continue;
    latest.set(row.member_id, { at: row.occurred_at, id: row.event_id, score: row.recommends });
  }
  const answered = (low: number, high: number): number =>
    [...latest.values()].filter(({ score }) => score >= low && score <= high).length;
  const [promoters, passives, detractors] = [answered(9, 10), answered(7, 8), answered(0, 6)];

  const spent = (when: (day: string) => boolean): number => points('redeemed', 0, when);
  const outstanding = points('available', 0, until) + points('held', 0, until);
  const figures: Record<string, Pair> = {
    members_active: [bought.size, null],
    churn_rate: [[...buyers(before)].filter((id) => !bought.has(id)).length, buyers(before).size],
    repeat_customer_rate: [repeaters, customers],
    orders: [standing(within).reduce((sum, row) => sum + row.qualifying_orders, 0), null],
    turnover: [turnover(orders.filter((row) => within(row.day))), null],
    average_order: [
      turnover(orders.filter((row) => within(row.day))),
      standing(within).reduce((sum, row) => sum + row.qualifying_orders, 0),
    ],
    customer_lifetime_value: [turnover(final), customers],
    customer_year_value: [turnover(final.filter((row) => year(row.day))), customers],
    net_promoter_score: [promoters - detractors, promoters + passives + detractors],
    promoters: [promoters, null],
    passives: [passives, null],
    detractors: [detractors, null],
    points_issued: [0 - points('issued', -1, within), null],
    points_clawed_back: [points('issued', 1, within), null],
    points_redeemed: [points('redeemed', 1, within), null],
    points_returned: [0 - points('redeemed', -1, within), null],
    points_expired: [points('expired', 0, within), null],
    points_adjusted: [0 - points('adjusted', 0, within), null],
    redemption_rate: [spent(within), 0 - points('issued', 0, within)],
    breakage_rate: [points('expired', 0, until), points('expired', 0, until) + spent(until)],
    points_outstanding: [outstanding, null],
    points_pending: [points('pending', 0, until), null],
    points_debt: [0 - points('debt', 0, until), null],
    liability: [outstanding, null],
    liability_pending: [points('pending', 0, until), null],
  };
  if (shopId !== null) return figures;
  const joined = (when: (day: string) => boolean): number => members.filter((row) => when(dayOf(row.joined_at))).length;
  return { ...figures, members_total: [joined(until), null], members_new: [joined(within), null] };
}
