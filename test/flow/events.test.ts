/** What members do elsewhere, told over HTTP with a key, as it shows in the shop. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const activities = [
  { code: 'review', kind: 'review', name: 'Review', points: 50, limits: { perSubject: 1 }, settings: { minimumLength: 10 } },
  { code: 'open-day', kind: 'attendance', name: 'Open day', points: 200, limits: { perMember: 1 } },
];

describe.each(sandboxShops)('events of members of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;
  let shopId: string;
  let key: string;

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(open, programmeDocument({ accrual: { lockDays: 0 }, activities })));
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
    shopId = (await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow()).shop_id;
    const created = await post(
      '/admin/api-keys',
      { programmeId: 'default', name: 'till', scopes: ['events:write'] },
      ADMIN_TOKEN,
    );
    key = (created.body as { secret: string }).secret;
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const post = (path: string, body: object, token = key): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const tell = (change: object): Promise<Answer> =>
    post('/v1/events', { id: 'event-0001', occurredAt: clock.now(), member: { shopId, customerId }, ...change });
  const shown = async (): Promise<unknown> => {
    await settle(composed, shop.sandbox);
    return shop.shown(customerId).points;
  };
  const review = { kind: 'review', data: { product: 'LAMP', length: 40 } };

  it('earn once, for the customer as the shop or their address names them, and are taken back', async () => {
    expect(await tell(review)).toMatchObject({ status: 201, body: { points: 50, rewards: [{ activity: 'review' }] } });
    expect(await tell(review)).toMatchObject({ status: 200, body: { points: 50, repeated: true } });
    const visit = {
      id: 'event-0002',
      kind: 'attendance',
      activity: 'open-day',
      data: {},
      member: { shopId, email: 'A@example.com' },
    };
    expect(await tell(visit)).toMatchObject({ status: 201, body: { points: 200 } });
    expect(await shown()).toBe(250);
    const back = await post('/v1/events/event-0002/revocation', { reason: 'never came', actor: 'door' });
    expect(back).toMatchObject({ status: 200, body: { points: -200 } });
    expect(await shown()).toBe(50);
  });

  it('at the till count like orders, and returns like returns', async () => {
    const lines = [{ lineId: '1', productNumber: 'LAMP', quantity: 2, grossMinor: 20_000, netMinor: 16_807 }];
    const sale = { kind: 'sale', data: { number: 'T-1001', placedAt: clock.now(), currency: 'EUR', lines } };
    expect(await tell(sale)).toMatchObject({ status: 201, body: { points: 200 } });
    clock.advance(60_000);
    await composed.sidecar.runJob('release-due-points');
    expect(await shown()).toBe(200);
    const returned = [{ ...lines[0], refundedQuantity: 1 }];
    const state = { id: 'event-0002', ...sale, data: { ...sale.data, placedAt: '2026-03-01T10:00:00Z', lines: returned } };
    expect(await tell(state)).toMatchObject({ status: 201, body: { points: 100 } });
    expect(await shown()).toBe(100);
    clock.advance(60_000);
    await composed.sidecar.runJob('reconcile-shops');
    expect(await shown()).toBe(100);
    expect((await post('/v1/events/event-0002/revocation', { reason: 'undo it', actor: 'till' })).status).toBe(409);
  });

  it('that are wrong are refused by the field', async () => {
    const fieldsOf = (answer: Answer): string[] =>
      (answer.body as { error: { details: { fields: { field: string }[] } } }).error.details.fields.map(({ field }) => field);
    expect(fieldsOf(await tell({ ...review, data: { product: '' } }))).toEqual(['data.product']);
    expect(fieldsOf(await tell({ ...review, occurredAt: '2026-03-01T10:06:00Z' }))).toEqual(['occurredAt']);
    expect(fieldsOf(await tell({ ...review, occurredAt: '2024-03-01T10:06:00Z' }))).toEqual(['occurredAt']);
    expect(fieldsOf(await tell({ ...review, id: 'short' }))).toEqual(['id']);
    expect(fieldsOf(await tell({ kind: 'attendance', data: {} }))).toEqual(['activity']);
    expect(fieldsOf(await tell({ kind: 'wishing', data: {} }))).toEqual(['kind']);
    const line = { lineId: '1', quantity: 1, refundedQuantity: 2, grossMinor: 100, netMinor: 119 };
    const sale = { kind: 'sale', data: { number: 'T-1', placedAt: clock.now(), currency: 'EUR', lines: [line] } };
    expect(fieldsOf(await tell(sale))).toEqual(['data.lines.0.refundedQuantity', 'data.lines.0.netMinor']);
  });

  it('of nobody, of another shop or without the right are refused', async () => {
    expect(errorCode(await tell({ ...review, member: { shopId, customerId: 'nobody' } }))).toBe('NOT_FOUND');
    expect(errorCode(await tell({ ...review, member: { shopId: 'nowhere', customerId } }))).toBe('UNKNOWN_SHOP');
    const lines = [{ lineId: '1', grossMinor: 100, netMinor: 84 }];
    const sale = { kind: 'sale', data: { number: 'T-1', placedAt: clock.now(), currency: 'EUR', lines } };
    expect(errorCode(await tell({ ...sale, member: { shopId, customerId: 'nobody' } }))).toBe('NOT_FOUND');
    const created = await post('/admin/api-keys', { programmeId: 'default', name: 'x', scopes: ['members:read'] }, ADMIN_TOKEN);
    const answer = await post('/v1/events', review, (created.body as { secret: string }).secret);
    expect(errorCode(answer)).toBe('FORBIDDEN');
    expect(await shown()).toBe(0);
  });
});
