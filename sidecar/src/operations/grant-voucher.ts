import type { VoucherMirror } from '../domain/mirror';
import type { Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { identitiesOf, isGuestKey } from '../stores/member-store';
import type { OperationContext } from './context';

export interface NewVoucher {
  readonly programmeId: string;
  readonly memberId: string;
  readonly valueMinor: number;
  readonly currency: string;
  readonly sourceKey: string;
  readonly expiresAt: string;
}

/** Grants a personal voucher in the shop the member joined first; null when the member has no account in a shop. */
export async function grantVoucher(trx: Trx, context: OperationContext, voucher: NewVoucher): Promise<string | null> {
  const identity = (await identitiesOf(trx, voucher.memberId)).find((candidate) => !isGuestKey(candidate.customer_id));
  if (!identity || voucher.valueMinor <= 0) return null;
  const voucherId = context.ids.next();
  // 80 random bits: a code is money and must not be guessed.
  const code = `LOY-${context.ids.secret(10).toUpperCase()}`;
  const now = context.clock.now();
  await trx
    .insertInto('voucher')
    .values({
      voucher_id: voucherId,
      programme_id: voucher.programmeId,
      member_id: voucher.memberId,
      shop_id: identity.shop_id,
      code,
      value_minor: voucher.valueMinor,
      currency: voucher.currency,
      status: 'active',
      source_key: voucher.sourceKey,
      created_at: now,
      expires_at: voucher.expiresAt,
    })
    .execute();
  const state: VoucherMirror = {
    code,
    valueMinor: voucher.valueMinor,
    currency: voucher.currency,
    customerId: identity.customer_id,
    expiresAt: voucher.expiresAt,
  };
  await setDesired(trx, { shopId: identity.shop_id, type: 'voucher', id: code, state }, now);
  return voucherId;
}

/** Takes a voucher back; one already used in the shop stays used. */
export async function revokeVoucher(trx: Trx, voucherId: string, now: string): Promise<void> {
  const voucher = await trx.selectFrom('voucher').selectAll().where('voucher_id', '=', voucherId).executeTakeFirstOrThrow();
  await trx.updateTable('voucher').set({ status: 'revoked' }).where('voucher_id', '=', voucherId).execute();
  await setDesired(trx, { shopId: voucher.shop_id, type: 'voucher', id: voucher.code, state: null }, now);
}
