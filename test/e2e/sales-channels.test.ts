/** Sales channels on the page "Settings" in a real browser: given to another programme, with what that means, and taken back. */
import type { Browser } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { hindrances, openBrowser, openPage, overflow, sendLogin, type PageOptions, type WatchedPage } from '../support/browser';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { openStaffAccounts } from '../support/staff-account';

const PASSWORD = 'a long password 1';
const OTHER = 'brand-b';

describe('sales channels on the page "Settings"', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let shopId: string;

  beforeAll(async () => {
    const random = seededRandom(9);
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(composed.sidecar.context, programmeDocument({ name: 'Club' }));
    await publish(composed.sidecar.context, programmeDocument({ name: 'Outlet club' }), '2026-01-01T00:00:00.000Z', OTHER);
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    shop.addChannel('Outlet');
    await shop.start();
    await shop.connect(composed.url);
    await settle(composed, shop);
    const row = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    shopId = row.shop_id;
    await openStaffAccounts(composed.url, PASSWORD);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  /** What the operator does once. */
  const offer = (): Promise<Response> =>
    fetch(`${composed.url}/admin/shops/${shopId}/channels`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ programmes: [{ programmeId: OTHER, channelIds: [] }] }),
    });

  async function open(name = 'anna', options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    const { page } = watched;
    await page.goto(`${composed.url}/ui/`);
    await sendLogin(page, { name, password: PASSWORD });
    await page.locator('nav a[href="#/settings"]').click();
    await page.getByRole('region', { name: 'Sales channels' }).getByText('Outlet', { exact: true }).waitFor();
    return watched;
  }

  it('are given to a programme that was offered, after a look at what that means, and taken back', async () => {
    const { page, complaints } = await open();
    await page.getByText('can offer this shop another programme').waitFor();
    expect(await page.getByRole('combobox', { name: 'Programme of Outlet' }).count()).toBe(0);
    expect((await offer()).status).toBe(200);
    await page.reload();
    const choice = page.getByRole('combobox', { name: 'Programme of Outlet' });
    await choice.selectOption({ label: 'Outlet club' });
    await page.getByRole('button', { name: 'Look at what happens' }).click();
    await page.getByText('Outlet: from “Club (same as the shop)” to “Outlet club”').waitFor();
    await page.getByText('Who is a member already stays').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await choice.inputValue()).toBe('default');
    await choice.selectOption({ label: 'Outlet club' });
    await page.getByRole('button', { name: 'Look at what happens' }).click();
    await page.getByRole('button', { name: 'Yes, assign' }).click();
    await page.getByText('Assigned. The shop shows it').waitFor();
    const branches = composed.storage.db.selectFrom('shop').select('programme_id').where('branch_of', '=', shopId);
    expect(await branches.execute()).toEqual([{ programme_id: OTHER }]);
    expect(await hindrances(page)).toEqual([]);
    await choice.selectOption({ label: 'Club (same as the shop)' });
    await page.getByRole('button', { name: 'Look at what happens' }).click();
    await page.getByRole('button', { name: 'Yes, assign' }).click();
    await page.getByText('Assigned. The shop shows it').waitFor();
    expect(await choice.inputValue()).toBe('default');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are shown to those who only look, with nothing to choose', async () => {
    const { page } = await open('vera');
    expect(await page.getByRole('region', { name: 'Sales channels' }).getByRole('combobox').count()).toBe(0);
    await page.context().close();
  });

  it.each([1280, 390])('have no hindrances at %i pixels', async (width) => {
    const { page } = await open('anna', { width });
    await page.getByRole('combobox', { name: 'Programme of Outlet' }).selectOption({ label: 'Outlet club' });
    await page.getByRole('button', { name: 'Look at what happens' }).click();
    await page.getByRole('button', { name: 'Yes, assign' }).waitFor();
    expect(await hindrances(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});
