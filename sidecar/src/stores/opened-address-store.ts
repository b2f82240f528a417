/** Signed addresses that have opened the admin pages. */
import type { NewRow } from '../storage/tables';
import { insertOnce, type Db } from '../storage/transaction';

/** False when it has been opened before. */
export function openOnce(db: Db, row: NewRow<'opened_address'>): Promise<boolean> {
  return insertOnce(db, 'opened_address', row);
}

/** Deletes what is too old to be opened again. */
export async function purgeOpenedAddresses(db: Db, before: string): Promise<number> {
  const deleted = await db.deleteFrom('opened_address').where('expires_at', '<', before).executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
