/** The page "Import" in a real browser: a file is tried, corrected, imported, and taken out again. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { hindrances, sendLogin, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { openStaffAccounts } from '../support/staff-account';

const PASSWORD = 'a long password 1';

describe('the page "Import"', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let folder: string;
  let customerId: string;

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(composed.sidecar.context, programmeDocument({ accrual: { lockDays: 0 } }));
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    customerId = shop.registerCustomer({ email: 'mary@example.com' });
    await settle(composed, shop);
    await openStaffAccounts(composed.url, PASSWORD);
    folder = await mkdtemp(join(tmpdir(), 'loyalty-import-page-'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(name = 'anna', options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    const { page } = watched;
    await page.goto(`${composed.url}/ui/`);
    await sendLogin(page, { name, password: PASSWORD });
    await page.locator('nav a[href="#/imports"]').click();
    await page.getByRole('heading', { level: 1, name: 'Import and export' }).waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    return watched;
  }
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('tries a file, tells what is wrong, imports it and shows it in the list', async () => {
    const { page, complaints } = await open();
    await page.getByText('Nothing was imported yet.').waitFor();
    await page.getByRole('combobox', { name: 'Table' }).selectOption('points');
    const head = 'customerId;points;reason;reference\n';
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles(await file('a.csv', `${head}${customerId};250;Opening balance;old-1\nnobody;x;Gift;old-2\n`));
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Some rows are faulty.').waitFor();
    const fault = page.getByRole('region', { name: 'Faults' }).locator('tbody tr').first();
    expect((await fault.innerText()).replaceAll('\t', ' ')).toBe(
      '3 points x must be a whole number, with nothing between thousands',
    );
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    expect(await readFile(await (await saving).path(), 'utf8')).toContain('3,points,x,');
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles(await file('b.csv', `${head}${customerId};250;Opening balance;old-1\n`));
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('No faults. You can import the file now.').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Everything was imported.').waitFor();
    expect(await page.locator('.figures dd').last().innerText()).toBe('250');
    expect(await page.getByRole('region', { name: 'Imports so far' }).locator('tbody tr').count()).toBe(3);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says what is wrong with a file as a whole, and that one was changed since it was chosen', async () => {
    const { page } = await open();
    const path = await file('d.csv', 'number;when\n');
    await page.getByLabel('File', { exact: true }).setInputFiles(path);
    await file('d.csv', 'number;when;and more\n');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('was changed since').waitFor();
    await page.getByLabel('File', { exact: true }).setInputFiles(await file('c.csv', 'number;when\nT-1;2026-01-01\n'));
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('alert').getByText('header.when').waitFor();
    await page.context().close();
  });

  it('gives an example that is read, and takes members out', async () => {
    const { page } = await open();
    const example = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download example' }).click();
    expect(await readFile(await (await example).path(), 'utf8')).toContain('number,placedAt,currency');
    const members = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Members', exact: true }).click();
    expect(await readFile(await (await members).path(), 'utf8')).toContain(`/${customerId}`);
    await page.context().close();
  });

  it('shows those who only look what was imported, and nothing to send', async () => {
    const { page } = await open('vera');
    await page.getByRole('link', { name: 'Points' }).first().click();
    await page.locator('.figures').waitFor();
    expect(await page.getByLabel('File', { exact: true }).count()).toBe(0);
    await page.context().close();
  });

  it.each([1280, 390])('has no hindrances at %i pixels', async (width) => {
    const { page, complaints } = await open('anna', { width });
    await page.getByRole('link', { name: 'Points' }).last().click();
    await page.locator('.figures').waitFor();
    expect(await hindrances(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
