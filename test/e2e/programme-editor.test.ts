/** The programme as forms, in a real browser: tiers are moved and changed, prices pasted, faults shown, the draft published. */
import type { Browser, Page } from 'playwright-core';
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { hindrances, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';

const PASSWORD = 'a long password 1';

/** Where to put pictures for somebody who wants to look at them. */
const PICTURES = process.env['PICTURES'];

describe('the editor of a programme', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let versionId: string;

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    versionId = await publish(composed.sidecar.context, programmeDocument());
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    await settle(composed, shop);
    const staff = { programmeId: 'default', name: 'anna', role: 'manage', password: PASSWORD };
    await fetch(`${composed.url}/admin/staff`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(staff),
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  async function openEditor(section: string, options?: PageOptions): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    const { page } = watched;
    await page.goto(`${composed.url}/ui/#/programme/edit/${section}?version=${versionId}`);
    await page.locator('input[name=username]').fill('anna');
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.locator('.save-bar').waitFor();
    return watched;
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }

  const tierNames = (page: Page): Promise<string[]> => page.locator('.entry-name').allInnerTexts();
  const name = (page: Page) => page.getByRole('textbox', { name: 'Name' }).last();

  it('changes tiers by pulling and by the keyboard, shows what is wrong beside the field, and publishes the draft', async () => {
    const { page, complaints } = await openEditor('tiers');
    await page.getByRole('button', { name: 'Add tier' }).click();
    await name(page).fill('Platinum');
    expect(await page.getByLabel('Code').last().inputValue()).toBe('platinum');
    await page.getByLabel('Turnover', { exact: true }).fill('2.000,50 €');

    await page.locator('.handle').nth(2).dragTo(page.locator('.entries > li').nth(0));
    expect(await tierNames(page)).toEqual(['Platinum', 'Silver', 'Gold']);
    // Lower thresholds stand above: two things are wrong now, and each is said beside its field.
    await page.getByText('To correct: 1').first().waitFor();
    await page.getByRole('link', { name: 'Tiers › Silver › threshold' }).click();
    const threshold = page.locator('[id="tiers.levels[1].threshold"]');
    expect(await threshold.getAttribute('aria-invalid')).toBe('true');
    const described = await threshold.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${described}"]`).innerText()).toBe('must be greater than 2000.5, the threshold of platinum');
    await picture(page, 'tiers-wrong-1280');

    await page.getByRole('button', { name: 'Move Platinum down' }).focus();
    await page.keyboard.press('Enter');
    expect(await tierNames(page)).toEqual(['Silver', 'Platinum', 'Gold']);
    await page.keyboard.press('Enter');
    expect(await tierNames(page)).toEqual(['Silver', 'Gold', 'Platinum']);
    // At the end there is no way further down: the cursor is on the way back.
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Move Platinum up');
    await page.getByText('Changed, not saved yet').waitFor();

    await page.locator('[id="tiers.levels[0].threshold"]').fill('much');
    await page.getByText('must be a number').first().waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Changed, not saved yet').waitFor();

    await page.getByRole('link', { name: 'All versions' }).click();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(page.url()).toContain('/programme/edit/tiers');

    await page.getByPlaceholder('Note, for the history').fill('a tier on top');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    const changes = page.getByRole('region', { name: 'What this version changes' });
    await changes.getByText('tiers.levels[platinum]').waitFor();
    expect(await changes.locator('tbody tr').count()).toBe(1);
    expect(await changes.innerText()).toContain('"threshold":2000.5');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('row', { name: /Version 2 In effect/ }).waitFor();
    expect(await page.getByRole('row', { name: /Version 2/ }).innerText()).toContain('anna');
    await page.getByRole('button', { name: 'Version 1' }).click();
    await page.getByRole('button', { name: 'Go back to version 1' }).click();
    await page.getByRole('row', { name: /Version 3 In effect/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['basics', 'points', 'tiers', 'text'])('shows %s', async (section) => {
    for (const width of [1280, 390]) {
      const { page, complaints } = await openEditor(section, { width });
      await page.locator('.section-body .mt-card').first().waitFor();
      if (section === 'tiers') await page.locator('.entries summary').first().click();
      await picture(page, `${section}-${width}`);
      expect({ width, hindrances: await hindrances(page), overflow: Math.max(0, await overflow(page)) }).toEqual({
        width,
        hindrances: [],
        overflow: 0,
      });
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
