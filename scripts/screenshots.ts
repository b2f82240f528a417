/** `npm run screenshots`: plays the demo and takes the README's pictures into docs/images. The same seed gives the same pages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openStaffAccount } from '../test/support/staff-account';
import { runDemo, type Demo } from '../test/demo/run-demo';
import { openShop } from '../test/demo/open-shop';
import buildAdminPages from '../test/support/admin-pages-setup';
import { openBrowser, openPage, sendLogin } from '../test/support/browser';

const OPTIONS = { seed: 1, orders: 300, customers: 60, port: 0, onDay: () => undefined };
/** Shown in the link for friends; always the same. */
const SHOP_PORT = 8099;
const MOST_BYTES = 150_000;
const DESK = { width: 1280 };
const PHONE = { width: 390 };
const folder = join(__dirname, '../docs/images');

/** @throws Error when the picture would make the repository heavy */
async function take(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ width: page.viewportSize()?.width ?? DESK.width, height });
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  if (picture.length > MOST_BYTES) throw new Error(`${name}.png has ${picture.length} bytes, more than ${MOST_BYTES}`);
  writeFileSync(join(folder, `${name}.png`), picture);
  process.stdout.write(`docs/images/${name}.png, ${Math.round(picture.length / 1000)} kB\n`);
}

async function shopPictures(browser: Browser, url: string): Promise<void> {
  const { page } = await openPage(browser, DESK);
  await shopAsBest(page, url);
  await putInCart(page, url);
  await page.getByLabel('Points to use').fill('5000');
  await page.getByRole('button', { name: 'Use points' }).click();
  await take(page, 'shop-cart', 960);
  await page.getByRole('button', { name: /^Place the order/ }).click();
  await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor();
  await page.getByRole('link', { name: 'Your points' }).click();
  await page.getByText('Why?').first().click();
  await page.evaluate("document.querySelector('#points').scrollIntoView()");
  await take(page, 'shop-account', 720);
  await page.context().close();
  const { page: phone } = await openPage(browser, PHONE);
  await shopAsBest(phone, url);
  await phone.goto(`${url}/account`);
  await take(phone, 'shop-phone', 844);
  await phone.context().close();
}

/** Whoever has the highest tier and the most points stands first among the customers. */
async function shopAsBest(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Shop as').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Switch' }).click();
}

async function putInCart(page: Page, url: string): Promise<void> {
  for (const [category, place] of [
    ['kitchen', 2],
    ['coffee', 0],
    ['tea', 3],
  ] as const) {
    await page.goto(`${url}/category/${category}`);
    await page.locator('.goods a').nth(place).click();
    await page.getByLabel('Quantity', { exact: true }).fill('2');
    await page.getByRole('button', { name: 'Add to cart' }).click();
  }
  await page.goto(`${url}/cart`);
}

async function adminPictures(browser: Browser, { url }: Demo): Promise<void> {
  const account = await openStaffAccount(url, { name: 'demo', role: 'manage' });
  const { page } = await openPage(browser, DESK);
  const settled = async (): Promise<void> => {
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  };
  await page.goto(`${url}/ui/`);
  await sendLogin(page, account);
  await page.locator('nav').waitFor();
  // The browser's clock is not the demo's.
  await page.goto(`${url}/ui/#/dashboard?from=2025-07-01&to=2025-12-31`);
  await settled();
  await take(page, 'dashboard', 1000);
  await page.goto(`${url}/ui/#/programme`);
  await settled();
  await page.getByRole('button', { name: 'Version 1' }).click();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await settled();
  await take(page, 'programme', 900);
  await page.goto(`${url}/ui/#/members`);
  await settled();
  await page.locator('tbody a').first().click();
  await settled();
  await page.getByText('Why?').first().click();
  await take(page, 'member', 900);
  await page.context().close();
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  buildAdminPages();
  const demo = await runDemo(OPTIONS);
  const browser = await openBrowser();
  const shop = await openShop(demo, SHOP_PORT);
  try {
    await adminPictures(browser, demo);
    await shopPictures(browser, shop.url);
  } finally {
    await browser.close();
    await shop.close();
    await demo.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
