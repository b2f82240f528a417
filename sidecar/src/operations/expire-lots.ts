import { reason } from '../domain/reason';
import type { Posting } from '../ledger/entry';
import { lockMember } from '../ledger/locked-member';
import { postEntry } from '../ledger/post-entry';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import type { OperationContext } from './context';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const LOTS_PER_PAGE = 200;

/** Expires what is left in lots past their date, a member a transaction. Held points wait until their hold is resolved. */
export async function expireLots(context: OperationContext, now: string): Promise<{ lots: number; points: number }> {
  const total = { lots: 0, points: 0 };
  for (;;) {
    const due = await context.db
      .selectFrom('lot')
      .select('member_id')
      .distinct()
      .where('open', '=', 1)
      .where('expires_at', '<=', now)
      .where('available', '>', 0)
      .limit(LOTS_PER_PAGE)
      .execute();
    for (const { member_id: memberId } of due) {
      const work = inTransaction(context.db, (trx) => expireMember(trx, context, memberId, now));
      const expired = await unlessErased(work, { lots: 0, points: 0 });
      total.lots += expired.lots;
      total.points += expired.points;
    }
    if (due.length < LOTS_PER_PAGE) return total;
  }
}

async function expireMember(trx: Trx, context: OperationContext, seenId: string, now: string) {
  const member = await lockMember(trx, await presentMemberId(trx, seenId));
  const { memberId } = member;
  const lots = await trx
    .selectFrom('lot')
    .select(['lot_id', 'available', 'earned_at', 'expires_at'])
    .where('member_id', '=', memberId)
    .where('open', '=', 1)
    .where('expires_at', '<=', now)
    .where('available', '>', 0)
    .orderBy('expires_at')
    .orderBy('lot_id')
    .limit(LOTS_PER_PAGE)
    .execute();
  const points = lots.reduce((sum, lot) => sum + lot.available, 0);
  if (points === 0) return { lots: 0, points: 0 };
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId: member.programmeId,
    memberId,
    kind: 'expiry',
    subject: `member:${memberId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { lots: lots.length },
    outcome: { points },
    reasons: lots.map((lot) =>
      reason('lot_expired', true, { points: lot.available, earnedAt: lot.earned_at, expiredAt: lot.expires_at }),
    ),
  });
  await postEntry(trx, context, member, {
    kind: 'expiry',
    sourceKey: `expiry:${memberId}:${member.entryCount + 1}`,
    occurredAt: now,
    shopId: null,
    orderId: null,
    holdId: null,
    decisionId,
    postings: [
      ...lots.map((lot): Posting => ({ account: 'available', lotId: lot.lot_id, points: -lot.available })),
      { account: 'expired', lotId: null, points },
    ],
  });
  await projectMember(trx, context, member);
  return { lots: lots.length, points };
}
