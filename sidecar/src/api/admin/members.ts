import type { Row } from '../../storage/tables';
import { z } from 'zod';
import type { Refusal } from '../../domain/result';
import { AppError } from '../../errors';
import { memberBalance, memberLedger } from '../../ledger/queries';
import type { OperationContext } from '../../operations/context';
import { exportMember, type ExportedPart } from '../../operations/export-member';
import { clearManualTier, setManualTier, type ManualTierRefusal } from '../../operations/set-manual-tier';
import type { Db } from '../../storage/transaction';
import { findErasure } from '../../stores/erasure-store';
import { idsOfPerson, presentMemberId } from '../../stores/identity-store';
import { namedMemberIds } from '../../stores/member-search-store';
import { identitiesOf, isShownKey, listMembers, summarizeMembers, type MemberSummary } from '../../stores/member-store';
import { tierStanding } from '../../stores/tier-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, instantSchema, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { neededProgramme, reachedProgramme, reachMember, reachPresentMember } from '../principal';
import { reasonGiven } from './staff-fields';

const tag = 'Members';
const params = z.object({ memberId: storedKey });
const points = z.int();

/** Without a tier: back to the automatic one. */
const manualTierSchema = z.strictObject({
  tier: z.string().min(1).max(64).nullable(),
  endsAt: instantSchema.nullable().default(null),
  ...reasonGiven,
});

const listedMember = z.strictObject({
  memberId: z.string(),
  tier: z.string().nullable(),
  pending: points,
  available: points,
  held: points,
  debt: points,
});

const shownMember = listedMember.extend({
  version: z.int(),
  manualTier: z.strictObject({ tier: z.string(), endsAt: z.string().nullable() }).nullable(),
  joinedAt: z.string(),
  /** Members that became part of this one. */
  absorbed: z.array(z.string()),
  referralCode: z.string().nullable(),
  /** Null = the person was not erased. */
  erasedAt: z.string().nullable(),
  /** In shops; a guest's has no customer id, nor has one of somebody who was erased. */
  accounts: z.array(
    z.strictObject({
      shopId: z.string(),
      customerId: z.string().nullable(),
      verified: z.boolean(),
      company: z.string().nullable(),
      linkedAt: z.string(),
    }),
  ),
});

const ledgerLine = z.strictObject({
  seq: z.int(),
  kind: z.string(),
  occurredAt: z.string(),
  orderId: z.string().nullable(),
  decisionId: z.string().nullable(),
  changes: z.record(z.string(), points),
});

export interface MemberDeps {
  readonly context: OperationContext;
  readonly hashEmail: (email: string) => string;
}

/** Members, their balances and ledgers, page by page. */
export function memberEndpoints(deps: MemberDeps): Endpoint[] {
  return [listEndpoint(deps), ...readingEndpoints(deps), ...changingEndpoints(deps.context)];
}

function listEndpoint(deps: MemberDeps): Endpoint {
  const { db } = deps.context;
  return endpoint({
    method: 'get',
    path: '/admin/members',
    scope: 'members:read',
    tag,
    summary: 'Lists members in the order of their ids; with `search`, whoever the text names.',
    query: afterQuery.extend({
      programmeId: storedKey.optional(),
      /** An address, customer id, order number, referral code or member id, as a whole. */
      search: z.string().trim().min(1).max(255).optional(),
    }),
    answers: {
      200: { description: 'A page', body: z.strictObject({ members: z.array(listedMember), next: z.string().nullable() }) },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ query, principal }) => {
      if (query.search !== undefined) {
        const found = await namedMembers(deps, neededProgramme(principal, query.programmeId), query.search);
        return { body: { members: found, next: null } };
      }
      const programmeId = reachedProgramme(principal, query.programmeId);
      const members = await listMembers(db, programmeId, query.after, PAGE);
      return { body: { members, next: nextOf(members, ({ memberId }) => memberId) } };
    },
  });
}

