/** The page of a member in a real browser: what staff see of a person, and what they do with real clicks. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { hindrances, sendLogin, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { openStaffAccount } from '../support/staff-account';

const PASSWORD = 'a long password 1';
const PARTS = ['points', 'profile', 'benefits', 'referrals', 'consents', 'account'] as const;

describe('the page of a member', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let mary: string;
  let maryToo: string;
  /** Of a company. */
  let buyer: string;

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(
      composed.sidecar.context,
      programmeDocument({
        accrual: { lockDays: 0 },
        approvals: { adjustmentsAbove: 100 },
        welcome: { points: 50, voucher: { amountOff: { EUR: 5 }, minimumOrder: { EUR: 25 }, validDays: 30 } },
        segments: [{ code: 'new', name: 'Newcomers', conditions: [{ kind: 'memberDays', atMost: 30 }] }],
        challenges: [
          {
            code: 'explorer',
            name: 'Explorer',
            points: 300,
            badge: { code: 'explorer', name: 'Explorer' },
            steps: [{ code: 'orders', name: 'Order three times', kind: 'orders', settings: { count: 3 } }],
          },
        ],
      }),
    );
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    shop.addProduct({ productNumber: 'MUG', grossMinor: 8000, taxRate: 19, categoryIds: [] });
    const customers = ['mary@example.com', 'mary@work.example'].map((email) => shop.registerCustomer({ email }));
    buyer = shop.registerCustomer({ email: 'bob@miller.example' });
    await settle(composed, shop);
    const orderId = shop.placeOrder({ customerId: customers[0] ?? '', lines: [{ productNumber: 'MUG', quantity: 1 }] });
    shop.payOrder(orderId);
    shop.completeOrder(orderId);
    await settle(composed, shop);
    await composed.sidecar.runJob('release-due-points');
    await composed.sidecar.runJob('review-segments');
    await composed.sidecar.runJob('refresh-catalogue');
    [mary = '', maryToo = ''] = await Promise.all(customers.map(memberOf));
    for (const [name, role] of [
      ['anna', 'support'],
      ['ben', 'support'],
      ['vera', 'view'],
    ] as const) {
      await openStaffAccount(composed.url, { name, role, password: PASSWORD });
    }
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  const post = (path: string, body: object): Promise<Response> => send('POST', path, body);
  const send = (method: string, path: string, body: object): Promise<Response> =>
    fetch(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  async function memberOf(customerId: string): Promise<string> {
    const identities = composed.storage.db.selectFrom('member_identity').select('member_id');
    return (await identities.where('customer_id', '=', customerId).executeTakeFirstOrThrow()).member_id;
  }

  async function logIn(name: string, options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    await watched.page.goto(`${composed.url}/ui/`);
    await sendLogin(watched.page, { name, password: PASSWORD });
    await watched.page.locator('header nav').waitFor();
    return watched;
  }

  async function show(page: Page, memberId: string, part: string): Promise<void> {
    await page.goto(`${composed.url}/ui/#/members/${memberId}?part=${part}`);
    await page.getByRole('heading', { name: `Member ${memberId}` }).waitFor();
    await page.locator('.mt-card').first().waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  }

  it('says what is missing for the next tier, and in which shops the member is known', async () => {
    const { page, complaints } = await logIn('vera');
    await show(page, mary, 'profile');
    await page.getByText('Next tier: Silver').waitFor();
    await page.getByText('Turnover in the last 365 days: €80.00 of €200.00, €120.00 to go').waitFor();
    await page.getByText('Newcomers').waitFor();
    const accounts = page.getByRole('region', { name: 'Shop accounts' });
    expect(await accounts.innerText()).toContain('Shopware');
    expect(await page.getByText('Set the tier by hand').count()).toBe(0);
    expect(await page.locator('body').innerText()).not.toContain('example.com');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('sets a tier by hand until a day, and lets the rules decide again', async () => {
    const { page, complaints } = await logIn('anna');
    await show(page, mary, 'profile');
    await page.getByText('Set the tier by hand').click();
    await page.locator('select[name=tier]').selectOption({ label: 'Gold' });
    await page.getByLabel('Last day').fill('2026-06-30');
    await page.getByLabel('Reason').fill('apology for the move');
    await page.getByRole('button', { name: 'Set the tier' }).click();
    await page.getByText('Set by hand until 30 Jun 2026').waitFor();
    await page.getByText('There is no higher tier to reach.').waitFor();
    await page.getByText('Set the tier by hand').click();
    await page.getByLabel('Reason').fill('the move is over');
    await page.getByRole('button', { name: 'Let the rules decide again' }).click();
    await page.getByText('Set by hand until').waitFor({ state: 'detached' });
    await page.getByText('Next tier: Silver').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('adjusts points above the limit with four eyes', async () => {
    const anna = await logIn('anna');
    await show(anna.page, mary, 'points');
    const available = anna.page.locator('.figures dd').first();
    const before = Number(await available.innerText());
    await anna.page.getByText('Adjust points').first().click();
    await anna.page.getByText('More than 100 points for one member within a day').waitFor();
    await anna.page.getByLabel('Points to add').fill('400');
    await anna.page.locator('input[name=reason]').fill('lost parcel');
    await anna.page.getByRole('button', { name: 'Adjust points' }).click();
    await anna.page.getByText('The points move once somebody else confirms it').waitFor();
    const own = anna.page.getByRole('region', { name: 'Points by hand to confirm' });
    expect(await own.getByRole('button').allInnerTexts()).toEqual(['Take the request back']);
    expect(Number(await available.innerText())).toBe(before);
    const ben = await logIn('ben', { width: 390 });
    await ben.page.goto(`${composed.url}/ui/#/review`);
    const queue = ben.page.getByRole('region', { name: 'Points by hand to confirm' });
    await queue.getByText('lost parcel').waitFor();
    expect({ hindrances: await hindrances(ben.page), overflow: Math.max(0, await overflow(ben.page)) }).toEqual({
      hindrances: [],
      overflow: 0,
    });
    await queue.getByLabel('Reason').fill('the carrier admits it');
    await queue.getByRole('button', { name: 'Confirm' }).click();
    await queue.waitFor({ state: 'detached' });
    await show(anna.page, mary, 'points');
    await anna.page.reload();
    await anna.page.getByText('ben: the carrier admits it').waitFor();
    expect(Number(await available.innerText())).toBe(before + 400);
    const newest = anna.page.getByRole('region', { name: 'Ledger' }).locator('tbody tr').first();
    await newest.getByText('Why?').click();
    await newest.getByText('ben confirmed it: the carrier admits it').waitFor();
    expect([...anna.complaints, ...ben.complaints]).toEqual([]);
    await anna.page.context().close();
    await ben.page.context().close();
  });

  it('answers what the buyer of a company asks for', async () => {
    const bob = await memberOf(buyer);
    const staff = { reason: 'frame contract', actor: 'sales' };
    const opened = await post('/admin/companies', {
      programmeId: 'default',
      name: 'Miller Ltd',
      pointsMode: 'personal',
      ...staff,
      idempotencyKey: 'company-01',
    });
    const { companyId } = (await opened.json()) as { companyId: string };
    await send('PUT', `/admin/companies/${companyId}/members/${bob}`, { role: 'buyer', approvalAbove: 10, ...staff });
    const { shop_id: shopId } = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    await post(`/v1/companies/${companyId}/approvals`, { memberId: bob, shopId, cartRef: 'quote-17', points: 40 });
    const { page, complaints } = await logIn('anna');
    await page.goto(`${composed.url}/ui/#/review`);
    const queue = page.getByRole('region', { name: 'Redemptions of companies to approve' });
    expect(await queue.locator('tbody tr').innerText()).toMatch(/Miller Ltd[^]*40/);
    await queue.getByLabel('Reason').fill('within the budget');
    await queue.getByRole('button', { name: 'Approve' }).click();
    await queue.waitFor({ state: 'detached' });
    const approvals = await fetch(`${composed.url}/v1/companies/${companyId}/approvals`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    expect(await approvals.json()).toMatchObject({ approvals: [{ status: 'approved', memberId: bob }] });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows vouchers and challenges, and keeps what a member says about messages', async () => {
    const { page, complaints } = await logIn('anna');
    await show(page, mary, 'benefits');
    const voucher = page.getByRole('region', { name: 'Vouchers' }).locator('tbody tr').first();
    expect(await voucher.innerText()).toMatch(/Welcome[^]*€5\.00[^]*from €25\.00 on[^]*31 Mar 2026[^]*Can be used/);
    await page.getByText('Order three times: 1 of 3').waitFor();
    const why = page.locator('.mt-card', { hasText: 'Why this price?' });
    await why.getByLabel('Product number').fill('MUG');
    await why.getByRole('button', { name: 'Show' }).click();
    await why.getByText('€80.00 the product’s own price').waitFor();
    await show(page, mary, 'consents');
    await page.getByText('the member never said anything').first().waitFor();
    await page.getByText('Record what the member said').click();
    await page.locator('select[name=granted]').selectOption({ label: 'Yes, allowed' });
    await page.getByLabel('How').fill('telephone');
    await page.getByRole('button', { name: 'Save' }).click();
    const newest = page.getByRole('region', { name: 'What the member said' }).locator('tbody tr').first();
    await newest.waitFor();
    expect(await newest.innerText()).toMatch(/Offers and reminders[^]*Yes, allowed[^]*telephone[^]*anna/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['a desk', { width: 1280 }],
    ['a phone', { width: 390 }],
  ])('hinders nobody at %s, and fits into the window', async (_where, options) => {
    const { page, complaints } = await logIn('anna', options);
    for (const part of PARTS) {
      await show(page, mary, part);
      await page.evaluate("document.querySelectorAll('main details').forEach((one) => one.setAttribute('open', ''))");
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      expect({ part, hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
        part,
        hindrances: [],
        overflow: 0,
      });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('gives the person their data as a file', async () => {
    const { page, complaints } = await logIn('vera');
    await show(page, mary, 'account');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the data' }).click(),
    ]);
    const content = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, unknown[]>;
    expect(download.suggestedFilename()).toBe(`member-${mary}.json`);
    expect(content['member']).toMatchObject([{ member_id: mary }]);
    expect(content['orders']).toHaveLength(1);
    expect(await page.getByText('I want to erase this person').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('links two members after showing both, and parts an account again', async () => {
    const { page, complaints } = await logIn('anna');
    await show(page, mary, 'account');
    await page.getByLabel('Find the other member').fill('mary@work.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByRole('heading', { name: 'This one becomes part of it' }).waitFor();
    expect(await page.locator('.pair').innerText()).toContain(maryToo);
    await page.locator('input[name=mergeReason]').fill('same person, asked by telephone');
    await page.getByRole('button', { name: 'Link both' }).click();
    await page.getByText('They are one member now.').waitFor();
    await page.getByText(`Also was: ${maryToo}`).waitFor();
    await show(page, mary, 'profile');
    const accounts = page.getByRole('region', { name: 'Shop accounts' }).locator('tbody tr');
    expect(await accounts.count()).toBe(2);
    await accounts.nth(1).locator('summary').click();
    await accounts.nth(1).getByLabel('Reason').fill('two persons after all');
    await accounts.nth(1).getByRole('button', { name: 'Part this account' }).click();
    await page.getByText('Part this account').first().waitFor({ state: 'detached' });
    expect(await accounts.count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('erases a person once the word is typed, and says what is left', async () => {
    const { page, complaints } = await logIn('anna');
    await show(page, mary, 'account');
    await page.getByText('I want to erase this person').click();
    const erase = page.getByRole('button', { name: 'Erase for good' });
    await page.locator('input[name=eraseReason]').fill('asked by letter');
    await page.getByLabel('Type ERASE to confirm').fill('erase');
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel('Type ERASE to confirm').fill('ERASE');
    await erase.click();
    await page.getByText('This person was erased on 1 Mar 2026').waitFor();
    await show(page, mary, 'points');
    await page.getByText('Written off when the person was erased').waitFor();
    expect(await page.locator('.figures dd').first().innerText()).toBe('0');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
