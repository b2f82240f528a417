/** Members of a programme as rows of a table for other programs. */
import { toInteger, type Db } from '../storage/transaction';
import { isPresent, isShownKey } from './member-store';

export interface MemberTableRow {
  readonly memberId: string;
  readonly joinedAt: string;
  readonly tier: string | null;
  readonly pending: number;
  readonly available: number;
  readonly held: number;
  readonly debt: number;
  readonly language: string | null;
  /** Month and day. */
  readonly birthday: string | null;
  /** In shops, as `shop/customer`, separated by spaces. */
  readonly accounts: string;
}

/** In the order of their ids; accounts of companies and who was erased are not among them. */
export async function memberTable(db: Db, programmeId: string, after: string, limit: number): Promise<MemberTableRow[]> {
  const rows = await membersOf(db, programmeId)
    .innerJoin('member_account', 'member_account.member_id', 'member.member_id')
    .leftJoin('member_language', 'member_language.member_id', 'member.member_id')
    .leftJoin('member_profile', 'member_profile.member_id', 'member.member_id')
    .select(['member.member_id', 'member.joined_at', 'member.tier', 'pending', 'available', 'held', 'debt'])
    .select(['language', 'birth_month', 'birth_day'])
    .where('member.member_id', '>', after)
    .orderBy('member.member_id')
    .limit(limit)
    .execute();
  const accounts = await accountsOf(
    db,
    rows.map((row) => row.member_id),
  );
  return rows.map(({ member_id: memberId, joined_at: joinedAt, birth_month: month, birth_day: day, ...row }) => ({
    memberId,
    joinedAt,
    tier: row.tier,
    pending: row.pending,
    available: row.available,
    held: row.held,
    debt: row.debt,
    language: row.language,
    birthday: month === null || day === null ? null : `${twoDigits(month)}-${twoDigits(day)}`,
    accounts: (accounts.get(memberId) ?? []).join(' '),
  }));
}

export async function countTableMembers(db: Db, programmeId: string): Promise<number> {
  const row = await membersOf(db, programmeId)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirst();
  return toInteger(row?.count);
}

function membersOf(db: Db, programmeId: string) {
  return db
    .selectFrom('member')
    .where(isPresent)
    .where('member.programme_id', '=', programmeId)
    .where('member.company_id', 'is', null);
}

async function accountsOf(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>();
  if (memberIds.length === 0) return found;
  const rows = await db
    .selectFrom('member_identity')
    .select(['member_id', 'shop_id', 'customer_id'])
    .where('member_id', 'in', memberIds)
    .orderBy('shop_id')
    .orderBy('customer_id')
    .execute();
  for (const { member_id: memberId, shop_id: shopId, customer_id: customerId } of rows) {
    if (isShownKey(customerId)) found.set(memberId, [...(found.get(memberId) ?? []), `${shopId}/${customerId}`]);
  }
  return found;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
