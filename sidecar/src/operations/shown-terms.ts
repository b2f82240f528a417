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
  const standing = participation && termsStanding(participation, await participantOf(db, own), now);
  if (standing === null) return () => ({});
  const { version, isAsked, isAccepted, isBlocked, dueAt } = standing;
  const key = `${own.member_id}.${links.sign('terms', [own.member_id])}`;
  return (shopId) => ({
    terms: { version, isAsked, isAccepted, isBlocked, dueAt, page: `${links.base}/terms/${shopId}`, key },
    ...(isBlocked && { redeemLimit: 0, referralCode: null }),
  });
}
