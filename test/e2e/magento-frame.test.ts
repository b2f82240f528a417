/** The admin pages in a real browser within Magento's administration, whose script is the module's own. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento, type AdminVisit } from '../sandbox/magento/sandbox-magento';
import { seededRandom } from '../simulation/random';
import { hindrances, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { projectRoot } from '../support/source';

const SCRIPT = readFileSync(join(projectRoot, 'magento-bridge/view/adminhtml/web/js/admin-frame.js'), 'utf8');

describe("the admin pages in Magento's administration", () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const random = seededRandom(13);
  const shop = createSandboxMagento({ clock, random: () => random.next() });
  let composed: ComposedSidecar;
  let versionId: string;
  let browser: Browser;
  /** Of Magento; a browser does not let made-up pages frame what runs on its own machine. */
  let administration: Server;
  let answer: () => string;
  let loads = 0;

  beforeAll(async () => {
    composed = await startSidecar({ clock, random: () => random.next() });
    versionId = await publish(composed.sidecar.context, programmeDocument({ accrual: { lockDays: 0 } }));
    await shop.start();
    await shop.connect(composed.url, await pairingCode(composed.url, 'default'));
    shop.registerCustomer({ email: 'mary@example.com' });
    await settle(composed, shop);
    administration = createServer((request, response) => {
      if (request.url === '/') loads += 1;
      response.setHeader('content-type', 'text/html');
      response.end(request.url === '/' ? answer() : '');
    });
    await new Promise<void>((resolve) => administration.listen(0, '127.0.0.1', resolve));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    administration.closeAllConnections();
    await new Promise((resolve) => administration.close(resolve));
    await composed.close();
    await shop.stop();
  });

  const adminUrl = (): string => `http://127.0.0.1:${(administration.address() as AddressInfo).port}`;

  /** As the module's template and RequireJS put it together; each load signs another address. */
  function pageOf(visit: AdminVisit): string {
    const url = shop.adminPage({ admin: adminUrl(), ...visit }).replace(/&/g, '&amp;');
    return `<!doctype html><html lang="en"><title>Loyalty / Magento Admin</title>
<style>iframe { width: 100%; height: 800px; border: 0 }</style>
<main><div id="frame" data-url="${url}" data-origin="${composed.url}" data-title="Programme and Members"><div role="alert" hidden></div></div></main>
<script>
  window.define = function (_needs, make) { make()({}, document.getElementById('frame')); };
  ${SCRIPT}
</script></html>`;
  }

  async function open(visit: AdminVisit = {}, options: PageOptions = {}, hash = ''): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    answer = () => pageOf(visit);
    loads = 0;
    await watched.page.goto(`${adminUrl()}/${hash}`);
    return watched;
  }

  const framed = (page: Page): Frame => {
    const frame = page.frames().find((one) => one.url().startsWith(composed.url));
    if (!frame) throw new Error('there is no frame');
    return frame;
  };
  const heading = async (page: Page, name: string): Promise<void> =>
    page.frameLocator('iframe').getByRole('heading', { name, level: 1 }).waitFor();

  it('show themselves there, and a reload leads back to the same page', async () => {
    const { page, complaints } = await open();
    await heading(page, 'Dashboard');
    await page.frameLocator('iframe').getByRole('link', { name: 'Members', exact: true }).click();
    await heading(page, 'Members');
    expect(new URL(page.url()).hash).toBe('#/members');
    await page.reload();
    await heading(page, 'Members');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('have the administration reload when the session is over, once by itself and then by hand', async () => {
    const { page } = await open({}, {}, '#/health');
    await heading(page, 'Health');
    // The address has been used: the pages are locked, and ask for another one.
    await framed(page).evaluate('location.reload()');
    await page.waitForEvent('load');
    await heading(page, 'Health');
    expect(loads).toBe(2);
    await framed(page).evaluate('location.reload()');
    await page.frameLocator('iframe').getByText('The session has ended.').waitFor();
    expect(loads).toBe(2);
    await page.frameLocator('iframe').getByRole('button', { name: 'Load again' }).click();
    await heading(page, 'Health');
    expect(loads).toBe(3);
    await page.context().close();
  });

  it('listen to nobody but the sidecar, and lead nowhere else', async () => {
    const { page } = await open({}, {}, '#//evil.example/');
    await heading(page, 'Dashboard');
    await page.evaluate("window.postMessage({ loyaltyReload: 'by hand', loyaltyPath: '/settings' }, '*')");
    await page.waitForFunction("location.hash === '#/dashboard'");
    expect(loads).toBe(1);
    await page.context().close();
  });

  it('offer nothing to change to whoever may only look', async () => {
    const { page } = await open({ role: 'view', locale: 'de-DE' }, {}, '#/members');
    await heading(page, 'Mitglieder');
    await page.frameLocator('iframe').locator('tbody a').first().click();
    await page.frameLocator('iframe').locator('.figures dd').first().waitFor();
    expect(await page.frameLocator('iframe').getByText('Punkte anpassen').count()).toBe(0);
    await page.context().close();
  });

  it('show the prices of products so that they can be read, and which numbers are not in the shop', async () => {
    shop.addProduct({ productNumber: 'LAMP-1', grossMinor: 14_900, taxRate: 19, categoryIds: [] });
    const { page } = await open({}, {}, `#/programme/edit/tierPrices?version=${versionId}`);
    const inner = page.frameLocator('iframe');
    await inner.locator('summary', { hasText: 'Paste a table' }).click();
    await inner.locator('textarea').first().fill('LAMP-1\t139.00\nGONE-1\t12.00');
    await inner.getByRole('button', { name: 'Take over' }).click();
    await inner.getByRole('row', { name: /GONE-1 Not in the shop/ }).waitFor();
    expect(await hindrances(framed(page) as unknown as Page)).toEqual([]);
    await page.context().close();
  });

  it('may be framed by no other administration', async () => {
    const { page } = await openPage(browser);
    answer = () => pageOf({ admin: 'https://shop.example' });
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.goto(adminUrl());
    expect((await refused).type()).toBe('error');
    await page.context().close();
  });

  it.each([1280, 390])("wear Magento's clothes at %i px without hindrances", async (width) => {
    const { page } = await open({}, { width }, '#/members');
    await heading(page, 'Members');
    const inner = framed(page);
    expect(await inner.evaluate('getComputedStyle(document.body).fontFamily')).toContain('Open Sans');
    expect(
      await inner.evaluate("[...document.fonts].some((font) => font.family.includes('Open Sans') && font.status === 'loaded')"),
    ).toBe(true);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await inner.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    expect(await hindrances(inner as unknown as Page)).toEqual([]);
    await page.context().close();
  });
});
