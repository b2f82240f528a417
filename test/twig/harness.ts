/** Drives the app's Twig scripts, as a shop gets them, through the PHP harness beside this file; see run.php for the protocol. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { packApp } from '../../scripts/shopware-app/pack-app';
import { projectRoot } from '../support/source';
import { startPhp, type PhpProcess } from './php-process';

export interface Line {
  readonly id: string;
  readonly type: 'product' | 'promotion' | 'discount';
  readonly product: string | null;
  readonly quantity: number;
  readonly unit: number;
  readonly total: number;
  readonly label: string | null;
  readonly removable: boolean;
  readonly stackable: boolean;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The cart as it was left by a step. `broken` is set when a script threw: then the shop has no cart to show. */
export interface LoadedCart {
  readonly refusal: string | null;
  readonly broken?: string;
  readonly lines: readonly Line[];
  readonly total: number;
  /** Ids; each of those the harness knows blocks the order. */
  readonly errors: readonly string[];
  /** What scripts said, with the parameters of the message. */
  readonly told: readonly Readonly<Record<string, unknown>>[];
  readonly states: readonly string[];
  readonly passes: number;
  /** How often the script itself had the cart calculated. */
  readonly calculations: number;
}

export type Step = Readonly<Record<string, unknown>> & { readonly do: string };

export interface CartScenario {
  readonly catalogue: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly programme: unknown;
  readonly steps: readonly Step[];
  /** False = unknown names are null, as in a shop; otherwise they throw. */
  readonly strict?: boolean;
}

export interface RouteCall {
  readonly script: string;
  readonly block?: string;
  readonly method?: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly customer: Readonly<Record<string, unknown>> | null;
  readonly programme?: unknown;
}

export interface RouteAnswer {
  readonly broken?: string;
  readonly response: {
    readonly status: number;
    readonly body: Readonly<Record<string, unknown>> | null;
    readonly redirect: string | null;
    readonly isCached: boolean;
  } | null;
  readonly writes: readonly (readonly [string, readonly Readonly<Record<string, unknown>>[]])[];
}

export interface PageCall {
  readonly page: string;
  /** Of the script; that of gifts when it is left out. */
  readonly file?: string;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly customer: Readonly<Record<string, unknown>> | null;
  readonly programme?: unknown;
  /** What the sales channel sells, by id. */
  readonly products?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Rules that hold for whoever looks, the first first. */
  readonly ruleIds?: readonly string[];
  /** Customers of the shop, by id. */
  readonly customers?: Readonly<Record<string, { readonly firstName: string; readonly lastName: string }>>;
}

export interface PageAnswer {
  readonly broken?: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly searches: number;
}

export interface ViewCall {
  /** Below `views/storefront/loyalty/`. */
  readonly view: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly customer?: Readonly<Record<string, unknown>> | null;
  readonly programme?: unknown;
  /** E.g. `de-DE`; English when absent. */
  readonly locale?: string;
  /** Id of the sales channel that the page is of. */
  readonly salesChannel?: string;
}

export interface ViewAnswer {
  readonly broken?: string;
  readonly html: string;
}

export interface ConditionCall {
  readonly condition: string;
  readonly customer: Readonly<Record<string, unknown>> | null;
  /** What the merchant chose in the rule builder. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ConditionAnswer {
  readonly broken?: string;
  readonly matches: boolean;
}

const RESOURCES = 'App/Resources/';

/**
 * Gets the harness ready; installs Twig once, beside its place first since test files run at the same time.
 * @throws when PHP or Composer is missing, so that these tests never pass by not running
 */
export function prepareHarness(): void {
  execFileSync('php', ['-r', 'exit(PHP_VERSION_ID >= 80100 ? 0 : 1);']);
  const vendor = join(__dirname, 'vendor');
  if (existsSync(vendor)) return;
  const draft = `${vendor}-${process.pid}`;
  const env = { ...process.env, COMPOSER_VENDOR_DIR: draft };
  execFileSync('composer', ['install', '--no-interaction', '--no-progress'], { cwd: __dirname, env, stdio: 'pipe' });
  try {
    renameSync(draft, vendor);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(vendor)) throw error;
  }
}

/** The carts after each step, for every scenario. */
export function runCarts(scenarios: readonly CartScenario[]): LoadedCart[][] {
  return run(scenarios) as LoadedCart[][];
}

export function callRoutes(calls: readonly RouteCall[]): RouteAnswer[] {
  return run(calls) as RouteAnswer[];
}

export function openPages(calls: readonly PageCall[]): PageAnswer[] {
  return run(calls) as PageAnswer[];
}

/** Parts of pages, as a shop would show them; unknown names and snippets that are missing break them. */
export function renderViews(calls: readonly ViewCall[]): ViewAnswer[] {
  return run(calls) as ViewAnswer[];
}

/** Every view is compiled, also those that extend pages of the shop. */
export function compileViews(): { readonly views: number; readonly faults: unknown } {
  return (run([{ views: 'all' }]) as [{ views: number; faults: unknown }])[0];
}

export function matchConditions(calls: readonly ConditionCall[]): ConditionAnswer[] {
  return run(calls) as ConditionAnswer[];
}

let php: PhpProcess | null = null;

afterAll(() => php?.stop());

function run(input: unknown): unknown {
  php ??= startPhp(['-d', 'display_errors=stderr', join(__dirname, 'run.php'), shippedScripts()]);
  return php.ask(input);
}

let resources: string | null = null;

/** Folder of the scripts out of the packed app, beside its views and snippets. */
function shippedScripts(): string {
  if (resources !== null) return join(resources, 'scripts');
  const address = { url: 'https://sidecar.example', secret: null };
  const files = unzipSync(packApp(join(projectRoot, 'shopware-app'), 'App', address));
  const folder = mkdtempSync(join(tmpdir(), 'loyalty-scripts-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files)) {
    if (!name.startsWith(RESOURCES)) continue;
    const path = join(folder, name.slice(RESOURCES.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  resources = folder;
  return join(folder, 'scripts');
}
