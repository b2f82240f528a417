import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import { addMinutes } from '../domain/instant';
import type { Ids } from '../ids';
import type { Db, Trx } from '../storage/transaction';

export const PAIRING_CODE_MINUTES = 30;
const CODE_BYTES = 16;

/** Makes a one-time code that lets one Magento shop join a programme. Only its hash is kept: the code is shown this once. */
export async function createPairingCode(db: Db, ids: Ids, clock: Clock, programmeId: string): Promise<string> {
  const code = ids.secret(CODE_BYTES);
  const now = clock.now();
  await db
    .insertInto('pairing_code')
    .values({
      code_hash: codeHash(code),
      programme_id: programmeId,
      created_at: now,
      expires_at: addMinutes(now, PAIRING_CODE_MINUTES),
      used_at: null,
      shop_id: null,
    })
    .execute();
  return code;
}

/** Uses up a code; returns its programme, or null when it is unknown, used or expired. Of several at once, one succeeds. */
export async function redeemPairingCode(trx: Trx, code: string, now: string): Promise<string | null> {
  const hash = codeHash(code);
  const redeemed = await trx
    .updateTable('pairing_code')
    .set({ used_at: now })
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (redeemed.numUpdatedRows !== 1n) return null;
  const row = await trx.selectFrom('pairing_code').select('programme_id').where('code_hash', '=', hash).executeTakeFirstOrThrow();
  return row.programme_id;
}

/** Notes which shop a redeemed code connected. */
export async function notePairedShop(trx: Trx, code: string, shopId: string): Promise<void> {
  await trx.updateTable('pairing_code').set({ shop_id: shopId }).where('code_hash', '=', codeHash(code)).execute();
}

/** Deletes codes that expired before an instant. */
export async function purgePairingCodes(db: Db, before: string): Promise<number> {
  const deleted = await db.deleteFrom('pairing_code').where('expires_at', '<', before).executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

function codeHash(code: string): string {
  return createHash('sha256').update(code.trim().toLowerCase()).digest('hex');
}

export async function programmeExists(db: Db, programmeId: string): Promise<boolean> {
  const row = await db.selectFrom('programme').select('programme_id').where('programme_id', '=', programmeId).executeTakeFirst();
  return row !== undefined;
}
