import { addDays } from '../domain/instant';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import type { Posting } from '../ledger/entry';
import { lockMember } from '../ledger/locked-member';
import { availableLots } from '../ledger/lot';
import { creditPostings, debitPostings } from '../ledger/movement';
import { postEntry } from '../ledger/post-entry';
import type { Row } from '../storage/tables';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import type { OperationContext } from './context';
import { projectMember } from './project-member';

export interface AdjustPointsInput {
  readonly programmeId: string;
  readonly memberId: string;
  /** Whole points, not 0; negative takes away, never below zero. */
  readonly points: number;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

export type AdjustmentRefusal = 'unknown_member' | 'insufficient_points' | 'idempotency_mismatch';

/** A manual correction by staff, with its reason. The same key posts once. */
export async function adjustPoints(
  context: OperationContext,
  asked: AdjustPointsInput,
): Promise<Result<{ entryId: string | null }, AdjustmentRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const input = { ...asked, memberId: await presentMemberId(trx, asked.memberId) };
    const account = await trx
      .selectFrom('member_account')
      .select('programme_id')
      .where('member_id', '=', input.memberId)
      .executeTakeFirst();
    if (account?.programme_id !== input.programmeId) return refuse('unknown_member');
    const member = await lockMember(trx, input.memberId);
    const sourceKey = `adjustment:${input.idempotencyKey}`;
    const known = await trx
      .selectFrom('ledger_entry')
      .select(['entry_id', 'member_id'])
      .where('programme_id', '=', input.programmeId)
      .where('source_key', '=', sourceKey)
      .executeTakeFirst();
    if (known) return (await isSame(trx, known, input)) ? success({ entryId: null }) : refuse('idempotency_mismatch');
    const lots = await availableLots(trx, member);
    const available = lots.reduce((sum, lot) => sum + lot.points, 0);
    if (input.points < 0 && available < -input.points) return refuse('insufficient_points', { availablePoints: available });
    const now = context.clock.now();
    const published = await context.programmes.effectiveAt(trx, input.programmeId, now);
    const expireAfter = published?.programme.expireAfterDays ?? null;
    const lotId = `${sourceKey}:${input.programmeId}`;
    const source: Posting = { account: 'adjusted', lotId: null, points: -input.points };
    const decisionId = context.ids.next();
    await recordDecision(trx, {
      decisionId,
      programmeId: input.programmeId,
      memberId: input.memberId,
      kind: 'adjustment',
      subject: `member:${input.memberId}`,
      programmeVersionId: published?.versionId ?? null,
      decidedAt: now,
      inputs: { points: input.points, actor: input.actor, reason: input.reason },
      outcome: { points: input.points },
      reasons: [reason('points_adjusted', true, { points: input.points, reason: input.reason, actor: input.actor })],
    });
    const entryId = await postEntry(
      trx,
      context,
      member,
      {
        kind: 'adjustment',
        sourceKey,
        occurredAt: now,
        shopId: null,
        orderId: null,
        holdId: null,
        decisionId,
        postings:
          input.points > 0
            ? creditPostings(member, source, [{ lotId, points: input.points }])
            : debitPostings('adjusted', lots, -input.points).postings,
      },
      new Map([[lotId, { earnedAt: now, expiresAt: expireAfter === null ? null : addDays(now, expireAfter) }]]),
    );
    await projectMember(trx, context, member);
    return success({ entryId });
  });
}

/** Who asked may be another, and the reason put in other words. */
async function isSame(
  trx: Trx,
  entry: Pick<Row<'ledger_entry'>, 'entry_id' | 'member_id'>,
  { memberId, points }: AdjustPointsInput,
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
