/** The programme as forms, in a real browser: tiers are moved and changed, prices pasted, faults shown, the draft published. */
import type { Browser, Page } from 'playwright-core';
import { SECTIONS } from '../../sidecar/admin-ui/src/pages/programme/edit/sections';
import { ManualClock } from '../../sidecar/src/clock';
import { saveDraft } from '../../sidecar/src/operations/publish-programme';
import { seededRandom } from '../simulation/random';
import { hindrances, sendLogin, openBrowser, openPage, overflow, type PageOptions, type WatchedPage } from '../support/browser';
import { APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, PROGRAMME_ID, publish } from '../support/programme';
import { wholeProgramme } from '../support/whole-programme';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { openStaffAccount } from '../support/staff-account';

const PASSWORD = 'a long password 1';

/** Where to put pictures for somebody who wants to look at them. */
const PICTURES = process.env['PICTURES'];

describe('the editor of a programme', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let browser: Browser;
  let versionId: string;
  /** A draft of a programme in which every part says something. */
  let wholeId: string;

  beforeAll(async () => {
    const random = seededRandom(7);
    composed = await startSidecar({ clock, random: () => random.next() });
    versionId = await publish(composed.sidecar.context, programmeDocument());
    const whole = await saveDraft(composed.sidecar.context, { programmeId: PROGRAMME_ID, document: wholeProgramme(), note: '' });
    if (!whole.ok) throw new Error(JSON.stringify(whole.errors));
    wholeId = whole.value.versionId;
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    const goods = { taxRate: 19, categoryIds: [] };
    shop.addProduct({ productNumber: 'LAMP-1', grossMinor: 14_900, ...goods });
    shop.addProduct({ productNumber: 'LAMP-2', grossMinor: 999, ...goods });
    shop.addProduct({ productNumber: 'CUP-1', grossMinor: 800, ...goods });
    for (const email of ['a@example.com', 'b@example.com']) shop.registerCustomer({ email });
    await settle(composed, shop);
    await openStaffAccount(composed.url, { name: 'anna', role: 'manage', password: PASSWORD });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await composed.close();
    await shop.stop();
  });

  async function openEditor(
    section: string,
    { version = versionId, ...options }: PageOptions & { readonly version?: string } = {},
  ): Promise<WatchedPage> {
    const watched = await openPage(browser, options);
    const { page } = watched;
    await page.goto(`${composed.url}/ui/#/programme/edit/${section}?version=${version}`);
    await sendLogin(page, { name: 'anna', password: PASSWORD });
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
    await page.locator('.entry-name').first().filter({ hasText: 'Platinum' }).waitFor();
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
    await changes.getByText('platinum', { exact: true }).waitFor();
    expect(await changes.locator('tbody tr').count()).toBe(1);
    expect(await changes.innerText()).toContain('threshold 2000.5');
    await page.getByRole('button', { name: 'Publish' }).click();
    // The second one is the draft in which every part has something.
    await page.getByRole('row', { name: /Version 3 In effect/ }).waitFor();
    expect(await page.getByRole('row', { name: /Version 3/ }).innerText()).toContain('anna');
    await page.getByRole('button', { name: 'Version 1' }).click();
    await page.getByRole('button', { name: 'Go back to version 1' }).click();
    await page.getByRole('row', { name: /Version 4 In effect/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** As the browser does it, by an event; the test's own types know no clipboard. */
  async function paste(page: Page, label: string, text: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).focus();
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(text)});
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    })()`);
  }

  it('finds products in the shop, takes prices from a spreadsheet, and changes many at once', async () => {
    const { page, complaints } = await openEditor('tierPrices');
    const search = page.getByLabel('Find a product by number or name').first();
    await search.fill('lamp');
    await page.getByRole('button', { name: 'Add LAMP-1' }).click();
    await page.getByRole('button', { name: 'Add LAMP-2' }).click();
    await page.getByRole('row', { name: /LAMP-1 Product LAMP-1 €149.00/ }).waitFor();
    await search.fill('');
    const order = await page.locator('.prices tbody code').allInnerTexts();
    expect(order).toEqual(['LAMP-2', 'LAMP-1']);

    await paste(page, 'Price of LAMP-2 for Silver', '9,50\t8.90\n140,00 €\t10 %\n');
    await page.getByText('4 prices taken over').waitFor();
    const price = (product: string, tier: string) => page.getByLabel(`Price of ${product} for ${tier}`, { exact: true });
    expect(await price('LAMP-1', 'Silver').inputValue()).toBe('140.00');
    expect(await price('LAMP-1', 'Gold').inputValue()).toBe('10 %');
    await page.getByText('Paste a table').click();
    await page.getByLabel(/Product number, then: Silver, Gold/).fill('Number\tSilver\tGold\nCUP-1\t7\tcheap');
    await page.getByRole('button', { name: 'Take over' }).click();
    const cheap = price('CUP-1', 'Gold');
    await page.locator('td .fault').getByText('must be a number').waitFor();
    expect(await cheap.getAttribute('aria-invalid')).toBe('true');
    await picture(page, 'tierPrices-wrong-1280');
    await page.getByRole('link', { name: /^Tier prices › cup-1-gold/ }).click();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Price of CUP-1 for Gold');
    await cheap.fill('6.40');
    await cheap.press('Tab');
    await page.getByText('Changed, not saved yet').waitFor();

    await page.getByLabel('Choose LAMP-1').check();
    await page.getByLabel('Choose LAMP-2').check();
    await page.getByRole('combobox', { name: 'Change' }).selectOption('fixed');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('2 of 2 products changed').waitFor();
    expect(await price('LAMP-1', 'Silver').inputValue()).toBe('141.55');
    expect(await price('LAMP-2', 'Silver').inputValue()).toBe('9.49');
    await picture(page, 'tierPrices-1280');

    await page.getByRole('button', { name: 'Save as a draft' }).click();
    const changes = page.getByRole('region', { name: 'What this version changes' });
    await changes.getByText('lamp-1-silver', { exact: true }).waitFor();
    expect(await changes.innerText()).toContain('price (EUR 141.55)');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('plans campaigns in a calendar, and counts the members of segments while they are edited', async () => {
    const { page, complaints } = await openEditor('campaigns');
    await page.getByRole('button', { name: 'Add campaign' }).click();
    await name(page).fill('Spring');
    await page.getByLabel('First day').fill('2026-03-10');
    await page.getByLabel('Last day').fill('2026-03-12');
    const running = page.locator('.running', { hasText: 'Spring' });
    expect(await running.count()).toBe(3);
    await page.getByLabel('Points in all').fill('1.000');
    await page.locator('.entries summary').first().click();
    await running.first().focus();
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Points in all').inputValue()).toBe('1');
    await page.getByLabel('Points in all').fill('1,000');
    await picture(page, 'campaigns-filled-1280');
    await page.getByRole('button', { name: 'Month after' }).click();
    await page.getByRole('heading', { name: 'April 2026' }).waitFor();
    expect(await running.count()).toBe(0);

    await page.getByRole('link', { name: 'Segments' }).click();
    await page.getByRole('button', { name: 'Add segment' }).click();
    await name(page).fill('New ones');
    await page.locator('.entries .entries summary').click();
    await page.getByRole('combobox', { name: 'What' }).selectOption('memberDays');
    await page.getByLabel('At least', { exact: true }).fill('0');
    await page.getByText('2 of 2 members').waitFor();
    await page.getByLabel('At least', { exact: true }).fill('10');
    await page.getByText('0 of 2 members').waitFor();
    await picture(page, 'segments-filled-1280');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    const changes = page.getByRole('region', { name: 'What this version changes' });
    await changes.getByText('spring', { exact: true }).waitFor();
    expect(await changes.innerText()).toContain('from 2026-03-10, until 2026-03-13');
    await changes.getByText('new-ones', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('writes a quiz with its right answers, and a holiday, by the keyboard alone', async () => {
    const { page, complaints } = await openEditor('activities');
    const press = async (button: string): Promise<void> => {
      await page.getByRole('button', { name: button, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press('Add activity');
    await name(page).fill('Tea quiz');
    await page.locator('.entries .entries summary').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Which is green?');
    await page.getByLabel('Answer 1', { exact: true }).fill('Sencha');
    await page.getByText('must not be empty').first().waitFor();
    await page.getByRole('checkbox', { name: 'right', exact: true }).first().press('Space');
    await page.getByLabel('Answer 2', { exact: true }).fill('Assam');
    await press('Add answer');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Answer 3');
    await page.keyboard.type('Keemun');
    // The right answer is written otherwise and stays the right one.
    await page.getByLabel('Answer 1', { exact: true }).fill('Sencha, from Japan');
    await picture(page, 'activities-filled-1280');

    await page.getByRole('link', { name: 'Occasions' }).click();
    await press('Add occasion');
    await name(page).fill('Saint Nicholas');
    await page.getByRole('combobox', { name: 'Day' }).selectOption('holiday');
    await page.getByLabel('Month and day').fill('13-06');
    await page.getByText('must be a day of the year, like 12-06').first().waitFor();
    await page.getByLabel('Month and day').fill('12-06');
    await page.getByLabel('A voucher').press('Space');
    await page.getByLabel('Good for orders from, EUR').fill('25');
    await page.getByText('Changed, not saved yet').waitFor();
    await picture(page, 'occasions-filled-1280');
    await press('Save as a draft');
    const changes = page.getByRole('region', { name: 'What this version changes' });
    await changes.getByText('tea-quiz', { exact: true }).waitFor();
    const said = await changes.innerText();
    expect(said).toContain('options (Sencha, from Japan, Assam, Keemun), right Sencha, from Japan');
    expect(said).toContain('date 12-06');
    expect(said).toContain('minimum order (EUR 25)');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('offers changes again after the session and the page are gone, to be taken up or discarded', async () => {
    const { page, complaints } = await openEditor('basics');
    const clubName = page.getByLabel('Name of the programme');
    const logInAnew = async (): Promise<void> => {
      await page.evaluate(`sessionStorage.removeItem('loyalty-session')`);
      page.once('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await sendLogin(page, { name: 'anna', password: PASSWORD });
      await page.getByText(/^You had unsaved changes from 1 Mar 2026/).waitFor();
      expect(await clubName.inputValue()).toBe('Test programme');
    };
    await clubName.fill('Tea club');
    await page.getByText('Changed, not saved yet').waitFor();
    await logInAnew();
    await picture(page, 'kept-1280');
    await page.getByRole('button', { name: 'Take them up' }).click();
    expect(await clubName.inputValue()).toBe('Tea club');
    await page.getByText('Changed, not saved yet').waitFor();
    await logInAnew();
    await page.getByRole('button', { name: 'Discard changes' }).first().click();
    await page.reload();
    await page.locator('.save-bar').waitFor();
    expect(await page.getByText('You had unsaved changes').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  async function openEverything(page: Page): Promise<void> {
    const closed = page.locator('.section-body details:not([open])');
    while ((await closed.count()) > 0) await closed.first().locator('summary').click();
  }

  it.each([1280, 390])(
    'shows every part at %d pixels, and what is only looked at or typed again stays as it is',
    async (width) => {
      const { page, complaints } = await openEditor('basics', { width, version: wholeId });
      for (const section of SECTIONS) {
        await page.locator(`nav.sections a[href*="/edit/${section}?"]`).click();
        await page.locator(`nav.sections a.router-link-exact-active[href*="/edit/${section}?"]`).waitFor();
        await page.locator('.section-body .mt-card').first().waitFor();
        await openEverything(page);
        await page.evaluate(`for (const field of document.querySelectorAll('.section-body :is(input[type=text], textarea)')) {
        field.focus();
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.blur();
      }`);
        await picture(page, `${section}-${width}`);
        expect({
          section,
          state: await page.locator('.save-bar [role=status]').innerText(),
          hindrances: await hindrances(page),
          overflow: Math.max(0, await overflow(page)),
        }).toEqual({ section, state: 'Nothing changed', hindrances: [], overflow: 0 });
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
