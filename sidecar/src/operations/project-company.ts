import { redeemLimit } from '../domain/buyer-limit';
import { MAX_BUYERS, mayApprove } from '../domain/company';
import type { CompanyMirror, MemberMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { accountsOf } from '../ledger/queries';
import type { Row } from '../storage/tables';
import type { Trx } from '../storage/transaction';
import { findCompany, listBuyers, noteShownMonth, type Buyer, type Company } from '../stores/company-store';
import { setDesiredMany } from '../stores/desired-state-store';
import { findMember, findMembers, shownAccounts } from '../stores/member-store';
import { limitsOf, monthStart, shownUses, type ShownUse } from './buyer-use';
import { boughtLists } from './bought-lists';
import type { OperationContext } from './context';
import { personalMirror, standingMirror, vouchersByShop, type ShownAccount, type StandingMirror } from './member-mirror';
import { shownActivities } from './shown-activities';
import { shownRequests } from './shown-requests';
import { shownTerms } from './shown-terms';

/**
 * States what shops show of a company's buyers: of all after a change of its account, else of the one who changed. All
 * who do so hold the lock of the account, so that none can put an older state over a newer one.
 */
export async function projectCompany(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  companyId: string,
): Promise<void> {
  const company = await findCompany(trx, companyId);
  if (member.memberId === company.account_member_id) await projectBuyers(trx, context, { company, account: member, only: null });
  else await projectBuyer(trx, context, company, member.memberId);
}

/** One buyer whose own books, role or limits changed. Locks the company's account. */
export async function projectBuyer(trx: Trx, context: OperationContext, company: Company, memberId: string): Promise<void> {
  const account = await lockMember(trx, company.account_member_id);
  await projectBuyers(trx, context, { company, account, only: [memberId] });
}

/** Those whose pages say something of a request: the buyer and all who may answer it. */
export async function projectConcerned(
  trx: Trx,
  context: OperationContext,
  shown: Omit<ShownCompany, 'only'>,
  buyerId: string,
): Promise<void> {
  const buyers = await listBuyers(trx, shown.company.company_id, '', MAX_BUYERS);
  const concerned = buyers.filter((buyer) => buyer.member_id === buyerId || mayApprove(buyer.role));
  await projectBuyers(trx, context, { ...shown, only: concerned.map((buyer) => buyer.member_id) });
}

interface ShownCompany {
  readonly company: Company;
  /** Locked. */
  readonly account: LockedMember;
  /** Null = every buyer. */
  readonly only: readonly string[] | null;
}

/** What all buyers have in common is read once; the rest with as many reads for all as for one. */
export async function projectBuyers(
  trx: Trx,
  context: OperationContext,
  { company, account, only }: ShownCompany,
): Promise<void> {
  const all = await listBuyers(trx, company.company_id, '', MAX_BUYERS);
  const buyers = only === null ? all : all.filter(({ member_id: id }) => only.includes(id));
  const ids = buyers.map((buyer) => buyer.member_id);
  const now = context.clock.now();
  const published = await context.programmes.effectiveAt(trx, company.programme_id, now);
  const programme = published?.programme ?? null;
  const since = monthStart(programme, now);
  await noteShownMonth(
    trx,
    buyers.filter((buyer) => buyer.points_per_month !== null && buyer.shown_month !== since).map((buyer) => buyer.member_id),
    since,
  );
  const shown = ids.length === 0 ? [] : await shownAccounts(trx, ids);
  if (shown.length === 0) return;
  const facts: CompanyFacts = {
    company,
    account: await findMember(trx, company.account_member_id),
    members: new Map((await findMembers(trx, ids)).map((row) => [row.member_id, row])),
    accounts: await accountsOf(trx, [...ids, company.account_member_id]),
    use: await shownUses(trx, buyers, { since, now }),
    priceLists: await boughtLists(trx, company.company_id, now),
    programme,
    now,
  };
  const isAsked = [...facts.use.values()].some(({ openApprovals }) => openApprovals > 0);
  const requestsIn = isAsked ? await shownRequests(trx, company, now) : () => ({});
  const byShop = new Map<string, { id: string; state: MemberMirror }[]>();
  let common: StandingMirror | null = null;
  for (const buyer of buyers) {
    const accounts = shown.filter((one) => one.member_id === buyer.member_id);
    if (accounts.length === 0) continue;
    const standing: StandingMirror = common ?? (await standingOf(trx, facts, buyer));
    if (company.points_mode === 'pooled') common = standing;
    const mirror = { ...(await buyerMirror(trx, facts, buyer, standing)), version: versionOf(facts, buyer, account) };
    const termsIn = await shownTerms(trx, context, programme, memberOf(facts, buyer), now);
    const activitiesIn = shownActivities(context, programme, buyer);
    const vouchersIn = await vouchersByShop(trx, buyer.member_id, now);
    for (const { shop_id: shopId, customer_id: customerId } of accounts) {
      const pages = { ...termsIn(shopId), ...activitiesIn(shopId) };
      const own = { company: { ...mirror.company, ...requestsIn(buyer, shopId) }, vouchers: vouchersIn(shopId), customerId };
      byShop.set(shopId, [...(byShop.get(shopId) ?? []), { id: customerId, state: { ...mirror, ...pages, ...own } }]);
    }
  }
  for (const [shopId, resources] of byShop) await setDesiredMany(trx, shopId, 'member', resources, now);
}

interface CompanyFacts {
  readonly company: Company;
  readonly account: Row<'member'>;
  readonly members: ReadonlyMap<string, Row<'member'>>;
  readonly accounts: ReadonlyMap<string, ShownAccount & { readonly version: number }>;
  readonly use: ReadonlyMap<string, ShownUse>;
  readonly priceLists: readonly string[];
  readonly programme: Programme | null;
  readonly now: string;
}

/** Pooled points and account tiers are those of the company. */
async function standingOf(trx: Trx, facts: CompanyFacts, buyer: Buyer): Promise<StandingMirror> {
  const { member_id: memberId } = buyer;
  const { company, programme, now } = facts;
  const own = memberOf(facts, buyer);
  const account = facts.accounts.get(company.points_mode === 'pooled' ? company.account_member_id : memberId);
  if (!account) throw new Error(`buyer ${memberId} has no account`);
  const ranked = company.tier_mode === 'account' ? facts.account : own;
  return standingMirror(trx, { account, ranked, programme, now });
}

function memberOf({ members }: CompanyFacts, { member_id: memberId }: Buyer): Row<'member'> {
  const own = members.get(memberId);
  if (!own) throw new Error(`buyer ${memberId} is no member`);
  return own;
}

/** Counts changes of both accounts, and goes on from there when the buyer leaves. */
function versionOf({ accounts }: CompanyFacts, buyer: Buyer, account: LockedMember): number {
  return (accounts.get(buyer.member_id)?.version ?? 0) + account.version;
}

async function buyerMirror(
  trx: Trx,
  facts: CompanyFacts,
  buyer: Buyer,
  standing: StandingMirror,
): Promise<Omit<MemberMirror, 'customerId' | 'vouchers' | 'version' | 'company'> & { readonly company: CompanyMirror }> {
  const { company, accounts, use, priceLists, programme, now } = facts;
  const own = memberOf(facts, buyer);
  const used = use.get(buyer.member_id);
  if (!used) throw new Error(`buyer ${buyer.member_id} lost what they used`);
  const limits = limitsOf(buyer);
  const shown: CompanyMirror = {
    name: company.name,
    role: buyer.role,
    isPooled: company.points_mode === 'pooled',
    ...limits,
    usedThisMonth: used.usedThisMonth,
    approvedPoints: used.inCarts.approvedPoints,
    openApprovals: used.openApprovals,
    ownPoints: company.points_mode === 'pooled' ? (accounts.get(buyer.member_id)?.available ?? 0) : null,
  };
  return {
    ...standing,
    ...(await personalMirror(trx, own, programme, now)),
    // What colleagues reserved is not for this buyer's cart.
    heldPoints: company.points_mode === 'pooled' ? used.heldPoints : standing.heldPoints,
    spentIntent: buyer.spent_intent,
    company: shown,
    ...(priceLists.length > 0 && { priceLists }),
    redeemLimit: redeemLimit(limits, used.inCarts),
  };
}
