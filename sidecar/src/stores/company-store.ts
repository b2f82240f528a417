/** Companies and who buys for them. */
import type { Row } from '../storage/tables';
import { contains } from '../storage/contains';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type Company = Row<'company'>;
export type Buyer = Row<'company_member'>;
export type Tenure = Row<'company_tenure'>;

export async function findCompanyRow(db: Db, companyId: string): Promise<Company | undefined> {
  return db.selectFrom('company').selectAll().where('company_id', '=', companyId).executeTakeFirst();
}

/** @throws Error when there is no such company */
export async function findCompany(db: Db, companyId: string): Promise<Company> {
  return db.selectFrom('company').selectAll().where('company_id', '=', companyId).executeTakeFirstOrThrow();
}

/** The company that an account stands for. */
export async function findCompanyOfAccount(db: Db, memberId: string): Promise<Company | undefined> {
  return db.selectFrom('company').selectAll().where('account_member_id', '=', memberId).executeTakeFirst();
}

export async function findCompanies(db: Db, companyIds: readonly string[]): Promise<Company[]> {
  if (companyIds.length === 0) return [];
  return db.selectFrom('company').selectAll().where('company_id', 'in', companyIds).execute();
}

export async function findCompanyByKey(db: Db, programmeId: string, key: string): Promise<Company | undefined> {
  return db
    .selectFrom('company')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

export async function findCompanyByRef(db: Db, programmeId: string, externalRef: string): Promise<Company | undefined> {
  return db
    .selectFrom('company')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('external_ref', '=', externalRef)
    .executeTakeFirst();
}

/** A page of companies of a programme (null = of all) in the order of their ids. */
export async function listCompanies(
  db: Db,
  programmeId: string | null,
  after: string,
  limit: number,
  text = '',
): Promise<Company[]> {
  let query = db.selectFrom('company').selectAll().where('company_id', '>', after).orderBy('company_id').limit(limit);
  if (text !== '') query = query.where((eb) => eb.or([contains('name', text), eb('external_ref', '=', text)]));
  return (programmeId === null ? query : query.where('programme_id', '=', programmeId)).execute();
}

/** False when another transaction was first with the key or the reference. */
export async function insertCompany(trx: Trx, company: Company): Promise<boolean> {
  return insertOnce(trx, 'company', company);
}

export async function updateCompany(
  trx: Trx,
  companyId: string,
  changes: Partial<
    Pick<Company, 'name' | 'external_ref' | 'status' | 'points_mode' | 'tier_mode' | 'approval_days' | 'updated_at'>
  >,
): Promise<void> {
  await trx.updateTable('company').set(changes).where('company_id', '=', companyId).execute();
}

export async function findBuyer(db: Db, memberId: string): Promise<Buyer | undefined> {
  return db.selectFrom('company_member').selectAll().where('member_id', '=', memberId).executeTakeFirst();
}

/** A page of a company's buyers in the order of their ids. */
export async function listBuyers(db: Db, companyId: string, after: string, limit: number): Promise<Buyer[]> {
  return db
    .selectFrom('company_member')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('member_id', '>', after)
    .orderBy('member_id')
    .limit(limit)
    .execute();
}

export async function countBuyers(db: Db, companyId: string): Promise<number> {
  const row = await db
    .selectFrom('company_member')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return toInteger(row?.count);
}

/** Takes a member who is in no company for one. False when they are in one already. */
export async function claimMember(trx: Trx, memberId: string, companyId: string): Promise<boolean> {
  const claimed = await trx
    .updateTable('member')
    .set({ company_id: companyId })
    .where('member_id', '=', memberId)
    .where('company_id', 'is', null)
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
}

export async function insertBuyer(trx: Trx, buyer: Buyer, company: Company): Promise<void> {
  await trx.insertInto('company_member').values(buyer).execute();
  await trx
    .insertInto('company_tenure')
    .values({
      tenure_id: buyer.tenure_id,
      member_id: buyer.member_id,
      company_id: buyer.company_id,
      programme_id: buyer.programme_id,
      points_mode: company.points_mode,
      tier_mode: company.tier_mode,
      account_member_id: company.account_member_id,
      joined_at: buyer.joined_at,
      left_at: null,
    })
    .execute();
}

export async function updateBuyer(
  trx: Trx,
  memberId: string,
  changes: Partial<Pick<Buyer, 'role' | 'points_per_order' | 'points_per_month' | 'approval_above' | 'spent_intent'>>,
): Promise<void> {
  await trx.updateTable('company_member').set(changes).where('member_id', '=', memberId).execute();
}

/** The shops will show these buyers' limits of the month that began then. */
export async function noteShownMonth(trx: Trx, memberIds: readonly string[], since: string): Promise<void> {
  if (memberIds.length === 0) return;
  await trx.updateTable('company_member').set({ shown_month: since }).where('member_id', 'in', memberIds).execute();
}

export async function programmesWithMonthlyLimits(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('company_member')
    .select('programme_id')
    .distinct()
    .where('points_per_month', 'is not', null)
    .execute();
  return rows.map((row) => row.programme_id);
}

/** Buyers with a monthly limit that shops show of a month before. */
export async function buyersOfOldMonth(db: Db, programmeId: string, since: string, limit: number): Promise<Buyer[]> {
  return db
    .selectFrom('company_member')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('shown_month', '<', since)
    .where('points_per_month', 'is not', null)
    .orderBy('shown_month')
    .orderBy('member_id')
    .limit(limit)
    .execute();
}

export async function removeBuyer(trx: Trx, buyer: Buyer, leftAt: string): Promise<void> {
  await trx.updateTable('company_tenure').set({ left_at: leftAt }).where('tenure_id', '=', buyer.tenure_id).execute();
  await trx.deleteFrom('company_member').where('member_id', '=', buyer.member_id).execute();
  await trx.updateTable('member').set({ company_id: null }).where('member_id', '=', buyer.member_id).execute();
}

/** The company a member bought for at an instant, as it was then; undefined = they bought for themselves. */
export async function tenureAt(db: Db, memberId: string, at: string): Promise<Tenure | undefined> {
  return db
    .selectFrom('company_tenure')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('joined_at', '<=', at)
    .where((eb) => eb.or([eb('left_at', 'is', null), eb('left_at', '>', at)]))
    .orderBy('joined_at', 'desc')
    .orderBy('tenure_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** In whose account members' points are, for those whose are not in their own. */
export async function pooledAccounts(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('company_member')
    .innerJoin('company', 'company.company_id', 'company_member.company_id')
    .select(['company_member.member_id', 'account_member_id'])
    .where('company_member.member_id', 'in', memberIds)
    .where('points_mode', '=', 'pooled')
    .execute();
  return new Map(rows.map((row) => [row.member_id, row.account_member_id]));
}

/** In whose account the points are that a member sees. */
export async function shownAccountOf(db: Db, memberId: string): Promise<string> {
  return (await pooledAccounts(db, [memberId])).get(memberId) ?? memberId;
}

/** Customers who wrote a company's name and are in no company, in the order of shops and ids. */
export async function unlinkedCustomers(
  db: Db,
  programmeId: string | null,
  after: { readonly shopId: string; readonly customerId: string },
  limit: number,
): Promise<{ shopId: string; customerId: string; memberId: string; companyName: string }[]> {
  const query = db
    .selectFrom('member_identity')
    .innerJoin('member', 'member.member_id', 'member_identity.member_id')
    .select(['shop_id', 'customer_id', 'member_identity.member_id', 'company_name'])
    .where('company_name', 'is not', null)
    .where('member.company_id', 'is', null)
    .where((eb) =>
      eb.or([
        eb('shop_id', '>', after.shopId),
        eb.and([eb('shop_id', '=', after.shopId), eb('customer_id', '>', after.customerId)]),
      ]),
    )
    .orderBy('shop_id')
    .orderBy('customer_id')
    .limit(limit);
  const rows = await (programmeId === null ? query : query.where('member_identity.programme_id', '=', programmeId)).execute();
  return rows.map((row) => ({
    shopId: row.shop_id,
    customerId: row.customer_id,
    memberId: row.member_id,
    companyName: row.company_name ?? '',
  }));
}
