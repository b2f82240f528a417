import { judgeCashback, type CashbackQuote, type CashbackRule, type CashbackVerdict } from '../domain/cashback';
import { addDays } from '../domain/instant';
import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import type { LockedMember } from '../ledger/locked-member';
import { spendableLots } from '../ledger/lot';
import { spendPoints } from '../ledger/spend';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { inTransaction, type Trx } from '../storage/transaction';
import { insertPayout, payoutByKey, type Payout } from '../stores/cashback-store';
import { recordDecision } from '../stores/decision-store';
import type { PublishedProgramme } from '../stores/programme-store';
import type { OperationContext } from './context';
import type { MemberRef } from './find-member';
import { lockNamedMember } from './lock-named-member';
import { grantVoucher } from './grant-voucher';
import { hasAcceptedTerms } from './has-accepted-terms';
import { projectMember } from './project-member';

export interface CashbackRequest {
  readonly programmeId: string;
  readonly code: string;
  readonly member: MemberRef;
  /** Null = as many as can be paid out. */
  readonly points: number | null;
  readonly actor: string;
  /** Chosen by the sender; the same key is paid once. */
  readonly idempotencyKey: string;
}

export interface PaidCashback {
  readonly payout: Payout;
  /** It was known already, and nothing was done again. */
  readonly repeated: boolean;
}

export type CashbackRefusal =
  | 'unknown_member'
  | 'no_programme'
  | 'unknown_cashback'
  | 'idempotency_mismatch'
  | 'no_account'
  | 'refused'
  | 'insufficient_points';

/** Turns points into money, as the member asks. */
export async function payCashback(
  context: OperationContext,
  request: CashbackRequest,
): Promise<Result<PaidCashback, CashbackRefusal>> {
  const { programmeId, code, member, points, actor } = request;
  const published = await context.programmes.effectiveAt(context.db, programmeId, context.clock.now());
  if (!published) return refuse('no_programme');
  const rule = published.programme.cashback.find((one) => one.code === code);
  const key = `asked:${request.idempotencyKey}`;
  if (!rule) {
    const known = await payoutByKey(context.db, programmeId, key);
    return known?.cashback_code === code
      ? success({ payout: known, repeated: true })
      : refuse('unknown_cashback', { cashback: code });
  }
  return payOut(context, { published, rule, member, points, actor, key, periodStart: null });
}

export interface Paying {
  readonly published: PublishedProgramme;
  readonly rule: CashbackRule;
  readonly member: MemberRef;
  readonly points: number | null;
  readonly actor: string;
  readonly key: string;
  /** Of the calendar period it is for; null = the member asked, and a refusal is kept too. */
  readonly periodStart: string | null;
}

/** The points, the money and the decision in one transaction, or nothing. */
export async function payOut(context: OperationContext, paying: Paying): Promise<Result<PaidCashback, CashbackRefusal>> {
  try {
    return await inTransaction(context.db, (trx) => pay(trx, context, paying));
  } catch (error) {
    if (error instanceof Withdrawn) return refuse(error.code);
    throw error;
  }
}

/** Ends the transaction without a trace. */
class Withdrawn extends Error {
  constructor(readonly code: 'idempotency_mismatch' | 'no_account') {
    super(code);
  }
}

