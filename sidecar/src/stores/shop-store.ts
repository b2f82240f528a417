import { CHANNELS, type Installed } from '../domain/shop-branch';
import type { ConnectedShop, PlatformName } from '../platform/platform';
import type { Sealer } from '../security/sealer';
import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

export type ShopRow = Row<'shop'>;
export type ShopStatus = ShopRow['status'];

export type ShopSettingsChange = Readonly<Record<string, unknown>>;

/** A shop that is being left speaks and is answered as before; it only gets nothing new. */
export function isConnected(status: ShopStatus): boolean {
  return status === 'active' || status === 'leaving';
}

const SEALED_COLUMNS = ['signing_secret', 'previous_signing_secret', 'pending_signing_secret', 'api_credentials'] as const;
type SealedColumn = (typeof SEALED_COLUMNS)[number];

/** Binds a sealed text to its row and column, so that it cannot be moved to another. */
function sealContext(shopId: string, column: SealedColumn): string {
  return `${shopId}/${column}`;
}

export async function findShop(db: Db, platform: PlatformName, externalShopId: string): Promise<ShopRow | undefined> {
  return db
    .selectFrom('shop')
    .selectAll()
    .where('platform', '=', platform)
    .where('external_shop_id', '=', externalShopId)
    .executeTakeFirst();
}

export async function findShopById(db: Db, shopId: string): Promise<ShopRow | undefined> {
  return db.selectFrom('shop').selectAll().where('shop_id', '=', shopId).executeTakeFirst();
}

export interface ShopFilter {
  readonly status?: ShopStatus;
  readonly programmeId?: string;
}

/** Shops in the order they joined. */
export async function listShops(db: Db, filter: ShopFilter = {}): Promise<ShopRow[]> {
  let query = db.selectFrom('shop').selectAll().orderBy('created_at').orderBy('shop_id');
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.programmeId !== undefined) query = query.where('programme_id', '=', filter.programmeId);
  return query.execute();
}

export interface NewShop {
  readonly shopId: string;
  readonly platform: PlatformName;
  readonly externalShopId: string;
  readonly programmeId: string;
  readonly url: string;
}

export interface PendingRegistration {
  readonly secret: string;
  readonly url: string;
}

/** Shops of a programme that what changes is shown in. */
export async function activeShopIds(db: Db, programmeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('shop')
    .select('shop_id')
    .where('programme_id', '=', programmeId)
    .where('status', '=', 'active')
    .orderBy('shop_id')
    .execute();
  return rows.map((row) => row.shop_id);
}

/** Stores a shop that has yet to confirm; false when it is known already. */
export async function createPendingShop(
  db: Db,
  sealer: Sealer,
  shop: NewShop,
  pendingSecret: string,
  now: string,
): Promise<boolean> {
  return insertOnce(db, 'shop', {
    ...emptyShop(shop, now),
    pending_signing_secret: sealer.seal(pendingSecret, sealContext(shop.shopId, 'pending_signing_secret')),
    pending_url: shop.url,
  });
}

function emptyShop(shop: NewShop, now: string): ShopRow {
  return {
    shop_id: shop.shopId,
    platform: shop.platform,
    external_shop_id: shop.externalShopId,
    programme_id: shop.programmeId,
    url: shop.url,
    status: 'pending',
    signing_secret: null,
    previous_signing_secret: null,
    previous_valid_until: null,
    pending_signing_secret: null,
    pending_url: null,
    api_credentials: null,
    settings: '{}',
    app_version: null,
    created_at: now,
    updated_at: now,
    branch_of: null,
    branch_until: null,
  };
}

/** Remembers what a known shop must confirm; what is in force stays in force until then. */
export async function savePendingRegistration(
  db: Db,
  sealer: Sealer,
  shopId: string,
  pending: PendingRegistration,
): Promise<void> {
  await db
    .updateTable('shop')
    .set({
      pending_signing_secret: sealer.seal(pending.secret, sealContext(shopId, 'pending_signing_secret')),
      pending_url: pending.url,
    })
    .where('shop_id', '=', shopId)
    .execute();
}

