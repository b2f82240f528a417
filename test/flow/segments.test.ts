/** Members of segments in a shop of each platform: counted before, entered by a purchase, seen by the shop, left after a refund. */
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import type { SandboxShop } from '../sandbox/sandbox-shop';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, APP, pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { call, type Answer } from './http-fixture';

const DAY_MS = 86_400_000;
const SEGMENTS = [
  { code: 'buyers', name: 'Buyers', conditions: [{ kind: 'turnover', atLeast: 100, days: 30 }] },
  { code: 'strangers', name: 'Never ordered', conditions: [{ kind: 'orders', atMost: 0 }] },
];

describe.each(['shopware', 'magento'] as const)('segments in a %s shop', (platform) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: SandboxShop;
  let customerId: string;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    const options = { clock, random: () => random.next() };
    composed = await startSidecar(options);
    const document = programmeDocument({ accrual: { lockDays: 0 }, segments: SEGMENTS });
    await publish(composed.sidecar.context, document, '2026-01-01T00:00:00.000Z');
    shop = platform === 'shopware' ? createSandboxShopware({ ...options, ...APP }) : createSandboxMagento(options);
    await shop.start();
    await shop.connect(composed.url, platform === 'magento' ? await pairingCode(composed.url, PROGRAMME_ID) : undefined);
    shop.addProduct({ productNumber: 'LAMP', grossMinor: 14_900, taxRate: 19, categoryIds: [] });
    customerId = shop.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop);
  });
  afterEach(async () => {
    await composed.close();
    await shop.stop();
  });

  const shown = (): unknown => {
    const member = shop.member(customerId);
    return platform === 'shopware' ? (member['customFields'] as Record<string, unknown>)['loyalty_segments'] : member['segments'];
  };
  const review = async (): Promise<void> => {
    clock.advance(DAY_MS);
    await composed.sidecar.runJob('review-segments');
    await settle(composed, shop);
  };
  const preview = (document: unknown): Promise<Answer> =>
    call(`${composed.url}/admin/programmes/${PROGRAMME_ID}/segments/preview`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ document }),
    });

  it('follow what the member buys and gives back', async () => {
    await review();
    expect(shown()).toEqual(['strangers']);
    const order = shop.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }] });
    shop.payOrder(order);
    await settle(composed, shop);
    await review();
    expect(shown()).toEqual(['buyers']);
    shop.refundAll(order);
    await settle(composed, shop);
    await review();
    expect(shown()).toEqual(['strangers']);
  });

  it('are counted under a draft, or the draft is refused by field', async () => {
    const answer = await preview(programmeDocument({ segments: SEGMENTS }));
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        members: 1,
        segments: [
          { code: 'buyers', name: 'Buyers', members: 0 },
          { code: 'strangers', name: 'Never ordered', members: 1 },
        ],
      },
    ]);
    const refused = await preview(programmeDocument({ segments: [{ code: 'x', name: 'X', conditions: [] }] }));
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('"field":"segments[0].conditions"');
  });
});
