/** A whole sidecar on embedded SQLite, listening, for shops of the sandbox. */
import { createServer, type AddressInfo } from 'node:net';
import type { ManualClock } from '../../sidecar/src/clock';
import { compose, type ComposeOptions, type Sidecar } from '../../sidecar/src/compose';
import { loadConfig } from '../../sidecar/src/config';
import { sequentialIds } from '../../sidecar/src/ids';
import { createLogger } from '../../sidecar/src/logger';
import { openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { ensureProgramme } from '../../sidecar/src/stores/programme-store';
import type { SandboxShop } from '../sandbox/sandbox-shop';

export const APP = { appName: 'LoyaltySidecar', appSecret: 'composed-app-secret-0123456789' };
export const ADMIN_TOKEN = 'composed-admin-token-0123456789abcdef';

export interface ComposedSidecar {
  readonly sidecar: Sidecar;
  readonly storage: Storage;
  readonly url: string;
  close(): Promise<void>;
}

export interface ComposedOptions {
  readonly clock: ManualClock;
  readonly random: () => number;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly routers?: (storage: Storage) => NonNullable<ComposeOptions['routers']>;
  readonly pagesDirectory?: string;
}

export async function startSidecar({
  clock,
  random,
  port: wanted = 0,
  env = {},
  routers,
  pagesDirectory,
}: ComposedOptions): Promise<ComposedSidecar> {
  const port = wanted === 0 ? await freePort() : wanted;
  const url = `http://127.0.0.1:${port}`;
  const config = configFor(url, env);
  const storage = openStorage({ url: config.databaseUrl });
  await migrate(storage, clock);
  await ensureProgramme(storage.db, config.defaultProgrammeId, config.defaultProgrammeId, clock.now());
  const sidecar = compose({
    config,
    storage,
    clock,
    ids: sequentialIds('composed'),
    random,
    sleep: () => Promise.resolve(),
    log: createLogger(config.logLevel),
    checkAnswers: true,
    ...(routers === undefined ? {} : { routers: routers(storage) }),
    ...(pagesDirectory === undefined ? {} : { pagesDirectory }),
  });
  await new Promise<void>((resolve, reject) => {
    sidecar.server.once('error', reject);
    sidecar.server.listen(port, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    await sidecar.stop();
    await storage.close();
  };
  return { sidecar, storage, url, close };
}

/** What a shop has to tell arrives, is worked on, and the shop shows what came of it. */
export async function settle({ sidecar }: ComposedSidecar, shop: Pick<SandboxShop, 'deliverWebhooks'>): Promise<void> {
  await shop.deliverWebhooks();
  await sidecar.inbox.runOnce();
  await sidecar.writeback.runOnce();
}

/** A code with which a Magento shop can be paired once. */
export async function pairingCode(url: string, programmeId: string): Promise<string> {
  const response = await fetch(`${url}/admin/pairing-codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ programmeId }),
  });
  return ((await response.json()) as { code: string }).code;
}

/** Shops are told the address before the server listens, so the port must be known first. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function configFor(publicUrl: string, env: Readonly<Record<string, string>>) {
  const key = Buffer.alloc(32, 7).toString('base64');
  return loadConfig({
    DATABASE_URL: 'sqlite::memory:',
    PUBLIC_URL: publicUrl,
    SHOPWARE_APP_NAME: APP.appName,
    SHOPWARE_APP_SECRET: APP.appSecret,
    ENCRYPTION_KEYS: `composed:${key}`,
    IDENTITY_KEY: key,
    ADMIN_TOKENS: ADMIN_TOKEN,
    ALLOW_PRIVATE_URLS: 'true',
    INTAKE_RATE_PER_SECOND: '100000',
    API_RATE_PER_MINUTE: '1000000',
    LOG_LEVEL: 'silent',
    ...env,
  });
}
