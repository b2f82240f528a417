import type { RewardGrant } from '../domain/catalogue-reward';
import { addDays } from '../domain/instant';
import type { Db, Trx } from '../storage/transaction';
import type { RewardRedemption } from '../stores/reward-store';
import type { OperationContext } from './context';
import { grantVoucher, revokeVoucher } from './grant-voucher';

/**
 * Hands over what a reward gives by itself. An access needs nothing done: it is there while its redemption is fulfilled.
 * False when the member has no account in a shop that could take a voucher; the caller ends the transaction.
 */
export async function handOver(trx: Trx, context: OperationContext, redemption: RewardRedemption): Promise<boolean> {
  const grant = grantOf(redemption);
  if (grant?.kind !== 'voucher') return true;
  const { valueMinor, currency, validDays } = grant;
  const { programme_id: programmeId, member_id: memberId, shop_id: shopId } = redemption;
  const expiresAt = addDays(context.clock.now(), validDays);
  for (let unit = 0; unit < redemption.quantity; unit += 1) {
    const sourceKey = voucherKey(redemption, unit);
    const voucher = { programmeId, memberId, valueMinor, currency, sourceKey, expiresAt, origin: 'reward' as const };
    if ((await grantVoucher(trx, context, { ...voucher, ...(shopId !== null && { shopId }) })) === null) return false;
  }
  return true;
}

/** Takes back what was handed over; a voucher already used in the shop stays used. */
export async function takeBack(trx: Trx, context: OperationContext, redemption: RewardRedemption): Promise<void> {
  if (grantOf(redemption)?.kind !== 'voucher') return;
  for (const { voucher_id: voucherId } of await vouchersOf(trx, redemption)) {
    await revokeVoucher(trx, voucherId, context.clock.now());
  }
}

export function grantOf({ reward_grant: grant }: Pick<RewardRedemption, 'reward_grant'>): RewardGrant | null {
  return grant === null ? null : (JSON.parse(grant) as RewardGrant);
}

/** Codes that a redemption handed over and that still count. */
export async function voucherCodes(db: Db, redemption: RewardRedemption): Promise<string[]> {
  if (redemption.state !== 'fulfilled' || grantOf(redemption)?.kind !== 'voucher') return [];
  return (await vouchersOf(db, redemption)).map(({ code }) => code);
}

async function vouchersOf(db: Db, redemption: RewardRedemption): Promise<{ voucher_id: string; code: string }[]> {
  const keys = Array.from({ length: redemption.quantity }, (_, unit) => voucherKey(redemption, unit));
  return db
    .selectFrom('voucher')
    .select(['voucher_id', 'code'])
    .where('programme_id', '=', redemption.programme_id)
    .where('source_key', 'in', keys)
    .where('status', '=', 'active')
    .orderBy('source_key')
    .execute();
}

function voucherKey(redemption: RewardRedemption, unit: number): string {
  return `${spentKey(redemption)}:${unit}`;
}

/** Of the entry that paid for it. */
export function spentKey({ redemption_id: redemptionId }: Pick<RewardRedemption, 'redemption_id'>): string {
  return `reward:${redemptionId}`;
}
