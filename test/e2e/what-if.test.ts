/** A draft tried on the past in a real browser: who gains and who loses, and the link with which a colleague sees the same. */
import type { Browser, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { saveDraft } from '../../sidecar/src/operations/publish-programme';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { hindrances, openBrowser, openPage, overflow, sendLogin, type PageOptions, type WatchedPage } from '../support/browser';
import { APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { openStaffAccount, type StaffAccount } from '../support/staff-account';

/** Where to put pictures for somebody who wants to look at them. */
const PICTURES = process.env['PICTURES'];

describe('what a draft would have given', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let [lampBuyer, cupBuyer] = ['', ''];
  let [anna, vera] = [] as StaffAccount[];

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    const { context } = composed.sidecar;
    const tiers = { metric: 'turnover', windowDays: 365, graceDays: 0, levels: [] };
    const accrual = { lockDays: 0, multipliers: [] };
    await publish(context, programmeDocument({ tiers, accrual }));
    const multipliers = [
      { code: 'lamps', multiplier: 2, scope: { products: ['LAMP-1'] } },
      { code: 'cups', multiplier: 0.5, scope: { products: ['CUP-1'] } },
    ];
    const document = programmeDocument({ tiers, accrual: { ...accrual, multipliers } });
    await saveDraft(context, { programmeId: PROGRAMME_ID, document, note: 'lamps count double' });
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    lampBuyer = await buys('a@example.com', 'LAMP-1', 14_900);
    cupBuyer = await buys('b@example.com', 'CUP-1', 800);
    await buys('c@example.com', 'PEN-1', 500);
    anna = await openStaffAccount(composed.url, { name: 'anna', role: 'manage' });
    vera = await openStaffAccount(composed.url, { name: 'vera', role: 'view' });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  /** The member who ordered and paid a product. */
  async function buys(email: string, productNumber: string, grossMinor: number): Promise<string> {
    shop.addProduct({ productNumber, grossMinor, taxRate: 19, categoryIds: [] });
    const customerId = shop.registerCustomer({ email });
    await settle(composed, shop);
    shop.payOrder(shop.placeOrder({ customerId, lines: [{ productNumber, quantity: 1 }] }));
    await settle(composed, shop);
    const identities = composed.storage.db.selectFrom('member_identity').select('member_id');
    return (await identities.where('customer_id', '=', customerId).executeTakeFirstOrThrow()).member_id;
  }

  async function open(address: string, account: StaffAccount | undefined, options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    await watched.page.goto(address);
    if (account) await sendLogin(watched.page, account);
    await watched.page.getByRole('heading', { name: 'What if' }).waitFor();
    return watched;
  }

  async function showsWhoGainsAndLoses(page: Page, picture: string): Promise<void> {
    await page.getByText('Version 2 · 1 Jan 2026 – 1 Mar 2026').waitFor();
    await page.getByText('1 would get more, 1 fewer, 1 the same.').waitFor();
    const rowOf = (title: string) => page.getByRole('table', { name: title }).locator('tbody tr');
    await rowOf('Who gains most').filter({ hasText: lampBuyer }).filter({ hasText: '+149' }).waitFor();
    await rowOf('Who loses most').filter({ hasText: cupBuyer }).filter({ hasText: '-4' }).waitFor();
    expect([await rowOf('Who gains most').count(), await rowOf('Who loses most').count()]).toEqual([1, 1]);
    await page.waitForFunction(`document.querySelector('.plot button[disabled]') === null`);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${picture}.png`, fullPage: true });
    expect({ hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
      hindrances: [],
      overflow: 0,
    });
  }

  it('shows who gains and who loses, and a colleague sees the same by the link', async () => {
    const author = await open(`${composed.url}/ui/#/what-if`, anna);
    await author.page.getByLabel('Version').selectOption({ label: 'Version 2 lamps count double' });
    await author.page.getByLabel('From').fill('2026-01-01');
    await author.page.getByLabel('To', { exact: true }).fill('2026-03-01');
    await author.page.getByRole('button', { name: 'Replay' }).click();
    await showsWhoGainsAndLoses(author.page, 'what-if-1280');
    const link = await author.page.getByLabel('Link to this result, for colleagues').inputValue();

    const colleague = await open(link, vera, { width: 390 });
    await showsWhoGainsAndLoses(colleague.page, 'what-if-390');
    expect(await colleague.page.getByRole('button', { name: 'Replay' }).count()).toBe(0);
    await colleague.page.getByRole('link', { name: lampBuyer }).click();
    await colleague.page.getByRole('heading', { name: `Member ${lampBuyer}` }).waitFor();
    expect([...author.complaints, ...colleague.complaints]).toEqual([]);
    await author.page.context().close();
    await colleague.page.context().close();
  });
});
