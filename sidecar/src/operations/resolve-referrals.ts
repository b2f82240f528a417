import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { findPosition } from '../stores/position-store';
import { changeReferral, dueReferrals, uncountedReferrers, type Referral } from '../stores/referral-store';
import type { OperationContext } from './context';
import { countReferrals } from './count-referrals';
import { projectMember } from './project-member';
import { lockSides, settleReferral } from './settle-referral';
import { unlessErased } from './unless-erased';

const REFERRALS_PER_PAGE = 200;

/** Judges every referral that is due, oldest first: rewards, refuses with a reason, takes a reward back, or asks staff. */
export async function resolveReferrals(
  context: OperationContext,
  now: string,
): Promise<{ rewarded: number; refused: number; review: number }> {
  const counts = { rewarded: 0, refused: 0, review: 0 };
  for (;;) {
    const due = await dueReferrals(context.db, now, REFERRALS_PER_PAGE);
    for (const referral of due) {
      const status = await resolveOne(context, referral, now);
      if (status === 'rewarded') counts.rewarded += 1;
      if (status === 'refused' || status === 'reversed') counts.refused += 1;
      if (status === 'review') counts.review += 1;
    }
    if (due.length < REFERRALS_PER_PAGE) break;
  }
  await showNewReferrals(context);
  return counts;
}

/** The status a referral got; null when another process, or the order itself, was quicker. */
async function resolveOne(context: OperationContext, seen: Referral, now: string): Promise<Referral['status'] | null> {
  const published = await programmeOfReferral(context, seen);
  const work = inTransaction(context.db, async (trx) => {
    const { referral, sides } = await lockSides(trx, seen.friend_member_id);
    if (!isSameOrder(referral, seen)) return null;
    if (referral.status !== 'open' || referral.due_at === null || referral.due_at > now) return null;
    return settleReferral(trx, context, { referral, sides, published, now, said: [] });
  });
  const status = await unlessErased(work, 'erased' as const);
  if (status !== 'erased') return status;
  // A reward of somebody who was erased is written off already.
  const ended = { status: 'refused', due_at: null, resolved_at: now } as const;
  await inTransaction(context.db, (trx) => changeReferral(trx, seen, ended));
  return 'refused';
}

/** Pinned to the friend's order, so it can be read before anything is locked. */
export async function programmeOfReferral(context: OperationContext, referral: Referral): Promise<PublishedProgramme> {
  const position = await findPosition(context.db, referral.shop_id, referral.order_id);
  if (!position) throw new Error(`referral of ${referral.friend_member_id} names an unknown order`);
  return context.programmes.byVersion(context.db, position.programme_version_id);
}

/** An order that was cancelled makes room for another, perhaps under another programme. */
export function isSameOrder(referral: Referral, seen: Referral): boolean {
  return referral.shop_id === seen.shop_id && referral.order_id === seen.order_id;
}

/** Orders are applied under the friend's lock; what the referrer sees of them follows here. */
async function showNewReferrals(context: OperationContext): Promise<void> {
  for (;;) {
    const referrers = await uncountedReferrers(context.db, REFERRALS_PER_PAGE);
    for (const referrerId of referrers) {
      const work = inTransaction(context.db, async (trx) => {
        const referrer = await lockMember(trx, await presentMemberId(trx, referrerId));
        await countReferrals(trx, referrer.memberId);
        await projectMember(trx, context, referrer);
      });
      await unlessErased(work, undefined);
    }
    if (referrers.length < REFERRALS_PER_PAGE) return;
  }
}
