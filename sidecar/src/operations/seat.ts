import type { Db } from '../storage/transaction';
import { findBuyer, findCompany, type Buyer, type Company } from '../stores/company-store';
import { findMember } from '../stores/member-store';

/** A member as a buyer of a company. */
export interface Seat {
  readonly company: Company;
  readonly buyer: Buyer;
  /** Where the buyer's orders go and points come from. */
  readonly isPooled: boolean;
}

export async function seatOf(db: Db, memberId: string): Promise<Seat | null> {
  const { company_id: companyId } = await findMember(db, memberId);
  if (companyId === null) return null;
  const company = await findCompany(db, companyId);
  const buyer = await findBuyer(db, memberId);
  return buyer ? { company, buyer, isPooled: company.points_mode === 'pooled' } : null;
}
