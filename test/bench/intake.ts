/**
 * Intake: signed 20 kB webhooks over HTTP until they are committed on MariaDB. Floors in the same run: node:http that only
 * reads the body; raw mysql2 that stores the same row with one statement a delivery; and both together.
 */
import { Agent, createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { createPool, type Pool } from 'mysql2/promise';
import { compose } from '../../sidecar/src/compose';
import { loadConfig } from '../../sidecar/src/config';
import { systemClock } from '../../sidecar/src/clock';
import { systemIds } from '../../sidecar/src/ids';
import { createLogger } from '../../sidecar/src/logger';
import { createSealer } from '../../sidecar/src/security/sealer';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { connectShop } from '../../sidecar/src/stores/shop-store';
import { inLanes, median } from './lanes';

export interface IntakeFigures {
  readonly perSecond: number;
  readonly httpFloor: number;
  readonly mysqlFloor: number;
  readonly bothFloor: number;
}

const SHOP = 'bench-shop';
const SECRET = 'bench-secret-0123456789abcdef0123456789abcdef0123456789abcdef0123';

export interface IntakeOptions {
  readonly deliveries: number;
  readonly rounds: number;
  readonly lanes: number;
  readonly onProgress: () => void;
}

interface Delivery {
  readonly eventId: string;
  readonly body: string;
  readonly signature: string;
}

function deliveries(round: string, count: number): Delivery[] {
  const filler = 'x'.repeat(19_000);
  return Array.from({ length: count }, (_, index) => {
    const eventId = `${round}-${index}`;
    const body = JSON.stringify({
      data: { payload: { order: { id: `order-${index}`, filler } }, event: 'checkout.order.placed' },
      source: { url: 'http://shop.example', eventId, shopId: SHOP, appVersion: '1.0.0' },
      timestamp: 1_795_403_696,
    });
    return { eventId, body, signature: createHmac('sha256', SECRET).update(body).digest('hex') };
  });
}

async function listening(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

function post(agent: Agent, port: number, delivery: Delivery): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(delivery.body),
      'shopware-shop-signature': delivery.signature,
    };
    const call = request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/webhooks/shopware', headers }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`))));
    });
    call.on('error', reject);
    call.end(delivery.body);
  });
}

async function drive(port: number, options: IntakeOptions, round: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.lanes });
  const ms = await inLanes(options.lanes, deliveries(round, options.deliveries), (delivery) => post(agent, port, delivery));
  agent.destroy();
  return ms;
}

const INSERT =
  'insert into inbox_message (message_id, shop_id, event_id, topic, resource_key, body, received_at, status, attempts, next_attempt_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';

async function store(pool: Pool, delivery: Delivery): Promise<void> {
  const now = systemClock.now();
  const row = [
    systemIds.next(),
    SHOP,
    delivery.eventId,
    'checkout.order.placed',
    'order:1',
    delivery.body,
    now,
    'pending',
    0,
    now,
  ];
  await pool.query(INSERT, row);
}

/** Reads the body, checks its signature, and does `work`: the least a webhook route can do. */
function plainListener(work: (delivery: Delivery) => Promise<void>): RequestListener {
  return (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      createHmac('sha256', SECRET).update(body).digest('hex');
      const parsed = JSON.parse(body.toString()) as { source: { eventId: string } };
      void work({ eventId: parsed.source.eventId, body: body.toString(), signature: '' }).then(() =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      );
    });
  };
}

async function startSidecar(url: string) {
  const storage = openStorage({ url, poolSize: 8 });
  await migrate(storage, systemClock);
  const key = Buffer.alloc(32, 1).toString('base64');
  const config = loadConfig({
    DATABASE_URL: url,
    PUBLIC_URL: 'http://127.0.0.1:1',
    ENCRYPTION_KEYS: `k:${key}`,
    IDENTITY_KEY: key,
    INTAKE_RATE_PER_SECOND: '100000',
    LOG_LEVEL: 'silent',
  });
  const now = systemClock.now();
  await inTransaction(storage.db, (trx) =>
    connectShop(
      trx,
      createSealer(config.encryptionKeys),
      { shopId: SHOP, platform: 'shopware', externalShopId: SHOP, programmeId: 'default', url: 'http://shop.example' },
      { secret: SECRET, url: 'http://shop.example', credentials: {}, previousValidUntil: now, now },
    ),
  );
  const sidecar = compose({
    config,
    storage,
    clock: systemClock,
    ids: systemIds,
    random: () => 0.5,
    sleep: () => Promise.resolve(),
    log: createLogger('silent'),
  });
  await new Promise<void>((resolve) => sidecar.server.listen(0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    await sidecar.stop();
    await storage.close();
  };
  return { port: (sidecar.server.address() as AddressInfo).port, stop };
}

export async function benchIntake(freshUrl: () => Promise<string>, options: IntakeOptions): Promise<IntakeFigures> {
  const times = { ours: [] as number[], http: [] as number[], mysql: [] as number[], both: [] as number[] };
  const ours = await startSidecar(await freshUrl());
  const floorUrl = await freshUrl();
  await (await startSidecar(floorUrl)).stop();
  const pool = createPool({ uri: floorUrl, connectionLimit: 8 });
  const http = await listening(plainListener(() => Promise.resolve()));
  const both = await listening(plainListener((delivery) => store(pool, delivery)));
  for (let round = 0; round < options.rounds; round += 1) {
    times.ours.push(await drive(ours.port, options, `ours-${round}`));
    times.http.push(await drive(http.port, options, `http-${round}`));
    times.both.push(await drive(both.port, options, `both-${round}`));
    times.mysql.push(await inLanes(8, deliveries(`mysql-${round}`, options.deliveries), (delivery) => store(pool, delivery)));
    options.onProgress();
  }
  await ours.stop();
  for (const { server } of [http, both]) {
    server.closeAllConnections();
    server.close();
  }
  await pool.end();
  const rate = (values: readonly number[]): number => options.deliveries / (median(values) / 1000);
  return { perSecond: rate(times.ours), httpFloor: rate(times.http), mysqlFloor: rate(times.mysql), bothFloor: rate(times.both) };
}
