import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { findEvent, revokeEvent as revokeRewards } from '../stores/event-store';
import type { OperationContext } from './context';
import { convergeChallenges } from './converge-challenges';
import { postReward } from './post-reward';
import { projectMember } from './project-member';
import { rewardLot } from './record-event';

/** Takes back what an event was rewarded with, to the point: the review was a forgery, the guest never came. Twice is once. */
export async function revokeEvent(
  context: OperationContext,
  input: { readonly programmeId: string; readonly eventId: string; readonly reason: string; readonly actor: string },
): Promise<Result<{ points: number }, 'unknown_event' | 'is_sale'>> {
  const { programmeId, eventId } = input;
  return inTransaction(context.db, async (trx) => {
    const known = await findEvent(trx, programmeId, eventId);
    if (!known) return refuse('unknown_event');
    // A sale is undone by a later state of it, as a return in a shop is.
    if (known.kind === 'sale') return refuse('is_sale');
    const member = await lockMember(trx, known.member_id);
    const event = await findEvent(trx, programmeId, eventId);
    if (!event || event.revoked_at !== null) return success({ points: 0 });
    const now = context.clock.now();
    const rewards = await revokeRewards(trx, programmeId, eventId, now);
    const points = rewards.reduce((sum, one) => sum + one.points, 0);
    const decisionId = context.ids.next();
    await recordDecision(trx, {
      decisionId,
      programmeId,
      memberId: member.memberId,
      kind: 'activity_revoked',
      subject: `event:${eventId}`,
      programmeVersionId: null,
      decidedAt: now,
      inputs: { reason: input.reason, actor: input.actor },
      outcome: { points: -points },
      reasons: [reason('event_revoked', true, { points })],
    });
    for (const { activity, points: given } of rewards) {
      const lotId = rewardLot(programmeId, eventId, activity);
      await postReward(trx, context, member, {
        kind: 'activity_reward',
        sourceKey: `${lotId}:revoked`,
        lotId,
        points: -given,
        occurredAt: now,
        expireAfterDays: null,
        shopId: event.shop_id,
        orderId: null,
        decisionId,
      });
    }
    await convergeChallenges(trx, context, member, { at: event.occurred_at, shopId: event.shop_id, orderId: null });
    if (points > 0) await projectMember(trx, context, member);
    return success({ points: -points });
  });
}
