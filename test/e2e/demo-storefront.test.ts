/** The demo's shop in a real browser: what somebody does who tries it, and what the shop then shows and the admin pages say. */
import type { Browser, Page } from 'playwright-core';
import { openDemo, type Demo } from '../demo/run-demo';
import type { Storefront } from '../demo/storefront/storefront';
import { openShop } from '../demo/open-shop';
import { hindrances, openBrowser, openPage, overflow, type WatchedPage } from '../support/browser';

const PRODUCTS = [
  { productNumber: 'DEMO-001', name: 'Copper Kettle', grossMinor: 8000, taxRate: 19, categoryIds: ['kitchen'] },
  { productNumber: 'DEMO-002', name: 'Earl Grey Blue', grossMinor: 2000, taxRate: 7, categoryIds: ['tea'] },
];

describe('the demo’s shop', () => {
  let demo: Demo;
  let shop: Storefront;
  let browser: Browser;

  beforeAll(async () => {
    demo = await openDemo(3, 0, PRODUCTS);
    shop = await openShop(demo, 0);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await shop.close();
    await demo.close();
  });

  async function visit(width = 1280): Promise<WatchedPage> {
    const watched = await openPage(browser, { width });
    await watched.page.goto(shop.url);
    return watched;
  }

  async function shopAs(page: Page, who: string): Promise<void> {
    await page.getByLabel('Shop as').selectOption(who);
    await page.getByRole('button', { name: 'Switch' }).click();
  }

  async function putInCart(page: Page, product: string, quantity: number): Promise<void> {
    await page.goto(`${shop.url}/product/${product}`);
    await page.getByLabel('Quantity', { exact: true }).fill(String(quantity));
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  }

  async function order(page: Page): Promise<void> {
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor();
  }

  async function letPass(page: Page, days: string): Promise<void> {
    await page.getByLabel('Let time pass').selectOption(days);
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.getByText('passed.').first().waitFor();
  }

  const happened = (page: Page): Promise<string> => page.getByRole('complementary', { name: 'What just happened' }).innerText();
  const figure = (page: Page, name: string): Promise<string> =>
    page.locator('.figures div', { hasText: name }).locator('.figure').innerText();

  it('lets somebody new order, get points, pay with them, and shows the ledger in the admin pages', async () => {
    const { page, complaints } = await visit();
    await shopAs(page, 'new');
    expect(await happened(page)).toMatch(/checkout\.customer\.register[\s\S]*loyalty_points[\s\S]*100/);
    await putInCart(page, 'DEMO-001', 2);
    const cart = page.locator('main');
    expect(await cart.innerText()).toContain('You earn 1,600 points with this order.');
    expect(await page.getByRole('row', { name: /Tasting box free/ }).count()).toBe(1);
    await order(page);
    expect(await page.getByText('They become available 14 days after your payment has arrived.').count()).toBe(1);
    const told = await happened(page);
    expect(told).toMatch(/checkout-gateway[\s\S]*checkout\.order\.placed[\s\S]*\/api\/search\/order[\s\S]*\/api\/_action\/sync/);
    expect(told).toContain('loyalty_pending 0 → 1600');
    await page.getByRole('button', { name: 'The payment arrives' }).click();
    await page.getByText('Paid', { exact: true }).waitFor();
    await letPass(page, '15');
    await page.getByRole('link', { name: 'Account (1,700 points)' }).click();
    expect(await figure(page, 'Available')).toBe('1,700');
    await page.getByText('Why?').last().click();

    await putInCart(page, 'DEMO-002', 1);
    await page.getByLabel('Points to use').fill('500');
    await page.getByRole('button', { name: 'Use points' }).click();
    await page.getByText('500 points pay €5.00 of this order.').waitFor();
    expect(await page.locator('tfoot').innerText()).toContain('€15.00');
    await order(page);
    expect(await happened(page)).toContain('loyalty_points 1700 → 1200');

    const [admin] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'See the member in the admin pages' }).click(),
    ]);
    await admin.getByRole('heading', { name: /^Member / }).waitFor();
    await admin.getByText('-500 available').first().waitFor();
    expect(await admin.locator('.figures dd').first().innerText()).toBe('1,200');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('takes points back for what is refunded, and cancels what was not paid', async () => {
    const { page, complaints } = await visit();
    await shopAs(page, 'new');
    await putInCart(page, 'DEMO-002', 3);
    await order(page);
    await page.getByRole('button', { name: 'The payment arrives' }).click();
    await page.getByRole('button', { name: 'Refund one of Earl Grey Blue' }).click();
    await page.getByText('1 refunded').waitFor();
    expect(await happened(page)).toContain('loyalty_pending 600 → 400');
    await page.getByRole('button', { name: 'Refund everything' }).click();
    await page.getByText('Refunded', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Your points' }).click();
    expect(await figure(page, 'Pending')).toBe('0');
    await putInCart(page, 'DEMO-002', 1);
    await order(page);
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.getByText('Nothing more: the order is over.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('brings a friend, who pays less, and rewards who recommended the shop', async () => {
    const { page, complaints } = await visit();
    await shopAs(page, 'new');
    await page.getByRole('link', { name: /^Account/ }).click();
    const advocate = await page.getByLabel('Shop as').inputValue();
    await page.getByRole('link', { name: 'Be the friend: follow the link as a new customer' }).click();
    await page.getByText('A friend recommended the shop to you.').waitFor();
    await shopAs(page, 'new');
    await putInCart(page, 'DEMO-001', 1);
    await page.getByRole('button', { name: 'Get my discount' }).click();
    expect(await page.locator('tfoot').innerText()).toContain('€72.00');
    await order(page);
    await page.getByRole('button', { name: 'The payment arrives' }).click();
    await page.getByRole('button', { name: 'Deliver it' }).click();
    await letPass(page, '15');
    await page.getByLabel('Shop as').selectOption(advocate);
    await page.getByRole('button', { name: 'Switch' }).click();
    await page.getByRole('link', { name: /^Account/ }).click();
    await page.getByText('Reward for a friend’s first order').waitFor();
    expect(await figure(page, 'Available')).toBe('600');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('gives a tier its prices', async () => {
    const { page } = await visit();
    await shopAs(page, 'new');
    await putInCart(page, 'DEMO-001', 20);
    await order(page);
    await page.getByRole('button', { name: 'The payment arrives' }).click();
    await page.getByText('Paid', { exact: true }).waitFor();
    await letPass(page, '15');
    expect(await happened(page)).toContain('loyalty_tier – → "gold"');
    await page.goto(`${shop.url}/product/DEMO-001`);
    await page.getByRole('heading', { name: 'Your prices in tier Gold' }).waitFor();
    expect(await page.locator('main .price').first().innerText()).toContain('€72.00');
    await page.context().close();
  });

  it('ends in the same points when webhooks come twice, and finds out by itself what was lost', async () => {
    const { page, complaints } = await visit();
    const webhooks = async (what: string): Promise<void> => {
      await page.getByLabel('Webhooks').selectOption(what);
      await page.getByRole('button', { name: 'Set' }).click();
      await page.locator('.notice').waitFor();
    };
    await shopAs(page, 'new');
    await webhooks('twice');
    await putInCart(page, 'DEMO-002', 1);
    await order(page);
    expect(await happened(page)).toMatch(/everything twice[\s\S]*loyalty_pending 0 → 200/);
    await webhooks('lost');
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(await happened(page)).toContain('lost on the way');
    expect(await happened(page)).not.toContain('loyalty_pending');
    await letPass(page, '1');
    expect(await happened(page)).toMatch(/reconcile-shops[\s\S]*loyalty_pending 200 → 0/);
    await webhooks('sound');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('lets a guest order, and refuses what cannot be', async () => {
    const { page } = await visit();
    await putInCart(page, 'DEMO-002', 1);
    expect(await page.locator('main').innerText()).toContain('Log in to earn about 200 points with this order.');
    await page.getByLabel('Voucher or a friend’s code').fill('NOBODY');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('The shop does not know this code, or it was used already.').waitFor();
    await order(page);
    await page.goto(`${shop.url}/account`);
    await page.getByText('A guest has none.').waitFor();
    const wrong = await page.goto(`${shop.url}/product/none`);
    expect(wrong?.status()).toBe(404);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.context().close();
  });

  it.each([1280, 390])('hinders nobody at %d px, and fits into the window', async (width) => {
    const { page, complaints } = await visit(width);
    await shopAs(page, 'new');
    await putInCart(page, 'DEMO-001', 2);
    await order(page);
    const placed = page.url();
    await putInCart(page, 'DEMO-002', 1);
    for (const path of ['/', '/category/tea', '/product/DEMO-002', '/cart', new URL(placed).pathname, '/account', '/nothing']) {
      await page.goto(`${shop.url}${path}`);
      const found = { path, hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) };
      expect(found).toEqual({ path, hindrances: [], overflow: 0 });
    }
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
    await page.context().close();
  });
});
