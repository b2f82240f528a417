import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type NextPurchase = Row<'next_purchase'>;
type Key = Pick<NextPurchase, 'shop_id' | 'order_id' | 'rule_code'>;

/** By the code of the rule. */
export async function nextPurchasesOf(db: Db, shopId: string, orderId: string): Promise<Map<string, NextPurchase>> {
  const rows = await db
    .selectFrom('next_purchase')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .execute();
  return new Map(rows.map((row) => [row.rule_code, row]));
}

export async function insertNextPurchase(trx: Trx, row: NextPurchase): Promise<void> {
  await insertOnce(trx, 'next_purchase', row);
}

/** The member's lock is held, so nothing else moves it. */
export async function changeNextPurchase(
  trx: Trx,
  { shop_id: shopId, order_id: orderId, rule_code: ruleCode }: Key,
  change: Partial<Pick<NextPurchase, 'due_at' | 'status' | 'voucher_id' | 'decision_id'>>,
): Promise<void> {
  await trx
    .updateTable('next_purchase')
    .set(change)
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .where('rule_code', '=', ruleCode)
    .execute();
}

/** Orders that are to be decided by now, the longest due first. */
export async function dueNextPurchases(db: Db, now: string, limit: number): Promise<NextPurchase[]> {
  return db
    .selectFrom('next_purchase')
    .selectAll()
    .where('status', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('order_id')
    .limit(limit)
    .execute();
}

/** Vouchers of a rule that a member was given and kept. */
export async function grantedOf(trx: Trx, memberId: string, ruleCode: string): Promise<number> {
  const found = await trx
    .selectFrom('next_purchase')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('member_id', '=', memberId)
    .where('rule_code', '=', ruleCode)
    .where('status', '=', 'granted')
    .executeTakeFirst();
  return toInteger(found?.count);
}
