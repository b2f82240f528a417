/** The admin pages in a real browser: logged in, over a sidecar with members, orders and points. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { hindrances, sendLogin, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { openStaffAccount } from '../support/staff-account';

const PASSWORD = 'a long password 1';
const CAMPAIGNS = [{ code: 'double', name: 'Double points', multiplier: 2 }];
const PAGES = ['dashboard', 'members', 'orders', 'review', 'programme', 'what-if', 'imports', 'health', 'settings'] as const;

describe('admin pages', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let memberId: string;

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(composed.sidecar.context, programmeDocument({ accrual: { lockDays: 0 }, campaigns: CAMPAIGNS }));
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    const customerId = shop.registerCustomer({ email: 'mary@example.com' });
    await settle(composed, shop);
    const identity = composed.storage.db.selectFrom('member_identity').select('member_id').where('customer_id', '=', customerId);
    memberId = (await identity.executeTakeFirstOrThrow()).member_id;
    await openStaffAccount(composed.url, { name: 'anna', role: 'manage', password: PASSWORD });
    await post(`/admin/members/${memberId}/adjustments`, {
      points: 120,
      reason: 'opening balance',
      actor: 'till',
      idempotencyKey: 'opening-01',
    });
    await composed.sidecar.runJob('roll-metrics');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${composed.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  async function logIn(options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    await watched.page.goto(`${composed.url}/ui/`);
    await sendLogin(watched.page, { name: 'anna', password: PASSWORD });
    await watched.page.locator('nav').waitFor();
    return watched;
  }

  async function go(page: Page, name: string): Promise<void> {
    await page.locator(`nav a[href="#/${name}"]`).click();
    await page.locator('h1').waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  }

  it('let nobody in without a password, and say why in words', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${composed.url}/ui/`);
    await sendLogin(page, { name: 'anna', password: 'wrong' });
    expect(await page.getByRole('alert').innerText()).toContain('Check name and password');
    expect(await page.locator('nav').count()).toBe(0);
    await page.context().close();
  });

  it('open from the address that the administration signed, without a login', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(shop.modulePage());
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(await page.locator('.brand').count()).toBe(0);
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('find a member by address, adjust the points and tell why', async () => {
    const { page, complaints } = await logIn();
    await go(page, 'members');
    await page.getByLabel('Find a member').fill('mary@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: `Open member ${memberId}` }).click();
    await page.getByText('Adjust points').first().click();
    await page.getByLabel('Points to add').fill('30');
    await page.getByLabel('Reason').fill('apology for a late parcel');
    await page.getByRole('button', { name: 'Adjust points' }).click();
    await page.getByText('The points were adjusted.').waitFor();
    // The message comes before the figures are read again.
    await page.locator('.figures dd').first().filter({ hasText: /^150$/ }).waitFor();
    const newest = page.locator('tbody tr').first();
    await newest.filter({ hasText: '+30 available' }).waitFor();
    await newest.getByText('Why?').click();
    await newest.getByText('apology for a late parcel').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('open the rows behind a figure', async () => {
    const { page, complaints } = await logIn();
    await page.goto(`${composed.url}/ui/#/dashboard?from=2026-02-15&to=2026-03-01`);
    await page.getByRole('button', { name: /^Members: 1\./ }).click();
    await page.getByRole('dialog').getByText(memberId).first().waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // What a picture says under the cursor must not need styles that the page's policy refuses.
    await page.getByRole('figure').getByRole('button', { name: 'Download image', disabled: false }).first().waitFor();
    for (const picture of await page.getByRole('figure').getByRole('img').all()) await picture.hover();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('open the members behind a cell of the cohorts', async () => {
    const months = ['2026-01', '2026-02'].map((month) => {
      return { programme_id: 'default', member_id: memberId, first_month: '2026-01', month };
    });
    await composed.storage.db.insertInto('measure_member_month').values(months).execute();
    const { page, complaints } = await logIn();
    await page.goto(`${composed.url}/ui/#/dashboard?from=2026-01-01&to=2026-03-01`);
    const cohorts = page.getByRole('figure').filter({ has: page.getByRole('img', { name: 'Who orders again' }) });
    await cohorts.locator('summary').click();
    await cohorts.getByRole('button', { name: '2026-01, Month 1 after: 100 % (1)' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'First order in January 2026, again in February 2026' });
    await dialog.getByRole('link', { name: memberId }).waitFor();
    expect(await hindrances(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const picture = await cohorts.getByRole('img').boundingBox();
    // The only row's first cell stands at the left of the picture.
    await page.mouse.click((picture?.x ?? 0) + 200, (picture?.y ?? 0) + 30);
    await dialog.getByRole('link', { name: memberId }).click();
    await page.getByRole('heading', { name: `Member ${memberId}` }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  describe('of a member who ordered', () => {
    let buyerId: string;

    beforeAll(async () => {
      const customerId = shop.registerCustomer({ email: 'john@example.com' });
      await settle(composed, shop);
      const identities = composed.storage.db.selectFrom('member_identity').select('member_id');
      buyerId = (await identities.where('customer_id', '=', customerId).executeTakeFirstOrThrow()).member_id;
      shop.addProduct({ productNumber: 'LAMP', grossMinor: 60_000, taxRate: 19, categoryIds: [] });
      shop.payOrder(shop.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }] }));
      await settle(composed, shop);
      for (const job of ['release-due-points', 'review-tiers', 'roll-metrics'] as const) await composed.sidecar.runJob(job);
    });

    it.each([
      ['a desk', { width: 1280 }],
      ['a phone', { width: 390 }],
    ])('open who went from tier to tier, and the orders of a campaign, at %s', async (_where, options) => {
      const { page, complaints } = await logIn(options);
      const expectUsable = async (): Promise<void> => {
        expect({ hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
          hindrances: [],
          overflow: 0,
        });
      };
      await page.goto(`${composed.url}/ui/#/dashboard?from=2026-02-15&to=2026-03-01`);
      const flows = page.getByRole('figure').filter({ has: page.getByRole('img', { name: 'From tier to tier' }) });
      await flows.locator('summary').click();
      await flows.getByRole('button', { name: 'New members (at the start) → Gold (at the end): 1' }).press('Enter');
      const moved = page.getByRole('dialog', { name: 'New members (at the start) → Gold (at the end)' });
      await moved.getByRole('link', { name: buyerId }).waitFor();
      await moved.locator('summary').click();
      await moved.locator('.reasons li').first().waitFor();

      await expectUsable();
      await page.keyboard.press('Escape');
      await moved.waitFor({ state: 'hidden' });
      await flows.locator('summary').click();
      const picture = await flows.getByRole('img').boundingBox();
      // The flows fill the picture from the left to where the names stand.
      await page.mouse.click((picture?.x ?? 0) + (picture?.width ?? 0) / 3, (picture?.y ?? 0) + 40);
      const clicked = page.getByRole('dialog', { name: /^New members .* → / });
      await clicked.locator('tbody a').waitFor();
      await clicked.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: /^Double points, Orders: 1\./ }).click();
      const orders = page.getByRole('dialog', { name: 'What “Double points” is made of' });
      await orders.getByRole('link', { name: buyerId }).waitFor();

      await expectUsable();
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  it('say so when a part of them cannot be loaded, as after an update', async () => {
    const { page } = await logIn();
    await page.route('**/health-page*', (route) => route.abort());
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('alert').filter({ hasText: 'This page could not be loaded' }).waitFor();
    await page.context().close();
  });

  it('write a draft, tell what it changes and what it would have given, and publish it', async () => {
    const { page, complaints } = await logIn();
    await go(page, 'programme');
    await page.getByRole('button', { name: 'Edit the programme' }).click();
    await page.getByRole('heading', { name: 'Edit, from version 1' }).waitFor();
    await page.locator('.top a.inside').filter({ hasText: 'Programme' }).waitFor();
    await page.getByRole('link', { name: 'All versions' }).click();
    await page.getByRole('button', { name: 'Version 1' }).click();
    await page.getByText('Nothing: it is the programme in effect.').waitFor();
    await page.getByRole('link', { name: 'As text' }).click();
    const text = page.getByLabel('YAML');
    await text.waitFor();
    expect(await text.inputValue()).toContain('Test programme');
    await text.fill(
      (await text.inputValue())
        .replace('name: Test programme', 'name: Better programme')
        .replace('rounding: down', 'rounding: sideways'),
    );
    await page.getByText('Basics › rounding').waitFor();
    await text.fill((await text.inputValue()).replace('rounding: sideways', 'rounding: nearest'));
    await page.getByLabel('Note, for the history').fill('fairer rounding');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    const changes = page.getByRole('region', { name: 'What this version changes' });
    await changes.getByText('accrual.rounding').waitFor();
    expect(await changes.locator('tbody tr').count()).toBe(2);
    await page.getByRole('link', { name: 'Try it on the past first' }).click();
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByRole('heading', { name: 'Compared with the programme in effect' }).waitFor();
    await page.goBack();
    await page.goBack();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('row', { name: /Version 2 In effect/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['a desk', { width: 1280 }],
    ['a phone', { width: 390 }],
  ])('hinder nobody at %s, and fit into the window', async (_where, options) => {
    const { page, complaints } = await logIn(options);
    for (const name of PAGES) {
      await go(page, name);
      // A picture's buttons are pale until it is drawn, which takes longer on a busy machine.
      await page.waitForFunction(`document.querySelector('.plot button[disabled]') === null`);
      expect({ name, hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
        name,
        hindrances: [],
        overflow: 0,
      });
    }
    await page.goto(`${composed.url}/ui/#/members/${memberId}`);
    await page.locator('tbody tr').first().waitFor();
    expect({ hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
      hindrances: [],
      overflow: 0,
    });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are reached with the keyboard alone', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${composed.url}/ui/`);
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent?.trim() ?? ""');
    const tabTo = async (wanted: string): Promise<void> => {
      for (let presses = 0; presses < 150; presses += 1) {
        if ((await focused()) === wanted) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${wanted} is not reached by Tab`);
    };
    await page.locator('input[name=username]').waitFor();
    await tabTo('username');
    await page.keyboard.type('anna');
    await tabTo('password');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('nav').waitFor();
    await tabTo('Members');
    await page.keyboard.press('Enter');
    await tabTo(memberId);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Member ${memberId}` }).waitFor();
    expect(page.url()).toContain(`#/members/${memberId}`);
    await page.context().close();
  });

  it('speak the language of the browser', async () => {
    const { page } = await logIn({ locale: 'de-DE' });
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    await page.getByRole('link', { name: 'Mitglieder' }).waitFor();
    await page.context().close();
  });

  it('load little at first', async () => {
    const { page } = await openPage(browser);
    let bytes = 0;
    page.on('response', (response) => {
      if (/\.js(\?|$)/.test(response.url())) void response.body().then((body) => (bytes += gzipSync(body).length));
    });
    await page.goto(`${composed.url}/ui/`, { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(300_000);
    await page.context().close();
  });
});
