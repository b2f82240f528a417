import { z } from 'zod';
import { LANGUAGES } from '../../domain/language';
import type { OperationContext } from '../../operations/context';
import { memberLanguage, setLanguage } from '../../operations/member-language';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachMember } from '../principal';

const tag = 'Members';
const path = '/admin/members/:memberId/language';
const params = z.object({ memberId: storedKey });
const language = z.enum(LANGUAGES);

/** In which language a member is told things. */
export function languageEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path,
      scope: 'members:read',
      tag,
      summary: 'The language that a member is written to in: their own, else that of the programme.',
      params,
      answers: { 200: { description: 'The language', body: z.strictObject({ language }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, principal }) => {
        await reachMember(context.db, principal, memberId);
        return { body: { language: await memberLanguage(context, memberId) } };
      },
    }),
    endpoint({
      method: 'put',
      path,
      scope: 'members:write',
      tag,
      summary: 'Sets the language, before what shops say; `null` leaves it to them again.',
      params,
      body: z.strictObject({ language: language.nullable() }),
      answers: { 200: { description: 'Whether anything changed', body: z.strictObject({ changed: z.boolean() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, body, principal }) => {
        await reachMember(context.db, principal, memberId);
        return { body: await setLanguage(context, { memberId, language: body.language }) };
      },
    }),
  ];
}
