/** The set-up in a real browser: from a shop without a programme to the first points of an order. */
import type { Browser, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { hindrances, sendLogin, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { openStaffAccount } from '../support/staff-account';

const PASSWORD = 'a long password 1';

describe('the set-up', () => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    clock = new ManualClock(Date.now());
    const random = seededRandom(11);
    composed = await startSidecar({ clock, random: () => random.next() });
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    shop.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    await settle(composed, shop);
    await openStaffAccount(composed.url, { name: 'anna', role: 'manage', password: PASSWORD });
  });
  afterEach(async () => {
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
    await watched.page.locator('header nav').waitFor();
    return watched;
  }

  const step = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('heading', { level: 2, name }).waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  };
  const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Next' }).click();
  const look = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  const isFit = async (page: Page): Promise<void> => {
    expect({ hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
      hindrances: [],
      overflow: 0,
    });
  };

  it.each([
    ['a desk', 1280],
    ['a phone', 390],
  ])('leads from nothing to the first points, at %s', async (_where, width) => {
    const early = ['ann@example.com', 'ben@example.com'].map((email) => shop.registerCustomer({ email }));
    for (const [i, customerId] of early.entries()) {
      shop.payOrder(shop.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 + 2 * i }] }));
    }
    clock.advance(1000);
    await settle(composed, shop);
    const { page, complaints } = await logIn({ width });
    await look(page, `offer-${width}`);
    await isFit(page);
    await page.getByRole('button', { name: 'Set up the programme' }).click();

    await step(page, 'Connection');
    await page.getByText('The shop is connected.').waitFor();
    await page.getByText('What happens in the shop arrives here').waitFor();
    await look(page, `connection-${width}`);
    await isFit(page);
    await next(page);

    await step(page, 'What points are worth');
    await page.getByText('An order of €100.00 gives 100 points, worth €1.00: 1%.').waitFor();
    await page.getByLabel('Customers get').fill('0');
    await next(page);
    await page.getByText('Please enter a whole number of 1 or more.').waitFor();
    await page.getByLabel('Customers get').fill('2');
    await page.getByText('An order of €100.00 gives 200 points, worth €2.00: 2%.').waitFor();
    await page.getByText('an order of €44.99 gives 89 points').waitFor();
    await page.getByLabel('Rounding').selectOption('nearest');
    await page.getByText('an order of €44.99 gives 90 points').waitFor();
    await look(page, `value-${width}`);
    await isFit(page);
    await next(page);

    await step(page, 'Template');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByText('Please choose a template.').waitFor();
    await page.getByRole('radio', { name: /Tiers/ }).check();
    await page.getByLabel('Silver from purchases').fill('900');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByText('must be greater than 900').waitFor();
    await look(page, `template-${width}`);
    await isFit(page);
    await page.getByLabel('Silver from purchases').fill('150');
    await page.getByLabel('Points wait after payment').fill('0');
    await page.getByLabel('Name of the programme').fill('Lamp club');
    await page.getByRole('button', { name: 'Save and go on' }).click();

    await step(page, 'Preview');
    await page.getByText('There are no orders of the last 90 days here yet').waitFor();
    await page.getByText('An order of €100.00 gives 200 points').waitFor();
    await look(page, `preview-empty-${width}`);
    await isFit(page);
    await page.getByRole('button', { name: 'Read the shop’s orders of the last 90 days' }).click();
    await page.getByText('2 orders would have brought 800 points to 2 people.').waitFor();
    await page.getByText('If all of them are spent one day, that costs €8.00.').waitFor();
    expect(await page.locator('.bars li').allInnerTexts()).toEqual([
      expect.stringMatching(/^No tier\s+1 \(50%\)/),
      expect.stringMatching(/^Silver\s+1 \(50%\)/),
      expect.stringMatching(/^Gold\s+0/),
      expect.stringMatching(/^Platinum\s+0/),
    ]);
    await look(page, `preview-${width}`);
    await isFit(page);
    await next(page);

    await step(page, 'Publish');
    await look(page, `publish-${width}`);
    await isFit(page);
    await page.getByRole('button', { name: 'Publish' }).click();
    await step(page, 'Done');
    await page.getByText('The next order earns points.').waitFor();
    await look(page, `done-${width}`);
    await isFit(page);

    const customerId = shop.registerCustomer({ email: 'mary@example.com' });
    clock.advance(1000);
    shop.payOrder(shop.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }] }));
    await settle(composed, shop);
    clock.advance(1000);
    await composed.sidecar.runJob('release-due-points');
    await composed.sidecar.writeback.runOnce();
    expect(shop.member(customerId)['customFields']).toMatchObject({ loyalty_points: 200 });
    // What the preview was made of has given nobody anything.
    for (const id of early) expect(shop.member(id)['customFields']).toMatchObject({ loyalty_points: 0, loyalty_pending: 0 });
    // The wrong threshold was refused by a 422, which a browser notes.
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
    await page.context().close();
  });

  it('goes on where somebody left, and is offered beside the programme', async () => {
    const draft = { template: 'tiers', name: 'Lamp club', settings: { silverFrom: 150 } };
    const euro = { currency: 'EUR', earn: { points: 3, per: 1 }, pointValue: { points: 100, value: 1 } };
    await post('/admin/programmes/default/drafts/template', { ...draft, currencies: [euro] });
    const { page, complaints } = await logIn();
    await page.locator('header nav a[href="#/programme"]').click();
    await page.getByRole('link', { name: 'Start from a template' }).click();
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await step(page, 'Preview');
    await page.getByText('An order of €100.00 gives 300 points').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await step(page, 'Template');
    expect(await page.getByRole('radio', { name: /Tiers/ }).isChecked()).toBe(true);
    expect(await page.getByLabel('Silver from purchases').inputValue()).toBe('150');
    await page.reload();
    await step(page, 'Template');
    expect(await page.getByLabel('Silver from purchases').inputValue()).toBe('150');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await step(page, 'Preview');
    // Nothing was changed, so there is no second draft.
    await page.locator('header nav a[href="#/programme"]').click();
    await page.getByRole('button', { name: 'Version 1' }).waitFor();
    expect(await page.getByRole('button', { name: 'Version 2' }).count()).toBe(0);
    await page.goBack();
    await step(page, 'Preview');
    await page.getByRole('button', { name: 'Next' }).click();
    await step(page, 'Publish');
    await page.getByRole('radio', { name: 'On a day to come' }).check();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Please choose a day and time.').waitFor();
    await page.getByLabel('From').fill('2020-01-01T10:00');
    await page.getByText('This is past.').waitFor();
    const later = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
    await page.getByLabel('From').fill(later);
    await page.getByRole('button', { name: 'Publish' }).click();
    await step(page, 'Done');
    await page.getByText('It is in effect from').waitFor();
    await page.locator('header nav a[href="#/dashboard"]').click();
    await page.getByText('Your programme is about to start').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is walked through with the keyboard alone', async () => {
    const { page } = await logIn();
    const focused = (): Promise<string> =>
      page.evaluate(`(() => {
        const element = document.activeElement;
        const label = element?.id ? document.querySelector('label[for="' + element.id + '"]') : element?.closest('label');
        return (label?.textContent ?? element?.textContent ?? '').trim();
      })()`);
    const tabTo = async (wanted: string): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        if ((await focused()).startsWith(wanted)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${wanted} is not reached by Tab`);
    };
    const press = async (wanted: string): Promise<void> => {
      // The heading that has the focus may be called like the button.
      await page.keyboard.press('Tab');
      await tabTo(wanted);
      await page.keyboard.press('Enter');
    };
    await page.getByRole('button', { name: 'Set up the programme' }).waitFor();
    await press('Set up the programme');
    await step(page, 'Connection');
    await press('Next');
    await step(page, 'What points are worth');
    // Whoever goes on hears where they are.
    expect(await focused()).toBe('What points are worth');
    await tabTo('Customers get');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('0');
    await page.keyboard.press('Enter');
    await page.getByText('Please enter a whole number of 1 or more.').waitFor();
    expect(await focused()).toBe('Customers get');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await step(page, 'Template');
    await tabTo('Simple points');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^Tiers/);
    await page.getByLabel('Silver from purchases').waitFor();
    await press('Save and go on');
    await step(page, 'Preview');
    await press('Next');
    await step(page, 'Publish');
    await press('Publish');
    await step(page, 'Done');
    await page.context().close();
  });
});
