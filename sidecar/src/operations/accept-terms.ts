import { addDays, addMs, isBefore } from '../domain/instant';
import { ownerOfTerms, participates, termsIn, type ParticipationTerms, type TermsVersion } from '../domain/participation';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { sha256Hex } from '../storage/canonical-json';
import { inTransaction, type Trx } from '../storage/transaction';
import { acceptancesOf, insertAcceptance } from '../stores/acceptance-store';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import { findMemberRow, identitiesOf, isGuestKey } from '../stores/member-store';
import { storedSnapshot, storedStaffRefund, unacceptedPositions } from '../stores/position-store';
import { applyOrder } from './apply-order';
import { grantCampaigns } from './campaign-budgets';
import type { OperationContext } from './context';
import { participantOf } from './has-accepted-terms';
import { joinLead, waitingLead } from './join-lead';
import { restoreTerms } from './pinned-terms';
import { projectMember } from './project-member';
import { welcomeMember, welcomingProgramme } from './welcome-member';

export interface AcceptanceInput {
  readonly memberId: string;
  /** Where they read it; null = in no shop. A shop without terms of its own has the programme's. */
  readonly shopId: string | null;
  readonly version: string;
  /** In which the member read it. */
  readonly language: string;
  /** When the member said so. */
  readonly at: string;
  readonly source: string;
  readonly actor: string;
}

export type AcceptanceRefusal = 'unknown_member' | 'no_terms' | 'unknown_version' | 'unknown_language' | 'not_yet_valid';

/**
 * Adds to what a member accepted; the same version again changes nothing. Where acceptance was required, what waited for it
 * comes now: the welcome, what a form promised, and orders within the days that the programme goes back.
 */
export async function acceptTerms(
  context: OperationContext,
  input: AcceptanceInput,
): Promise<Result<{ changed: boolean; acceptedAt: string }, AcceptanceRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const memberId = await presentMemberId(trx, input.memberId);
    const known = await findMemberRow(trx, memberId);
    if (!known) return refuse('unknown_member');
    const published = await context.programmes.effectiveAt(trx, known.programme_id, context.clock.now());
    const participation = published?.programme.participation ?? null;
    if (!published || participation === null) return refuse('no_terms');
    const owner = ownerOfTerms(participation, input.shopId);
    const version = termsIn(participation, owner).versions.find((one) => one.version === input.version);
    if (!version) return refuse('unknown_version', { version: input.version });
    if (isBefore(input.at, version.validFrom)) return refuse('not_yet_valid', { validFrom: version.validFrom });
    const text = version.texts[input.language] ?? version.urls[input.language];
    if (text === undefined) return refuse('unknown_language', { language: input.language });
    const member = await lockMember(trx, memberId);
    const before = (await acceptancesOf(trx, memberId)).find((one) => one.version === input.version && one.shop_id === owner);
    if (before) return success({ changed: false, acceptedAt: before.accepted_at });
    await keep(trx, context, member, { input, owner, version, text, programmeVersionId: published.versionId });
    if (participation.acceptance === 'required') await catchUp(trx, context, member, { participation, at: input.at });
    await projectMember(trx, context, member);
    return success({ changed: true, acceptedAt: input.at });
  });
}

interface Accepting {
  readonly input: AcceptanceInput;
  /** The shop whose own terms they are; null = the programme's. */
  readonly owner: string | null;
  readonly version: TermsVersion;
  readonly text: string;
  readonly programmeVersionId: string;
}

async function keep(
  trx: Trx,
  context: OperationContext,
  { memberId, programmeId }: LockedMember,
  { input, owner, version: { version }, text, programmeVersionId }: Accepting,
): Promise<void> {
  const { language, at, source, actor } = input;
  const decisionId = context.ids.next();
  const now = context.clock.now();
  const textHash = sha256Hex(text);
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'terms_acceptance',
    subject: `member:${memberId}`,
    programmeVersionId,
    decidedAt: now,
    inputs: { version, language, at, source, actor, textHash, shopId: owner },
    outcome: { version },
    reasons: [reason('terms_accepted', true, { version, source })],
  });
  await insertAcceptance(trx, {
    acceptance_id: context.ids.next(),
    programme_id: programmeId,
    member_id: memberId,
    version,
    language,
    text_hash: textHash,
    accepted_at: at,
    recorded_at: now,
    source,
    actor,
    decision_id: decisionId,
    shop_id: owner,
  });
}

interface CatchingUp {
  readonly participation: ParticipationTerms;
  readonly at: string;
}

/** What would have come if the terms had been accepted in time. */
async function catchUp(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  { participation, at }: CatchingUp,
): Promise<void> {
  const { memberId, programmeId } = member;
  const since = addDays(at, -participation.backdateDays);
  const asOf = context.clock.now();
  const known = await findMemberRow(trx, memberId);
  const participant = known && (await participantOf(trx, participation, known));
  for (const position of await unacceptedPositions(trx, memberId, since)) {
    const terms = { ...(await restoreTerms(trx, context, position)), isUnaccepted: false };
    if (!participant || !participates(participation, participant, position.placed_at, position.shop_id)) continue;
    const snapshot = storedSnapshot(position);
    await applyOrder({
      trx,
      context,
      member,
      tenure: null,
      terms: { ...terms, grants: await grantCampaigns(trx, member, terms, snapshot) },
      snapshot,
      staffRefund: storedStaffRefund(position),
      before: position,
      asOf,
      // As elsewhere: what happens in the very instant of a release comes before it.
      dueUntil: addMs(asOf, -1),
    });
  }
  for (const { customer_id: customerId, shop_id: shopId, linked_at: registeredAt, ...account } of await identitiesOf(
    trx,
    memberId,
  )) {
    if (isGuestKey(customerId)) continue;
    const newcomer = { programmeId, memberId, emailHash: account.email_hash, registeredAt };
    const welcoming = await welcomingProgramme(trx, context, newcomer);
    if (welcoming) await welcomeMember(trx, context, member, { shopId, registeredAt }, welcoming);
    const lead = await waitingLead(trx, context, newcomer);
    if (lead) await joinLead(trx, context, member, lead);
  }
}
