/** Which tiers members had when a span of time began, and when it ended. */
import type { CalendarSpan } from '../domain/calendar';
import type { Db } from '../storage/transaction';
import { inChunks } from './measure-store';

export interface MemberTierMove {
  readonly memberId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Members with a change of tier in the span, by their tier before it and at its end; both may be the same. */
export async function tierMoves(db: Db, programmeId: string, { start, end }: CalendarSpan): Promise<MemberTierMove[]> {
  const changed = await db
    .selectFrom('tier_change')
    .select(['member_id', 'to_tier'])
    .where('programme_id', '=', programmeId)
    .where('effective_from', '>=', start)
    .where('effective_from', '<', end)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('member_merge').select('absorbed_member_id').whereRef('absorbed_member_id', '=', 'tier_change.member_id'),
        ),
      ),
    )
    .orderBy('effective_from')
    .orderBy('change_id')
    .execute();
  const after = new Map(changed.map((row) => [row.member_id, row.to_tier]));
  const before = new Map<string, string | null>();
  for (const memberIds of inChunks([...after.keys()])) {
    const rows = await db
      .selectFrom('tier_change')
      .select(['member_id', 'to_tier'])
      .where('member_id', 'in', memberIds)
      .where('effective_from', '<', start)
      .orderBy('effective_from')
      .orderBy('change_id')
      .execute();
    for (const row of rows) before.set(row.member_id, row.to_tier);
  }
  return [...after].map(([memberId, to]) => ({ memberId, from: before.get(memberId) ?? null, to }));
}
