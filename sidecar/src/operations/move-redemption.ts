import { mayFollow, type FulfilmentState } from '../domain/catalogue-reward';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { returnPoints } from '../ledger/spend';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { addStep, findRedemption, moveState, returnStock, type RewardRedemption } from '../stores/reward-store';
import type { OperationContext } from './context';
import { projectMember } from './project-member';
import { projectSoldOut } from './project-sold-out';
import { handOver, spentKey, takeBack } from './reward-grants';

export interface MoveRedemptionInput {
  readonly redemptionId: string;
  readonly state: FulfilmentState;
  readonly actor: string;
  readonly note: string | null;
  /** States out of which it may be moved; absent = any that the state can follow. */
  readonly onlyFrom?: readonly FulfilmentState[];
}

export interface MovedRedemption {
  readonly redemption: RewardRedemption;
  /** False when it was in the state already. */
  readonly changed: boolean;
}

export type MoveRefusal = 'unknown_redemption' | 'state_does_not_follow' | 'no_account';

/** Moves a redemption on: confirmed, handed over, or cancelled, which gives points and stock back. Twice is once. */
export async function moveRedemption(
  context: OperationContext,
  input: MoveRedemptionInput,
): Promise<Result<MovedRedemption, MoveRefusal>> {
  try {
    return await inTransaction(context.db, async (trx) => {
      const found = await findRedemption(trx, input.redemptionId);
      if (!found) return refuse('unknown_redemption');
      const member = await lockMember(trx, found.member_id);
      const redemption = await findRedemption(trx, input.redemptionId);
      if (!redemption) return refuse('unknown_redemption');
      const { state } = redemption;
      if (state === input.state) return success({ redemption, changed: false });
      const isOpen = input.onlyFrom?.includes(state) ?? true;
      if (!isOpen || !mayFollow(state, input.state)) return refuse('state_does_not_follow', { state, asked: input.state });
      await move(trx, context, member, redemption, input);
      return success({ redemption: { ...redemption, state: input.state }, changed: true });
    });
  } catch (error) {
    if (error instanceof NowhereToHandOver) return refuse('no_account');
    throw error;
  }
}

/** Ends the transaction without a trace. */
class NowhereToHandOver extends Error {}

async function move(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  redemption: RewardRedemption,
  { state, actor, note }: MoveRedemptionInput,
): Promise<void> {
  const at = context.clock.now();
  const decisionId = context.ids.next();
  const points = state === 'cancelled' ? redemption.points : 0;
  const step = { state, actor, note, decisionId, at };
  if (!(await moveState(trx, redemption, step))) throw new Error(`redemption ${redemption.redemption_id} moved under a lock`);
  await recordDecision(trx, {
    decisionId,
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'reward_fulfilment',
    subject: `reward:${redemption.reward_code}`,
    // For the reward's name; the terms of then are with the redemption.
    programmeVersionId: (await context.programmes.effectiveAt(trx, member.programmeId, at))?.versionId ?? null,
    decidedAt: at,
    inputs: { redemption: redemption.redemption_id, from: redemption.state, actor, note },
    outcome: { state, points },
    reasons: [reason(`reward_${state}`, true, { reward: redemption.reward_code, points })],
  });
  await addStep(trx, redemption, step);
  if (state === 'fulfilled' && !(await handOver(trx, context, redemption))) throw new NowhereToHandOver();
  if (state === 'cancelled') await undo(trx, context, member, redemption, { decisionId, at });
  await projectMember(trx, context, member);
}

/** Points to the lots they came from, with the expiry these have; the piece to whoever comes next. */
async function undo(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  redemption: RewardRedemption,
  { decisionId, at }: { readonly decisionId: string; readonly at: string },
): Promise<void> {
  const { programme_id: programmeId, points, shop_id: shopId } = redemption;
  const sourceKey = `${spentKey(redemption)}:returned`;
  const back = { kind: 'reward_returned' as const, sourceKey, points, occurredAt: at, shopId, decisionId };
  await returnPoints(trx, context, member, spentKey(redemption), back);
  if (redemption.state === 'fulfilled') await takeBack(trx, context, redemption);
  if (redemption.from_stock === 0) return;
  const { reward_code: rewardCode, quantity } = redemption;
  await returnStock(trx, programmeId, rewardCode, quantity);
  const published = await context.programmes.effectiveAt(trx, programmeId, at);
  if (published) await projectSoldOut(trx, published, { rewardCode, movedBy: -quantity, now: at, links: context.links });
}