async function pay(trx: Trx, context: OperationContext, paying: Paying): Promise<Result<PaidCashback, CashbackRefusal>> {
  const { published, rule, points, key, periodStart } = paying;
  const named = await lockNamedMember(trx, published.programmeId, paying.member);
  if (!named.ok) return named;
  const member = named.value;
  const known = await payoutByKey(trx, member.programmeId, key);
  if (known) {
    const isSame = known.member_id === member.memberId && known.content_hash === contentHash(paying);
    return isSame ? success({ payout: known, repeated: true }) : refuse('idempotency_mismatch');
  }
  const now = context.clock.now();
  const lots = await spendableLots(trx, member, now);
  const available = lots.reduce((sum, lot) => sum + lot.points, 0);
  const mayRedeem = await hasAcceptedTerms(trx, published.programme, member.memberId, now);
  const verdict: CashbackVerdict = mayRedeem
    ? judgeCashback(published.programme, rule, available, points)
    : { isPaid: false, reasons: [reason('terms_not_accepted', false)] };
  const why = verdict.reasons[0];
  if (!verdict.isPaid) {
    const isMissing = why?.code === 'cashback_points_missing';
    const refused = refuse(isMissing ? 'insufficient_points' : 'refused', { reason: why?.code ?? '', ...why?.figures });
    if (periodStart === null) await decide(trx, context, member, paying, { quote: null, reasons: verdict.reasons });
    return refused;
  }
  const { quote } = verdict;
  const decisionId = await decide(trx, context, member, paying, { quote, reasons: verdict.reasons });
  const payout = payoutRow(context, member, paying, { quote, decisionId, now });
  const voucherId = rule.payout === 'voucher' ? await voucherFor(trx, context, payout, rule.validDays ?? 1) : null;
  const saved = { ...payout, voucher_id: voucherId };
  // The member is locked, so only a request of another member can have been first.
  if (!(await insertPayout(trx, saved))) throw new Withdrawn('idempotency_mismatch');
  const spending = { kind: 'cashback_paid' as const, sourceKey: payoutKey(payout), points: quote.points, occurredAt: now };
  await spendPoints(trx, context, member, { ...spending, shopId: null, decisionId }, lots);
  await projectMember(trx, context, member);
  return success({ payout: saved, repeated: false });
}

async function decide(
  trx: Trx,
  context: OperationContext,
  { programmeId, memberId }: LockedMember,
  { published, rule, points, actor, periodStart }: Paying,
  { quote, reasons }: { readonly quote: CashbackQuote | null; readonly reasons: readonly Reason[] },
): Promise<string> {
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'cashback',
    subject: `cashback:${rule.code}`,
    programmeVersionId: published.versionId,
    decidedAt: context.clock.now(),
    inputs: { wanted: points, actor, periodStart },
    outcome: { points: -(quote?.points ?? 0), valueMinor: quote?.valueMinor ?? 0, currency: published.programme.baseCurrency },
    reasons,
  });
  return decisionId;
}

async function voucherFor(trx: Trx, context: OperationContext, payout: Payout, validDays: number): Promise<string> {
  const voucherId = await grantVoucher(trx, context, {
    programmeId: payout.programme_id,
    memberId: payout.member_id,
    valueMinor: payout.value_minor,
    currency: payout.currency,
    origin: 'cashback',
    sourceKey: payoutKey(payout),
    expiresAt: addDays(context.clock.now(), validDays),
  });
  if (voucherId === null) throw new Withdrawn('no_account');
  return voucherId;
}

function payoutRow(
  context: OperationContext,
  { programmeId, memberId }: LockedMember,
  paying: Paying,
  { quote, decisionId, now }: { readonly quote: CashbackQuote; readonly decisionId: string; readonly now: string },
): Payout {
  const { rule, actor, key, periodStart } = paying;
  const isVoucher = rule.payout === 'voucher';
  return {
    payout_id: context.ids.next(),
    programme_id: programmeId,
    member_id: memberId,
    cashback_code: rule.code,
    cashback_name: rule.name,
    points: quote.points,
    value_minor: quote.valueMinor,
    currency: quote.currency,
    kind: rule.payout,
    state: isVoucher ? 'paid' : 'requested',
    voucher_id: null,
    period_start: periodStart,
    idempotency_key: key,
    content_hash: contentHash(paying),
    decision_id: decisionId,
    requested_at: now,
    settled_at: isVoucher ? now : null,
    settled_by: isVoucher ? actor : null,
    settled_note: null,
  };
}

/** Of the entry that took the points, and of the voucher. */
export function payoutKey({ payout_id: payoutId }: Pick<Payout, 'payout_id'>): string {
  return `cashback:${payoutId}`;
}

function contentHash({ rule, points }: Paying): string {
  return sha256Hex(canonicalJson({ cashback: rule.code, points }));
}
