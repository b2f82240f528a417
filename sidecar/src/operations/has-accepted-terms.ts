import { participates, type Acceptance, type Participant, type ParticipationTerms } from '../domain/participation';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { acceptancesOf, type TermsAcceptance } from '../stores/acceptance-store';
import { findMember, identitiesOf } from '../stores/member-store';

/** Whether a member earns and redeems at an instant in a shop (null = in none); costs no statement where nothing is required. */
export async function hasAcceptedTerms(
  db: Db,
  { participation }: Pick<Programme, 'participation'>,
  memberId: string,
  at: string,
  shopId: string | null = null,
): Promise<boolean> {
  if (participation?.acceptance !== 'required') return true;
  return participates(participation, await participantOf(db, participation, await findMember(db, memberId)), at, shopId);
}

export async function participantOf(
  db: Db,
  terms: ParticipationTerms,
  { member_id: memberId, joined_at: joinedAt }: Pick<Row<'member'>, 'member_id' | 'joined_at'>,
): Promise<Participant> {
  const accepted = await acceptancesOf(db, memberId);
  const shops = terms.shops === undefined ? [] : (await identitiesOf(db, memberId)).map(({ shop_id: shopId }) => shopId);
  return { joinedAt, shops, accepted: accepted.map(acceptance) };
}

export function acceptance({ shop_id: shopId, version, accepted_at: at }: TermsAcceptance): Acceptance {
  return { shopId, version, at };
}
