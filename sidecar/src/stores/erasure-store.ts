/** Who was erased, and which shop accounts were theirs. */
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export async function findErasure(db: Db, memberId: string): Promise<Row<'member_erasure'> | undefined> {
  return db.selectFrom('member_erasure').selectAll().where('member_id', '=', memberId).executeTakeFirst();
}

export async function findErasureByKey(
  db: Db,
  programmeId: string,
  sourceKey: string,
): Promise<Row<'member_erasure'> | undefined> {
  return db
    .selectFrom('member_erasure')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('source_key', '=', sourceKey)
    .executeTakeFirst();
}

/** When the owner of a shop account was erased; null when they were not, or it is forgotten by now. */
export async function erasedAt(db: Db, shopId: string, customerHash: string): Promise<string | null> {
  const row = await db
    .selectFrom('erased_customer')
    .select('erased_at')
    .where('shop_id', '=', shopId)
    .where('customer_hash', '=', customerHash)
    .executeTakeFirst();
  return row?.erased_at ?? null;
}

/** An account that was erased before, as a guest's can be, is so anew. */
export async function saveErasedCustomer(trx: Trx, row: Row<'erased_customer'>): Promise<void> {
  if (await insertOnce(trx, 'erased_customer', row)) return;
  const { shop_id: shopId, customer_hash: hash, ...changes } = row;
  await trx.updateTable('erased_customer').set(changes).where('shop_id', '=', shopId).where('customer_hash', '=', hash).execute();
}

/** Forgets accounts whose time is over. Returns how many. */
export async function purgeErasedCustomers(db: Db, now: string): Promise<number> {
  const deleted = await db.deleteFrom('erased_customer').where('keep_until', '<=', now).executeTakeFirst();
  return toInteger(deleted.numDeletedRows);
}
