/** What happens to members reaches the mail systems of both shops once, in their language, with what a mail shows. */
import { ManualClock } from '../../sidecar/src/clock';
import { MILESTONES, NOTICE_KINDS, type NoticeKind } from '../../sidecar/src/domain/milestone';
import { announce } from '../../sidecar/src/operations/announce';
import { recordConsent } from '../../sidecar/src/operations/record-consent';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import type { SandboxShop } from '../sandbox/sandbox-shop';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { APP, pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';

const START = '2026-03-01T10:00:00.000Z';
const HOUR_MS = 3_600_000;
function figuresOf(kind: NoticeKind): object {
  const forms: Readonly<Record<string, string>> = MILESTONES[kind].figures;
  const value = (name: string, form: string): unknown =>
    form.startsWith('count') ? 3 : form.startsWith('instant') ? START : name;
  return Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, value(name, form)]));
}

describe('notices', () => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let magento: ReturnType<typeof createSandboxMagento>;
  let shopware: ReturnType<typeof createSandboxShopware>;
  let customers: Readonly<Record<'magento' | 'shopware', string>>;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse(START));
    const random = seededRandom(5);
    const options = { clock, random: () => random.next() };
    composed = await startSidecar(options);
    const messages = { language: 'es', channels: { segment_entered: { shop: true }, segment_left: { shop: true } } };
    await publish(composed.sidecar.context, programmeDocument({ messages, welcome: { points: 10 } }));
    magento = createSandboxMagento(options);
    shopware = createSandboxShopware({ ...options, ...APP });
    await magento.start();
    await shopware.start();
    await magento.connect(composed.url, await pairingCode(composed.url, PROGRAMME_ID));
    await shopware.connect(composed.url);
    customers = {
      magento: magento.registerCustomer({ email: 'a@example.com', locale: 'de-DE' }),
      shopware: shopware.registerCustomer({ email: 'b@example.com', locale: 'pt-PT' }),
    };
    for (const shop of [magento, shopware]) await settle(composed, shop);
  });
  afterEach(async () => {
    await composed.close();
    await magento.stop();
    await shopware.stop();
  });

  const memberOf = async (platform: SandboxShop['platform']): Promise<string> => {
    const { db } = composed.storage;
    const identity = db.selectFrom('member_identity').select('member_id').where('customer_id', '=', customers[platform]);
    return (await identity.executeTakeFirstOrThrow()).member_id;
  };
  const tell = async (memberId: string, kind: NoticeKind, figures: object): Promise<boolean> =>
    inTransaction(composed.storage.db, (trx) =>
      announce(trx, composed.sidecar.context, { memberId, kind, key: 'test', occurredAt: START, figures: figures as never }),
    );

  it('welcome new customers in both shops', () => {
    expect(magento.api.mails).toEqual([{ customerId: Number(customers.magento), kind: 'welcome', figures: { points: 10 } }]);
    expect(shopware.flowEvents()).toMatchObject([
      { name: 'loyalty.welcome', data: { points: 10, language: 'pt', customerId: customers.shopware } },
    ]);
  });

  it('take every kind once, with a link to unsubscribe where consent is needed', async () => {
    const members = [await memberOf('magento'), await memberOf('shopware')];
    for (const memberId of members) {
      const said = { purpose: 'marketing', granted: true, source: 'test', actor: 'test', textVersion: null } as const;
      await recordConsent(composed.sidecar.context, { memberId, at: START, ...said });
      for (const kind of NOTICE_KINDS) {
        expect(await tell(memberId, kind, figuresOf(kind))).toBe(true);
        expect(await tell(memberId, kind, figuresOf(kind))).toBe(false);
      }
    }
    while ((await composed.sidecar.writeback.runOnce()) > 0);
    const told = NOTICE_KINDS.map((kind) => ({
      kind,
      figures: {
        ...figuresOf(kind),
        ...(MILESTONES[kind].purpose === 'marketing' && {
          unsubscribeUrl: expect.stringContaining('/messages/unsubscribe/') as string,
        }),
      },
    }));
    const byKind = (one: { kind: string }, other: { kind: string }): number => one.kind.localeCompare(other.kind);
    expect(magento.api.mails.slice(1).sort(byKind)).toEqual(
      told.map((one) => ({ customerId: Number(customers.magento), ...one })).sort(byKind),
    );
    const events = shopware.flowEvents().slice(1);
    expect(events).toHaveLength(told.length);
    for (const { kind, figures } of told) {
      const event = events.find(({ name }) => name === `loyalty.${kind.replace('_', '.')}`);
      expect(event?.data).toMatchObject({ ...figures, consent: true, customerId: customers.shopware });
    }
  });

  it('that are pushed again, because the answer got lost, are mailed once', async () => {
    await tell(await memberOf('magento'), 'tier_reached', { tier: 'Gold' });
    await composed.sidecar.writeback.runOnce();
    const again = { dirty: 1, acknowledged_hash: null };
    await composed.storage.db.updateTable('desired_state').set(again).where('resource_type', '=', 'notice').execute();
    await composed.sidecar.writeback.runOnce();
    const pushes = magento.requests().filter(({ path }) => path.endsWith('/loyalty/notices'));
    expect(pushes.length).toBeGreaterThanOrEqual(3);
    expect(magento.api.mails.map(({ kind }) => kind)).toEqual(['welcome', 'tier_reached']);
  });

  it('that Magento could not mail are told again until it can, and mailed once', async () => {
    magento.api.mailFails = true;
    await tell(await memberOf('magento'), 'tier_reached', { tier: 'Gold' });
    await composed.sidecar.writeback.runOnce();
    expect(magento.api.mails).toHaveLength(1);
    magento.api.mailFails = false;
    clock.advance(HOUR_MS);
    await composed.sidecar.writeback.runOnce();
    expect(magento.api.mails.slice(1)).toMatchObject([{ kind: 'tier_reached', figures: { tier: 'Gold' } }]);
    clock.advance(HOUR_MS);
    expect(await composed.sidecar.writeback.runOnce()).toBe(0);
  });

  it('are done with where Magento sends no such mails, and where consent lacks', async () => {
    const memberId = await memberOf('magento');
    await tell(memberId, 'points_expiring', { points: 5, expiresAt: START, days: 7 });
    magento.api.sendsMails = false;
    await tell(memberId, 'tier_reached', { tier: 'Gold' });
    await composed.sidecar.writeback.runOnce();
    expect(magento.api.mails).toHaveLength(1);
    clock.advance(HOUR_MS);
    expect(await composed.sidecar.writeback.runOnce()).toBe(0);
  });
});
