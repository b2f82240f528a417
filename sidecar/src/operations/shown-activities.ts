import { answerForm } from '../activity-kinds/registry';
import { namedPlaces } from '../domain/channel';
import type { MemberMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import type { PublicLinks } from '../security/public-links';
import type { Row } from '../storage/tables';
import type { OperationContext } from './context';
import { hasQuestions } from './open-activities';

const PLACE_PURPOSE = 'take part from';
const KEY = /^([\x21-\x2d\x2f-\x7e]{1,64})\.([\w-]{43})$/;

/** The way to quizzes and surveys, where the programme has any. */
export function shownActivities(
  { links }: Pick<OperationContext, 'links'>,
  programme: Programme | null,
  { member_id: memberId }: Pick<Row<'member'>, 'member_id'>,
): (shopId: string) => Pick<MemberMirror, 'activities'> {
  if (programme === null || !hasQuestions(programme)) return () => ({});
  const key = `${memberId}.${links.sign('take part', [memberId])}`;
  const codes = programme.activities.flatMap((rule) => (answerForm(rule) === null ? [] : (rule.scope.channels ?? [])));
  return (shopId) => {
    const named = namedPlaces(programme.channels ?? [], codes, shopId).map((place) => [
      place,
      placeKey(links, memberId, shopId, place),
    ]);
    const places = named.length > 0 && { places: Object.fromEntries(named) as Readonly<Record<string, string>> };
    return { activities: { page: `${links.base}/take-part/${shopId}`, key, ...places } };
  };
}

/** Says from which place a member comes, so that nobody answers for another by changing the address. */
export function placeKey(links: PublicLinks, memberId: string, shopId: string, place: string): string {
  return `${place}.${links.sign(PLACE_PURPOSE, [memberId, shopId, place])}`;
}

/** The place that a key names; null when nobody signed it for this member and shop. */
export function placeOfKey(links: PublicLinks, memberId: string, shopId: string, key: string): string | null {
  const [, place = '', signature = ''] = KEY.exec(key) ?? [];
  return place !== '' && links.isSigned(PLACE_PURPOSE, [memberId, shopId, place], signature) ? place : null;
}
