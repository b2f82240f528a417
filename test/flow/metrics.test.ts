/** From orders, refunds, answers and redemptions in a shop to the figures a merchant reads, on both platforms. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const MINUTE_MS = 60_000;
const activities = [
  {
    code: 'ask',
    kind: 'survey',
    name: 'Survey',
    points: 10,
    settings: { questions: [{ id: 'nps', text: 'Would you recommend us?', kind: 'recommend' }] },
  },
];
const campaigns = [{ code: 'double', name: 'Double points', multiplier: 2 }];

interface Shown {
  readonly figure: string;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
}

describe.each(sandboxShops)('figures of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let shopId: string;

  beforeEach(async () => {
    const document = programmeDocument({ accrual: { lockDays: 0 }, activities, campaigns });
    ({ clock, composed, shop } = await connectShop(open, document, { publishedAt: '2026-01-01T00:00:00.000Z' }));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    shopId = (await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow()).shop_id;
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const settled = async (): Promise<void> => {
    for (const job of ['release-due-points', 'roll-metrics']) {
      clock.advance(MINUTE_MS);
      await settle(composed, shop.sandbox);
      await composed.sidecar.runJob(job);
    }
  };
  const get = (path: string, token = ADMIN_TOKEN, headers: Record<string, string> = {}): Promise<Answer> =>
    call(`${composed.url}/admin/programmes/${PROGRAMME_ID}/metrics${path}`, {
      method: 'GET',
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  const post = (path: string, body: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const register = async (email: string): Promise<string> => {
    const customerId = shop.sandbox.registerCustomer({ email });
    await settle(composed, shop.sandbox);
    return customerId;
  };
  const buy = async (customerId: string): Promise<string> => {
    const order = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 2 }] });
    shop.sandbox.payOrder(order);
    await settled();
    return order;
  };
  const fieldsOf = (answer: Answer): string[] =>
    (answer.body as { error: { details: { fields: { field: string }[] } } }).error.details.fields.map(({ field }) => field);
  const march = 'from=2026-03-01&to=2026-03-31';

  it('are what happened, by figure, by day, and down to the rows', async () => {
    const [first, second] = [await register('a@example.com'), await register('b@example.com')];
    const order = await buy(first);
    await buy(first);
    await buy(second);
    shop.sandbox.refundLines(order, [{ productNumber: 'LAMP', quantity: 1 }]);
    const answers: [string, string, number][] = [
      ['event-0001', first, 10],
      ['event-0002', second, 6],
    ];
    for (const [id, customerId, nps] of answers) {
      const member = { shopId, customerId };
      const told = { id, kind: 'survey', activity: 'ask', occurredAt: clock.now(), member, data: { answers: { nps } } };
      expect((await post('/v1/events', told)).status).toBe(201);
    }
    await settled();
    const answer = await get(`?${march}&compare=previous`);
    expect(answer.status).toBe(200);
    const { figures } = answer.body as { figures: Shown[] };
    const shown = Object.fromEntries(figures.map(({ figure, value }) => [figure, value]));
    expect(shown).toMatchObject({
      members_total: 2,
      members_active: 2,
      orders: 3,
      turnover: 50_000,
      repeat_customer_rate: 5000,
      customer_lifetime_value: 25_000,
      net_promoter_score: 0,
      promoters: 1,
      detractors: 1,
      points_issued: 1200 + 20,
      points_clawed_back: 200,
      points_outstanding: 1020,
      liability: 1020,
    });
    for (const { figure, numerator, denominator } of figures) {
      for (const [part, expected] of Object.entries({ numerator, denominator })) {
        if (expected === null) continue;
        const { rows } = (await get(`/${figure}/rows?${march}&part=${part}`)).body as { rows: { value: number }[] };
        expect([figure, part, rows.reduce((sum, { value }) => sum + value, 0)]).toEqual([figure, part, expected]);
      }
    }
    const series = (await get(`/series?${march}&figure=turnover&step=month&shopId=${shopId}`)).body;
    expect(series).toMatchObject({ steps: [{ from: '2026-03-01', to: '2026-03-31', value: 50_000 }] });
    expect((await get(`/campaigns?${march}`)).body).toMatchObject({
      campaigns: [{ campaign: 'double', orders: 3, points: 500, turnoverMinor: 50_000, costMinor: 500, returnBps: 990_000 }],
    });
    const orders = await get(`/campaigns/double/orders?${march}&shopId=${shopId}`);
    expect(orders.body).toMatchObject({ currency: 'EUR', next: null });
    expect(
      (orders.body as { orders: { orderId: string; costMinor: number }[] }).orders.map(({ costMinor }) => costMinor),
    ).toEqual([100, 200, 200]);
    const flow = (await get(`/tier-flow?${march}`)).body as { flows: { isNew: boolean; to: string | null; members: number }[] };
    expect(flow).toMatchObject({ start: [], joined: 2 });
    for (const { isNew, to, members } of flow.flows) {
      const asked = `isNew=${String(isNew)}${to === null ? '' : `&toTier=${to}`}`;
      const opened = (await get(`/tier-flow/members?${march}&${asked}`)).body as { members: unknown[] };
      expect(opened.members).toHaveLength(members);
    }
  });

  it('are refused where the question is wrong, and need a key with their scope', async () => {
    await settled();
    expect(fieldsOf(await get('?from=2026-03-02&to=2026-03-01'))).toEqual(['to']);
    expect(fieldsOf(await get('?from=2020-01-01&to=2026-03-01'))).toEqual(['to']);
    expect(fieldsOf(await get('?from=yesterday&to=2026-02-30'))).toEqual(['from', 'to']);
    expect(fieldsOf(await get(`/series?${march}&figure=luck`))).toEqual(['figure']);
    expect(fieldsOf(await get('/series?from=2025-01-01&to=2026-03-01&figure=churn_rate'))).toEqual(['step']);
    expect(fieldsOf(await get(`/orders/rows?${march}&part=denominator`))).toEqual(['part']);
    expect(fieldsOf(await get(`/orders/rows?${march}&cursor=nonsense`))).toEqual(['cursor']);
    expect(fieldsOf(await get(`/campaigns/double/orders?${march}&cursor=WzFd`))).toEqual(['cursor']);
    expect(fieldsOf(await get(`/tier-flow/members?${march}&isNew=true&fromTier=gold`))).toEqual(['fromTier']);
    expect(fieldsOf(await get(`/members_total/rows?${march}&shopId=${shopId}`))).toEqual(['shopId']);
    expect(errorCode(await get(`/luck/rows?${march}`))).toBe('NOT_FOUND');
    expect(errorCode(await get(`?${march}&shopId=nowhere`))).toBe('UNKNOWN_SHOP');
    const keyWith = async (scope: string): Promise<string> => {
      const created = await post('/admin/api-keys', { programmeId: PROGRAMME_ID, name: 'figures', scopes: [scope] });
      return (created.body as { secret: string }).secret;
    };
    expect((await get(`?${march}`, await keyWith('metrics:read'))).status).toBe(200);
    expect((await get(`?${march}`, await keyWith('members:read'))).status).toBe(403);
  });
});
