import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

/** False when the happening was announced before. */
export async function insertNotice(trx: Trx, notice: Row<'member_notice'>): Promise<boolean> {
  return insertOnce(trx, 'member_notice', notice);
}

/** A member's notices of a kind with one of the keys. */
export async function knownNotices(
  db: Db,
  kind: string,
  wanted: readonly { readonly memberId: string; readonly key: string }[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const rows = await db
    .selectFrom('member_notice')
    .select(['member_id', 'notice_key'])
    .where('kind', '=', kind)
    .where('member_id', 'in', [...new Set(wanted.map(({ memberId }) => memberId))])
    .where('notice_key', 'in', [...new Set(wanted.map(({ key }) => key))])
    .execute();
  return new Set(rows.map((row) => noticeIndex(row.member_id, row.notice_key)));
}

export function noticeIndex(memberId: string, key: string): string {
  return `${memberId} ${key}`;
}
