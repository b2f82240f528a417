/** Rewards of the catalogue over HTTP with a key, as they show in either shop. */
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const rewards = [
  { code: 'tour', kind: 'experience', name: 'Tour', pointsPrice: 100, stock: 1 },
  { code: 'ten', kind: 'voucher', name: 'Ten euros', pointsPrice: 50, voucher: { value: 10, validDays: 30 } },
  { code: 'gold-only', kind: 'custom', name: 'For gold', pointsPrice: 10, scope: { tiers: ['gold'] } },
];

describe.each(sandboxShops)('rewards of members of a %s shop', (_platform, open) => {
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;
  let shopId: string;
  let key: string;

  beforeEach(async () => {
    const document = programmeDocument({ accrual: { lockDays: 0 }, welcome: { points: 200 }, rewards });
    ({ composed, shop } = await connectShop(open, document));
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
    shopId = (await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow()).shop_id;
    const created = await send(
      'POST',
      '/admin/api-keys',
      { programmeId: 'default', name: 'rewards', scopes: ['rewards:read', 'rewards:write'] },
      ADMIN_TOKEN,
    );
    key = (created.body as { secret: string }).secret;
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const send = (method: string, path: string, body?: object, token = key): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const redeem = (code: string, change: object = {}): Promise<Answer> =>
    send('POST', `/v1/rewards/${code}/redemptions`, { member: { shopId, customerId }, idempotencyKey: `${code}-1`, ...change });
  const points = async (): Promise<unknown> => {
    await settle(composed, shop.sandbox);
    return shop.shown(customerId).points;
  };

  it('are listed with what is missing, bought, handed over and cancelled', async () => {
    const listed = await send('GET', `/v1/rewards?shopId=${shopId}&customerId=${customerId}`);
    expect(listed).toMatchObject({
      status: 200,
      body: {
        points: 200,
        rewards: [
          { code: 'tour', left: 1, available: true, obstacles: [] },
          { code: 'ten', left: null, available: true },
          { code: 'gold-only', available: false, obstacles: [{ code: 'reward_other_tier', figures: { needs: 'gold' } }] },
        ],
      },
    });
    const bought = await redeem('tour', { note: 'With a friend' });
    expect(bought).toMatchObject({ status: 201, body: { state: 'requested', points: 100, note: 'With a friend', shopId } });
    expect(await redeem('tour', { note: 'With a friend' })).toMatchObject({ status: 200, body: bought.body });
    expect(await points()).toBe(100);
    const { redemptionId } = bought.body as { redemptionId: string };
    expect(await send('GET', '/admin/reward-redemptions?state=requested')).toMatchObject({
      body: { redemptions: [{ redemptionId }], next: null },
    });
    const path = `/admin/reward-redemptions/${redemptionId}`;
    const moved = await send('PUT', `${path}/state`, { state: 'confirmed', actor: 'events', note: '=HYPERLINK("x")' });
    expect(moved).toMatchObject({ status: 200, body: { changed: true, redemption: { state: 'confirmed' } } });
    const cancelled = await send('PUT', `${path}/state`, { state: 'cancelled', actor: 'events' });
    expect(cancelled).toMatchObject({ body: { changed: true, redemption: { state: 'cancelled' } } });
    expect(errorCode(await send('PUT', `${path}/state`, { state: 'fulfilled', actor: 'events' }))).toBe('CONFLICT');
    expect(await send('GET', path)).toMatchObject({
      body: { steps: [{ state: 'requested' }, { state: 'confirmed', actor: 'events' }, { state: 'cancelled' }] },
    });
    expect(await points()).toBe(200);
  });

  it('that are vouchers come with a code that the shop knows', async () => {
    const bought = await redeem('ten', { member: { shopId, email: 'A@example.com' } });
    expect(bought).toMatchObject({ status: 201, body: { state: 'fulfilled', vouchers: [expect.stringMatching(/^LOY-/)] } });
    expect(await points()).toBe(150);
    const row = await composed.storage.db
      .selectFrom('desired_state')
      .select(['dirty', 'dead'])
      .where('resource_type', '=', 'voucher')
      .executeTakeFirst();
    expect(row).toEqual({ dirty: 0, dead: 0 });
  });

  it('are exported as a table that no program takes for formulas', async () => {
    await redeem('tour', { note: '=1+1, "and" more' });
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${composed.url}/admin/reward-redemptions/export`, { headers });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const [head, row, rest] = (await answer.text()).split('\r\n');
    expect(head).toBe(
      'redemption_id,requested_at,updated_at,state,reward_code,reward_name,quantity,points,member_id,shop_id,note',
    );
    expect(row).toMatch(/,requested,tour,Tour,1,100,.*,"'=1\+1, ""and"" more"$/);
    expect(rest).toBe('');
  });

  it('that cannot be had are refused, and nothing is taken', async () => {
    expect(await redeem('gold-only')).toMatchObject({
      status: 409,
      body: { error: { code: 'REDEMPTION_REFUSED', details: { reason: 'reward_other_tier', needs: 'gold' } } },
    });
    expect(errorCode(await redeem('ten', { quantity: 5 }))).toBe('INSUFFICIENT_POINTS');
    expect(errorCode(await redeem('nothing'))).toBe('NOT_FOUND');
    expect(errorCode(await redeem('tour', { quantity: 0 }))).toBe('INVALID_INPUT');
    expect(errorCode(await redeem('tour', { shopId: 'nowhere' }))).toBe('UNKNOWN_SHOP');
    expect(errorCode(await redeem('tour', { member: { shopId, customerId: 'nobody' } }))).toBe('NOT_FOUND');
    expect(errorCode(await send('GET', '/v1/rewards?shopId=x'))).toBe('INVALID_INPUT');
    expect(errorCode(await send('GET', '/admin/reward-redemptions/nothing'))).toBe('NOT_FOUND');
    const other = await send(
      'POST',
      '/admin/api-keys',
      { programmeId: 'default', name: 'x', scopes: ['events:write'] },
      ADMIN_TOKEN,
    );
    const secret = (other.body as { secret: string }).secret;
    expect(errorCode(await send('GET', `/v1/rewards?shopId=${shopId}&customerId=${customerId}`, undefined, secret))).toBe(
      'FORBIDDEN',
    );
    expect(await points()).toBe(200);
  });
});
