/** Chromium, and what every page of ours must be. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findProgram } from './find-program';
import type { StaffAccount } from './staff-account';

export async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram('chromium', 'chromium-browser', 'google-chrome');
  if (executablePath === null) throw new Error('Chromium is not installed: Debian package chromium');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

export interface WatchedPage {
  readonly page: Page;
  /** Errors the page wrote or threw, refused scripts included. */
  readonly complaints: readonly string[];
}

export interface PageOptions {
  /** CSS pixels. */
  readonly width?: number;
  /** E.g. `de-DE`. */
  readonly locale?: string;
}

export async function openPage(browser: Browser, { width = 1280, locale = 'en-GB' }: PageOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  // Other tests run beside: what is slow is no fault, what never comes is.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** On the form of the admin pages; what comes after it, the caller waits for. */
export async function sendLogin(page: Page, { name, password }: StaffAccount): Promise<void> {
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What hinders somebody on the page, serious or worse: rule and element. */
export async function hindrances(page: Page): Promise<string[]> {
  // Evaluated and not added as a script, which the page's policy would refuse.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Finding {
      readonly id: string;
      readonly impact: string | null;
      readonly nodes: readonly { readonly html: string }[];
    }
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: readonly Finding[] }> } };
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

/** How far a page is wider than its window, in CSS pixels. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
