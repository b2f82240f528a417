import { ManualClock } from '../../sidecar/src/clock';
import { changeShopStatus } from '../../sidecar/src/operations/change-shop-status';
import { projectTerms } from '../../sidecar/src/operations/project-terms';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { showMissingMembers } from '../../sidecar/src/operations/show-missing-members';
import { withdrawShop } from '../../sidecar/src/operations/withdraw-shop';
import { recentHistory } from '../../sidecar/src/operations/member-history';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { setDesired } from '../../sidecar/src/stores/desired-state-store';
import { createWritebackWorker } from '../../sidecar/src/writeback/worker';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { connectedShop, standInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const REFERRAL = {
  friendDiscount: { percentOff: 10 },
  friendMinimum: {},
  referrerReward: { points: 5 },
  returnWindowDays: 14,
  codePrefix: '',
};

async function rig(open: () => Promise<Storage>) {
  const storage = await open();
  const clock = new ManualClock(Date.parse(NOW));
  const context = operationContext(storage, clock);
  await publish(context, programmeDocument({ referral: REFERRAL }));
  const shop = {
    shop_id: 'shop-1',
    platform: 'shopware' as const,
    external_shop_id: 'x',
    programme_id: PROGRAMME_ID,
    url: 'https://a.example',
  };
  const blank = { signing_secret: null, previous_signing_secret: null, previous_valid_until: null, pending_signing_secret: null };
  await storage.db
    .insertInto('shop')
    .values({
      ...shop,
      ...blank,
      pending_url: null,
      api_credentials: null,
      settings: '{}',
      app_version: '1.0.0',
      status: 'active',
      created_at: NOW,
      updated_at: NOW,
    })
    .execute();
  const published = await context.programmes.effectiveAt(storage.db, PROGRAMME_ID, NOW);
  if (!published) throw new Error('nothing is published');
  await inTransaction(storage.db, (trx) =>
    projectTerms(trx, {
      shopId: 'shop-1',
      programmeVersionId: published.versionId,
      programme: published.programme,
      now: NOW,
      links: context.links,
    }),
  );
  await inTransaction(storage.db, (trx) =>
    setDesired(trx, { shopId: 'shop-1', type: 'voucher', id: 'v1', state: { code: 'v1' } }, NOW),
  );
  for (const customerId of ['c1', 'c2']) {
    const customer = {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId,
      emailHash: `e-${customerId}`,
      customerGroup: null,
    };
    await registerCustomer(context, {
      ...customer,
      registeredAt: NOW,
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
  }
  const platform = standInPlatform();
  const isLeaving = async () =>
    (await storage.db.selectFrom('shop').select('status').executeTakeFirstOrThrow()).status === 'leaving';
  const push = async () => {
    clock.advance(1000);
    const worker = createWritebackWorker({
      ...context,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      platformFor: () => platform,
      loadShop: async (shopId) => ({ ...connectedShop(shopId), ...((await isLeaving()) ? { isLeaving: true } : {}) }),
      recentHistory: (shopId, customerIds) => recentHistory(storage.db, shopId, customerIds),
      random: () => 0.5,
    });
    await worker.runOnce();
    return [...platform.shown].filter(([, state]) => state !== null).map(([key]) => key.replace('shop-1/', '').split('/')[0]);
  };
  return { context, clock, push };
}

describeEachStorage('leaving a shop', (open) => {
  it('takes everything we made out of it but people’s vouchers, and puts it back when the app is activated again', async () => {
    const { context, clock, push } = await rig(open);
    expect((await push()).sort()).toEqual(['friend-code', 'friend-code', 'member', 'member', 'terms', 'tier', 'tier', 'voucher']);
    expect(await withdrawShop(context, 'shop-1')).toEqual({ withdrawn: 7 });
    expect(await push()).toEqual(['voucher']);
    expect(await withdrawShop(context, 'shop-1')).toEqual({ withdrawn: 0 });

    clock.advance(1000);
    const activation = { shopId: 'shop-1', status: 'active' as const, appVersion: '1.0.0', messageIds: [] };
    await changeShopStatus(context, { ...activation, receivedAt: clock.now() });
    expect(await showMissingMembers(context, { shopId: 'shop-1', programmeId: PROGRAMME_ID })).toBe(2);
    expect(await showMissingMembers(context, { shopId: 'shop-1', programmeId: PROGRAMME_ID })).toBe(0);
    expect((await push()).sort()).toEqual(['friend-code', 'friend-code', 'member', 'member', 'terms', 'tier', 'tier', 'voucher']);
  });

  it('brings nothing new to a shop that is being left', async () => {
    const { context, push } = await rig(open);
    await push();
    await withdrawShop(context, 'shop-1');
    await push();
    await inTransaction(context.db, (trx) =>
      setDesired(trx, { shopId: 'shop-1', type: 'member', id: 'c1', state: { tier: null } }, context.clock.now()),
    );
    expect(await push()).toEqual(['voucher']);
  });
});
