import { daysLeft, reminderOf } from '../domain/voucher';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import {
  dueVouchers,
  findVoucher,
  markExpired,
  setReminder,
  takeTask,
  type Voucher,
  type VoucherTask,
} from '../stores/voucher-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { hideCode, reminderSteps, voucherFigures } from './grant-voucher';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const VOUCHERS_PER_PAGE = 200;

/** Ends vouchers after their last day, and takes codes out of the shops, also those that were used. */
export async function expireVouchers(context: OperationContext, now: string): Promise<{ expired: number; removed: number }> {
  const counts = { expired: 0, removed: 0 };
  await eachDue(context, 'remove_at', now, async (trx, voucher) => {
    const member = await lockMember(trx, (await findVoucher(trx, voucher.voucher_id)).member_id);
    if (!(await takeTask(trx, voucher.voucher_id, 'remove_at', now))) return () => undefined;
    // Under the lock: an order may have used it, or given it back with another code.
    const { code } = await findVoucher(trx, voucher.voucher_id);
    await hideCode(trx, voucher, code, now);
    const expired = await markExpired(trx, voucher.voucher_id);
    if (expired) await projectMember(trx, context, member);
    return () => {
      counts.removed += 1;
      counts.expired += expired ? 1 : 0;
    };
  });
  return counts;
}

/** Reminds owners of vouchers that end soon, once at each of the days that are asked for. */
export async function remindOfVouchers(context: OperationContext, now: string): Promise<{ reminded: number }> {
  const counts = { reminded: 0 };
  await eachDue(context, 'remind_at', now, async (trx, { voucher_id: voucherId }) => {
    await lockMember(trx, (await findVoucher(trx, voucherId)).member_id);
    if (!(await takeTask(trx, voucherId, 'remind_at', now))) return () => undefined;
    const voucher = await findVoucher(trx, voucherId);
    // Too late is worse than never.
    if (voucher.status !== 'active') return () => undefined;
    const told = await remind(trx, context, voucher, now);
    return () => {
      counts.reminded += told ? 1 : 0;
    };
  });
  return counts;
}

/** False when it was not to be told, or is over. */
async function remind(trx: Trx, context: OperationContext, voucher: Voucher, now: string): Promise<boolean> {
  const { voucher_id: voucherId, member_id: memberId, shop_id: shopId, expires_at: expiresAt } = voucher;
  if (expiresAt === null || expiresAt <= now) return false;
  const days = daysLeft(expiresAt, now);
  const steps = await reminderSteps(trx, context, voucher.programme_id, voucher.reminder_days, now);
  await setReminder(trx, voucherId, reminderOf(expiresAt, steps, now));
  return announce(trx, context, {
    memberId,
    kind: 'voucher_expiring',
    key: `${voucherId}:${days}`,
    occurredAt: now,
    shopId,
    figures: { ...voucherFigures(voucher), expiresAt, days },
  });
}

/** A transaction each; what a step returns counts it once the transaction has ended well. */
async function eachDue(
  { db }: OperationContext,
  task: VoucherTask,
  now: string,
  step: (trx: Trx, voucher: Voucher) => Promise<() => void>,
): Promise<void> {
  for (;;) {
    const due = await dueVouchers(db, task, now, VOUCHERS_PER_PAGE);
    for (const voucher of due) {
      const work = inTransaction(db, (trx) => step(trx, voucher));
      (await unlessErased(work, () => undefined))();
    }
    if (due.length < VOUCHERS_PER_PAGE) return;
  }
}
