/** What members asked for on pages of the shops. */
import type { Wish, WishAnswer } from '../domain/wish';
import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

export type WishRow = Row<'member_wish'>;

export async function findWish(db: Db, shopId: string, key: string): Promise<WishRow | undefined> {
  return db.selectFrom('member_wish').selectAll().where('shop_id', '=', shopId).where('wish_key', '=', key).executeTakeFirst();
}

/** Keys among those given that were answered. */
export async function answeredKeys(db: Db, shopId: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom('member_wish')
    .select('wish_key')
    .where('shop_id', '=', shopId)
    .where('wish_key', 'in', keys)
    .execute();
  return new Set(rows.map((row) => row.wish_key));
}

/** Whether all that a customer asked for was answered. */
export async function hasAnswered(
  db: Db,
  { shopId, wishes = [] }: { readonly shopId: string; readonly wishes?: readonly Wish[] },
): Promise<boolean> {
  const keys = wishes.map(({ key }) => key);
  return (await answeredKeys(db, shopId, keys)).size === keys.length;
}

/** False when it was answered by another process. */
export async function insertWish(trx: Trx, row: WishRow): Promise<boolean> {
  return insertOnce(trx, 'member_wish', row);
}

/** Latest first. */
export async function latestAnswers(db: Db, memberId: string, since: string, limit: number): Promise<WishAnswer[]> {
  const rows = await db
    .selectFrom('member_wish')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('answered_at', '>', since)
    .orderBy('answered_at', 'desc')
    .orderBy('wish_key')
    .limit(limit)
    .execute();
  return rows.map(shownAnswer);
}

export function shownAnswer({ wish_key: key, kind, code, answered_at: at, granted, reason, figures }: WishRow): WishAnswer {
  return { key, kind, code, at, isGranted: granted === 1, reason, figures: JSON.parse(figures) as WishAnswer['figures'] };
}

/** Deletes some that were answered before an instant; answers how many. */
export async function purgeWishes(db: Db, before: string, limit: number): Promise<number> {
  const old = await db
    .selectFrom('member_wish')
    .select(['shop_id', 'wish_key'])
    .where('answered_at', '<', before)
    .orderBy('answered_at')
    .limit(limit)
    .execute();
  for (const { shop_id: shopId, wish_key: key } of old) {
    await db.deleteFrom('member_wish').where('shop_id', '=', shopId).where('wish_key', '=', key).execute();
  }
  return old.length;
}
