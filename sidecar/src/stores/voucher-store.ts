import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

export type Voucher = Row<'voucher'>;

/** A voucher with all codes it has or had, of those asked for. */
export interface VoucherOfCodes {
  readonly voucher: Voucher;
  readonly codes: readonly string[];
}

/** @throws Error when there is no such voucher */
export async function findVoucher(db: Db, voucherId: string): Promise<Voucher> {
  return db.selectFrom('voucher').selectAll().where('voucher_id', '=', voucherId).executeTakeFirstOrThrow();
}

export async function hasVoucherFrom(db: Db, programmeId: string, sourceKeys: readonly string[]): Promise<boolean> {
  const found = await db
    .selectFrom('voucher')
    .select('voucher_id')
    .where('programme_id', '=', programmeId)
    .where('source_key', 'in', sourceKeys)
    .executeTakeFirst();
  return found !== undefined;
}

/** Vouchers by codes that they have or had; codes of nobody are left out. */
export async function vouchersOfCodes(db: Db, programmeId: string, codes: readonly string[]): Promise<VoucherOfCodes[]> {
  const retired = await db
    .selectFrom('retired_voucher_code')
    .select(['code', 'voucher_id'])
    .where('programme_id', '=', programmeId)
    .where('code', 'in', codes)
    .execute();
  const retiredIds = retired.map((row) => row.voucher_id);
  const vouchers = await db
    .selectFrom('voucher')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where((eb) => eb.or([eb('code', 'in', codes), ...(retiredIds.length > 0 ? [eb('voucher_id', 'in', retiredIds)] : [])]))
    .orderBy('voucher_id')
    .execute();
  return vouchers.map((voucher) => ({
    voucher,
    codes: [
      ...codes.filter((code) => code === voucher.code),
      ...retired.filter((row) => row.voucher_id === voucher.voucher_id).map((row) => row.code),
    ],
  }));
}

export interface VoucherUse {
  readonly shopId: string;
  readonly orderId: string;
}

/** An order that the shop took with a voucher uses it, whatever we thought of it. False when another order has it. */
export async function markUsed(trx: Trx, voucherId: string, { shopId, orderId }: VoucherUse, now: string): Promise<boolean> {
  const updated = await trx
    .updateTable('voucher')
    .set({ status: 'used', used_at: now, used_shop_id: shopId, used_order_id: orderId })
    .where('voucher_id', '=', voucherId)
    .where('status', '!=', 'used')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** The order that used it does no longer. False when it is not that order's. */
export async function releaseUse(
  trx: Trx,
  voucher: Voucher,
  { shopId, orderId }: VoucherUse,
  becomes: Pick<Voucher, 'status' | 'code'>,
): Promise<boolean> {
  const updated = await trx
    .updateTable('voucher')
    .set({ ...becomes, used_at: null, used_shop_id: null, used_order_id: null })
    .where('voucher_id', '=', voucher.voucher_id)
    .where('status', '=', 'used')
    .where('used_shop_id', '=', shopId)
    .where('used_order_id', '=', orderId)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function retireCode(trx: Trx, { programme_id: programmeId, code, voucher_id: voucherId }: Voucher, now: string) {
  await insertOnce(trx, 'retired_voucher_code', {
    programme_id: programmeId,
    code,
    voucher_id: voucherId,
    retired_at: now,
  });
}

/** Takes a voucher back. False when it was not to be used any more. */
export async function withdrawVoucher(trx: Trx, voucherId: string, now: string): Promise<boolean> {
  await trx.updateTable('voucher').set({ withdrawn_at: now, remind_at: null }).where('voucher_id', '=', voucherId).execute();
  const updated = await trx
    .updateTable('voucher')
    .set({ status: 'revoked', remove_at: null })
    .where('voucher_id', '=', voucherId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export type VoucherTask = 'remind_at' | 'remove_at';

/** Vouchers with which something is to be done by now, the longest due first. */
export async function dueVouchers(db: Db, task: VoucherTask, now: string, limit: number): Promise<Voucher[]> {
  return db.selectFrom('voucher').selectAll().where(task, '<=', now).orderBy(task).limit(limit).execute();
}

/** Takes the task for oneself. False when somebody else did it, or it is not due. */
export async function takeTask(trx: Trx, voucherId: string, task: VoucherTask, now: string): Promise<boolean> {
  const taken = await trx
    .updateTable('voucher')
    .set({ [task]: null })
    .where('voucher_id', '=', voucherId)
    .where(task, '<=', now)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** When its owner is reminded next; null = no more. */
export async function setReminder(trx: Trx, voucherId: string, at: string | null): Promise<void> {
  await trx.updateTable('voucher').set({ remind_at: at }).where('voucher_id', '=', voucherId).execute();
}

/** False when it was not to be used any more. */
export async function markExpired(trx: Trx, voucherId: string): Promise<boolean> {
  const updated = await trx
    .updateTable('voucher')
    .set({ status: 'expired', remind_at: null })
    .where('voucher_id', '=', voucherId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** A member's vouchers that can be used, the first to end first. */
export async function usableVouchers(db: Db, memberId: string, now: string, limit: number): Promise<Voucher[]> {
  return db
    .selectFrom('voucher')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('status', '=', 'active')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy((eb) => eb.case().when('expires_at', 'is', null).then(1).else(0).end())
    .orderBy('expires_at')
    .orderBy('voucher_id')
    .limit(limit)
    .execute();
}

/** A page of all vouchers that a member has or had, newest first; `before` empty = from the beginning. */
export async function listVouchers(db: Db, memberId: string, before: string, limit: number): Promise<Voucher[]> {
  const query = db.selectFrom('voucher').selectAll().where('member_id', '=', memberId).orderBy('voucher_id', 'desc').limit(limit);
  return (before === '' ? query : query.where('voucher_id', '<', before)).execute();
}
