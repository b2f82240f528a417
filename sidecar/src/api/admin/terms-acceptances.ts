import { z } from 'zod';
import { termsStanding } from '../../domain/participation';
import { AppError } from '../../errors';
import { acceptTerms } from '../../operations/accept-terms';
import type { OperationContext } from '../../operations/context';
import { participantOf } from '../../operations/has-accepted-terms';
import { acceptancesOf, type TermsAcceptance } from '../../stores/acceptance-store';
import { presentMemberId } from '../../stores/identity-store';
import { findMember } from '../../stores/member-store';
import { endpoint, type Endpoint } from '../endpoint';
import { instantSchema } from '../paging';
import { storedKey } from '../parse-body';
import { reachMember } from '../principal';

const tag = 'Privacy';
const path = '/admin/members/:memberId/terms-acceptance';
const params = z.object({ memberId: storedKey });

/** How far the clock of who enters it may be ahead. */
const MAX_AHEAD_MS = 5 * 60_000;

const acceptanceSchema = z.strictObject({
  /** The shop whose own terms they are; null = the programme's. */
  shopId: z.string().nullable(),
  version: z.string(),
  language: z.string(),
  textHash: z.string(),
  acceptedAt: z.string(),
  recordedAt: z.string(),
  source: z.string(),
  actor: z.string(),
  decisionId: z.string(),
});

const standingSchema = z.strictObject({
  version: z.string(),
  isAsked: z.boolean(),
  isAccepted: z.boolean(),
  isBlocked: z.boolean(),
  dueAt: z.string().nullable(),
});

/** What members accepted of the terms of participation. */
export function termsAcceptanceEndpoints(context: OperationContext): Endpoint[] {
  const { db, clock, programmes } = context;
  return [
    endpoint({
      method: 'get',
      path,
      scope: 'members:read',
      tag,
      summary: 'Where a member stands with the terms of participation, and everything they accepted, newest first.',
      params,
      query: z.object({ shopId: storedKey.optional() }),
      answers: {
        200: {
          description: '`shopId` asks for the terms of that shop; `present` is null where the programme has no terms in force',
          body: z.strictObject({ present: standingSchema.nullable(), acceptances: z.array(acceptanceSchema) }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId: named }, query: { shopId = null }, principal }) => {
        await reachMember(db, principal, named);
        const member = await findMember(db, await presentMemberId(db, named));
        const published = await programmes.effectiveAt(db, member.programme_id, clock.now());
        const terms = published?.programme.participation ?? null;
        const acceptances = await acceptancesOf(db, member.member_id);
        const present = terms && termsStanding(terms, await participantOf(db, terms, member), clock.now(), shopId);
        return { body: { present, acceptances: acceptances.map(shown) } };
      },
    }),
    endpoint({
      method: 'put',
      path,
      scope: 'members:write',
      tag,
      summary: 'Records that a member accepted a version of the terms; the same again changes nothing.',
      params,
      body: z.strictObject({
        /** Where a shop has terms of its own; absent = the programme's. */
        shopId: storedKey.optional(),
        version: z.string().min(1).max(32),
        /** In which the member read it. */
        language: z.string().regex(/^[a-z]{2}$/),
        /** When the member said so; absent = now. */
        at: instantSchema.optional(),
        source: z.string().min(1).max(100),
        actor: z.string().min(1).max(100),
      }),
      answers: {
        200: { description: 'Whether it was new', body: z.strictObject({ changed: z.boolean(), acceptedAt: z.string() }) },
      },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { memberId }, body: { at = clock.now(), shopId = null, ...said }, principal }) => {
        await reachMember(db, principal, memberId);
        const wrong = (field: string, problem: string): AppError =>
          new AppError('INVALID_INPUT', { fields: [{ field, problem }] });
        if (Date.parse(at) > clock.nowMs() + MAX_AHEAD_MS) throw wrong('at', 'must not be in the future');
        const accepted = await acceptTerms(context, { memberId, shopId, at, ...said });
        if (accepted.ok) return { body: accepted.value };
        if (accepted.code === 'unknown_member') throw new AppError('NOT_FOUND', { resource: 'member' });
        if (accepted.code === 'unknown_version') throw wrong('version', 'is no version of the terms');
        if (accepted.code === 'unknown_language') throw wrong('language', 'has no text of this version');
        throw new AppError('CONFLICT', { reason: accepted.code, ...accepted.details });
      },
    }),
  ];
}

function shown(row: TermsAcceptance): z.input<typeof acceptanceSchema> {
  return {
    shopId: row.shop_id,
    version: row.version,
    language: row.language,
    textHash: row.text_hash,
    acceptedAt: row.accepted_at,
    recordedAt: row.recorded_at,
    source: row.source,
    actor: row.actor,
    decisionId: row.decision_id,
  };
}
