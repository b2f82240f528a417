import type { VoucherMirror } from '../domain/mirror';
import { reminderOf, VOUCHER_PREFIX, type VoucherOffer } from '../domain/voucher';
import type { Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { identitiesOf, isGuestKey } from '../stores/member-store';
import { findVoucher, withdrawVoucher, type Voucher } from '../stores/voucher-store';
import { announce } from './announce';
import type { OperationContext } from './context';

export interface NewVoucher extends Pick<VoucherOffer, 'valueMinor' | 'currency'> {
  /** Absent or null = the amount `valueMinor`. */
  readonly percentBps?: number | null;
  readonly minimumMinor?: number;
  readonly programmeId: string;
  readonly memberId: string;
  readonly origin: NonNullable<Voucher['origin']>;
  readonly sourceKey: string;
  readonly expiresAt: string;
  /** Days before its end at which its owner is reminded; absent or null = as the programme reminds of vouchers. */
  readonly reminderDays?: number | null;
  /** Where it should work; absent, or where the member has no account there: in the shop they joined first. */
  readonly shopId?: string;
}

/** Grants a personal voucher in a shop of the member; null when the member has no account in a shop. */
export async function grantVoucher(trx: Trx, context: OperationContext, voucher: NewVoucher): Promise<string | null> {
  const { shopId, percentBps = null, minimumMinor = 0 } = voucher;
  const accounts = (await identitiesOf(trx, voucher.memberId)).filter((one) => !isGuestKey(one.customer_id));
  const identity = accounts.find((one) => one.shop_id === shopId) ?? accounts[0];
  if (!identity || (voucher.valueMinor <= 0 && percentBps === null)) return null;
  const now = context.clock.now();
  const reminderDays = voucher.reminderDays ?? null;
  const steps = await reminderSteps(trx, context, voucher.programmeId, reminderDays, now);
  const row: Voucher = {
    voucher_id: context.ids.next(),
    programme_id: voucher.programmeId,
    member_id: voucher.memberId,
    shop_id: identity.shop_id,
    code: newCode(context),
    value_minor: voucher.valueMinor,
    percent_bps: percentBps,
    minimum_minor: minimumMinor,
    currency: voucher.currency,
    status: 'active',
    origin: voucher.origin,
    source_key: voucher.sourceKey,
    created_at: now,
    expires_at: voucher.expiresAt,
    remind_at: reminderOf(voucher.expiresAt, steps, now),
    reminder_days: reminderDays,
    remove_at: voucher.expiresAt,
    used_at: null,
    used_shop_id: null,
    used_order_id: null,
    withdrawn_at: null,
  };
  await trx.insertInto('voucher').values(row).execute();
  await showVoucher(trx, row, identity.customer_id, now);
  await announceGranted(trx, context, row);
  return row.voucher_id;
}

/** Days before the end at which the owner of a voucher is reminded: its own, else the programme's. */
export async function reminderSteps(
  trx: Trx,
  context: OperationContext,
  programmeId: string,
  own: number | null,
  now: string,
): Promise<readonly number[]> {
  if (own !== null) return [own];
  return (await context.programmes.effectiveAt(trx, programmeId, now))?.programme.messages.voucherReminderDays ?? [];
}

/** 80 random bits: a code is money and must not be guessed. */
export function newCode({ ids }: OperationContext): string {
  return `${VOUCHER_PREFIX}${ids.secret(10).toUpperCase()}`;
}

/** The shop takes the code from now on. */
export async function showVoucher(trx: Trx, voucher: Voucher, customerId: string, now: string): Promise<void> {
  const state: VoucherMirror = {
    code: voucher.code,
    valueMinor: voucher.value_minor,
    currency: voucher.currency,
    ...(voucher.percent_bps === null ? {} : { percentBps: voucher.percent_bps }),
    ...(voucher.minimum_minor ? { minimumMinor: voucher.minimum_minor } : {}),
    customerId,
    expiresAt: voucher.expires_at,
  };
  await setDesired(trx, { shopId: voucher.shop_id, type: 'voucher', id: voucher.code, state }, now);
}

/** Tells the shop in which it works. */
async function announceGranted(trx: Trx, context: OperationContext, voucher: Voucher): Promise<void> {
  const { member_id: memberId, voucher_id: key, shop_id: shopId, created_at: occurredAt } = voucher;
  const figures = { ...voucherFigures(voucher), ...(voucher.expires_at === null ? {} : { expiresAt: voucher.expires_at }) };
  await announce(trx, context, { memberId, kind: 'voucher_granted', key, occurredAt, shopId, figures });
}

/** What every message says of a voucher. */
export function voucherFigures({
  code,
  currency,
  value_minor: valueMinor,
  percent_bps: percentBps,
  minimum_minor: minimum,
}: Voucher) {
  return {
    code,
    currency,
    valueMinor,
    ...(percentBps === null ? {} : { percentBps }),
    ...(minimum ? { minimumMinor: minimum } : {}),
  };
}

/** Takes a voucher back; one already used stays used, and is not given again should its order be cancelled. */
export async function revokeVoucher(trx: Trx, voucherId: string, now: string): Promise<void> {
  const voucher = await findVoucher(trx, voucherId);
  if (await withdrawVoucher(trx, voucherId, now)) await hideCode(trx, voucher, voucher.code, now);
}

/** The shop takes the code no more. */
export async function hideCode(trx: Trx, { shop_id: shopId }: Voucher, code: string, now: string): Promise<void> {
  await setDesired(trx, { shopId, type: 'voucher', id: code, state: null }, now);
}
