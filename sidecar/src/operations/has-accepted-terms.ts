import { participates, type Participant } from '../domain/participation';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { acceptancesOf } from '../stores/acceptance-store';
import { findMember } from '../stores/member-store';

/** Whether a member earns and redeems at an instant; costs no statement where nothing is required. */
export async function hasAcceptedTerms(
  db: Db,
  { participation }: Pick<Programme, 'participation'>,
  memberId: string,
  at: string,
): Promise<boolean> {
  if (participation?.acceptance !== 'required') return true;
  return participates(participation, await participantOf(db, await findMember(db, memberId)), at);
}

export async function participantOf(
  db: Db,
  { member_id: memberId, joined_at: joinedAt }: Pick<Row<'member'>, 'member_id' | 'joined_at'>,
): Promise<Participant> {
  const accepted = await acceptancesOf(db, memberId);
  return { joinedAt, accepted: accepted.map(({ version, accepted_at: at }) => ({ version, at })) };
}
