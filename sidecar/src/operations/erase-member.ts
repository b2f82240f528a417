import { addDays } from '../domain/instant';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { releaseHold } from '../ledger/hold';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { writeOff } from '../ledger/write-off';
import type { Row } from '../storage/tables';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { forgetNotices, setDesired, shopsDesiring } from '../stores/desired-state-store';
import { findErasure, findErasureByKey, saveErasedCustomer } from '../stores/erasure-store';
import { idsOfPerson, presentMemberId } from '../stores/identity-store';
import { findMember, findMemberRow, identitiesOf } from '../stores/member-store';
import { withdrawVoucher } from '../stores/voucher-store';
import type { OperationContext } from './context';
import { hideCode } from './grant-voucher';
import { scrubRows } from './scrub-rows';
import { unlessErased } from './unless-erased';

export interface EraseMemberInput {
  readonly memberId: string;
  /** Must not name the person: it is kept. */
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

/** A shop account is recognised for so long, so that no late word of the shop brings the person back. */
const ERASED_CUSTOMER_DAYS = 730;
/** Who was erased for doing nothing may come back: only the answers to our own last write are not listened to. */
const RETIRED_CUSTOMER_DAYS = 7;

/**
 * A person is forgotten in all shops: points are written off, vouchers and codes withdrawn, and what could name them goes from every
 * row. Whoever is erased already stays so, whatever the key. Who buys for a company leaves it first.
 */
export async function eraseMember(
  context: OperationContext,
  input: EraseMemberInput,
): Promise<Result<{ memberId: string; erased: boolean }, 'unknown_member' | 'idempotency_mismatch' | 'in_company'>> {
  return inTransaction(context.db, async (trx) => {
    const known = await findMemberRow(trx, input.memberId);
    if (!known) return refuse('unknown_member');
    const memberId = await presentMemberId(trx, input.memberId);
    const sourceKey = `staff:${input.idempotencyKey}`;
    const byKey = await findErasureByKey(trx, known.programme_id, sourceKey);
    if (byKey && byKey.member_id !== memberId) return refuse('idempotency_mismatch');
    const member = (await findErasure(trx, memberId)) ? null : await unlessErased(lockMember(trx, memberId), null);
    if (member === null) return success({ memberId, erased: false });
    if ((await findMember(trx, memberId)).company_id !== null) return refuse('in_company');
    await eraseLocked(trx, context, member, { by: 'staff', sourceKey, reason: input.reason, actor: input.actor });
    return success({ memberId, erased: true });
  });
}

/** What asked for it, kept with the decision. */
export interface ErasureCause {
  readonly by: 'staff' | 'shop' | 'retention';
  readonly sourceKey: string;
  readonly reason: string;
  readonly actor: string;
}

/** The same for a member that the caller has locked. */
export async function eraseLocked(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  { sourceKey, ...asked }: ErasureCause,
): Promise<void> {
  const { memberId, programmeId } = member;
  const now = context.clock.now();
  const decisionId = context.ids.next();
  const ids = await idsOfPerson(trx, memberId);
  const accounts = await identitiesOf(trx, memberId);
  await releaseHolds(trx, context, member, { now, decisionId });
  const { pending, available, debt } = member;
  await writeOff(trx, context, member, { sourceKey: `erasure:${memberId}`, occurredAt: now, decisionId });
  const vouchers = await withdrawVouchers(trx, ids, now);
  await withdrawCodes(trx, ids, now);
  const keepDays = asked.by === 'retention' ? RETIRED_CUSTOMER_DAYS : ERASED_CUSTOMER_DAYS;
  for (const account of accounts) await forgetAccount(trx, context, account, now, keepDays);
  await scrubRows(trx, { memberId, ids, accounts, now, pseudonym: () => context.ids.secret(16) });
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'erasure',
    subject: `member:${memberId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: asked,
    outcome: { points: pending + available, debt, vouchers, accounts: accounts.length },
    reasons: [reason('person_erased', true, { points: pending + available, debt, vouchers })],
  });
  await trx
    .insertInto('member_erasure')
    .values({ member_id: memberId, programme_id: programmeId, source_key: sourceKey, decision_id: decisionId, erased_at: now })
    .execute();
}

async function releaseHolds(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  { now, decisionId }: { readonly now: string; readonly decisionId: string },
): Promise<void> {
  const holds = await trx
    .selectFrom('hold')
    .selectAll()
    .where('member_id', '=', member.memberId)
    .where('status', '=', 'placed')
    .orderBy('hold_id')
    .execute();
  for (const hold of holds) await releaseHold(trx, context, member, hold, { status: 'released', occurredAt: now, decisionId });
}

/** Also those that a shop has used up: it shows none of them any more. */
async function withdrawVouchers(trx: Trx, ids: readonly string[], now: string): Promise<number> {
  const vouchers = await trx.selectFrom('voucher').selectAll().where('member_id', 'in', ids).orderBy('voucher_id').execute();
  let withdrawn = 0;
  for (const voucher of vouchers) {
    if (await withdrawVoucher(trx, voucher.voucher_id, now)) withdrawn += 1;
    await hideCode(trx, voucher, voucher.code, now);
  }
  await trx.updateTable('voucher').set({ remove_at: null }).where('member_id', 'in', ids).execute();
  return withdrawn;
}

async function withdrawCodes(trx: Trx, ids: readonly string[], now: string): Promise<void> {
  const codes = await trx.selectFrom('referral_code').select('code').where('member_id', 'in', ids).execute();
  for (const { code } of codes) {
    for (const shopId of await shopsDesiring(trx, 'friend-code', code)) {
      await setDesired(trx, { shopId, type: 'friend-code', id: code, state: null }, now);
    }
  }
}

/** The shop shows nothing of the account any more, and what it says of it from now on is not listened to. */
export async function forgetAccount(
  trx: Trx,
  context: OperationContext,
  account: Pick<Row<'member_identity'>, 'shop_id' | 'customer_id' | 'member_id'>,
  now: string,
  keepDays = ERASED_CUSTOMER_DAYS,
): Promise<void> {
  const { shop_id: shopId, customer_id: customerId, member_id: memberId } = account;
  await setDesired(trx, { shopId, type: 'member', id: customerId, state: null }, now);
  await forgetNotices(trx, shopId, customerId);
  await saveErasedCustomer(trx, {
    shop_id: shopId,
    customer_hash: context.hashCustomer(shopId, customerId),
    member_id: memberId,
    erased_at: now,
    keep_until: addDays(now, keepDays),
  });
}
