import type { LeadTerms } from '../domain/lead';
import { isBefore } from '../domain/instant';
import { reason } from '../domain/reason';
import { voucherEnd, voucherOffer, voucherValue } from '../domain/voucher';
import type { LockedMember } from '../ledger/locked-member';
import type { Db, Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { findLead, markJoined, type Lead } from '../stores/lead-store';
import { findMember } from '../stores/member-store';
import type { PublishedProgramme } from '../stores/programme-store';
import type { OperationContext } from './context';
import { grantVoucher } from './grant-voucher';
import { hasAcceptedTerms } from './has-accepted-terms';
import { postReward } from './post-reward';
import { keepConsent } from './record-consent';

/** The confirmed lead of a customer's address that waits for them; null when there is none, or the terms come first. */
export async function waitingLead(
  db: Db,
  { programmes, clock }: Pick<OperationContext, 'programmes' | 'clock'>,
  { programmeId, memberId, emailHash }: { programmeId: string; memberId: string; emailHash: string | null },
): Promise<Lead | null> {
  if (emailHash === null) return null;
  const now = clock.now();
  const programme = (await programmes.effectiveAt(db, programmeId, now))?.programme;
  if (!programme || programme.leads === null) return null;
  const lead = await findLead(db, programmeId, emailHash);
  if (lead?.status !== 'confirmed') return null;
  return (await hasAcceptedTerms(db, programme, memberId, now)) ? lead : null;
}

/**
 * Whoever left the address is a member now: their consent is theirs, and what the form promised is given, once an address.
 * Returns whether there was something to do; the caller has the member shown.
 */
export async function joinLead(trx: Trx, context: OperationContext, member: LockedMember, lead: Lead): Promise<boolean> {
  const now = context.clock.now();
  const published = await context.programmes.effectiveAt(trx, lead.programme_id, lead.requested_at);
  const terms = published?.programme.leads ?? null;
  if (!published || terms === null) return false;
  if (!(await markJoined(trx, lead.lead_id, member.memberId, now))) return false;
  await keepConsent(trx, context, member, {
    memberId: member.memberId,
    purpose: 'marketing',
    granted: true,
    at: lead.confirmed_at ?? now,
    source: `lead: ${lead.source}`.slice(0, 100),
    actor: 'member',
    textVersion: lead.text_version,
  });
  const { joined_at: joinedAt } = await findMember(trx, member.memberId);
  const wasThere = isBefore(joinedAt, lead.requested_at);
  await give(trx, context, member, { lead, published, terms: wasThere && !terms.rewardsMembers ? null : terms });
  return true;
}

interface Giving {
  readonly lead: Lead;
  readonly published: PublishedProgramme;
  /** Null = nothing is given: they were a member before. */
  readonly terms: LeadTerms | null;
}

async function give(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  { lead, published, terms }: Giving,
): Promise<void> {
  const { programmeId, memberId } = member;
  const { baseCurrency, expireAfterDays } = published.programme;
  const now = context.clock.now();
  const sourceKey = `lead:${lead.lead_id}`;
  const points = terms?.points ?? 0;
  const offer = terms?.voucher ? voucherOffer(terms.voucher, baseCurrency, baseCurrency) : null;
  const expiresAt = voucherEnd(now, terms?.voucher?.validDays ?? 0);
  const voucher = { programmeId, memberId, shopId: lead.shop_id, origin: 'lead' as const, sourceKey, expiresAt };
  const voucherId = offer && (await grantVoucher(trx, context, { ...offer, ...voucher }));
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'lead',
    subject: `member:${memberId}`,
    programmeVersionId: published.versionId,
    decidedAt: now,
    inputs: { requestedAt: lead.requested_at, confirmedAt: lead.confirmed_at, source: lead.source },
    outcome: { points, ...(voucherId === null ? {} : { voucherId }) },
    reasons: [
      ...(points > 0 ? [reason('lead_points', true, { points })] : []),
      ...(offer && voucherId !== null ? [reason('lead_voucher', true, { voucher: voucherValue(offer) })] : []),
      ...(terms === null ? [reason('lead_was_member', false)] : []),
    ],
  });
  if (points === 0) return;
  await postReward(trx, context, member, {
    kind: 'lead_reward',
    sourceKey,
    lotId: sourceKey,
    points,
    occurredAt: now,
    expireAfterDays,
    shopId: lead.shop_id,
    orderId: null,
    decisionId,
  });
}
