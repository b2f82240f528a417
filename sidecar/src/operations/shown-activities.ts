import type { MemberMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import type { OperationContext } from './context';
import { hasQuestions } from './open-activities';

/** The way to quizzes and surveys, where the programme has any. */
export function shownActivities(
  { links }: Pick<OperationContext, 'links'>,
  programme: Programme | null,
  { member_id: memberId }: Pick<Row<'member'>, 'member_id'>,
): (shopId: string) => Pick<MemberMirror, 'activities'> {
  if (programme === null || !hasQuestions(programme)) return () => ({});
  const key = `${memberId}.${links.sign('take part', [memberId])}`;
  return (shopId) => ({ activities: { page: `${links.base}/take-part/${shopId}`, key } });
}
