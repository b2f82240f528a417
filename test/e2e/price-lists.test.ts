/** Companies and their price lists in a real browser: a list is made, filled, given to a company, changed and ended. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { openCompany } from '../../sidecar/src/operations/open-company';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { hindrances, openBrowser, openPage, overflow, sendLogin, type PageOptions, type WatchedPage } from '../support/browser';
import { APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, PROGRAMME_ID, publish } from '../support/programme';
import { openStaffAccounts } from '../support/staff-account';

const PASSWORD = 'a long password 1';

describe('the pages of companies and price lists', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    const { context } = composed.sidecar;
    await publish(context, programmeDocument({ accrual: { lockDays: 0 } }));
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    for (const [productNumber, name] of [
      ['LAMP', 'Desk lamp'],
      ['TABLE', 'Oak table'],
    ] as const) {
      shop.addProduct({ productNumber, name, grossMinor: 11_900, taxRate: 19, categoryIds: [] });
    }
    await settle(composed, shop);
    const how = { programmeId: PROGRAMME_ID, pointsMode: 'pooled', tierMode: 'account', approvalDays: 14 } as const;
    const staff = { reason: 'Frame contract', actor: 'sales' };
    for (const [name, externalRef] of [
      ['Miller Ltd', 'ERP-1'],
      ['Jones & Sons', 'ERP-2'],
    ] as const) {
      await openCompany(context, { ...how, ...staff, name, externalRef, idempotencyKey: `company-${externalRef}` });
    }
    await openStaffAccounts(composed.url, PASSWORD);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  async function open(name = 'anna', options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    const { page } = watched;
    await page.goto(`${composed.url}/ui/`);
    await sendLogin(page, { name, password: PASSWORD });
    await page.locator('nav a[href="#/companies"]').click();
    await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
    await page.getByRole('link', { name: 'Miller Ltd' }).waitFor();
    return watched;
  }
  const row = (page: Page, text: string) => page.getByRole('region', { name: 'Prices' }).locator('tbody tr', { hasText: text });
  const saved = (page: Page) => page.getByRole('status').getByText('Saved. The shops show it').waitFor();

  it('make a list, put prices into it, give it to a company, and end it', async () => {
    const { page, complaints } = await open();
    await page.getByRole('link', { name: 'Price lists', exact: true }).click();
    await page.getByText('There is no price list yet.').waitFor();
    await page.getByText('New price list').click();
    await page.getByLabel('Name', { exact: true }).fill('Miller 2026');
    await page.getByLabel('First day').fill('2026-06-01');
    await page.getByLabel('Last day').fill('2026-05-01');
    await page.getByLabel('Reason').fill('Frame contract 2026');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.locator('.field.wrong', { hasText: 'Last day' }).getByText('must be after').waitFor();
    await page.getByLabel('First day').fill('');
    await page.getByLabel('Last day').fill('2026-12-31');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Miller 2026' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/price-lists/miller-2026');
    await page.getByText('until 31 Dec 2026').waitFor();

    await page.getByRole('button', { name: 'Put in' }).click();
    await page.locator('.field.wrong', { hasText: 'Price or discount' }).getByText('Must be a price').waitFor();
    await page.getByLabel('Find a product').fill('lamp');
    await page.getByRole('button', { name: 'Add LAMP' }).click();
    await page.getByLabel('Price or discount', { exact: true }).fill('79.90');
    await page.getByRole('button', { name: 'Put in' }).click();
    await saved(page);
    await row(page, 'Desk lamp').getByText('€79.90').waitFor();
    await row(page, 'Desk lamp').getByText('€119.00').waitFor();
    await page.getByLabel('For', { exact: true }).selectOption({ label: 'A category' });
    await page.getByLabel('Id of the category').fill('42');
    await page.getByLabel('Discount', { exact: true }).fill('10');
    await page.getByRole('button', { name: 'Put in' }).click();
    await page.locator('.field.wrong').getByText('Only products have prices').waitFor();
    await page.getByLabel('Discount', { exact: true }).fill('10 %');
    await page.getByRole('button', { name: 'Put in' }).click();
    await row(page, 'Category 42').getByText('10% off').waitFor();

    await page.getByText('Paste a table').click();
    await page.getByLabel('Copy the cells').fill('Number\tPrice\tFrom\nLAMP\t75.00\t10\nTABLE\tx\t1\n');
    await page.getByText('Row 2, TABLE:').waitFor();
    await page.getByLabel('Copy the cells').fill('Number\tPrice\tFrom\nLAMP\t75.00\t10\nTABLE\t5 %\t1\n');
    await page.getByText('2 prices can be taken over.').waitFor();
    await page.getByRole('button', { name: 'Take over' }).click();
    await row(page, 'Oak table').getByText('5% off').waitFor();
    await page.getByText('Prices: 4').waitFor();

    await page.getByRole('button', { name: 'Change LAMP from 10 on' }).click();
    await page.getByLabel('From a quantity of').fill('20');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Change LAMP from 20 on' }).waitFor();
    await page.getByRole('button', { name: 'Remove LAMP from 1 on' }).click();
    await page.getByRole('button', { name: 'Remove for good' }).click();
    await page.getByText('Prices: 3').waitFor();
    await page.getByLabel('Find prices').fill('tab');
    await page.getByRole('button', { name: 'Search' }).click();
    await row(page, 'LAMP').first().waitFor({ state: 'detached' });
    expect(await page.getByRole('region', { name: 'Prices' }).locator('tbody tr').count()).toBe(1);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    expect(await readFile(await (await saving).path(), 'utf8')).toContain('LAMP,,,20,7500,');

    await page.getByRole('link', { name: 'Companies', exact: true }).last().click();
    await page.getByText('No company buys at this list yet.').waitFor();
    await page.getByLabel('Reason').fill('Frame contract 2026');
    await page.getByLabel('Find a company').fill('miller');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('button', { name: 'Let Miller Ltd buy at this list' }).click();
    await page.getByRole('link', { name: 'Miller Ltd' }).click();
    await page.getByRole('heading', { level: 1, name: 'Miller Ltd' }).waitFor();
    await page.getByRole('link', { name: 'Miller 2026' }).click();
    await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
    await page.getByLabel('Reason').fill('Contract was ended');
    await page.getByRole('button', { name: 'End now' }).click();
    await page.getByText('Over', { exact: true }).waitFor();
    expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
    await page.context().close();
  });

  it('lead to the import of a list, and show those who only look nothing to change', async () => {
    const { page } = await open();
    await page.goto(`${composed.url}/ui/#/price-lists/miller-2026`);
    await page.getByRole('button', { name: 'Import a table' }).click();
    await page.getByLabel('Price list').waitFor();
    expect(await page.getByLabel('Price list').inputValue()).toBe('miller-2026');
    await page.context().close();
    const watched = await open('vera');
    await watched.page.getByRole('link', { name: 'Price lists', exact: true }).click();
    await watched.page.getByRole('link', { name: 'Miller 2026' }).click();
    await row(watched.page, 'Oak table').waitFor();
    expect(await watched.page.getByRole('button', { name: /Put in|Change|Remove|Import/ }).count()).toBe(0);
    await watched.page.context().close();
  });

  it.each([1280, 390])('have no hindrances at %i pixels', async (width) => {
    const { page } = await open('anna', { width });
    const check = async (): Promise<void> => {
      expect(await hindrances(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    };
    await check();
    await page.getByRole('link', { name: 'Price lists', exact: true }).click();
    await page.getByText('New price list').click();
    await page.getByRole('link', { name: 'Miller 2026' }).waitFor();
    await check();
    await page.getByRole('link', { name: 'Miller 2026' }).click();
    await row(page, 'Oak table').getByText('5% off').waitFor();
    await page.getByText('Paste a table').click();
    await check();
    await page.getByRole('link', { name: 'Companies', exact: true }).last().click();
    await page.getByRole('link', { name: 'Miller Ltd' }).click();
    await page.getByRole('link', { name: 'Miller 2026' }).waitFor();
    await check();
    await page.context().close();
  });
});
