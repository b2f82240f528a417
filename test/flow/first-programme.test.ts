/** From a connected shop to the first programme over HTTP: templates, its own past orders to try them on, and the publication. */
import { ManualClock } from '../../sidecar/src/clock';
import { programmeTemplates } from '../../sidecar/src/programme-templates/registry';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const ROOT = `/admin/programmes/${PROGRAMME_ID}`;
const EURO = { currency: 'EUR', earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } };
const bodyOf = <T>(answer: Answer): T => answer.body as T;

describe.each(sandboxShops)('the first programme of a %s shop', (platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    composed = await startSidecar({ clock, random: () => random.next() });
    shop = open(clock, () => random.next());
    await shop.sandbox.start();
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    await shop.connect(composed);
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });
  const ask = (method: 'GET' | 'POST', path: string, body?: object, more: Record<string, string> = {}): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json', ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  /** Asking sets a job going beside the requests. */
  const untilOver = async <T>(path: string, isOver: (body: T) => boolean): Promise<T> => {
    for (let tries = 0; tries < 1000; tries += 1) {
      const body = bodyOf<T>(await ask('GET', path));
      if (isOver(body)) return body;
    }
    throw new Error(`${path} does not come to an end`);
  };
  const order = (customerId: string, quantity: number): void => {
    shop.sandbox.payOrder(shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity }] }));
  };

  it('is tried on orders from before, which never give points', async () => {
    const customers = ['a', 'b'].map((name) => shop.sandbox.registerCustomer({ email: `${name}@example.com` }));
    for (const [i, customerId] of customers.entries()) order(customerId, i + 1);
    clock.advance(86_400_000);
    await settle(composed, shop.sandbox);

    const terms = { name: 'Lamp club', currencies: [EURO], settings: { lockDays: 0, welcomePoints: 50 } };
    const draft = await ask('POST', `${ROOT}/drafts/template`, { template: 'simple-points', ...terms });
    expect(draft.status).toBe(201);
    const { versionId } = bodyOf<{ versionId: string }>(draft);

    const period = { from: '2026-01-01T00:00:00Z', to: '2026-03-31T00:00:00Z' };
    const preview = async (key: string): Promise<object> => {
      const wish = { versionId, ...period, previewOrders: true, idempotencyKey: key };
      const { runId } = bodyOf<{ runId: string }>(await ask('POST', `${ROOT}/what-if`, wish));
      const run = await untilOver<{ report: object | null }>(`${ROOT}/what-if/${runId}`, ({ report }) => report !== null);
      return run.report ?? {};
    };
    expect(await preview('ask-00001')).toMatchObject({ orders: 0 });
    expect(await ask('GET', `${ROOT}/preview-orders`)).toMatchObject({ status: 200, body: { orders: 0, read: null } });
    expect(await ask('POST', `${ROOT}/preview-orders`, { idempotencyKey: 'read-0001' })).toMatchObject({ status: 202 });
    const isRead = ({ read }: { read: { status: string } }): boolean => read.status === 'done';
    const read = await untilOver(`${ROOT}/preview-orders`, isRead);
    expect(read).toMatchObject({ orders: 2, read: { status: 'done', orders: 2, isCut: false } });
    expect(await preview('ask-00002')).toMatchObject({ orders: 2, points: { issued: 300 + 2 * 50 } });

    expect((await ask('POST', `${ROOT}/versions/${versionId}/publish`, {})).status).toBe(200);
    await composed.sidecar.runJob('reconcile-shops');
    await settle(composed, shop.sandbox);
    const { db } = composed.storage;
    const earned = () => db.selectFrom('ledger_entry').select('kind').where('kind', '=', 'accrual').execute();
    expect(await earned()).toEqual([]);
    expect(await db.selectFrom('order_position').selectAll().execute()).toEqual([]);
    clock.advance(1000);
    order(customers[0] ?? '', 1);
    await settle(composed, shop.sandbox);
    clock.advance(1000);
    await composed.sidecar.runJob('release-due-points');
    await composed.sidecar.writeback.runOnce();
    expect(await earned()).toHaveLength(1);
  });

  it('is in the currencies that the shop sells in', async () => {
    const { shops } = bodyOf<{ shops: { shopId: string }[] }>(await ask('GET', '/admin/shops'));
    const answer = await ask('GET', `/admin/shops/${shops[0]?.shopId}/currencies`);
    // Both know dollars too; in Shopware no sales channel has them.
    const sold = [{ currency: 'EUR', rate: 1 }, ...(platform === 'Magento' ? [{ currency: 'USD', rate: 1.25 }] : [])];
    expect(answer.body).toEqual({ currencies: sold });
  });

  it('remembers the template and the terms it was made from', async () => {
    const terms = {
      name: 'Club',
      currencies: [EURO],
      rounding: 'nearest',
      timeZone: 'Europe/Berlin',
      settings: { silverFrom: 150 },
    };
    const draft = await ask(
      'POST',
      `${ROOT}/drafts/template`,
      { template: 'tiers', ...terms, note: 'first try' },
      { 'accept-language': 'de' },
    );
    const { versionId } = bodyOf<{ versionId: string }>(draft);
    expect(await ask('GET', `${ROOT}/versions/${versionId}`)).toMatchObject({
      body: {
        note: 'first try',
        madeFrom: { template: 'tiers', ...terms, settings: { silverFrom: 150, goldFrom: 500, platinumFrom: 1000 } },
        document: { tiers: { levels: [{ code: 'silver', name: 'Silber', threshold: 150 }, {}, {}] } },
      },
    });
  });

  it('begins with templates in the language of whoever asks, which name what is wrong', async () => {
    const answer = await ask('GET', '/admin/programme-templates', undefined, { 'accept-language': 'de' });
    const { templates } = bodyOf<{ templates: { code: string; name: string }[] }>(answer);
    expect(templates.map(({ code }) => code)).toEqual(programmeTemplates.map(({ code }) => code));
    expect(templates[1]).toMatchObject({ name: 'Stufen', document: { baseCurrency: 'EUR' } });
    const fill = (template: string, change: object = {}) =>
      ask('POST', `/admin/programme-templates/${template}/document`, { name: 'Club', currencies: [EURO], ...change });
    expect(await fill('tiers')).toMatchObject({
      status: 200,
      body: { settings: [{ code: 'silverFrom', kind: 'money', value: 200 }, {}, {}, {}, {}, {}] },
    });
    expect(errorCode(await fill('nothing'))).toBe('NOT_FOUND');
    const wrong = await fill('tiers', { settings: { goldFrom: 1 }, currencies: [{ ...EURO, currency: 'EUX' }] });
    expect(wrong).toMatchObject({
      status: 422,
      body: { error: { details: { fields: [{ field: 'currencies.0.currency' }, { field: 'settings.goldFrom' }] } } },
    });
    expect(errorCode(await fill('tiers', { currencies: [] }))).toBe('INVALID_INPUT');
    expect(
      errorCode(await ask('POST', `${ROOT}/drafts/template`, { template: 'nothing', name: 'Club', currencies: [EURO] })),
    ).toBe('INVALID_INPUT');
  });
});
