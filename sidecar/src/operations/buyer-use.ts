import type { BuyerLimits, BuyerUse } from '../domain/buyer-limit';
import { calendarSpan } from '../domain/calendar';
import { mayApprove } from '../domain/company';
import type { Programme } from '../domain/programme';
import type { Db } from '../storage/transaction';
import { approvedPoints, pendingByBuyer } from '../stores/approval-store';
import type { Buyer } from '../stores/company-store';
import { pointsHeld, pointsSpent } from '../stores/company-use-store';

export function limitsOf(buyer: Buyer): BuyerLimits {
  return {
    pointsPerOrder: buyer.points_per_order,
    pointsPerMonth: buyer.points_per_month,
    approvalAbove: buyer.approval_above,
  };
}

/** Where the month began whose limits hold. */
export function monthStart(programme: Pick<Programme, 'timeZone'> | null, now: string): string {
  return calendarSpan('month', now, programme?.timeZone ?? 'UTC').start;
}

/** What a buyer has used of the limits, under the locks of `lockSpender`: what is reserved counts as spent. */
export async function buyerUse(db: Db, buyer: Buyer, { since, now }: { since: string; now: string }): Promise<BuyerUse> {
  const { member_id: memberId } = buyer;
  const monthly = buyer.points_per_month === null ? [] : [memberId];
  const asking = buyer.approval_above === null ? [] : [memberId];
  const held = (await pointsHeld(db, monthly, since)).get(memberId) ?? 0;
  const spent = (await pointsSpent(db, monthly, since)).get(memberId) ?? 0;
  const approved = await approvedPoints(db, asking, { now, forCarts: false });
  return { usedThisMonth: held + spent, approvedPoints: approved.get(memberId) ?? 0 };
}

export interface ShownUse {
  /** With what is reserved. */
  readonly usedThisMonth: number;
  /** For the limit of a cart, whose own points may be reserved already; when the order is placed, that is looked at. */
  readonly inCarts: BuyerUse;
  /** Reserved by this buyer. */
  readonly heldPoints: number;
  readonly openApprovals: number;
}

/** What shops show of buyers of one company, with as many reads for all as for one. Limits nobody has cost none. */
export async function shownUses(
  db: Db,
  buyers: readonly Buyer[],
  { since, now }: { readonly since: string; readonly now: string },
): Promise<ReadonlyMap<string, ShownUse>> {
  const ids = buyers.map((buyer) => buyer.member_id);
  const monthly = buyers.filter((buyer) => buyer.points_per_month !== null).map((buyer) => buyer.member_id);
  const asking = buyers.filter((buyer) => buyer.approval_above !== null).map((buyer) => buyer.member_id);
  const held = await pointsHeld(db, ids, '');
  const heldInMonth = await pointsHeld(db, monthly, since);
  const spent = await pointsSpent(db, monthly, since);
  const approved = await approvedPoints(db, asking, { now, forCarts: true });
  const isAsked = asking.length > 0 || buyers.some(({ role }) => mayApprove(role));
  const companyId = buyers[0]?.company_id ?? '';
  const pending: ReadonlyMap<string, number> = isAsked ? await pendingByBuyer(db, companyId, now) : new Map();
  const all = [...pending.values()].reduce((sum, count) => sum + count, 0);
  return new Map(
    buyers.map(({ member_id: id, role }) => [
      id,
      {
        usedThisMonth: (spent.get(id) ?? 0) + (heldInMonth.get(id) ?? 0),
        inCarts: { usedThisMonth: spent.get(id) ?? 0, approvedPoints: approved.get(id) ?? 0 },
        heldPoints: held.get(id) ?? 0,
        openApprovals: mayApprove(role) ? all : (pending.get(id) ?? 0),
      },
    ]),
  );
}
