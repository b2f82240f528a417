/** Requests of colleagues on the account page of a Shopware shop, and an approver's answers through the app's forms. */
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { call, type Answer } from './http-fixture';

describe('the company part of the account page in Shopware', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const random = seededRandom(13);
  const shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
  const staff = { reason: 'as agreed', actor: 'sales' };
  const people: Record<'ann' | 'bob', string> = { ann: '', bob: '' };
  let composed: ComposedSidecar;
  let companyId: string;

  beforeAll(async () => {
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(composed.sidecar.context, programmeDocument({ accrual: { lockDays: 0 } }));
    await shop.start();
    await shop.connect(composed.url);
    for (const name of ['ann', 'bob'] as const) people[name] = shop.registerCustomer({ email: `${name}@example.com` });
    await settle(composed, shop);
    const opened = { programmeId: 'default', name: 'Miller', ...staff, idempotencyKey: 'company-1' };
    companyId = ((await send('POST', '/admin/companies', opened)).body as { companyId: string }).companyId;
    await seat('ann', { approvalAbove: 50 });
    await seat('bob', { role: 'approver' });
    await settle(composed, shop);
  });
  afterAll(async () => {
    await composed.close();
    await shop.stop();
  });

  const send = (method: string, path: string, body: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const memberOf = async (name: 'ann' | 'bob'): Promise<string> => {
    const query = composed.storage.db.selectFrom('member_identity').select('member_id').where('customer_id', '=', people[name]);
    return (await query.executeTakeFirstOrThrow()).member_id;
  };
  const seat = async (name: 'ann' | 'bob', change: object): Promise<Answer> =>
    send('PUT', `/admin/companies/${companyId}/members/${await memberOf(name)}`, { ...staff, ...change });
  const ask = async (cartRef: string, points: number): Promise<string> => {
    const { shop_id: shopId } = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    const request = { memberId: await memberOf('ann'), shopId, cartRef, points };
    const { body } = await send('POST', `/v1/companies/${companyId}/approvals`, request);
    await settle(composed, shop);
    return (body as { approvalId: string }).approvalId;
  };
  const shown = (name: 'ann' | 'bob'): { requests?: unknown } => {
    const fields = shop.member(people[name])['customFields'] as { loyalty_company: { requests?: unknown } };
    return fields.loyalty_company;
  };
  const answer = async (name: 'ann' | 'bob', kind: 'approve' | 'refuse', code: string, digit: string): Promise<unknown> => {
    clock.advance(1_000);
    await shop.wish(people[name], { kind, code, key: digit.repeat(32) });
    await settle(composed, shop);
    const fields = shop.member(people[name])['customFields'] as { loyalty_wish_answers: unknown[] };
    return fields.loyalty_wish_answers[0];
  };

  it('shows a request to who asked and to who may answer, and nothing when none waits', async () => {
    expect(shown('ann').requests).toBeUndefined();
    const id = await ask('cart-0001', 80);
    const request = { id, customerId: people.ann, points: 80, at: '2026-03-01T10:00:00.000Z' };
    expect(shown('bob')).toMatchObject({ role: 'approver', openApprovals: 1, requests: [{ ...request, isOwn: false }] });
    expect(shown('ann')).toMatchObject({ openApprovals: 1, requests: [{ ...request, isOwn: true }] });
    expect(await answer('ann', 'approve', id, '1')).toMatchObject({ isGranted: false, reason: 'not_an_approver' });
    expect(await answer('bob', 'approve', id, '2')).toMatchObject({ isGranted: true, kind: 'approve' });
    expect(shown('bob')).toMatchObject({ openApprovals: 0 });
    expect(shown('bob').requests).toBeUndefined();
    expect(shown('ann')).toMatchObject({ approvedPoints: 80 });
    expect(await answer('bob', 'refuse', id, '3')).toMatchObject({ isGranted: false, reason: 'already_decided' });
    const decided = await composed.storage.db.selectFrom('company_approval').select('status').executeTakeFirstOrThrow();
    expect(decided.status).toBe('approved');
  });

  it('takes a refusal, once', async () => {
    const id = await ask('cart-0002', 90);
    expect(await answer('bob', 'refuse', id, '4')).toMatchObject({ isGranted: true, kind: 'refuse' });
    expect(await answer('bob', 'refuse', id, '4')).toMatchObject({ isGranted: true, kind: 'refuse' });
    const query = composed.storage.db.selectFrom('company_approval').select('status').where('approval_id', '=', id);
    expect((await query.executeTakeFirstOrThrow()).status).toBe('refused');
  });
});