/** The secret a registration waits to be confirmed with; null when none does. */
export function pendingSecret(row: ShopRow, sealer: Sealer): string | null {
  return openColumn(row, 'pending_signing_secret', sealer);
}

export interface Connection {
  readonly secret: string;
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly appVersion?: string;
  /** Until when webhooks signed with the secret replaced now are still accepted. */
  readonly previousValidUntil: string;
  readonly now: string;
}

/**
 * Makes the confirmed secret, URL and credentials the ones in force. False when the shop registered once more meanwhile:
 * then the later registration has to be confirmed.
 */
export async function saveConfirmation(db: Db, sealer: Sealer, row: ShopRow, connection: Connection): Promise<boolean> {
  const updated = await db
    .updateTable('shop')
    .set(connected(row, connection, sealer))
    .where('shop_id', '=', row.shop_id)
    .where('pending_signing_secret', '=', row.pending_signing_secret)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/**
 * Connects a shop, new or known, without a confirmation step: the pairing code has proven who asks. Returns its id, which
 * is not the proposed one when the shop was known.
 */
export async function connectShop(trx: Trx, sealer: Sealer, shop: NewShop, connection: Connection): Promise<string> {
  await insertOnce(trx, 'shop', emptyShop(shop, connection.now));
  const row = await findShop(trx, shop.platform, shop.externalShopId);
  if (!row) throw new Error('a shop vanished while it was connected');
  await trx
    .updateTable('shop')
    .set(connected(row, connection, sealer))
    .where('shop_id', '=', row.shop_id)
    .execute();
  return row.shop_id;
}

function connected(row: ShopRow, connection: Connection, sealer: Sealer): Partial<ShopRow> {
  const replaced = openColumn(row, 'signing_secret', sealer);
  return {
    status: 'active',
    url: connection.url,
    signing_secret: sealer.seal(connection.secret, sealContext(row.shop_id, 'signing_secret')),
    previous_signing_secret:
      replaced === null ? null : sealer.seal(replaced, sealContext(row.shop_id, 'previous_signing_secret')),
    previous_valid_until: replaced === null ? null : connection.previousValidUntil,
    pending_signing_secret: null,
    pending_url: null,
    api_credentials: sealer.seal(JSON.stringify(connection.credentials), sealContext(row.shop_id, 'api_credentials')),
    ...(connection.settings === undefined ? {} : { settings: mergedSettings(row, connection.settings) }),
    ...(connection.appVersion === undefined ? {} : { app_version: connection.appVersion }),
    updated_at: connection.now,
  };
}

export async function setShopStatus(db: Db, shopId: string, status: ShopStatus, now: string): Promise<boolean> {
  const updated = await db.updateTable('shop').set({ status, updated_at: now }).where('shop_id', '=', shopId).executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Replaces the given settings and leaves the others; null takes one back. False for an unknown shop. */
export async function changeSettings(trx: Trx, shopId: string, change: ShopSettingsChange, now: string): Promise<boolean> {
  const row = await findShopById(trx, shopId);
  if (!row) return false;
  await trx
    .updateTable('shop')
    .set({ settings: mergedSettings(row, change), updated_at: now })
    .where('shop_id', '=', shopId)
    .execute();
  return true;
}

function mergedSettings(row: ShopRow, change: ShopSettingsChange): string {
  const merged = { ...(JSON.parse(row.settings) as Record<string, unknown>), ...change };
  return JSON.stringify(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)));
}

/** What tells the parts of a shop. */
export function installedShop(row: ShopRow): Installed {
  return {
    shopId: row.shop_id,
    programmeId: row.programme_id,
    settings: JSON.parse(row.settings) as Record<string, unknown>,
  };
}

/** A branch speaks with the keys of its installation, at its address. */
export async function openShop(db: Db, row: ShopRow, sealer: Sealer): Promise<ConnectedShop> {
  const shop = connectedShop(row, sealer);
  const installation = row.branch_of === null ? undefined : await findShopById(db, row.branch_of);
  if (!installation) return shop;
  const { credentials, url } = connectedShop(installation, sealer);
  return { ...shop, credentials, url };
}

