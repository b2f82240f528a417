/** A sidecar's HTTP side on SQLite, with a platform and protocols as small as they can be. */
import { createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpApp, type MountedRouter } from '../../sidecar/src/api/app';
import { createHealthRouter } from '../../sidecar/src/api/health';
import { createServer, type SidecarServer } from '../../sidecar/src/api/server';
import { ManualClock } from '../../sidecar/src/clock';
import { AppError } from '../../sidecar/src/errors';
import { systemIds } from '../../sidecar/src/ids';
import { createBatchedInsert } from '../../sidecar/src/inbox/batched-insert';
import { createMetrics } from '../../sidecar/src/metrics';
import type { ShopPlatform } from '../../sidecar/src/platform/platform';
import { createRateBuckets } from '../../sidecar/src/security/rate-buckets';
import { createSealer, type Sealer } from '../../sidecar/src/security/sealer';
import { openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import {
  createPendingShop,
  findShopById,
  saveConfirmation,
  setShopStatus,
  type ShopStatus,
} from '../../sidecar/src/stores/shop-store';
import { createAcceptDelivery } from '../../sidecar/src/webhook/accept-delivery';
import { createIntake, INTAKE_PATH } from '../../sidecar/src/webhook/intake';
import { createShopDirectory, type ShopDirectory } from '../../sidecar/src/webhook/shop-directory';
import { standInPlatform } from '../support/stand-in-platform';

export const START_MS = Date.parse('2026-03-01T10:00:00.000Z');
export const BODY_LIMIT = 4096;

export function sign(text: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Shop in `x-shop`, signature over the raw body in `x-signature`, time in `x-timestamp`; the rest in the body. */
export function plainPlatform(clock: ManualClock): ShopPlatform {
  return {
    ...standInPlatform(),
    claimedShop: ({ headers }) => headers['x-shop'] ?? null,
    verify: ({ headers, body }, secrets) => {
      const signature = headers['x-signature'];
      if (signature === undefined) throw new AppError('MISSING_SIGNATURE');
      if (signature === 'bug') throw new Error('hush: a fault of ours');
      if (!secrets.some((secret) => sign(body, secret) === signature)) throw new AppError('BAD_SIGNATURE');
      const sentMs = Number(headers['x-timestamp'] ?? clock.nowMs());
      if (Math.abs(clock.nowMs() - sentMs) > 300_000) throw new AppError('TIMESTAMP_OUT_OF_TOLERANCE');
      const { eventId, topic = 'order.written', resource = 'order:1' } = parsed(body);
      if (typeof eventId !== 'string' || eventId === '') throw new AppError('MISSING_EVENT_ID');
      return { eventId, topic: String(topic), resourceKey: String(resource) };
    },
  };
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString('utf8'))) as Record<string, unknown>;
  } catch {
    throw new AppError('MALFORMED_JSON');
  }
}

export interface LogLine {
  readonly level: 'warn' | 'error';
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface HttpFixture {
  readonly storage: Storage;
  readonly clock: ManualClock;
  readonly sealer: Sealer;
  readonly directory: ShopDirectory;
  readonly http: SidecarServer;
  readonly url: string;
  readonly logged: LogLine[];
  /** Results of deliveries as metrics see them. */
  readonly results: string[];
  /** How often a stored delivery woke the worker. */
  readonly wakes: () => number;
  /** SQL of every statement since the last call. */
  readonly statements: () => string[];
  addShop(externalShopId: string, secret: string, status?: ShopStatus): Promise<string>;
  stored(): Promise<{ event_id: string; body: string; topic: string }[]>;
  close(): Promise<void>;
}

export interface FixtureOptions {
  readonly routers?: (fixture: Omit<HttpFixture, 'http' | 'url'>) => readonly MountedRouter[];
  readonly ratePerSecond?: number;
  readonly apiRatePerMinute?: number;
  readonly metricsToken?: string;
  readonly workerRuns?: () => boolean;
}

export async function openFixture(options: FixtureOptions = {}): Promise<HttpFixture> {
  const clock = new ManualClock(START_MS);
  const statements: string[] = [];
  const storage = openStorage({ url: 'sqlite::memory:', log: (event) => statements.push(event.query.sql) });
  await migrate(storage, clock);
  const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
  const directory = createShopDirectory(storage.db, sealer, clock);
  const logged: LogLine[] = [];
  const record =
    (level: LogLine['level']) =>
    (details: LogLine['details'], message: string): void =>
      void logged.push({ level, details, message });
  const log = { warn: record('warn'), error: record('error') } as never;
  const results: string[] = [];
  let wakes = 0;
  let shops = 0;
  const parts = {
    storage,
    clock,
    sealer,
    directory,
    logged,
    results,
    wakes: () => wakes,
    statements: () => statements.splice(0),
    addShop: async (externalShopId: string, secret: string, status: ShopStatus = 'active') => {
      shops += 1;
      const shop = {
        shopId: `shop-${shops}`,
        platform: 'shopware' as const,
        externalShopId,
        programmeId: 'default',
        url: 'https://shop.example',
      };
      await createPendingShop(storage.db, sealer, shop, secret, clock.now());
      if (status === 'pending') return shop.shopId;
      const row = await findShopById(storage.db, shop.shopId);
      if (!row) throw new Error('the shop is not there');
      const now = clock.now();
      await saveConfirmation(storage.db, sealer, row, { secret, url: shop.url, credentials: {}, previousValidUntil: now, now });
      await setShopStatus(storage.db, shop.shopId, status, now);
      return shop.shopId;
    },
    stored: () => storage.db.selectFrom('inbox_message').select(['event_id', 'body', 'topic']).orderBy('event_id').execute(),
  };
  const metrics = createMetrics();
  const intake = createIntake({
    platforms: [plainPlatform(clock)],
    accept: createAcceptDelivery({
      directory,
      inbox: createBatchedInsert(storage.db),
      clock,
      ids: systemIds,
      log,
      rate: createRateBuckets(options.ratePerSecond ?? 1000, clock),
      onStored: () => {
        wakes += 1;
      },
    }),
    ids: systemIds,
    log,
    bodyLimitBytes: BODY_LIMIT,
    onDelivery: (platform) => (result) => {
      metrics.deliveries.inc({ platform, result });
      results.push(result);
    },
  });
  const closeOnce = once(async () => storage.close());
  const app = createHttpApp({
    ids: systemIds,
    log,
    health: createHealthRouter({
      db: storage.db,
      dialect: storage.dialect,
      clock,
      log,
      workers: { inbox: { isRunning: options.workerRuns ?? (() => true) } },
      registry: metrics.registry,
      onBacklog: (backlog) => metrics.inboxPending.set(backlog.inbox.pending),
      metricsToken: options.metricsToken ?? null,
    }),
    routers: options.routers?.({ ...parts, close: closeOnce }) ?? [],
    ratePerMinute: options.apiRatePerMinute ?? 10_000,
    trustedProxies: 0,
  });
  const http = createServer({ intakePath: INTAKE_PATH, intake, app });
  await new Promise<void>((resolve) => http.server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  return {
    ...parts,
    http,
    url,
    close: async () => {
      if (http.server.listening) await http.drain(1000);
      await closeOnce();
    },
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

export interface Call {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** One request on a connection of its own. */
export function call(url: string, { method = 'POST', headers = {}, body }: Call = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = response.headers['content-type']?.startsWith('application/json') === true;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: isJson ? JSON.parse(text) : text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Code of the error an answer carries; null when it carries none. */
export function errorCode(answer: Answer): unknown {
  return (answer.body as { error?: { code?: unknown } }).error?.code ?? null;
}
