import { channelOf } from '../domain/channel';
import { dueGifts } from '../domain/free-product';
import { toInteger, type Db } from '../storage/transaction';
import { decisionIdOf, recordDecisionOnce } from '../stores/decision-store';
import { findIdentity, findMember } from '../stores/member-store';
import type { PublishedProgramme } from '../stores/programme-store';
import type { OperationContext } from './context';
import { memberStanding } from './member-standing';
import { seatOf } from './seat';

export interface CartForGifts {
  readonly programmeId: string;
  readonly shopId: string;
  /** Null for a shopper who is not logged in. */
  readonly customerId: string | null;
  /** Sales channel or store view of the cart; absent and null = nobody said. */
  readonly channelId?: string | null;
  readonly currency: string;
  /** Value of the goods in the cart, without gifts, shipping and points. */
  readonly goodsMinor: number;
}

/** Which free products a cart is due now, with the rules that were looked at. Null before the first publication. */
export async function listDueGifts(context: OperationContext, cart: CartForGifts): Promise<ReturnType<typeof dueGifts> | null> {
  const { db, clock } = context;
  const now = clock.now();
  const published = await context.programmes.effectiveAt(db, cart.programmeId, now);
  if (!published) return null;
  const identity = cart.customerId === null ? undefined : await findIdentity(db, cart.shopId, cart.customerId);
  const member = identity ? await giftsFor(db, identity.member_id) : null;
  const memberId = member?.memberId ?? null;
  const granted = await grantedGifts(context, cart.programmeId, memberId);
  const { currency, goodsMinor } = cart;
  const channel = channelOf(published.programme.channels ?? [], cart)?.code ?? null;
  const { tier, segments } = member
    ? await memberStanding(db, published.programme, { member_id: member.memberId, tier: member.tier }, now)
    : { tier: null, segments: [] };
  const gifts = dueGifts(published.programme, { currency, goodsMinor, tier, segments, channel, at: now }, granted);
  if (memberId !== null) await keepGifts(context, { cart, published, memberId, gifts, now });
  return gifts;
}

/** What a cart was offered and refused. It asks with every change: the same answers to the same member are kept once. */
async function keepGifts(
  { db }: OperationContext,
  told: { cart: CartForGifts; published: PublishedProgramme; memberId: string; gifts: ReturnType<typeof dueGifts>; now: string },
): Promise<void> {
  const { cart, published, memberId, gifts, now } = told;
  if (gifts.reasons.length === 0) return;
  const answers = gifts.reasons.map(({ code, figures }) => [figures['rule'], code]);
  await recordDecisionOnce(db, {
    decisionId: decisionIdOf([published.versionId, memberId, cart.currency, answers]),
    programmeId: cart.programmeId,
    memberId,
    kind: 'gifts_due',
    subject: `member:${memberId}`,
    programmeVersionId: published.versionId,
    decidedAt: now,
    inputs: { currency: cart.currency, goodsMinor: cart.goodsMinor },
    outcome: { due: gifts.due.map(({ ruleCode }) => ruleCode) },
    reasons: gifts.reasons,
  });
}

/** Whose gifts and segments count for a member, and which tier: of a buyer those of the company. */
async function giftsFor(db: Db, memberId: string): Promise<{ memberId: string; tier: string | null }> {
  const seat = await seatOf(db, memberId);
  const accountId = seat?.company.account_member_id ?? memberId;
  const ranked = seat?.company.tier_mode === 'account' ? accountId : memberId;
  return { memberId: seat?.isPooled ? accountId : memberId, tier: (await findMember(db, ranked)).tier };
}

/** Gifts given so far, by rule: altogether and to this member. */
async function grantedGifts({ db }: OperationContext, programmeId: string, memberId: string | null) {
  const sums = await db
    .selectFrom('gift_grant')
    .select((eb) => ['rule_code', eb.fn.sum('quantity').as('quantity')])
    .where('programme_id', '=', programmeId)
    .groupBy('rule_code')
    .execute();
  const byMember = memberId === null ? new Map<string, number>() : await giftsOfMember(db, programmeId, memberId);
  return Object.fromEntries(
    sums.map((row) => [row.rule_code, { byMember: byMember.get(row.rule_code) ?? 0, total: toInteger(row.quantity) }]),
  );
}

/** Units that orders of a member hold, by rule. */
export async function giftsOfMember(db: Db, programmeId: string, memberId: string): Promise<ReadonlyMap<string, number>> {
  const sums = await db
    .selectFrom('gift_grant')
    .select((eb) => ['rule_code', eb.fn.sum('quantity').as('quantity')])
    .where('programme_id', '=', programmeId)
    .where('member_id', '=', memberId)
    .groupBy('rule_code')
    .orderBy('rule_code')
    .execute();
  return new Map(sums.map((row) => [row.rule_code, toInteger(row.quantity)]));
}
