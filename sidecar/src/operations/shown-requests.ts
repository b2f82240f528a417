import { mayApprove } from '../domain/company';
import type { CompanyMirror, ShownRequest } from '../domain/mirror';
import type { Db } from '../storage/transaction';
import { waitingApprovals, type Approval } from '../stores/approval-store';
import type { Buyer, Company } from '../stores/company-store';
import { shownAccounts } from '../stores/member-store';

/** On one page; the next ones move up. */
const SHOWN = 20;
/** Of one company. */
const MAX_READ = 200;

/** Requests that wait, for the pages of buyers: read once for all of them. */
export async function shownRequests(
  db: Db,
  { company_id: companyId }: Pick<Company, 'company_id'>,
  now: string,
): Promise<(buyer: Buyer, shopId: string) => Pick<CompanyMirror, 'requests'>> {
  const waiting = await waitingApprovals(db, { companyId, memberId: null, now }, MAX_READ);
  const accounts = await shownAccounts(db, [...new Set(waiting.map((request) => request.member_id))]);
  return (buyer, shopId) => {
    const seen = waiting.filter((request) => mayApprove(buyer.role) || request.member_id === buyer.member_id);
    const shown = (request: Approval): ShownRequest => ({
      id: request.approval_id,
      customerId: accounts.find((row) => row.shop_id === shopId && row.member_id === request.member_id)?.customer_id ?? null,
      isOwn: request.member_id === buyer.member_id,
      points: request.points,
      at: request.requested_at,
    });
    return seen.length === 0 ? {} : { requests: seen.slice(0, SHOWN).map(shown) };
  };
}
