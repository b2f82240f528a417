import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import type { Row } from '../../storage/tables';
import { createApiKey, listApiKeys, revokeApiKey } from '../../stores/api-key-store';
import { endpoint, type Endpoint } from '../endpoint';
import { requireProgramme } from '../existing-programme';
import { afterQuery, instantSchema, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { scopeNames, type Scope } from '../scope';

const newKeySchema = z.strictObject({
  programmeId: storedKey,
  name: z.string().min(1).max(100),
  scopes: z
    .array(z.enum(scopeNames as [Scope, ...Scope[]]))
    .min(1)
    .max(scopeNames.length),
  expiresAt: instantSchema.nullable().default(null),
});

const shownKey = z.strictObject({
  keyId: z.string(),
  programmeId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

const tag = 'API keys';

/** Keys with which integrators use the API of one programme. */
export function apiKeyEndpoints({ db, clock, ids }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/admin/api-keys',
      scope: 'operator',
      tag,
      summary: 'Creates a key; its secret is shown this once.',
      body: newKeySchema,
      answers: { 201: { description: 'The key', body: z.strictObject({ keyId: z.string(), secret: z.string() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ body }) => {
        const now = clock.now();
        await requireProgramme(db, body.programmeId);
        if (body.expiresAt !== null && body.expiresAt <= now) {
          throw new AppError('INVALID_INPUT', { fields: [{ field: 'expiresAt', problem: 'must be in the future' }] });
        }
        return { status: 201, body: await createApiKey(db, ids, body, now), headers: { 'cache-control': 'no-store' } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/api-keys',
      scope: 'operator',
      tag,
      summary: 'Lists keys without their secrets.',
      query: afterQuery,
      answers: {
        200: { description: 'A page', body: z.strictObject({ keys: z.array(shownKey), next: z.string().nullable() }) },
      },
      handle: async ({ query }) => {
        const keys = await listApiKeys(db, query.after, PAGE);
        return { body: { keys: keys.map(shown), next: nextOf(keys, ({ key_id }) => key_id) } };
      },
    }),
    endpoint({
      method: 'delete',
      path: '/admin/api-keys/:keyId',
      scope: 'operator',
      tag,
      summary: 'Revokes a key, at once and for ever.',
      params: z.object({ keyId: storedKey }),
      answers: { 200: { description: 'It is revoked', body: z.strictObject({ keyId: z.string() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { keyId } }) => {
        if (!(await revokeApiKey(db, keyId, clock.now()))) throw new AppError('NOT_FOUND');
        return { body: { keyId } };
      },
    }),
  ];
}

function shown(row: Row<'api_key'>): z.input<typeof shownKey> {
  return {
    keyId: row.key_id,
    programmeId: row.programme_id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as string[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
