import type { ShopPart } from '../domain/shop-branch';
import type { ExpressionBuilder } from 'kysely';
import type { Row, Tables } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';

export interface IdentityInput {
  readonly programmeId: string;
  readonly shopId: string;
  /** The shop's customer id, or `guestKey` of the e-mail hash. */
  readonly customerId: string;
  readonly emailHash: string | null;
  readonly customerGroup: string | null;
  /** As the customer wrote it; absent = nothing is known of it. */
  readonly company?: string | null;
  /** Whether a new customer takes over the member that guests of the same address opened. */
  readonly claimsGuest: boolean;
  readonly at: string;
  /** Whether the shop has proof of the address; null = it did not say. */
  readonly emailVerified: boolean | null;
}

/** Guests have no customer id; the same e-mail is the same guest. */
export function guestKey(emailHash: string): string {
  return `guest:${emailHash}`;
}

export function isGuestKey(customerId: string): boolean {
  return customerId.startsWith('guest:');
}

/** In place of the customer id of an account whose owner was erased. */
export function erasedKey(pseudonym: string): string {
  return `erased:${pseudonym}`;
}

/** Whether a shop has an account by this id: it is no guest's, and not of somebody who was erased. */
export function isShownKey(customerId: string): boolean {
  return !isGuestKey(customerId) && !customerId.startsWith('erased:');
}

/** The part of a shop in which a customer is a member; the first that knows them. */
export async function partOfCustomer<Part extends ShopPart>(
  db: Db,
  parts: readonly Part[],
  customerId: string,
): Promise<Part | null> {
  for (const part of parts) if (await findIdentity(db, part.shopId, customerId)) return part;
  return null;
}

export async function findIdentity(db: Db, shopId: string, customerId: string): Promise<Row<'member_identity'> | undefined> {
  return db
    .selectFrom('member_identity')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
}

/** Keeps what the shop last said about e-mail, group and company; silence changes nothing. */
export async function refreshIdentity(trx: Trx, known: Row<'member_identity'>, input: IdentityInput): Promise<void> {
  const emailHash = input.emailHash ?? known.email_hash;
  const customerGroup = input.customerGroup ?? known.customer_group;
  const companyName = input.company ?? known.company_name;
  const wasVerified = known.email_verified === 1;
  // Proof is of one address.
  const isVerified = input.emailVerified ?? (wasVerified && emailHash === known.email_hash);
  const isSame =
    emailHash === known.email_hash &&
    customerGroup === known.customer_group &&
    companyName === known.company_name &&
    isVerified === wasVerified;
  if (isSame) return;
  await trx
    .updateTable('member_identity')
    .set({
      email_hash: emailHash,
      customer_group: customerGroup,
      company_name: companyName,
      email_verified: isVerified ? 1 : 0,
    })
    .where('shop_id', '=', known.shop_id)
    .where('customer_id', '=', known.customer_id)
    .execute();
}

/** Keyed hashes of the addresses a member is known by. */
export async function emailHashesOf(db: Db, memberId: string): Promise<string[]> {
  const identities = await identitiesOf(db, memberId);
  return identities.flatMap((identity) => (identity.email_hash === null ? [] : [identity.email_hash]));
}

export async function findMemberRow(db: Db, memberId: string): Promise<Row<'member'> | undefined> {
  return db.selectFrom('member').selectAll().where('member_id', '=', memberId).executeTakeFirst();
}

/** Members that neither became part of another nor were erased: what lists and reviews look at. */
export function isPresent(eb: ExpressionBuilder<Tables, 'member'>) {
  const merges = eb.selectFrom('member_merge').select('absorbed_member_id');
  const erasures = eb.selectFrom('member_erasure').select('member_erasure.member_id');
  return eb.and([
    eb.not(eb.exists(merges.whereRef('absorbed_member_id', '=', 'member.member_id'))),
    eb.not(eb.exists(erasures.whereRef('member_erasure.member_id', '=', 'member.member_id'))),
  ]);
}

export interface MemberSummary {
  readonly memberId: string;
  readonly tier: string | null;
  readonly pending: number;
  readonly available: number;
  readonly held: number;
  readonly debt: number;
}

/** A page of members of a programme (null = of all) in the order of their ids. */
export async function listMembers(db: Db, programmeId: string | null, after: string, limit: number): Promise<MemberSummary[]> {
  const query = summaries(db).where('member.member_id', '>', after).limit(limit);
  const rows = await (programmeId === null ? query : query.where('member.programme_id', '=', programmeId)).execute();
  return rows.map(summary);
}

/** Members of a list, in the order of their ids. */
export async function summarizeMembers(db: Db, memberIds: readonly string[]): Promise<MemberSummary[]> {
  if (memberIds.length === 0) return [];
  const rows = await summaries(db).where('member.member_id', 'in', memberIds).execute();
  return rows.map(summary);
}

function summaries(db: Db) {
  return db
    .selectFrom('member')
    .innerJoin('member_account', 'member_account.member_id', 'member.member_id')
    .select(['member.member_id', 'tier', 'pending', 'available', 'held', 'debt'])
    .where(isPresent)
    .orderBy('member.member_id');
}

function summary({
  member_id: memberId,
  ...rest
}: Omit<MemberSummary, 'memberId'> & { readonly member_id: string }): MemberSummary {
  return { memberId, ...rest };
}

/** @throws Error when there is no such member */
export async function findMember(db: Db, memberId: string): Promise<Row<'member'>> {
  return db.selectFrom('member').selectAll().where('member_id', '=', memberId).executeTakeFirstOrThrow();
}

export async function findMembers(db: Db, memberIds: readonly string[]): Promise<Row<'member'>[]> {
  if (memberIds.length === 0) return [];
  return db.selectFrom('member').selectAll().where('member_id', 'in', memberIds).execute();
}

export async function identitiesOf(db: Db, memberId: string): Promise<Row<'member_identity'>[]> {
  return db
    .selectFrom('member_identity')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('shop_id')
    .orderBy('customer_id')
    .execute();
}

/** Members' accounts in shops that get news of them: no guests, and no shop that is being left. */
export async function shownAccounts(db: Db, memberIds: readonly string[]): Promise<Row<'member_identity'>[]> {
  const identities = await db
    .selectFrom('member_identity')
    .selectAll()
    .where('member_id', 'in', memberIds)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('shop')
            .select('shop.shop_id')
            .whereRef('shop.shop_id', '=', 'member_identity.shop_id')
            .where('shop.status', '=', 'leaving'),
        ),
      ),
    )
    .orderBy('shop_id')
    .orderBy('customer_id')
    .execute();
  return identities.filter((identity) => isShownKey(identity.customer_id));
}

/** Members of a programme in each tier; the key null = in none. */
export async function membersByTier(db: Db, programmeId: string): Promise<Map<string | null, number>> {
  const rows = await db
    .selectFrom('member')
    .select((eb) => ['tier', eb.fn.countAll().as('count')])
    .where(isPresent)
    .where('programme_id', '=', programmeId)
    .groupBy('tier')
    .execute();
  return new Map(rows.map((row) => [row.tier, toInteger(row.count)]));
}
