/**
 * What each shop should show, one row a resource. Level-triggered: a row says what should be, never what to do, so any
 * number of changes before a push cost one push.
 *
 * `acknowledged_hash` is what the shop is known to show. Claiming a row for a push clears it, because from then until
 * the answer nobody knows; a state that returns to an earlier one is therefore still pushed. An answer that comes after
 * its lease was lost makes the row unknown again, since the late push may have replaced a newer one.
 */
import { sql } from 'kysely';
import type { DesiredResourceType } from '../domain/mirror';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { inTransaction, insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export interface DesiredInput {
  readonly shopId: string;
  readonly type: DesiredResourceType;
  readonly id: string;
  /** Plain JSON; `null` = the resource should be gone. */
  readonly state: unknown;
}

export interface DesiredRow {
  readonly resourceId: string;
  /** Canonical JSON. */
  readonly desired: string;
  readonly desiredHash: string;
  readonly attempts: number;
}

/** Rows of one shop and type, leased under a token that no other claim has. */
export interface DesiredClaim {
  readonly token: string;
  readonly shopId: string;
  readonly type: DesiredResourceType;
  readonly rows: readonly DesiredRow[];
}

export interface ClaimRequest {
  readonly token: string;
  readonly shopId: string;
  readonly type: DesiredResourceType;
  /** Only resources that should be gone, or only those that should be there. */
  readonly gone: boolean;
  readonly now: string;
  readonly leaseUntil: string;
  readonly limit: number;
}

export interface PushFailure {
  readonly row: DesiredRow;
  readonly error: string;
  /** Null = dead letter. */
  readonly retryAt: string | null;
}

export interface DeadLetterFilter {
  readonly shopId?: string;
  readonly type?: DesiredResourceType;
  readonly id?: string;
  /** Only rows that died while their shop was unavailable. */
  readonly outageOnly?: boolean;
}

/** Starts `last_error` of rows that failed because the whole shop did. */
export const OUTAGE_PREFIX = 'shop unavailable: ';

/** Hash of the state `null`: the resource should be gone. */
export const GONE_HASH = sha256Hex(canonicalJson(null));

/** States what the shop should show; returns whether that is new. A resource never shown needs no removal. */
export async function setDesired(trx: Trx, input: DesiredInput, now: string): Promise<boolean> {
  const desired = canonicalJson(input.state);
  const hash = sha256Hex(desired);
  if (await updateDesired(trx, input, desired, hash, now)) return true;
  const known = (await desiredHashes(trx, input.shopId, input.type, [input.id])).get(input.id);
  if (known === hash) return false;
  if (known === undefined) {
    if (hash === GONE_HASH) return false;
    if (await insertOnce(trx, 'desired_state', freshRow(input, desired, hash, now))) return true;
  }
  // Another transaction made the row meanwhile; the last one to speak is right.
  return updateDesired(trx, input, desired, hash, now);
}

/** The same for many resources of one shop and type: unchanged ones cost one read a call. Returns how many are new. */
export async function setDesiredMany(
  trx: Trx,
  shopId: string,
  type: DesiredResourceType,
  resources: readonly { readonly id: string; readonly state: unknown }[],
  now: string,
): Promise<number> {
  return (await setDesiredChanged(trx, shopId, type, resources, now)).length;
}

/** The same; returns the ids of those that changed. */
export async function setDesiredChanged(
  trx: Trx,
  shopId: string,
  type: DesiredResourceType,
  resources: readonly { readonly id: string; readonly state: unknown }[],
  now: string,
): Promise<string[]> {
  const known = await desiredHashes(
    trx,
    shopId,
    type,
    resources.map((resource) => resource.id),
  );
  const changed: string[] = [];
  for (const { id, state } of resources) {
    const hash = known.get(id);
    if (hash === sha256Hex(canonicalJson(state)) || (hash === undefined && state === null)) continue;
    if (await setDesired(trx, { shopId, type, id, state }, now)) changed.push(id);
  }
  return changed;
}

/** A resource that is told once and never changes; the same id again changes nothing. */
export async function addDesired(trx: Trx, input: DesiredInput, now: string): Promise<void> {
  const desired = canonicalJson(input.state);
  await insertOnce(trx, 'desired_state', freshRow(input, desired, sha256Hex(desired), now));
}

/** What was to be told to a customer is not told any more. */
export async function forgetNotices(trx: Trx, shopId: string, customerId: string): Promise<void> {
  await trx
    .deleteFrom('desired_state')
    .where('shop_id', '=', shopId)
    .where('resource_type', '=', 'notice')
    .where(sql<boolean>`instr(desired, ${`"customerId":${JSON.stringify(customerId)}`}) > 0`)
    .execute();
}

/** Shops that should show a resource now. */
export async function shopsDesiring(db: Db, type: DesiredResourceType, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('desired_state')
    .select('shop_id')
    .where('resource_type', '=', type)
    .where('resource_id', '=', id)
    .where('desired_hash', '!=', GONE_HASH)
    .orderBy('shop_id')
    .execute();
  return rows.map((row) => row.shop_id);
}

/** Forgets what was told before an instant. Returns how many. */
export async function purgeTold(db: Db, type: DesiredResourceType, before: string): Promise<number> {
  const deleted = await db
    .deleteFrom('desired_state')
    .where('resource_type', '=', type)
    .where('dirty', '=', 0)
    .where('updated_at', '<', before)
    .executeTakeFirst();
  return toInteger(deleted.numDeletedRows);
}

/** Up to `limit` resources of a type should be gone from now on; returns how many it were. */
export async function withdrawDesired(trx: Trx, shopId: string, type: DesiredResourceType, limit: number, now: string) {
  const ids = (await desiredIds(trx, shopId, type, limit)).map((id) => ({ id, state: null }));
  return ids.length === 0 ? 0 : setDesiredMany(trx, shopId, type, ids, now);
}

/** The shop lost what it was known to show: it is shown again. A row that waits for its push anyway stays as it is. */
export async function showAgain(trx: Trx, shopId: string, type: DesiredResourceType, id: string, now: string): Promise<void> {
  await shown(trx, shopId, now).where('resource_type', '=', type).where('resource_id', '=', id).execute();
}

function shown(trx: Trx, shopId: string, now: string) {
  return trx
    .updateTable('desired_state')
    .set({ acknowledged_hash: null, dirty: 1, next_attempt_at: now })
    .where('shop_id', '=', shopId)
    .where('dirty', '=', 0)
    .where('desired_hash', '!=', GONE_HASH);
}

/** As `showAgain`, for all resources of these types. */
export async function showLostAgain(trx: Trx, shopId: string, types: readonly DesiredResourceType[], now: string): Promise<void> {
  await shown(trx, shopId, now).where('resource_type', 'in', types).execute();
}

/** Something all resources of these types depend on changed: each is shown again, also those that were given up. */
export async function showAllAgain(trx: Trx, shopId: string, types: readonly DesiredResourceType[], now: string): Promise<void> {
  await trx
    .updateTable('desired_state')
    .set({ acknowledged_hash: null, dirty: 1, dead: 0, attempts: 0, next_attempt_at: now })
    .where('shop_id', '=', shopId)
    .where('resource_type', 'in', types)
    .where('desired_hash', '!=', GONE_HASH)
    .execute();
}

/** How many resources the shop still has to give up. */
export async function removalsLeft(db: Db, shopId: string): Promise<number> {
  const row = await db
    .selectFrom('desired_state')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('shop_id', '=', shopId)
    .where('dirty', '=', 1)
    .where('desired_hash', '=', GONE_HASH)
    .executeTakeFirst();
  return toInteger(row?.count);
}

/** Ids of a type that the shop should show now. */
export async function desiredIds(db: Db, shopId: string, type: DesiredResourceType, limit?: number): Promise<string[]> {
  let query = db
    .selectFrom('desired_state')
    .select('resource_id')
    .where('shop_id', '=', shopId)
    .where('resource_type', '=', type)
    .where('desired_hash', '!=', GONE_HASH)
    .orderBy('resource_id');
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.execute();
  return rows.map((row) => row.resource_id);
}

/** What the shop should show of a resource; null = nothing. */
export async function readDesired<State>(db: Db, shopId: string, type: DesiredResourceType, id: string): Promise<State | null> {
  const row = await db
    .selectFrom('desired_state')
    .select('desired')
    .where('shop_id', '=', shopId)
    .where('resource_type', '=', type)
    .where('resource_id', '=', id)
    .executeTakeFirst();
  return row ? (JSON.parse(row.desired) as State | null) : null;
}

/** Whether the shop should show a resource now. */
export async function isDesired(db: Db, shopId: string, type: DesiredResourceType, id: string): Promise<boolean> {
  const hash = (await desiredHashes(db, shopId, type, [id])).get(id);
  return hash !== undefined && hash !== GONE_HASH;
}

/** Customers of a shop whose member it does not show, in the order of their ids. */
export async function membersNotShown(
  db: Db,
  shopId: string,
  after: string,
  limit: number,
): Promise<{ readonly customerId: string; readonly memberId: string }[]> {
  const rows = await db
    .selectFrom('member_identity')
    .leftJoin('desired_state', (join) =>
      join
        .onRef('desired_state.shop_id', '=', 'member_identity.shop_id')
        .on('desired_state.resource_type', '=', 'member')
        .onRef('desired_state.resource_id', '=', 'member_identity.customer_id'),
    )
    .select(['customer_id', 'member_id'])
    .where('member_identity.shop_id', '=', shopId)
    .where('customer_id', '>', after)
    .where((eb) => eb.or([eb('desired_hash', 'is', null), eb('desired_hash', '=', GONE_HASH)]))
    .orderBy('customer_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ customerId: row.customer_id, memberId: row.member_id }));
}

/** Active and leaving shops that have rows to push now. */
export async function dueShops(db: Db, now: string, except: readonly string[], limit: number): Promise<string[]> {
  let query = db
    .selectFrom('desired_state')
    .innerJoin('shop', 'shop.shop_id', 'desired_state.shop_id')
    .select('desired_state.shop_id')
    .distinct()
    .where('shop.status', 'in', ['active', 'leaving'])
    .where('dirty', '=', 1)
    .where('dead', '=', 0)
    .where('next_attempt_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]));
  if (except.length > 0) query = query.where('desired_state.shop_id', 'not in', except);
  const rows = await query.orderBy('desired_state.shop_id').limit(limit).execute();
  return rows.map((row) => row.shop_id);
}

/**
 * Whether a resource of this type is still on its way to the shop, due or not; dead letters are not.
 * @param withGone counts those that the shop is to give up as well
 */
export async function isTypePending(db: Db, shopId: string, type: DesiredResourceType, withGone: boolean): Promise<boolean> {
  let query = db
    .selectFrom('desired_state')
    .select('resource_id')
    .where('shop_id', '=', shopId)
    .where('resource_type', '=', type)
    .where('dirty', '=', 1)
    .where('dead', '=', 0);
  if (!withGone) query = query.where('desired_hash', '!=', GONE_HASH);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** Leases due rows, oldest first. Two claims never hold the same row at once. */
export async function claimDirty(db: Db, request: ClaimRequest): Promise<DesiredClaim> {
  const { token, shopId, type, now } = request;
  const rows = await inTransaction(db, async (trx) => {
    const due = await trx
      .selectFrom('desired_state')
      .select('resource_id')
      .where('shop_id', '=', shopId)
      .where('resource_type', '=', type)
      .where('dirty', '=', 1)
      .where('dead', '=', 0)
      .where('next_attempt_at', '<=', now)
      .where('desired_hash', request.gone ? '=' : '!=', GONE_HASH)
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .orderBy('next_attempt_at')
      .orderBy('resource_id')
      .limit(request.limit)
      .execute();
    if (due.length === 0) return [];
    const ids = due.map((row) => row.resource_id);
    await trx
      .updateTable('desired_state')
      .set({ lease_owner: token, lease_until: request.leaseUntil, acknowledged_hash: null })
      .where('shop_id', '=', shopId)
      .where('resource_type', '=', type)
      .where('resource_id', 'in', ids)
      .where('dirty', '=', 1)
      .where('dead', '=', 0)
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .execute();
    return trx
      .selectFrom('desired_state')
      .select(['resource_id', 'desired', 'desired_hash', 'attempts'])
      .where('shop_id', '=', shopId)
      .where('resource_type', '=', type)
      .where('resource_id', 'in', ids)
      .where('lease_owner', '=', token)
      .orderBy('resource_id')
      .execute();
  });
  return {
    token,
    shopId,
    type,
    rows: rows.map((row) => ({
      resourceId: row.resource_id,
      desired: row.desired,
      desiredHash: row.desired_hash,
      attempts: row.attempts,
    })),
  };
}

/** The shop took these rows. Those that changed since the claim stay dirty and are due at once. */
export async function acknowledge(trx: Trx, claim: DesiredClaim, pushed: readonly DesiredRow[], now: string): Promise<void> {
  if (pushed.length === 0) return;
  const ids = pushed.map((row) => row.resourceId);
  await markUnknown(trx, claim, ids, now);
  await leased(trx, claim)
    .set((eb) => ({
      acknowledged_hash: eb.ref('desired_hash'),
      dirty: 0,
      attempts: 0,
      last_error: null,
      lease_owner: null,
      lease_until: null,
    }))
    .where((eb) =>
      eb.or(pushed.map((row) => eb.and([eb('resource_id', '=', row.resourceId), eb('desired_hash', '=', row.desiredHash)]))),
    )
    .execute();
  await leased(trx, claim)
    .set({ lease_owner: null, lease_until: null, next_attempt_at: now })
    .where('resource_id', 'in', ids)
    .execute();
}

/** The shop did not take these rows. One that changed since the claim starts anew, but not before the retry is due. */
export async function recordFailures(
  trx: Trx,
  claim: DesiredClaim,
  failures: readonly PushFailure[],
  now: string,
): Promise<void> {
  if (failures.length === 0) return;
  const ids = failures.map((failure) => failure.row.resourceId);
  await markUnknown(trx, claim, ids, now);
  for (const { row, error, retryAt } of failures) {
    const released = { lease_owner: null, lease_until: null, last_error: error, next_attempt_at: retryAt ?? now };
    const failed = await leased(trx, claim)
      .set({ ...released, attempts: row.attempts + 1, dead: retryAt === null ? 1 : 0 })
      .where('resource_id', '=', row.resourceId)
      .where('desired_hash', '=', row.desiredHash)
      .executeTakeFirst();
    if (failed.numUpdatedRows === 0n) {
      await leased(trx, claim).set(released).where('resource_id', '=', row.resourceId).execute();
    }
  }
}

/** Makes dead letters due again; returns how many. */
export async function replayDead(db: Db, filter: DeadLetterFilter, now: string): Promise<number> {
  let query = db
    .updateTable('desired_state')
    .set({ dead: 0, attempts: 0, next_attempt_at: now })
    .where('dirty', '=', 1)
    .where('dead', '=', 1);
  if (filter.shopId !== undefined) query = query.where('shop_id', '=', filter.shopId);
  if (filter.type !== undefined) query = query.where('resource_type', '=', filter.type);
  if (filter.id !== undefined) query = query.where('resource_id', '=', filter.id);
  if (filter.outageOnly === true) query = query.where('last_error', 'like', `${OUTAGE_PREFIX}%`);
  const updated = await query.executeTakeFirst();
  return Number(updated.numUpdatedRows);
}

export interface DesiredCount {
  readonly shopId: string;
  readonly type: string;
  /** Still on their way. */
  readonly waiting: number;
  readonly dead: number;
  /** When the oldest of them was last changed. */
  readonly oldestChangeAt: string;
}

/** What has not reached its shop, by shop and type; for health and metrics. */
export async function counts(db: Db): Promise<DesiredCount[]> {
  const rows = await db
    .selectFrom('desired_state')
    .select((eb) => [
      'shop_id',
      'resource_type',
      eb.fn.countAll().as('total'),
      eb.fn.sum('dead').as('dead'),
      eb.fn.min('updated_at').as('oldest'),
    ])
    .where('dirty', '=', 1)
    .groupBy(['shop_id', 'resource_type'])
    .orderBy('shop_id')
    .orderBy('resource_type')
    .execute();
  return rows.map((row) => {
    const dead = toInteger(row.dead);
    return {
      shopId: row.shop_id,
      type: row.resource_type,
      waiting: toInteger(row.total) - dead,
      dead,
      oldestChangeAt: row.oldest,
    };
  });
}

export interface DeadLetter {
  readonly shopId: string;
  readonly type: string;
  readonly id: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly updatedAt: string;
}

/** Rows given up on, for people to look at. */
export async function deadLetters(db: Db, shopId: string | null, limit: number): Promise<DeadLetter[]> {
  let query = db.selectFrom('desired_state').selectAll().where('dirty', '=', 1).where('dead', '=', 1);
  if (shopId !== null) query = query.where('shop_id', '=', shopId);
  const rows = await query.orderBy('shop_id').orderBy('resource_type').orderBy('resource_id').limit(limit).execute();
  return rows.map((row) => ({
    shopId: row.shop_id,
    type: row.resource_type,
    id: row.resource_id,
    attempts: row.attempts,
    lastError: row.last_error,
    updatedAt: row.updated_at,
  }));
}

/** Forgets resources that are gone from the shop since before an instant; returns how many. */
export async function purgeGone(db: Db, before: string, types?: readonly DesiredResourceType[]): Promise<number> {
  let query = db
    .deleteFrom('desired_state')
    .where('dirty', '=', 0)
    .where('dead', '=', 0)
    .where('desired_hash', '=', GONE_HASH)
    .where('updated_at', '<', before);
  if (types) query = query.where('resource_type', 'in', types);
  const deleted = await query.executeTakeFirst();
  return toInteger(deleted.numDeletedRows);
}

async function updateDesired(trx: Trx, input: DesiredInput, desired: string, hash: string, now: string): Promise<boolean> {
  const updated = await trx
    .updateTable('desired_state')
    .set({
      desired,
      desired_hash: hash,
      dirty: sql<number>`case when acknowledged_hash = ${hash} then 0 else 1 end`,
      dead: 0,
      attempts: 0,
      next_attempt_at: now,
      updated_at: now,
    })
    .where('shop_id', '=', input.shopId)
    .where('resource_type', '=', input.type)
    .where('resource_id', '=', input.id)
    .where('desired_hash', '!=', hash)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

async function desiredHashes(
  db: Db,
  shopId: string,
  type: DesiredResourceType,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('desired_state')
    .select(['resource_id', 'desired_hash'])
    .where('shop_id', '=', shopId)
    .where('resource_type', '=', type)
    .where('resource_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.resource_id, row.desired_hash]));
}

function freshRow(input: DesiredInput, desired: string, hash: string, now: string) {
  return {
    shop_id: input.shopId,
    resource_type: input.type,
    resource_id: input.id,
    desired,
    desired_hash: hash,
    acknowledged_hash: null,
    dirty: 1,
    dead: 0,
    attempts: 0,
    next_attempt_at: now,
    lease_owner: null,
    lease_until: null,
    last_error: null,
    updated_at: now,
  };
}

function leased(db: Db, claim: DesiredClaim) {
  return db
    .updateTable('desired_state')
    .where('shop_id', '=', claim.shopId)
    .where('resource_type', '=', claim.type)
    .where('lease_owner', '=', claim.token);
}

/** Rows whose lease was lost before the answer came: what the shop shows now is anybody's guess. */
async function markUnknown(trx: Trx, claim: DesiredClaim, ids: readonly string[], now: string): Promise<void> {
  await trx
    .updateTable('desired_state')
    .set({ acknowledged_hash: null, dirty: 1, lease_owner: null, lease_until: null, next_attempt_at: now })
    .where('shop_id', '=', claim.shopId)
    .where('resource_type', '=', claim.type)
    .where('resource_id', 'in', ids)
    .where((eb) => eb.or([eb('lease_owner', 'is', null), eb('lease_owner', '!=', claim.token)]))
    .execute();
}
