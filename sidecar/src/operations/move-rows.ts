import { insertOnce, toInteger, type Trx } from '../storage/transaction';
import { saveWelcome, welcomeOf, welcomesOf } from '../stores/membership-store';
import { endTierRisk } from '../stores/tier-risk-store';
import { rebuildMemberships } from './rebuild-memberships';

/** Tables whose rows are about whoever the person is now. */
export const MOVED_TABLES = [
  'member_identity',
  'order_position',
  'hold',
  'gift_grant',
  'voucher',
  'next_purchase',
  'member_event',
  'activity_reward',
  'consent_record',
  'terms_acceptance',
  'signup_lead',
  'campaign_grant',
  'cashback_payout',
  'membership_purchase',
  'reward_redemption',
  'reward_redemption_step',
  'company_tenure',
  'company_order',
  'company_hold',
  'company_approval',
  'adjustment_request',
  'member_wish',
  'mail_delivery',
] as const;

/** Tables with a member in them whose rows do not simply move, and what becomes of them. */
export const OTHERWISE: Readonly<Record<string, string>> = {
  member: 'stays as the name under which the person was known',
  member_account: 'stays, empty: its chain is proved like any other',
  ledger_entry: 'stays: entries never change',
  ledger_posting: 'stays: entries never change',
  lot: 'stays, empty: what it held is in a lot of the survivor',
  decision: 'stays with whom it was written for',
  tier_change: 'stays with whom it was written for',
  company: 'names the account that stands for it, which is nobody',
  company_member: 'whoever buys for a company is nobody else until they leave it',
  manual_tier: 'the higher one stands',
  tier_risk: 'ends; the next look decides anew',
  membership_spell: 'follows from the purchases of both',
  membership_welcome: 'is added up by plan',
  member_segment: 'ends; the survivor is judged at once',
  member_profile: 'moves, unless the survivor has a birthday',
  member_language: 'moves, unless the survivor has a language',
  occasion_reward: 'moves, unless the survivor was decided on for the same year',
  volume_reward: 'is added up by window',
  challenge_award: 'moves to who has none of the same window',
  referral_code: 'moves to who has none, and means the survivor anyway',
  referral: 'the referrer moves; the friend keeps the name under which they came',
  referral_invitation: 'the referrer moves; the friend keeps the name under which they came',
  measure_member: 'is counted anew for both',
  measure_member_month: 'is counted anew for both',
  measure_due_member: 'is counted anew for both',
  member_notice: 'stays: what was told was told',
  webhook_delivery: 'stays: it is sent as it was written, and names the member it happened to',
  member_merge: 'names the survivor, also of those absorbed before',
  member_erasure: 'stays: who was erased is linked with nobody',
  erased_customer: 'stays: who was erased is linked with nobody',
  member_split: 'stays: who was parted is linked by staff alone',
};

/** Gives what is kept of one member to another; both are locked. Books, decisions and past tiers stay with whom they were written for. */
export async function moveRows(trx: Trx, fromId: string, toId: string, now: string): Promise<void> {
  for (const table of MOVED_TABLES) {
    await trx.updateTable(table).set({ member_id: toId }).where('member_id', '=', fromId).execute();
  }
  await trx.updateTable('referral').set({ referrer_member_id: toId }).where('referrer_member_id', '=', fromId).execute();
  await trx
    .updateTable('referral_invitation')
    .set({ referrer_member_id: toId })
    .where('referrer_member_id', '=', fromId)
    .execute();
  await moveCode(trx, fromId, toId);
  await endTierRisk(trx, fromId);
  await moveVolumeRewards(trx, fromId, toId);
  // Who completed the same challenge twice keeps what both brought; one award of a window stands for both from then on.
  await moveUnlessThere(trx, 'challenge_award', fromId, toId);
  await leaveSegments(trx, fromId, now);
  await moveUnlessThere(trx, 'member_profile', fromId, toId);
  await moveUnlessThere(trx, 'member_language', fromId, toId);
  await moveUnlessThere(trx, 'occasion_reward', fromId, toId);
  await rebuildMemberships(trx, [fromId, toId], now);
  await moveWelcomes(trx, fromId, toId);
}

/** A member owns one code. Who has one already answers to the other's too, by being who they are now. */
async function moveCode(trx: Trx, fromId: string, toId: string): Promise<void> {
  const own = await trx.selectFrom('referral_code').select('code').where('member_id', '=', toId).executeTakeFirst();
  if (own) return;
  await trx.updateTable('referral_code').set({ member_id: toId }).where('member_id', '=', fromId).execute();
}

/** Windows that both were paid in are paid as much together; the next order of the window makes it what both bought. */
async function moveVolumeRewards(trx: Trx, fromId: string, toId: string): Promise<void> {
  const paid = await trx.selectFrom('volume_reward').selectAll().where('member_id', '=', fromId).execute();
  for (const reward of paid) {
    const added = await trx
      .updateTable('volume_reward')
      .set((eb) => ({ points: eb('points', '+', reward.points) }))
      .where('member_id', '=', toId)
      .where('incentive_code', '=', reward.incentive_code)
      .where('window_start', '=', reward.window_start)
      .executeTakeFirst();
    if (toInteger(added.numUpdatedRows) === 0) {
      await trx
        .insertInto('volume_reward')
        .values({ ...reward, member_id: toId })
        .execute();
    }
  }
  await trx.deleteFrom('volume_reward').where('member_id', '=', fromId).execute();
}

/** Who was welcomed twice gives both back with the last purchase. */
async function moveWelcomes(trx: Trx, fromId: string, toId: string): Promise<void> {
  for (const welcome of await welcomesOf(trx, fromId)) {
    const own = (await welcomeOf(trx, toId, welcome.plan_code))?.points ?? 0;
    await saveWelcome(trx, { ...welcome, member_id: toId, points: welcome.points + own });
    await saveWelcome(trx, { ...welcome, points: 0 });
  }
}

/** Spells end with the member; the survivor is judged anew by both histories. */
async function leaveSegments(trx: Trx, memberId: string, now: string): Promise<void> {
  await trx
    .updateTable('member_segment')
    .set({ left_at: now })
    .where('member_id', '=', memberId)
    .where('left_at', 'is', null)
    .execute();
}

/** What the survivor has of its own stands. */
async function moveUnlessThere(
  trx: Trx,
  table: 'member_profile' | 'member_language' | 'occasion_reward' | 'challenge_award',
  fromId: string,
  toId: string,
): Promise<void> {
  const rows = await trx.selectFrom(table).selectAll().where('member_id', '=', fromId).execute();
  for (const row of rows) await insertOnce(trx, table, { ...row, member_id: toId });
  await trx.deleteFrom(table).where('member_id', '=', fromId).execute();
}
