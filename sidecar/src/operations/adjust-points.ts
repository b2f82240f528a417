import { COUNTED_HOURS, wantsApproval } from '../domain/adjustment-limit';
import { addMinutes } from '../domain/instant';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { availableLots } from '../ledger/lot';
import type { Row } from '../storage/tables';
import { inTransaction, type Trx } from '../storage/transaction';
import { findRequestByKey, givenByHand, type AdjustmentRequest } from '../stores/adjustment-store';
import { presentMemberId } from '../stores/identity-store';
import type { OperationContext } from './context';
import { adjustmentKey, postAdjustment } from './post-adjustment';
import { requestAdjustment } from './request-adjustment';

export interface AdjustPointsInput {
  readonly programmeId: string;
  readonly memberId: string;
  /** Whole points, not 0; negative takes away, never below zero. */
  readonly points: number;
  readonly reason: string;
  readonly actor: string;
  /** Who that is to us, where the name is only what they say; absent = the actor. */
  readonly requester?: string;
  readonly idempotencyKey: string;
  /** What nobody waits for: above the limit it is refused. */
  readonly onlyAtOnce?: true;
}

export interface AdjustedPoints {
  /** Null = it was posted before, or waits for a second person. */
  readonly entryId: string | null;
  /** What a second person has to confirm, or had to; null = nobody has to. */
  readonly request: AdjustmentRequest | null;
}

export type AdjustmentRefusal =
  'unknown_member' | 'insufficient_points' | 'idempotency_mismatch' | 'wants_approval' | 'too_many_requests';

/**
 * A manual correction by staff, with its reason. Above the programme's limit it becomes a request, which somebody else confirms.
 * The same key posts, or asks, once.
 */
export async function adjustPoints(
  context: OperationContext,
  asked: AdjustPointsInput,
): Promise<Result<AdjustedPoints, AdjustmentRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const input = { ...asked, requester: asked.requester ?? asked.actor, memberId: await presentMemberId(trx, asked.memberId) };
    const { programmeId, memberId, points } = input;
    if ((await programmeOf(trx, memberId)) !== programmeId) return refuse('unknown_member');
    const member = await lockMember(trx, memberId);
    const earlier = await earlierOf(trx, input);
    if (earlier) return earlier.isSame ? success({ entryId: null, request: earlier.request }) : refuse('idempotency_mismatch');
    const lots = await availableLots(trx, member);
    const available = lots.reduce((sum, lot) => sum + lot.points, 0);
    if (points < 0 && available < -points) return refuse('insufficient_points', { availablePoints: available });
    const now = context.clock.now();
    const terms = (await context.programmes.effectiveAt(trx, programmeId, now))?.programme.approvals;
    if (terms && terms.adjustmentsAbove !== null) {
      const before = await givenByHand(trx, memberId, input.requester, addMinutes(now, -COUNTED_HOURS * 60));
      if (wantsApproval(terms, points, before)) {
        if (input.onlyAtOnce) return refuse('wants_approval', { adjustmentsAbove: terms.adjustmentsAbove });
        const request = await requestAdjustment(trx, context, { ...input, terms, before });
        return request === null ? refuse('too_many_requests') : success({ entryId: null, request });
      }
    }
    return success({ entryId: await postAdjustment(trx, context, member, lots, input), request: null });
  });
}

async function programmeOf(trx: Trx, memberId: string): Promise<string | undefined> {
  const query = trx.selectFrom('member_account').select('programme_id').where('member_id', '=', memberId);
  return (await query.executeTakeFirst())?.programme_id;
}

type Asked = Pick<AdjustPointsInput, 'programmeId' | 'memberId' | 'points' | 'idempotencyKey'>;

/** What the key stands for already. Who asked may be another, and the reason put in other words. */
async function earlierOf(
  trx: Trx,
  asked: Asked,
): Promise<{ readonly isSame: boolean; readonly request: AdjustmentRequest | null } | null> {
  const { programmeId, memberId, points, idempotencyKey } = asked;
  const request = await findRequestByKey(trx, programmeId, idempotencyKey);
  if (request) {
    return { isSame: request.points === points && (await presentMemberId(trx, request.member_id)) === memberId, request };
  }
  const posted = await trx
    .selectFrom('ledger_entry')
    .select(['entry_id', 'member_id'])
    .where('programme_id', '=', programmeId)
    .where('source_key', '=', adjustmentKey(idempotencyKey))
    .executeTakeFirst();
  return posted ? { isSame: await isSame(trx, posted, asked), request: null } : null;
}

async function isSame(
  trx: Trx,
  entry: Pick<Row<'ledger_entry'>, 'entry_id' | 'member_id'>,
  { memberId, points }: Asked,
): Promise<boolean> {
  if ((await presentMemberId(trx, entry.member_id)) !== memberId) return false;
  const posted = await trx
    .selectFrom('ledger_posting')
    .select('points')
    .where('entry_id', '=', entry.entry_id)
    .where('account', '=', 'adjusted')
    .executeTakeFirst();
  return posted?.points === -points;
}
