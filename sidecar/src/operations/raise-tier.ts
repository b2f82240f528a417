import { reviewTier } from '../domain/tier';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { findCompany } from '../stores/company-store';
import { findMember } from '../stores/member-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { tierStanding } from '../stores/tier-store';
import type { OperationContext } from './context';
import { endManualTier, standsByHand } from './end-manual-tier';
import { memberFacts } from './member-facts';
import { moveTier } from './move-tier';
import { projectMember } from './project-member';

/** Lifts a member to the tier reached at an instant. Never lowers: that is the nightly review's, with its protection. */
export async function raiseTier(trx: Trx, context: OperationContext, member: LockedMember, at: string): Promise<void> {
  const published = await context.programmes.effectiveAt(trx, member.programmeId, at);
  if (!published || published.programme.tiers.levels.length === 0) return;
  const ranked = await lockRanked(trx, member);
  const isRaised = await raise(trx, context, ranked, published, at);
  // The caller brings the shops up to date on the member alone.
  if (isRaised && ranked.memberId !== member.memberId) await projectMember(trx, context, ranked);
}

/** Whose tier a member has: their own, or that of the company they buy for. */
async function lockRanked(trx: Trx, member: LockedMember): Promise<LockedMember> {
  const { company_id: companyId } = await findMember(trx, member.memberId);
  if (companyId === null) return member;
  const { tier_mode: mode, account_member_id: accountId } = await findCompany(trx, companyId);
  return mode === 'account' && accountId !== member.memberId ? lockMember(trx, accountId) : member;
}

async function raise(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  published: PublishedProgramme,
  at: string,
): Promise<boolean> {
  let row = await tierStanding(trx, member.memberId);
  if (standsByHand(row, at)) return false;
  if (row.manual_tier !== null) {
    await endManualTier(trx, context, member, row, { at: row.manual_ends_at ?? at, reasons: [] });
    row = await tierStanding(trx, member.memberId);
  }
  const { tier, tier_since: since, tier_missed_since: missedSince } = row;
  const facts = await memberFacts(trx, published.programme, row, at);
  const review = reviewTier(published.programme.tiers, { tier, since, missedSince }, facts);
  if (review.change !== 'up') return false;
  await moveTier(trx, context, member, {
    published,
    from: tier,
    to: review.tier,
    missedSince: review.missedSince,
    at,
    facts,
    reasons: review.reasons,
  });
  return true;
}
