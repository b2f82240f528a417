/** Tiers of members: what they have, what staff gave them, and what they had when. */
import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';
import { isPresent } from './member-store';

/** A member with the tier that staff gave, if they gave one; read together, so that nobody pays for it. */
export interface TierStandingRow {
  readonly member_id: string;
  readonly programme_id: string;
  readonly tier: string | null;
  readonly tier_since: string | null;
  readonly tier_missed_since: string | null;
  readonly joined_at: string;
  readonly company_id: string | null;
  readonly manual_tier: string | null;
  readonly manual_ends_at: string | null;
  readonly automatic_tier: string | null;
  readonly automatic_since: string | null;
  readonly automatic_missed_since: string | null;
}

function standings(db: Db) {
  return db
    .selectFrom('member')
    .leftJoin('manual_tier', 'manual_tier.member_id', 'member.member_id')
    .select([
      'member.member_id',
      'member.programme_id',
      'member.tier',
      'member.tier_since',
      'member.tier_missed_since',
      'member.joined_at',
      'member.company_id',
      'manual_tier.tier as manual_tier',
      'manual_tier.ends_at as manual_ends_at',
      'manual_tier.automatic_tier',
      'manual_tier.automatic_since',
      'manual_tier.automatic_missed_since',
    ]);
}

/** @throws Error when there is no such member */
export async function tierStanding(db: Db, memberId: string): Promise<TierStandingRow> {
  return standings(db).where('member.member_id', '=', memberId).executeTakeFirstOrThrow();
}

/** A page of members in the order of their ids. */
export async function tierStandings(db: Db, after: string, limit: number): Promise<TierStandingRow[]> {
  return standings(db).where(isPresent).where('member.member_id', '>', after).orderBy('member.member_id').limit(limit).execute();
}

/** The tier a member had just before an instant, and whether one that staff gave had ended by then and is still in place. */
export async function tierBefore(db: Db, memberId: string, at: string): Promise<{ tier: string | null; isOver: boolean }> {
  const change = await db
    .selectFrom('tier_change')
    .leftJoin('manual_tier', 'manual_tier.member_id', 'tier_change.member_id')
    .select(['to_tier', 'ends_at'])
    .where('tier_change.member_id', '=', memberId)
    .where('effective_from', '<', at)
    .orderBy('effective_from', 'desc')
    .orderBy('change_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const endsAt = change?.ends_at ?? null;
  return { tier: change?.to_tier ?? null, isOver: endsAt !== null && endsAt < at };
}

export async function saveManualTier(trx: Trx, row: Row<'manual_tier'>): Promise<void> {
  await removeManualTier(trx, row.member_id);
  await trx.insertInto('manual_tier').values(row).execute();
}

export async function findManualTier(db: Db, memberId: string): Promise<Row<'manual_tier'> | undefined> {
  return db.selectFrom('manual_tier').selectAll().where('member_id', '=', memberId).executeTakeFirst();
}

export async function removeManualTier(trx: Trx, memberId: string): Promise<void> {
  await trx.deleteFrom('manual_tier').where('member_id', '=', memberId).execute();
}

/** Members whose tier that staff gave has ended, longest ago first. */
export async function membersPastManualTier(db: Db, now: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('manual_tier')
    .select('member_id')
    .where('ends_at', '<=', now)
    .orderBy('ends_at')
    .orderBy('member_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.member_id);
}