/** The branches of an installation that have sales channels. */
export async function branchRows(db: Db, shopId: string): Promise<ShopRow[]> {
  return db
    .selectFrom('shop')
    .selectAll()
    .where('branch_of', '=', shopId)
    .where('branch_until', 'is', null)
    .orderBy('shop_id')
    .execute();
}

/** Branches are connected when their installation is. */
export async function setBranchStatus(db: Db, shopId: string, status: ShopStatus, now: string): Promise<void> {
  await db
    .updateTable('shop')
    .set({ status, updated_at: now })
    .where('branch_of', '=', shopId)
    .where('branch_until', 'is', null)
    .execute();
}

/** False when the programme has a branch of the installation already. */
export async function insertBranch(trx: Trx, shop: NewShop, installation: ShopRow, now: string): Promise<boolean> {
  return insertOnce(trx, 'shop', {
    ...emptyShop(shop, now),
    status: installation.status,
    branch_of: installation.shop_id,
    app_version: installation.app_version,
  });
}

/** Gives a branch its sales channels; none ends it. */
export async function setBranchChannels(
  trx: Trx,
  branch: ShopRow,
  installation: ShopRow,
  channelIds: readonly string[],
  now: string,
): Promise<void> {
  await trx
    .updateTable('shop')
    .set({
      settings: mergedSettings(branch, { [CHANNELS]: channelIds }),
      status: installation.status,
      branch_until: channelIds.length === 0 ? now : null,
      updated_at: now,
    })
    .where('shop_id', '=', branch.shop_id)
    .execute();
}

/** The shop as a platform needs it, with its credentials opened; of a branch without any, see `openShop`. */
export function connectedShop(row: ShopRow, sealer: Sealer): ConnectedShop {
  const credentials = openColumn(row, 'api_credentials', sealer);
  return {
    shopId: row.shop_id,
    platform: row.platform,
    externalShopId: row.external_shop_id,
    programmeId: row.programme_id,
    url: row.url,
    credentials: credentials === null ? {} : (JSON.parse(credentials) as Record<string, string>),
    settings: JSON.parse(row.settings) as Record<string, unknown>,
    ...(row.status === 'leaving' ? { isLeaving: true } : {}),
  };
}

export interface OpenedSecret {
  readonly secret: string;
  /** Null = for as long as it is the shop's present secret. */
  readonly validUntil: string | null;
}

/** The secrets of a shop, the active one first. */
export function openedSecrets(row: ShopRow, sealer: Sealer): OpenedSecret[] {
  const active = openColumn(row, 'signing_secret', sealer);
  const previous = openColumn(row, 'previous_signing_secret', sealer);
  return [
    ...(active === null ? [] : [{ secret: active, validUntil: null }]),
    ...(previous === null || row.previous_valid_until === null
      ? []
      : [{ secret: previous, validUntil: row.previous_valid_until }]),
  ];
}

/** Those of a shop's secrets that may sign at this instant. */
export function secretsValidAt(secrets: readonly OpenedSecret[], now: string): string[] {
  return secrets.filter(({ validUntil }) => validUntil === null || validUntil > now).map(({ secret }) => secret);
}

export function acceptedSecrets(row: ShopRow, sealer: Sealer, now: string): string[] {
  return secretsValidAt(openedSecrets(row, sealer), now);
}

function openColumn(row: ShopRow, column: SealedColumn, sealer: Sealer): string | null {
  const sealed = row[column];
  return sealed === null ? null : sealer.open(sealed, sealContext(row.shop_id, column));
}

/** Seals every secret that an older key sealed with the present one; returns how many. Safe to run beside everything else. */
export async function rotateShopSecrets(db: Db, sealer: Sealer): Promise<number> {
  let rotated = 0;
  for (const row of await listShops(db)) {
    for (const column of SEALED_COLUMNS) {
      const sealed = row[column];
      if (sealed === null || !sealer.needsRotation(sealed)) continue;
      const context = sealContext(row.shop_id, column);
      const updated = await db
        .updateTable('shop')
        .set({ [column]: sealer.seal(sealer.open(sealed, context), context) })
        .where('shop_id', '=', row.shop_id)
        .where(column, '=', sealed)
        .executeTakeFirst();
      rotated += Number(updated.numUpdatedRows);
    }
  }
  return rotated;
}
