import { inTransaction } from '../storage/transaction';
import { buyersOfOldMonth, findCompanyRow, programmesWithMonthlyLimits } from '../stores/company-store';
import { monthStart } from './buyer-use';
import type { OperationContext } from './context';
import { expireApprovals } from './decide-approval';
import { projectBuyer } from './project-company';

const PAGE = 200;

/** What time alone changes: requests and approvals lapse, and a new month gives monthly limits anew. */
export async function tendCompanies(context: OperationContext, now: string): Promise<{ expired: number; renewed: number }> {
  return { expired: await expireApprovals(context, now), renewed: await renewMonths(context, now) };
}

async function renewMonths(context: OperationContext, now: string): Promise<number> {
  const { db } = context;
  let renewed = 0;
  for (const programmeId of await programmesWithMonthlyLimits(db)) {
    const published = await context.programmes.effectiveAt(db, programmeId, now);
    const since = monthStart(published?.programme ?? null, now);
    for (;;) {
      const buyers = await buyersOfOldMonth(db, programmeId, since, PAGE);
      for (const { company_id: companyId, member_id: memberId } of buyers) {
        await inTransaction(db, async (trx) => {
          const company = await findCompanyRow(trx, companyId);
          if (company) await projectBuyer(trx, context, company, memberId);
        });
        renewed += 1;
      }
      if (buyers.length < PAGE) break;
    }
  }
  return renewed;
}
