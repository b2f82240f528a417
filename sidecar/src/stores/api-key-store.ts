/** Keys of integrators. Only a hash is kept: 256 random bits need no salt and no slow hash. */
import { createHash } from 'node:crypto';
import type { Ids } from '../ids';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';

const SECRET_BYTES = 32;
/** How stale the day of last use may be, so that reading costs no writing. */
const USE_NOTED_MS = 3_600_000;

export interface NewApiKey {
  readonly programmeId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
}

/** The secret is known to nobody after this. */
export async function createApiKey(db: Db, ids: Ids, key: NewApiKey, now: string): Promise<{ keyId: string; secret: string }> {
  const keyId = ids.next();
  const secret = `loy_${ids.secret(SECRET_BYTES)}`;
  await db
    .insertInto('api_key')
    .values({
      key_id: keyId,
      programme_id: key.programmeId,
      name: key.name,
      secret_hash: hashOf(secret),
      scopes: JSON.stringify(key.scopes),
      created_at: now,
      expires_at: key.expiresAt,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
  return { keyId, secret };
}

/** The key with this secret when it may be used, and notes that it is. */
export async function useApiKey(db: Db, secret: string, now: string): Promise<Row<'api_key'> | null> {
  const key = await db.selectFrom('api_key').selectAll().where('secret_hash', '=', hashOf(secret)).executeTakeFirst();
  if (!key || key.revoked_at !== null || (key.expires_at !== null && key.expires_at <= now)) return null;
  if (key.last_used_at === null || Date.parse(now) - Date.parse(key.last_used_at) >= USE_NOTED_MS) {
    await db.updateTable('api_key').set({ last_used_at: now }).where('key_id', '=', key.key_id).execute();
  }
  return key;
}

export async function listApiKeys(db: Db, after: string, limit: number): Promise<Row<'api_key'>[]> {
  return db.selectFrom('api_key').selectAll().where('key_id', '>', after).orderBy('key_id').limit(limit).execute();
}

/** False when there is none. Revoking again changes nothing. */
export async function revokeApiKey(db: Db, keyId: string, now: string): Promise<boolean> {
  const key = await db.selectFrom('api_key').select('revoked_at').where('key_id', '=', keyId).executeTakeFirst();
  if (!key) return false;
  await db.updateTable('api_key').set({ revoked_at: now }).where('key_id', '=', keyId).where('revoked_at', 'is', null).execute();
  return true;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