function readingEndpoints({ context: { db } }: MemberDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId',
      scope: 'members:read',
      tag,
      summary: 'A member, with balances and tier; whoever became part of another is shown as that one.',
      params,
      answers: { 200: { description: 'The member', body: shownMember } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, principal }) => ({
        body: await shown(db, await reachPresentMember(db, principal, memberId)),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/ledger',
      scope: 'members:read',
      tag,
      summary: 'The ledger of a member, newest first; pass `next` as `before` to go on.',
      params,
      query: z.object({ before: z.coerce.number().int().positive().optional() }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ entries: z.array(ledgerLine), next: z.int().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, query, principal }) => {
        await reachMember(db, principal, memberId);
        const entries = await memberLedger(db, memberId, query.before ?? null, PAGE);
        return { body: { entries, next: nextOf(entries, ({ seq }) => seq) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/export',
      scope: 'members:read',
      tag,
      summary: 'Everything kept of a person over all shops, a JSON object a line.',
      params,
      answers: { 200: { description: 'Lines', mediaType: 'application/x-ndjson' } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, principal }) => {
        const member = await reachPresentMember(db, principal, memberId);
        return { lines: asLines(exportMember(db, member)), mediaType: 'application/x-ndjson' };
      },
    }),
  ];
}

function changingEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'put',
      path: '/admin/members/:memberId/manual-tier',
      scope: 'members:write',
      tag,
      summary: 'Gives a tier by hand, or ends one with `tier: null`.',
      params,
      body: manualTierSchema,
      answers: { 200: { description: 'Whether anything changed', body: z.strictObject({ changed: z.boolean() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, body, principal }) => {
        await reachMember(db, principal, memberId);
        const { tier, ...rest } = body;
        const result = await (tier === null
          ? clearManualTier(context, { memberId, reason: rest.reason, actor: rest.actor })
          : setManualTier(context, { memberId, tier, ...rest }));
        if (!result.ok) throw new AppError(result.code === 'unknown_member' ? 'NOT_FOUND' : 'INVALID_INPUT', refusedTier(result));
        return { body: result.value };
      },
    }),
  ];
}

async function namedMembers(
  { context: { db }, hashEmail }: MemberDeps,
  programmeId: string,
  text: string,
): Promise<MemberSummary[]> {
  const emailHash = text.includes('@') ? hashEmail(text) : null;
  const ids = await namedMemberIds(db, { programmeId, text, emailHash });
  return summarizeMembers(db, await Promise.all(ids.map((memberId) => presentMemberId(db, memberId))));
}

async function shown(db: Db, member: Row<'member'>): Promise<z.input<typeof shownMember>> {
  const balance = await memberBalance(db, member.member_id);
  if (!balance) throw new AppError('NOT_FOUND');
  const { manual_tier: tier, manual_ends_at: endsAt } = await tierStanding(db, member.member_id);
  return {
    ...balance,
    tier: member.tier,
    manualTier: tier === null ? null : { tier, endsAt },
    joinedAt: member.joined_at,
    absorbed: (await idsOfPerson(db, member.member_id)).slice(1),
    referralCode: member.referral_code,
    erasedAt: (await findErasure(db, member.member_id))?.erased_at ?? null,
    accounts: (await identitiesOf(db, member.member_id)).map((identity) => ({
      shopId: identity.shop_id,
      customerId: isShownKey(identity.customer_id) ? identity.customer_id : null,
      verified: identity.email_verified === 1,
      company: identity.company_name,
      linkedAt: identity.linked_at,
    })),
  };
}

async function* asLines(parts: AsyncIterable<ExportedPart>): AsyncGenerator<string> {
  for await (const part of parts) yield `${JSON.stringify(part)}\n`;
}

const WRONG_FIELD = { unknown_tier: 'tier', ends_in_past: 'endsAt', unknown_member: 'memberId' } as const;

function refusedTier({ code, details }: Refusal<ManualTierRefusal>): Record<string, unknown> {
  return { fields: [{ field: WRONG_FIELD[code], problem: code }], ...details };
}
