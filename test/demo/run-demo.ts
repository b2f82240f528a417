/** The sidecar on embedded SQLite beside one sandbox shop of each platform, through a seeded year. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Sidecar } from '../../sidecar/src/compose';
import { ManualClock } from '../../sidecar/src/clock';
import { publishProgramme, saveDraft } from '../../sidecar/src/operations/publish-programme';
import type { Storage } from '../../sidecar/src/storage/dialect';
import type { PublishedProgramme } from '../../sidecar/src/stores/programme-store';
import { listShops } from '../../sidecar/src/stores/shop-store';
import { APP, startSidecar, pairingCode } from '../support/composed-sidecar';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import type { SandboxShop } from '../sandbox/sandbox-shop';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { demoRandom, ShopperYear, type DemoShop } from './shopper-year';
import { summarise } from './summary';
import { drawYear, type DemoProduct } from './year';

const START = Date.parse('2025-01-01T00:00:00.000Z');
const PROGRAMME_ID = 'default';
const GIFT = { ruleCode: 'gift', productNumber: 'DEMO-GIFT' };

export interface DemoOptions {
  readonly seed: number;
  readonly orders: number;
  readonly customers: number;
  /** 0 takes a free one. */
  readonly port: number;
  readonly onDay: (day: number, orders: number) => void;
}

/** Sidecar and shops, connected, under the demo's programme. */
export interface Demo {
  readonly url: string;
  readonly sidecar: Sidecar;
  readonly clock: ManualClock;
  readonly sandboxes: readonly [ReturnType<typeof createSandboxShopware>, ReturnType<typeof createSandboxMagento>];
  close(): Promise<void>;
}

export interface PlayedDemo extends Demo {
  readonly summary: { readonly text: string; readonly ok: boolean };
}

async function publish(sidecar: Sidecar) {
  const document: unknown = parse(readFileSync(join(__dirname, 'programme.yaml'), 'utf8'));
  const draft = await saveDraft(sidecar.context, { programmeId: PROGRAMME_ID, document, note: 'demo' });
  if (!draft.ok) throw new Error(`the demo's programme is invalid: ${JSON.stringify(draft.errors)}`);
  const { versionId } = draft.value;
  await publishProgramme(sidecar.context, { versionId, effectiveFrom: new Date(START).toISOString() });
  return sidecar.context.programmes.byVersion(sidecar.context.db, versionId);
}

async function connect(
  sidecar: Sidecar,
  url: string,
  sandboxes: readonly [SandboxShop, SandboxShop],
): Promise<[DemoShop, DemoShop]> {
  const connected: DemoShop[] = [];
  for (const sandbox of sandboxes) {
    await sandbox.connect(url, sandbox.platform === 'magento' ? await pairingCode(url, PROGRAMME_ID) : undefined);
    const row = (await listShops(sidecar.context.db)).find((shop) => shop.platform === sandbox.platform);
    if (!row) throw new Error(`the ${sandbox.platform} sandbox did not get connected`);
    connected.push({ sandbox, shopId: row.shop_id });
  }
  return connected as [DemoShop, DemoShop];
}

interface OpenedDemo extends Demo {
  readonly storage: Storage;
  readonly published: PublishedProgramme;
  readonly shops: [DemoShop, DemoShop];
}

/** Before anything has happened. @param products what both shops sell, besides the gift */
export async function openDemo(seed: number, port: number, products: readonly DemoProduct[]): Promise<OpenedDemo> {
  const clock = new ManualClock(START);
  const random = demoRandom(seed);
  const { sidecar, storage, url, ...composed } = await startSidecar({ clock, random, port });
  const sandboxes = [createSandboxShopware({ clock, random, ...APP }), createSandboxMagento({ clock, random })] as const;
  const close = async (): Promise<void> => {
    await composed.close();
    for (const sandbox of sandboxes) await sandbox.stop();
  };
  try {
    for (const sandbox of sandboxes) {
      await sandbox.start();
      const gift = { ...GIFT, name: 'Tasting box', grossMinor: 990, taxRate: 19, categoryIds: ['gifts'] };
      for (const product of [...products, gift]) sandbox.addProduct(product);
    }
    const published = await publish(sidecar);
    const shops = await connect(sidecar, url, sandboxes);
    return { url, sidecar, storage, clock, sandboxes, published, shops, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same options give the same summary. */
export async function runDemo(options: DemoOptions): Promise<PlayedDemo> {
  const year = drawYear(options.seed, { customers: options.customers, orders: options.orders });
  const opened = await openDemo(options.seed, options.port, year.products);
  const { sidecar, clock, storage, published, shops } = opened;
  try {
    const played = new ShopperYear(sidecar, clock, shops, year, START, GIFT);
    await played.play((day) => options.onDay(day, played.figures.orders));
    await sidecar.runJob('roll-metrics');
    return { ...opened, summary: await summarise(storage.db, published, shops, played.figures) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
