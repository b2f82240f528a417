import { rewardObstacles, type CatalogueReward } from '../domain/catalogue-reward';
import type { Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { spendableLots } from '../ledger/lot';
import { takenByMember, takenOfStock } from '../stores/reward-store';
import { findMember } from '../stores/member-store';
import type { OperationContext } from './context';
import { findNamedMember, type MemberRef } from './find-member';
import { memberStanding } from './member-standing';

export interface OfferedReward {
  readonly reward: CatalogueReward;
  /** Null = without limit. */
  readonly left: number | null;
  /** Nothing = the member can have one now. */
  readonly obstacles: readonly Reason[];
}

/** The whole catalogue as a member finds it now, with what keeps them from each reward. */
export async function listRewards(
  context: OperationContext,
  programmeId: string,
  ref: MemberRef,
): Promise<Result<{ memberId: string; points: number; rewards: OfferedReward[] }, 'unknown_member'>> {
  const { db, clock, programmes } = context;
  const named = await findNamedMember(db, programmeId, ref);
  if (!named.ok) return refuse('unknown_member');
  const memberId = named.value;
  const at = clock.now();
  const published = await programmes.effectiveAt(db, programmeId, at);
  if (!published) return success({ memberId, points: 0, rewards: [] });
  const points = (await spendableLots(db, { memberId }, at)).reduce((sum, lot) => sum + lot.points, 0);
  const member = await memberStanding(db, published.programme, await findMember(db, memberId), at);
  const byMember = await takenByMember(db, memberId);
  const ofStock = await takenOfStock(db, programmeId);
  const rewards = published.programme.rewards.map((reward): OfferedReward => {
    const { code, stock } = reward;
    const left = stock === null ? null : Math.max(0, stock - (ofStock.get(code) ?? 0));
    const standing = { ...member, at, points, taken: byMember.get(code) ?? 0, left };
    return { reward, left, obstacles: rewardObstacles(reward, 1, standing) };
  });
  return success({ memberId, points, rewards });
}
