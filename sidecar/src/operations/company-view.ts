import type { BuyerLimits } from '../domain/buyer-limit';
import { mayApprove, MAX_BUYERS, type CompanyRole } from '../domain/company';
import { accountsOf } from '../ledger/queries';
import type { Db } from '../storage/transaction';
import { waitingApprovals } from '../stores/approval-store';
import { findBuyer, findCompany, listBuyers } from '../stores/company-store';
import { shownAccounts } from '../stores/member-store';
import { limitsOf } from './buyer-use';
import { findNamedMember } from './find-member';

/** What a buyer sees of their company on a page of a shop. */
export interface CompanyView {
  readonly name: string;
  readonly role: CompanyRole;
  /** Of the account that all share; null = each has points of their own. */
  readonly pool: { readonly available: number; readonly pending: number } | null;
  readonly buyers: readonly SeenBuyer[];
  /** Those that wait, the oldest first: of all buyers for whoever may answer, else the viewer's own. */
  readonly requests: readonly SeenRequest[];
}

export interface SeenBuyer {
  /** In the shop that asks; null = they have no account there. */
  readonly customerId: string | null;
  readonly isSelf: boolean;
  readonly role: CompanyRole;
  /** Null = not for the viewer's eyes, who approves nothing. */
  readonly limits: BuyerLimits | null;
}

export interface SeenRequest {
  readonly approvalId: string;
  readonly customerId: string | null;
  readonly isOwn: boolean;
  readonly points: number;
  readonly requestedAt: string;
  readonly expiresAt: string;
}

/** More than anybody answers in one sitting; the next ones move up. */
const MAX_REQUESTS = 100;

/** Null = the customer buys for no company. */
export async function companyView(
  db: Db,
  { programmeId, shopId, customerId, now }: { programmeId: string; shopId: string; customerId: string; now: string },
): Promise<CompanyView | null> {
  const named = await findNamedMember(db, programmeId, { shopId, customerId });
  const viewer = named.ok ? await findBuyer(db, named.value) : undefined;
  if (!viewer) return null;
  const company = await findCompany(db, viewer.company_id);
  const buyers = await listBuyers(db, company.company_id, '', MAX_BUYERS);
  const seesAll = mayApprove(viewer.role);
  const waiting = await waitingApprovals(
    db,
    { companyId: company.company_id, memberId: seesAll ? null : viewer.member_id, now },
    MAX_REQUESTS,
  );
  const accounts = await shownAccounts(db, [...new Set([...buyers, ...waiting].map((row) => row.member_id))]);
  const customers = new Map(accounts.filter((row) => row.shop_id === shopId).map((row) => [row.member_id, row.customer_id]));
  const pool = (await accountsOf(db, [company.account_member_id])).get(company.account_member_id);
  return {
    name: company.name,
    role: viewer.role,
    pool: company.points_mode === 'pooled' && pool ? { available: pool.available, pending: pool.pending } : null,
    buyers: buyers.map((buyer) => {
      const isSelf = buyer.member_id === viewer.member_id;
      const limits = seesAll || isSelf ? limitsOf(buyer) : null;
      return { customerId: customers.get(buyer.member_id) ?? null, isSelf, role: buyer.role, limits };
    }),
    requests: waiting.map((request) => ({
      approvalId: request.approval_id,
      customerId: customers.get(request.member_id) ?? null,
      isOwn: request.member_id === viewer.member_id,
      points: request.points,
      requestedAt: request.requested_at,
      expiresAt: request.expires_at,
    })),
  };
}
