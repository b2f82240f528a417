import { ManualClock } from '../../sidecar/src/clock';
import { systemIds } from '../../sidecar/src/ids';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import {
  createPairingCode,
  notePairedShop,
  programmeExists,
  purgePairingCodes,
  redeemPairingCode,
} from '../../sidecar/src/stores/pairing-store';
import { describeEachStorage } from '../support/storages';

const MINUTE_MS = 60_000;

describeEachStorage('pairing store', (open) => {
  let storage: Storage;
  let clock: ManualClock;
  beforeEach(async () => {
    storage = await open();
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  });

  const create = (): Promise<string> => createPairingCode(storage.db, systemIds, clock, 'default');
  const redeem = (code: string): Promise<string | null> =>
    inTransaction(storage.db, (trx) => redeemPairingCode(trx, code, clock.now()));

  it('redeems a code once, however it is typed', async () => {
    const code = await create();
    expect(await redeem(` ${code.toUpperCase()} `)).toBe('default');
    expect(await redeem(code)).toBeNull();
  });

  it('keeps only a hash of the code', async () => {
    const code = await create();
    expect(JSON.stringify(await storage.db.selectFrom('pairing_code').selectAll().execute())).not.toContain(code);
  });

  it('refuses unknown codes', async () => {
    await create();
    for (const code of ['', 'x', 'ü', "' or 1=1", systemIds.secret(16)]) expect(await redeem(code)).toBeNull();
  });

  it('lets a code expire after half an hour', async () => {
    const [early, late] = [await create(), await create()];
    clock.advance(30 * MINUTE_MS - 1);
    expect(await redeem(early)).toBe('default');
    clock.advance(1);
    expect(await redeem(late)).toBeNull();
  });

  it('gives a code to one of many who redeem it at once', async () => {
    const code = await create();
    const redeemed = await Promise.all(Array.from({ length: 10 }, () => redeem(code)));
    expect(redeemed.filter((programmeId) => programmeId === 'default')).toHaveLength(1);
  });

  it('leaves a code unused when what it was for failed', async () => {
    const code = await create();
    const failing = inTransaction(storage.db, async (trx) => {
      await redeemPairingCode(trx, code, clock.now());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await redeem(code)).toBe('default');
  });

  it('notes which shop used a code, and forgets expired ones', async () => {
    const code = await create();
    await redeem(code);
    await inTransaction(storage.db, (trx) => notePairedShop(trx, code, 'shop-1'));
    expect(await storage.db.selectFrom('pairing_code').select('shop_id').execute()).toEqual([{ shop_id: 'shop-1' }]);
    expect(await purgePairingCodes(storage.db, clock.now())).toBe(0);
    clock.advance(31 * MINUTE_MS);
    expect(await purgePairingCodes(storage.db, clock.now())).toBe(1);
  });

  it('knows programmes', async () => {
    await storage.db.insertInto('programme').values({ programme_id: 'default', name: 'D', created_at: clock.now() }).execute();
    expect(await programmeExists(storage.db, 'default')).toBe(true);
    expect(await programmeExists(storage.db, 'other')).toBe(false);
  });
});
