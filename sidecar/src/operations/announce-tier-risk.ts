import { startOfDay } from '../domain/instant';
import { riskInstants, tierAtRisk } from '../domain/tier-risk';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, type Db, type Trx } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { endTierRisk, saveTierRisk, tiersAtRisk } from '../stores/tier-risk-store';
import { tierStanding, tierStandings, type TierStandingRow } from '../stores/tier-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { membersFacts } from './member-facts';
import { unlessErased } from './unless-erased';

const MEMBERS_PER_PAGE = 500;

interface Outlook {
  readonly published: PublishedProgramme;
  /** Start of the day the review is of. */
  readonly asOf: string;
  readonly days: number;
}

/** What a member may lose: the present tier, and the one they would then have. */
interface Risk {
  readonly tier: string;
  readonly fallsTo: string | null;
}

/**
 * Tells members that they are about to lose their tier unless they buy: once for as long as that is so, and again when it
 * comes to be so again. A page of members costs as many reads as two reviews; only those whose outlook changed are locked.
 */
export async function announceTierRisk(context: OperationContext, now: string): Promise<{ reviewed: number; announced: number }> {
  const asOf = startOfDay(now);
  let after = '';
  let reviewed = 0;
  let announced = 0;
  for (;;) {
    const page = await tierStandings(context.db, after, MEMBERS_PER_PAGE);
    for (const programmeId of new Set(page.map((row) => row.programme_id))) {
      const published = await context.programmes.effectiveAt(context.db, programmeId, asOf);
      const days = published?.programme.messages.tierRiskDays ?? null;
      if (!published || days === null) continue;
      const rows = page.filter((row) => row.programme_id === programmeId);
      const outlook = { published, asOf, days };
      for (const memberId of await changedOutlooks(context.db, outlook, rows)) {
        const work = inTransaction(context.db, (trx) => reviewMember(trx, context, outlook, memberId));
        if (await unlessErased(work, false)) announced += 1;
      }
      reviewed += rows.length;
    }
    after = page[page.length - 1]?.member_id ?? after;
    if (page.length < MEMBERS_PER_PAGE) return { reviewed, announced };
  }
}

async function changedOutlooks(db: Db, outlook: Outlook, rows: readonly TierStandingRow[]): Promise<string[]> {
  const risks = await risksOf(db, outlook, rows);
  const told = await tiersAtRisk(
    db,
    rows.map((row) => row.member_id),
  );
  return rows.map((row) => row.member_id).filter((memberId) => risks.get(memberId)?.tier !== told.get(memberId));
}

/** What staff gave is lost when it ends, not by what is bought. */
async function risksOf(db: Db, outlook: Outlook, rows: readonly TierStandingRow[]): Promise<ReadonlyMap<string, Risk>> {
  const { published, asOf, days } = outlook;
  const { programme } = published;
  const automatic = rows.filter((row) => row.manual_tier === null && row.tier !== null);
  if (automatic.length === 0) return new Map();
  const instants = riskInstants(programme.tiers, asOf, days);
  const missedBy = await membersFacts(db, programme, automatic, instants.missedBy);
  const lostBy = await membersFacts(db, programme, automatic, instants.lostBy);
  return new Map(
    automatic.flatMap((row): [string, Risk][] => {
      const facts = { missedBy: missedBy.get(row.member_id), lostBy: lostBy.get(row.member_id) };
      if (!facts.missedBy || !facts.lostBy || row.tier === null) return [];
      const standing = { tier: row.tier, since: row.tier_since, missedSince: row.tier_missed_since };
      const fallsTo = tierAtRisk(programme.tiers, standing, { missedBy: facts.missedBy, lostBy: facts.lostBy });
      return fallsTo === undefined ? [] : [[row.member_id, { tier: row.tier, fallsTo }]];
    }),
  );
}

async function reviewMember(trx: Trx, context: OperationContext, outlook: Outlook, seenId: string): Promise<boolean> {
  const { memberId, programmeId } = await lockMember(trx, await presentMemberId(trx, seenId));
  const risk = (await risksOf(trx, outlook, [await tierStanding(trx, memberId)])).get(memberId);
  const told = (await tiersAtRisk(trx, [memberId])).get(memberId);
  if (risk?.tier === told) return false;
  if (!risk) {
    await endTierRisk(trx, memberId);
    return false;
  }
  const { asOf, days, published } = outlook;
  await saveTierRisk(trx, { member_id: memberId, programme_id: programmeId, tier: risk.tier, since: asOf });
  const { levels } = published.programme.tiers;
  const nameOf = (code: string | null): string | undefined => levels.find((level) => level.code === code)?.name;
  const nextTier = nameOf(risk.fallsTo);
  return announce(trx, context, {
    memberId,
    kind: 'tier_at_risk',
    key: `${risk.tier}:${asOf}`,
    occurredAt: asOf,
    figures: { tier: nameOf(risk.tier) ?? risk.tier, days, ...(nextTier !== undefined && { nextTier }) },
  });
}
