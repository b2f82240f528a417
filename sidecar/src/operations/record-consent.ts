import { isBefore } from '../domain/instant';
import type { Purpose } from '../domain/milestone';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { insertConsent, latestConsent } from '../stores/consent-store';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import { findMemberRow } from '../stores/member-store';
import type { OperationContext } from './context';

export interface ConsentInput {
  readonly memberId: string;
  readonly purpose: Purpose;
  readonly granted: boolean;
  /** When the member said so. */
  readonly at: string;
  readonly source: string;
  readonly actor: string;
  readonly textVersion: string | null;
}

export type ConsentRefusal = 'unknown_member' | 'not_latest';

/**
 * Adds to what a member said. The same as they said last changes nothing; what they said before that is refused, because it
 * could no longer change what holds.
 */
export async function recordConsent(
  context: OperationContext,
  input: ConsentInput,
): Promise<Result<{ changed: boolean }, ConsentRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const memberId = await presentMemberId(trx, input.memberId);
    if (!(await findMemberRow(trx, memberId))) return refuse('unknown_member');
    return keepConsent(trx, context, await lockMember(trx, memberId), input);
  });
}

/** The same for a member that the caller has locked. */
export async function keepConsent(
  trx: Trx,
  context: OperationContext,
  { memberId, programmeId }: LockedMember,
  { purpose, granted, at, source, actor, textVersion }: ConsentInput,
): Promise<Result<{ changed: boolean }, 'not_latest'>> {
  const latest = await latestConsent(trx, memberId, purpose);
  if (latest && latest.granted === (granted ? 1 : 0) && latest.text_version === textVersion) return success({ changed: false });
  if (latest && isBefore(at, latest.occurred_at)) return refuse('not_latest', { latest: latest.occurred_at });
  const decisionId = context.ids.next();
  const now = context.clock.now();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'consent',
    subject: `member:${memberId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { purpose, granted, at, source, actor, textVersion },
    outcome: { purpose, granted },
    reasons: [reason(granted ? 'consent_granted' : 'consent_withdrawn', true, { purpose, source })],
  });
  await insertConsent(trx, {
    record_id: context.ids.next(),
    programme_id: programmeId,
    member_id: memberId,
    purpose,
    granted: granted ? 1 : 0,
    occurred_at: at,
    recorded_at: now,
    source,
    actor,
    text_version: textVersion,
    decision_id: decisionId,
  });
  return success({ changed: true });
}
