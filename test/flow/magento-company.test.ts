/** The page of a company in Magento: what a buyer and an approver see, and the approver's answers. */
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { call, type Answer } from './http-fixture';

interface SeenRequest {
  readonly approvalId: string;
  readonly customerId: string;
  readonly isOwn: boolean;
  readonly points: number;
}

describe('the page of a company in Magento', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const random = seededRandom(12);
  const shop = createSandboxMagento({ clock, random: () => random.next() });
  const staff = { reason: 'as agreed', actor: 'sales' };
  let composed: ComposedSidecar;
  let companyId: string;
  let ann: string;
  let bob: string;
  let eve: string;

  beforeAll(async () => {
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(composed.sidecar.context, programmeDocument({ accrual: { lockDays: 0 } }));
    await shop.start();
    await shop.connect(composed.url, await pairingCode(composed.url, 'default'));
    [ann, bob, eve] = ['ann', 'bob', 'eve'].map((name) => shop.registerCustomer({ email: `${name}@example.com` })) as [
      string,
      string,
      string,
    ];
    await settle(composed, shop);
    const created = await send('POST', '/admin/companies', {
      programmeId: 'default',
      name: 'Miller & Söhne',
      ...staff,
      idempotencyKey: 'company-1',
    });
    companyId = (created.body as { companyId: string }).companyId;
    await seat(ann, { approvalAbove: 50 });
    await seat(bob, { role: 'approver' });
    const points = { points: 300, reason: 'opening balance', actor: 'sales', idempotencyKey: 'opening-01' };
    const account = composed.storage.db.selectFrom('company').select('account_member_id');
    const { account_member_id: memberId } = await account.executeTakeFirstOrThrow();
    await send('POST', `/admin/members/${memberId}/adjustments`, points);
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
  const memberOf = async (customerId: string): Promise<string> => {
    const query = composed.storage.db.selectFrom('member_identity').select('member_id').where('customer_id', '=', customerId);
    return (await query.executeTakeFirstOrThrow()).member_id;
  };
  const seat = async (customerId: string, change: object): Promise<Answer> =>
    send('PUT', `/admin/companies/${companyId}/members/${await memberOf(customerId)}`, { ...staff, ...change });
  const ask = async (customerId: string, cartRef: string, points: number): Promise<string> => {
    const { shop_id: shopId } = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    const request = { memberId: await memberOf(customerId), shopId, cartRef, points };
    const answer = await send('POST', `/v1/companies/${companyId}/approvals`, request);
    return (answer.body as { approvalId: string }).approvalId;
  };
  const requests = async (customerId: string): Promise<readonly SeenRequest[]> =>
    ((await shop.company(customerId)) as { requests: readonly SeenRequest[] }).requests;
  const status = async (approvalId: string): Promise<string> => {
    const query = composed.storage.db.selectFrom('company_approval').select('status').where('approval_id', '=', approvalId);
    return (await query.executeTakeFirstOrThrow()).status;
  };
  const key = (digit: string): string => digit.repeat(32);

  it('shows the pool, who buys, and limits to those whom they concern', async () => {
    expect(await shop.company(bob)).toMatchObject({
      name: 'Miller & Söhne',
      role: 'approver',
      pool: { available: 300, pending: 0 },
      requests: [],
    });
    const { buyers } = (await shop.company(bob)) as { buyers: unknown[] };
    expect(buyers).toContainEqual(
      expect.objectContaining({ customerId: ann, limits: expect.objectContaining({ approvalAbove: 50 }) as object }),
    );
    const { buyers: seenByAnn } = (await shop.company(ann)) as { buyers: unknown[] };
    expect(seenByAnn).toContainEqual(expect.objectContaining({ customerId: bob, isSelf: false, limits: null }));
    expect(seenByAnn).toContainEqual(
      expect.objectContaining({ customerId: ann, isSelf: true, limits: expect.anything() as object }),
    );
  });

  it('is not there for whoever buys for no company', async () => {
    expect(await shop.company(eve)).toBeNull();
    expect(await shop.company('4711')).toBeNull();
  });

  it('has the approver answer, once, and nobody else', async () => {
    const approvalId = await ask(ann, 'cart-0001', 80);
    expect(await requests(bob)).toMatchObject([{ approvalId, customerId: ann, isOwn: false, points: 80 }]);
    expect(await requests(ann)).toMatchObject([{ approvalId, isOwn: true }]);
    for (const [customer, digit] of [
      [ann, '1'],
      [eve, '2'],
    ] as const) {
      await shop.wish(customer, { kind: 'approve', code: approvalId, key: key(digit) });
      expect(await status(approvalId)).toBe('pending');
    }
    await shop.wish(bob, { kind: 'approve', code: approvalId, key: key('3') });
    expect(await status(approvalId)).toBe('approved');
    await shop.wish(bob, { kind: 'refuse', code: approvalId, key: key('4') });
    expect(await status(approvalId)).toBe('approved');
    expect(await requests(bob)).toEqual([]);
  });

  it('has the approver refuse', async () => {
    const approvalId = await ask(ann, 'cart-0002', 90);
    await shop.wish(bob, { kind: 'refuse', code: approvalId, key: key('5') });
    expect(await status(approvalId)).toBe('refused');
  });

  it('answers nothing of another company', async () => {
    const approvalId = await ask(ann, 'cart-0003', 100);
    const created = await send('POST', '/admin/companies', {
      programmeId: 'default',
      name: 'Other',
      ...staff,
      idempotencyKey: 'company-2',
    });
    const other = (created.body as { companyId: string }).companyId;
    await send('PUT', `/admin/companies/${other}/members/${await memberOf(eve)}`, { ...staff, role: 'admin' });
    await shop.wish(eve, { kind: 'approve', code: approvalId, key: key('6') });
    expect(await status(approvalId)).toBe('pending');
    expect(await requests(eve)).toEqual([]);
  });

  it('forgets requests whose time is over', async () => {
    clock.advance(400 * 86_400_000);
    expect(await requests(bob)).toEqual([]);
  });
});
