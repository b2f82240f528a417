import { isBefore, startOfDay } from '../domain/instant';
import { reason } from '../domain/reason';
import { reviewTier, tierRank } from '../domain/tier';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { findCompanies } from '../stores/company-store';
import { presentMemberId } from '../stores/identity-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { tierStanding, tierStandings, type TierStandingRow } from '../stores/tier-store';
import type { OperationContext } from './context';
import { endManualTier } from './end-manual-tier';
import { memberFacts, membersFacts } from './member-facts';
import { moveTier } from './move-tier';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const MEMBERS_PER_PAGE = 500;

/**
 * Looks at every member's tier as of the start of the day: up at once, down when nothing protects it. A page of members
 * costs one read and one more for each window of time that the levels look at; only those whose tier may move are locked.
 */
export async function reviewTiers(context: OperationContext, now: string): Promise<{ reviewed: number; changed: number }> {
  const asOf = startOfDay(now);
  let after = '';
  let reviewed = 0;
  let changed = 0;
  for (;;) {
    const page = await tierStandings(context.db, after, MEMBERS_PER_PAGE);
    for (const memberId of await membersToReview(context, page, asOf)) {
      const work = inTransaction(context.db, (trx) => reviewMember(trx, context, memberId, asOf));
      if (await unlessErased(work, false)) changed += 1;
    }
    reviewed += page.length;
    after = page[page.length - 1]?.member_id ?? after;
    if (page.length < MEMBERS_PER_PAGE) return { reviewed, changed };
  }
}

/** Members of a page whose tier or grace period a review would change. */
async function membersToReview(context: OperationContext, page: readonly TierStandingRow[], asOf: string): Promise<string[]> {
  const found: string[] = [];
  for (const programmeId of new Set(page.map((row) => row.programme_id))) {
    const published = await context.programmes.effectiveAt(context.db, programmeId, asOf);
    if (!published) continue;
    const ofProgramme = page.filter((row) => row.programme_id === programmeId);
    found.push(...ofProgramme.filter((row) => isWithoutLevel(published, row, asOf)).map((row) => row.member_id));
    // What staff gave stands in front of every review; `end-manual-tiers` ends it.
    const members = await withTierOfTheirOwn(
      context,
      ofProgramme.filter((row) => row.manual_tier === null),
    );
    const facts = await membersFacts(context.db, published.programme, members, asOf);
    for (const row of members) {
      const ofMember = facts.get(row.member_id);
      if (ofMember && judged(published, row, ofMember) !== null) found.push(row.member_id);
    }
  }
  return found;
}

/** Buyers whose company has the tier for them all are reviewed with its account. */
async function withTierOfTheirOwn({ db }: OperationContext, rows: readonly TierStandingRow[]): Promise<TierStandingRow[]> {
  const companies = await findCompanies(db, [...new Set(rows.flatMap(({ company_id: id }) => id ?? []))]);
  const accounts = new Map(
    companies.flatMap((company) => (company.tier_mode === 'account' ? [[company.company_id, company.account_member_id]] : [])),
  );
  return rows.filter(({ company_id: id, member_id: memberId }) => {
    const accountId = id === null ? undefined : accounts.get(id);
    return accountId === undefined || accountId === memberId;
  });
}

/** A tier that staff gave and the programme no longer has: no shop could show it. */
function isWithoutLevel({ programme }: PublishedProgramme, row: TierStandingRow, asOf: string): boolean {
  const { manual_tier: tier, tier_since: since } = row;
  return tier !== null && tierRank(programme.tiers, tier) === -1 && since !== null && isBefore(since, asOf);
}

/** Null when a review changes nothing. */
function judged({ programme }: PublishedProgramme, row: TierStandingRow, facts: Parameters<typeof reviewTier>[2]) {
  const { tier, tier_since: since, tier_missed_since: missedSince } = row;
  const review = reviewTier(programme.tiers, { tier, since, missedSince }, facts);
  return review.tier === tier && review.missedSince === missedSince ? null : review;
}

async function reviewMember(trx: Trx, context: OperationContext, seenId: string, asOf: string): Promise<boolean> {
  const member = await lockMember(trx, await presentMemberId(trx, seenId));
  const { memberId } = member;
  const row = await tierStanding(trx, memberId);
  const published = await context.programmes.effectiveAt(trx, row.programme_id, asOf);
  if (!published) return false;
  if (row.manual_tier !== null) {
    if (!isWithoutLevel(published, row, asOf)) return false;
    const reasons = [reason('manual_tier_not_in_programme', true, { tier: row.manual_tier })];
    await endManualTier(trx, context, member, row, { at: asOf, reasons });
    await projectMember(trx, context, member);
    return true;
  }
  const facts = await memberFacts(trx, published.programme, row, asOf);
  const seen = judged(published, row, facts);
  if (seen === null) return false;
  if (seen.tier !== row.tier) {
    await moveTier(trx, context, member, {
      published,
      from: row.tier,
      to: seen.tier,
      missedSince: seen.missedSince,
      at: asOf,
      facts,
      reasons: seen.reasons,
    });
  } else {
    await trx.updateTable('member').set({ tier_missed_since: seen.missedSince }).where('member_id', '=', memberId).execute();
  }
  await projectMember(trx, context, member);
  return true;
}
