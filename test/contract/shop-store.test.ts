import { randomBytes } from 'node:crypto';
import { createSealer } from '../../sidecar/src/security/sealer';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import {
  acceptedSecrets,
  connectedShop,
  connectShop,
  createPendingShop,
  findShop,
  findShopById,
  listShops,
  pendingSecret,
  rotateShopSecrets,
  saveConfirmation,
  savePendingRegistration,
  setShopStatus,
  type Connection,
  type NewShop,
  type ShopRow,
} from '../../sidecar/src/stores/shop-store';
import { describeEachStorage } from '../support/storages';

const T0 = '2026-03-01T10:00:00.000Z';
const T1 = '2026-03-01T10:00:30.000Z';
const T2 = '2026-03-01T10:01:30.000Z';

const oldKey = { id: 'k1', key: randomBytes(32) };
const sealer = createSealer([oldKey]);

const shop: NewShop = {
  shopId: 'shop-1',
  platform: 'shopware',
  externalShopId: 'AbCdEf',
  programmeId: 'default',
  url: 'https://shop.example',
};

const connection: Connection = {
  secret: 'first-secret',
  url: 'https://shop.example',
  credentials: { apiKey: 'key', secretKey: 'hush' },
  previousValidUntil: T1,
  now: T0,
};

describeEachStorage('shop store', (open) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await open();
  });

  const row = async (): Promise<ShopRow> => {
    const found = await findShopById(storage.db, 'shop-1');
    if (!found) throw new Error('the shop is not there');
    return found;
  };
  const registerAndConfirm = async (secret: string, changes: Partial<Connection> = {}): Promise<void> => {
    await savePendingRegistration(storage.db, sealer, 'shop-1', { secret, url: changes.url ?? shop.url });
    expect(await saveConfirmation(storage.db, sealer, await row(), { ...connection, secret, ...changes })).toBe(true);
  };

  it('stores a pending shop once, with no secret in force', async () => {
    expect(await createPendingShop(storage.db, sealer, shop, 'pending-secret', T0)).toBe(true);
    expect(await createPendingShop(storage.db, sealer, { ...shop, shopId: 'shop-2' }, 'other', T0)).toBe(false);
    const pending = await row();
    expect(pending).toMatchObject({ status: 'pending', signing_secret: null, api_credentials: null, created_at: T0 });
    expect(acceptedSecrets(pending, sealer, T0)).toEqual([]);
    expect(pendingSecret(pending, sealer)).toBe('pending-secret');
    expect(connectedShop(pending, sealer).credentials).toEqual({});
  });

  it('tells platforms and spellings of an id apart', async () => {
    await createPendingShop(storage.db, sealer, shop, 's', T0);
    expect(await createPendingShop(storage.db, sealer, { ...shop, shopId: 'shop-2', externalShopId: 'abcdef' }, 's', T0)).toBe(
      true,
    );
    expect(await createPendingShop(storage.db, sealer, { ...shop, shopId: 'shop-3', platform: 'magento' }, 's', T0)).toBe(true);
    expect((await findShop(storage.db, 'shopware', 'AbCdEf'))?.shop_id).toBe('shop-1');
    expect((await findShop(storage.db, 'magento', 'AbCdEf'))?.shop_id).toBe('shop-3');
    expect(await findShop(storage.db, 'magento', 'abcdef')).toBeUndefined();
  });

  it('puts secret, URL and credentials in force with the confirmation', async () => {
    await createPendingShop(storage.db, sealer, shop, 'first-secret', T0);
    expect(
      await saveConfirmation(storage.db, sealer, await row(), { ...connection, settings: { a: 1 }, appVersion: '1.2' }),
    ).toBe(true);
    const confirmed = await row();
    expect(confirmed).toMatchObject({ status: 'active', pending_signing_secret: null, pending_url: null, app_version: '1.2' });
    expect(connectedShop(confirmed, sealer)).toEqual({
      shopId: 'shop-1',
      platform: 'shopware',
      externalShopId: 'AbCdEf',
      programmeId: 'default',
      url: 'https://shop.example',
      credentials: { apiKey: 'key', secretKey: 'hush' },
      settings: { a: 1 },
    });
    expect(acceptedSecrets(confirmed, sealer, T2)).toEqual(['first-secret']);
  });

  it('keeps what is in force until a new registration is confirmed, then the old secret for its time', async () => {
    await createPendingShop(storage.db, sealer, shop, 'first-secret', T0);
    await saveConfirmation(storage.db, sealer, await row(), connection);
    await savePendingRegistration(storage.db, sealer, 'shop-1', { secret: 'second-secret', url: 'https://new.example' });
    const waiting = await row();
    expect(waiting).toMatchObject({ status: 'active', url: 'https://shop.example', pending_url: 'https://new.example' });
    expect(acceptedSecrets(waiting, sealer, T0)).toEqual(['first-secret']);

    await registerAndConfirm('second-secret', { url: 'https://new.example', previousValidUntil: T1 });
    const rotated = await row();
    expect(rotated.url).toBe('https://new.example');
    expect(acceptedSecrets(rotated, sealer, T0)).toEqual(['second-secret', 'first-secret']);
    expect(acceptedSecrets(rotated, sealer, T1)).toEqual(['second-secret']);

    await registerAndConfirm('third-secret', { previousValidUntil: T2 });
    expect(acceptedSecrets(await row(), sealer, T0)).toEqual(['third-secret', 'second-secret']);
  });

  it('confirms only the registration that was looked at', async () => {
    await createPendingShop(storage.db, sealer, shop, 'first-secret', T0);
    const seen = await row();
    await savePendingRegistration(storage.db, sealer, 'shop-1', { secret: 'second-secret', url: shop.url });
    expect(await saveConfirmation(storage.db, sealer, seen, connection)).toBe(false);
    expect(await row()).toMatchObject({ status: 'pending', signing_secret: null });
    expect(pendingSecret(await row(), sealer)).toBe('second-secret');
  });

  it('connects a shop at once, and the same one again under its first id', async () => {
    const connect = (shopId: string, secret: string): Promise<string> =>
      inTransaction(storage.db, (trx) => connectShop(trx, sealer, { ...shop, shopId }, { ...connection, secret }));
    expect(await connect('shop-1', 'first-secret')).toBe('shop-1');
    expect(await connect('shop-2', 'second-secret')).toBe('shop-1');
    expect(acceptedSecrets(await row(), sealer, T0)).toEqual(['second-secret', 'first-secret']);
    expect(await listShops(storage.db)).toHaveLength(1);
  });

  it('lists by status and programme', async () => {
    await createPendingShop(storage.db, sealer, shop, 's', T0);
    await createPendingShop(
      storage.db,
      sealer,
      { ...shop, shopId: 'shop-2', externalShopId: 'x', programmeId: 'other' },
      's',
      T1,
    );
    expect(await setShopStatus(storage.db, 'shop-2', 'active', T2)).toBe(true);
    expect(await setShopStatus(storage.db, 'shop-9', 'active', T2)).toBe(false);
    const listed = async (filter?: Parameters<typeof listShops>[1]): Promise<string[]> =>
      (await listShops(storage.db, filter)).map(({ shop_id }) => shop_id);
    expect(await listed()).toEqual(['shop-1', 'shop-2']);
    expect(await listed({ status: 'active' })).toEqual(['shop-2']);
    expect(await listed({ programmeId: 'default' })).toEqual(['shop-1']);
    expect(await listed({ status: 'active', programmeId: 'default' })).toEqual([]);
  });

  it('holds no secret readable, and none that opens in another place', async () => {
    await createPendingShop(storage.db, sealer, shop, 'first-secret', T0);
    await saveConfirmation(storage.db, sealer, await row(), connection);
    await registerAndConfirm('second-secret');
    await savePendingRegistration(storage.db, sealer, 'shop-1', { secret: 'third-secret', url: shop.url });
    const stored = await row();
    expect(JSON.stringify(stored)).not.toMatch(/-secret"|hush/);
    expect(() => acceptedSecrets({ ...stored, signing_secret: stored.pending_signing_secret }, sealer, T0)).toThrow();
    expect(() => acceptedSecrets({ ...stored, shop_id: 'shop-2' }, sealer, T0)).toThrow();
  });

  it('seals everything anew after a change of the key', async () => {
    await createPendingShop(storage.db, sealer, shop, 'first-secret', T0);
    await saveConfirmation(storage.db, sealer, await row(), connection);
    await registerAndConfirm('second-secret');
    await savePendingRegistration(storage.db, sealer, 'shop-1', { secret: 'third-secret', url: shop.url });
    const newKey = { id: 'k2', key: randomBytes(32) };
    expect(await rotateShopSecrets(storage.db, createSealer([newKey, oldKey]))).toBe(4);
    expect(await rotateShopSecrets(storage.db, createSealer([newKey, oldKey]))).toBe(0);
    const withoutOldKey = createSealer([newKey]);
    const rotated = await row();
    expect(acceptedSecrets(rotated, withoutOldKey, T0)).toEqual(['second-secret', 'first-secret']);
    expect(pendingSecret(rotated, withoutOldKey)).toBe('third-secret');
    expect(connectedShop(rotated, withoutOldKey).credentials).toEqual({ apiKey: 'key', secretKey: 'hush' });
  });
});
