/** Two buyers of one company, from the API and the orders of a shop to what the shop shows, on both platforms. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const MINUTE_MS = 60_000;
const staff = { reason: 'as agreed', actor: 'sales' };
const tiers = { levels: [{ code: 'gold', name: 'Gold', threshold: 250 }] };

describe.each(sandboxShops)('a company in a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let key: string;
  let shopId: string;
  let ann: string;
  let bob: string;

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(open, programmeDocument({ accrual: { lockDays: 0 }, tiers })));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    ann = shop.sandbox.registerCustomer({ email: 'ann@example.com' });
    bob = shop.sandbox.registerCustomer({ email: 'bob@example.com' });
    await settle(composed, shop.sandbox);
    shopId = (await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow()).shop_id;
    const scopes = ['companies:read', 'companies:write', 'companies:approve', 'checkout:write'];
    const created = await send('post', '/admin/api-keys', { programmeId: 'default', name: 'erp', scopes }, ADMIN_TOKEN);
    key = (created.body as { secret: string }).secret;
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const send = (method: string, path: string, body?: object, token = key): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const memberOf = async (customerId: string): Promise<string> => {
    const { db } = composed.storage;
    const query = db.selectFrom('member_identity').select('member_id').where('customer_id', '=', customerId);
    return (await query.executeTakeFirstOrThrow()).member_id;
  };
  const opened = async (): Promise<string> => {
    const answer = await send('post', '/admin/companies', { name: 'Miller Ltd', ...staff, idempotencyKey: 'company-1' });
    return (answer.body as { companyId: string }).companyId;
  };
  const seat = async (companyId: string, customerId: string, change: object): Promise<Answer> =>
    send('put', `/admin/companies/${companyId}/members/${await memberOf(customerId)}`, { ...staff, ...change });
  const buy = async (customerId: string, quantity: number): Promise<void> => {
    clock.advance(MINUTE_MS);
    shop.sandbox.payOrder(shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity }] }));
    await settle(composed, shop.sandbox);
    clock.advance(MINUTE_MS);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop.sandbox);
  };
  const hold = (customerId: string, points: number, idempotencyKey: string): Promise<Answer> => {
    const cart = { cartRef: idempotencyKey, currency: 'EUR', goodsMinor: 100_000, idempotencyKey };
    return send('post', '/v1/holds', { shopId, customerId, points, ...cart });
  };

  it('has the points and the tier of both buyers, and approves what is above a limit', async () => {
    const companyId = await opened();
    expect(await seat(companyId, ann, { approvalAbove: 50 })).toMatchObject({ status: 200, body: { changed: true } });
    expect(await seat(companyId, ann, { approvalAbove: 50 })).toMatchObject({ status: 200, body: { changed: false } });
    await seat(companyId, bob, { role: 'approver' });
    await buy(ann, 2);
    expect(shop.shown(bob)).toMatchObject({ points: 200, tier: null });
    await buy(bob, 1);
    expect([shop.shown(ann), shop.shown(bob)]).toMatchObject(Array(2).fill({ points: 300, tier: 'gold' }));
    expect((await send('get', `/admin/companies/${companyId}`)).body).toMatchObject({
      tier: 'gold',
      balance: { available: 300 },
    });

    const refused = await hold(ann, 80, 'cart-0001');
    expect([refused.status, errorCode(refused)]).toEqual([409, 'REDEMPTION_REFUSED']);
    const waiting = await send('get', `/v1/companies/${companyId}/approvals?status=pending`);
    const { approvals } = waiting.body as { approvals: { approvalId: string; points: number }[] };
    expect(approvals).toMatchObject([{ points: 80, isUsed: false }]);
    const decide = async (approverId: string): Promise<Answer> =>
      send('post', `/v1/companies/${companyId}/approvals/${approvals[0]?.approvalId}/decision`, {
        decision: 'approved',
        approverId,
        ...staff,
      });
    expect(errorCode(await decide(await memberOf(ann)))).toBe('FORBIDDEN');
    expect(await decide(await memberOf(bob))).toMatchObject({ status: 200, body: { status: 'approved' } });
    expect((await hold(ann, 80, 'cart-0002')).status).toBe(201);
    expect(errorCode(await hold(ann, 80, 'cart-0003'))).toBe('REDEMPTION_REFUSED');
    await settle(composed, shop.sandbox);
    expect(shop.shown(bob)).toMatchObject({ points: 220 });
  });

  it('leaves those who part what was theirs before', async () => {
    await buy(ann, 1);
    const companyId = await opened();
    await seat(companyId, ann, {});
    await buy(ann, 2);
    expect(shop.shown(ann)).toMatchObject({ points: 200 });
    const removed = await send('post', `/admin/companies/${companyId}/members/${await memberOf(ann)}/removal`, staff);
    expect(removed).toMatchObject({ status: 200, body: { changed: true } });
    await settle(composed, shop.sandbox);
    expect(shop.shown(ann)).toMatchObject({ points: 100 });
  });

  it('is refused by the field, twice under one key, and to those without the right', async () => {
    const wrong = await send('post', '/admin/companies', { name: '', ...staff, idempotencyKey: 'company-1' });
    expect((wrong.body as { error: { details: unknown } }).error.details).toMatchObject({ fields: [{ field: 'name' }] });
    const companyId = await opened();
    expect(await opened()).toBe(companyId);
    const other = await send('post', '/admin/companies', { name: 'Other', ...staff, idempotencyKey: 'company-1' });
    expect(errorCode(other)).toBe('IDEMPOTENCY_MISMATCH');
    expect(errorCode(await send('get', '/admin/companies/nowhere'))).toBe('NOT_FOUND');
    expect((await send('get', '/admin/companies')).body).toMatchObject({ companies: [{ companyId }], next: null });
    const body = { programmeId: 'default', name: 'till', scopes: ['members:read'] };
    const { secret } = (await send('post', '/admin/api-keys', body, ADMIN_TOKEN)).body as { secret: string };
    expect(errorCode(await send('get', '/admin/companies', undefined, secret))).toBe('FORBIDDEN');
  });
});
