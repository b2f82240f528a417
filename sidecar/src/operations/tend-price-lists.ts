import { isInForce, nextTurn } from '../domain/price-list';
import { reason } from '../domain/reason';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { findCompanyRow } from '../stores/company-store';
import {
  ALL_PRODUCTS,
  changePriceList,
  dueCompanies,
  dueProducts,
  forgetDue,
  markListedDue,
  noteCompanyShown,
  turningLists,
  validityOf,
} from '../stores/price-list-store';
import { activeShopIds } from '../stores/shop-store';
import type { OperationContext } from './context';
import { projectBuyers } from './project-company';
import { projectPricesOf, projectTierPrices } from './project-tier-prices';
import { recordList } from './record-list';
import { spreadList } from './spread-list';

const LISTS_A_RUN = 200;
const COMPANIES_A_PAGE = 50;
const PRODUCTS_A_PAGE = 500;

/** Begins and ends price lists in time, then brings buyers and products in line with what changed of lists. */
export async function tendPriceLists(
  context: OperationContext,
  now: string,
  isStopping: () => boolean = () => false,
): Promise<{ turned: number; companies: number; products: number }> {
  const turned = await turnLists(context, now);
  const companies = await showCompanies(context, isStopping);
  return { turned, companies, products: await showProducts(context, isStopping) };
}

async function turnLists(context: OperationContext, now: string): Promise<number> {
  let turned = 0;
  for (const list of await turningLists(context.db, now, LISTS_A_RUN)) {
    turned += await inTransaction(context.db, async (trx) => {
      const validity = validityOf(list);
      // Somebody else turned or changed it meanwhile, and did all of this.
      if (!(await changePriceList(trx, list, { turns_at: nextTurn(validity, now) }, now))) return 0;
      await spreadList(trx, list, now);
      await markListedDue(trx, list, () => context.ids.next());
      const begins = isInForce(validity, now);
      await recordList(trx, context, list, [reason(begins ? 'price_list_begins' : 'price_list_ends', true)]);
      return 1;
    });
  }
  return turned;
}

async function showCompanies(context: OperationContext, isStopping: () => boolean): Promise<number> {
  let shown = 0;
  for (;;) {
    const page = await dueCompanies(context.db, COMPANIES_A_PAGE);
    for (const companyId of page) {
      if (isStopping()) return shown;
      await inTransaction(context.db, async (trx) => {
        // First, so that a list that changes after its reading makes the company due anew.
        await noteCompanyShown(trx, companyId);
        const company = await findCompanyRow(trx, companyId);
        if (!company) return;
        const account = await lockMember(trx, company.account_member_id);
        await projectBuyers(trx, context, { company, account, only: null });
      });
      shown += 1;
    }
    if (page.length < COMPANIES_A_PAGE) return shown;
  }
}

async function showProducts(context: OperationContext, isStopping: () => boolean): Promise<number> {
  const { db } = context;
  let products = 0;
  while (!isStopping()) {
    const page = await dueProducts(db, PRODUCTS_A_PAGE);
    if (page.length === 0) break;
    for (const programmeId of new Set(page.map((row) => row.programme_id))) {
      const numbers = page.filter((row) => row.programme_id === programmeId).map((row) => row.product_number);
      await showPrices(context, programmeId, [...new Set(numbers)], isStopping);
    }
    // What was not shown stays marked.
    if (isStopping()) return products;
    await inTransaction(db, (trx) =>
      forgetDue(
        trx,
        page.map((row) => row.due_id),
      ),
    );
    products += page.length;
  }
  return products;
}

/** As of now, which is after they were marked: a list that ended since the job began is over. */
async function showPrices(
  context: OperationContext,
  programmeId: string,
  productNumbers: readonly string[],
  isStopping: () => boolean,
): Promise<void> {
  const { db, ids } = context;
  const now = context.clock.now();
  const published = await context.programmes.effectiveAt(db, programmeId, now);
  if (!published) return;
  for (const shopId of await activeShopIds(db, programmeId)) {
    const input = { shopId, published, ids, now };
    if (productNumbers.includes(ALL_PRODUCTS)) await projectTierPrices(db, { ...input, isStopping });
    else await projectPricesOf(db, input, productNumbers);
  }
}
