import { z } from 'zod';
import { isConsented, PURPOSES } from '../../domain/consent';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { recordConsent } from '../../operations/record-consent';
import type { Db } from '../../storage/transaction';
import { latestConsent, listConsents, type ConsentRecord } from '../../stores/consent-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, instantSchema, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachMember } from '../principal';

const tag = 'Members';
const params = z.object({ memberId: storedKey });
const purpose = z.enum(PURPOSES);

/** How far the clock of who enters it may be ahead. */
const MAX_AHEAD_MS = 5 * 60_000;

const consentSchema = z.strictObject({
  purpose,
  granted: z.boolean(),
  /** When the member said so; absent = now. */
  at: instantSchema.optional(),
  source: z.string().min(1).max(100),
  actor: z.string().min(1).max(100),
  textVersion: z.string().min(1).max(100).nullable().default(null),
});

const presentSchema = z.strictObject({ purpose, granted: z.boolean(), since: z.string().nullable() });
const recordSchema = z.strictObject({
  recordId: z.string(),
  purpose: z.string(),
  granted: z.boolean(),
  at: z.string(),
  recordedAt: z.string(),
  source: z.string(),
  actor: z.string(),
  textVersion: z.string().nullable(),
  decisionId: z.string(),
});

/** What members allow to be told for which purpose. */
export function consentEndpoints(context: OperationContext): Endpoint[] {
  const { db, clock } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/consents',
      scope: 'members:read',
      tag,
      summary: 'What holds for each purpose, and everything the member said, newest first; pass `next` as `after` to go on.',
      params,
      query: afterQuery,
      answers: {
        200: {
          description: 'Who never said anything is told what happened, and nothing for marketing',
          body: z.strictObject({
            present: z.array(presentSchema),
            records: z.array(recordSchema),
            next: z.string().nullable(),
          }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, query, principal }) => {
        await reachMember(db, principal, memberId);
        const records = await listConsents(db, memberId, query.after, PAGE);
        return {
          body: {
            present: await presentConsents(db, memberId),
            records: records.map(shown),
            next: nextOf(records, (record) => record.record_id),
          },
        };
      },
    }),
    endpoint({
      method: 'put',
      path: '/admin/members/:memberId/consents',
      scope: 'members:write',
      tag,
      summary: 'Records that a member consents or no longer does; the same again changes nothing.',
      params,
      body: consentSchema,
      answers: { 200: { description: 'Whether it was new', body: z.strictObject({ changed: z.boolean() }) } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { memberId }, body: { at = clock.now(), ...said }, principal }) => {
        await reachMember(db, principal, memberId);
        if (Date.parse(at) > clock.nowMs() + MAX_AHEAD_MS) {
          throw new AppError('INVALID_INPUT', { fields: [{ field: 'at', problem: 'must not be in the future' }] });
        }
        const recorded = await recordConsent(context, { memberId, at, ...said });
        if (recorded.ok) return { body: recorded.value };
        if (recorded.code === 'unknown_member') throw new AppError('NOT_FOUND', { resource: 'member' });
        throw new AppError('CONFLICT', { reason: recorded.code, ...recorded.details });
      },
    }),
  ];
}

async function presentConsents(db: Db, memberId: string): Promise<z.input<typeof presentSchema>[]> {
  const present: z.input<typeof presentSchema>[] = [];
  for (const one of PURPOSES) {
    const latest = await latestConsent(db, memberId, one);
    present.push({
      purpose: one,
      granted: isConsented(one, latest && latest.granted === 1),
      since: latest?.occurred_at ?? null,
    });
  }
  return present;
}

function shown(record: ConsentRecord): z.input<typeof recordSchema> {
  return {
    recordId: record.record_id,
    purpose: record.purpose,
    granted: record.granted === 1,
    at: record.occurred_at,
    recordedAt: record.recorded_at,
    source: record.source,
    actor: record.actor,
    textVersion: record.text_version,
    decisionId: record.decision_id,
  };
}
