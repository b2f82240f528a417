import type { MemberMirror } from '../domain/mirror';
import { termsStanding } from '../domain/participation';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import type { OperationContext } from './context';
import { participantOf } from './has-accepted-terms';

/** What each shop shows of the terms to a member, who neither pays with points nor refers friends before what is required is accepted. */
export async function shownTerms(
  db: Db,
  { links }: Pick<OperationContext, 'links'>,
  programme: Pick<Programme, 'participation'> | null,
  own: Row<'member'>,
  now: string,
): Promise<(shopId: string) => Partial<Pick<MemberMirror, 'terms' | 'redeemLimit' | 'referralCode'>>> {
  const participation = programme?.participation ?? null;
  if (participation === null) return () => ({});
  const participant = await participantOf(db, participation, own);
  const key = `${own.member_id}.${links.sign('terms', [own.member_id])}`;
  return (shopId) => {
    const standing = termsStanding(participation, participant, now, shopId);
    if (standing === null) return {};
    return {
      terms: { ...standing, page: `${links.base}/terms/${shopId}`, key },
      ...(standing.isBlocked && { redeemLimit: 0, referralCode: null }),
    };
  };
}
