import { hasSegments, tierWithMemberships } from '../domain/membership';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { segmentsAt } from '../stores/segment-store';

/** What rules ask of a member: the tier, their own or one that a membership brings, and segments, memberships among them. */
export async function memberStanding(
  db: Db,
  programme: Programme,
  { member_id: memberId, tier: own }: Pick<Row<'member'>, 'member_id' | 'tier'>,
  at: string,
): Promise<{ tier: string | null; segments: string[] }> {
  const segments = hasSegments(programme) ? await segmentsAt(db, memberId, at) : [];
  return { tier: tierWithMemberships(programme.tiers, programme.memberships, own, segments), segments };
}
