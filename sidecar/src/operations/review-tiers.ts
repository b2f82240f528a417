import { addDays, startOfDay } from '../domain/instant';
import { reviewTier } from '../domain/tier';
import { lockMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import { inTransaction, type Trx } from '../storage/transaction';
import { findMember } from '../stores/member-store';
import { qualifyingTotals } from '../stores/position-store';
import type { OperationContext } from './context';
import { projectMember } from './project-member';
import { moveTier, tierMetric } from './raise-tier';

const MEMBERS_PER_PAGE = 500;

/**
 * Looks at every member's tier as of the start of the day: up at once, down after the grace period. A page of members
 * costs two reads; only those whose tier may move are locked.
 */
export async function reviewTiers(context: OperationContext, now: string): Promise<{ reviewed: number; changed: number }> {
  const asOf = startOfDay(now);
  let after = '';
  let reviewed = 0;
  let changed = 0;
  for (;;) {
    const page = await context.db
      .selectFrom('member')
      .selectAll()
      .where('member_id', '>', after)
      .orderBy('member_id')
      .limit(MEMBERS_PER_PAGE)
      .execute();
    for (const memberId of await membersToReview(context, page, asOf)) {
      if (await inTransaction(context.db, (trx) => reviewMember(trx, context, memberId, asOf))) changed += 1;
    }
    reviewed += page.length;
    after = page[page.length - 1]?.member_id ?? after;
    if (page.length < MEMBERS_PER_PAGE) return { reviewed, changed };
  }
}

/** Members of a page whose tier or grace period a review would change. */
async function membersToReview(context: OperationContext, page: readonly Row<'member'>[], asOf: string): Promise<string[]> {
  const found: string[] = [];
  for (const programmeId of new Set(page.map((row) => row.programme_id))) {
    const published = await context.programmes.effectiveAt(context.db, programmeId, asOf);
    if (!published) continue;
    const { tiers } = published.programme;
    const members = page.filter((row) => row.programme_id === programmeId);
    const ids = members.map((row) => row.member_id);
    const totals = await qualifyingTotals(context.db, ids, tiers.metric, addDays(asOf, -tiers.windowDays), asOf);
    for (const row of members) {
      const review = reviewTier(
        tiers,
        { tier: row.tier, missedSince: row.tier_missed_since },
        totals.get(row.member_id) ?? 0,
        asOf,
      );
      if (review.change !== 'none' || review.missedSince !== row.tier_missed_since) found.push(row.member_id);
    }
  }
  return found;
}

async function reviewMember(trx: Trx, context: OperationContext, memberId: string, asOf: string): Promise<boolean> {
  const row = await findMember(trx, memberId);
  const published = await context.programmes.effectiveAt(trx, row.programme_id, asOf);
  if (!published) return false;
  const metricValue = await tierMetric(trx, published, memberId, asOf);
  const seen = reviewTier(published.programme.tiers, { tier: row.tier, missedSince: row.tier_missed_since }, metricValue, asOf);
  if (seen.change === 'none' && seen.missedSince === row.tier_missed_since) return false;
  const member = await lockMember(trx, memberId);
  if (seen.change === 'up' || seen.change === 'down') {
    await moveTier(trx, context, member, {
      published,
      from: row.tier,
      to: seen.tier,
      isRise: seen.change === 'up',
      missedSince: seen.missedSince,
      at: asOf,
      metricValue,
      reasons: seen.reasons,
    });
  } else {
    await trx.updateTable('member').set({ tier_missed_since: seen.missedSince }).where('member_id', '=', memberId).execute();
  }
  await projectMember(trx, context, member);
  return true;
}
