/**
 * Processing: from a claimed delivery to books, decision and desired state, on MariaDB, against raw mysql2 saying the same
 * statements on the same kind of database in the same run. The shop's answer comes from memory on our side.
 */
import { createPool, type Pool } from 'mysql2/promise';
import { systemClock } from '../../sidecar/src/clock';
import { systemIds } from '../../sidecar/src/ids';
import type { OperationContext } from '../../sidecar/src/operations/context';
import type { ConnectedShop, ShopPlatform } from '../../sidecar/src/platform/platform';
import { openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { syncOrder } from '../../sidecar/src/sync/sync-order';
import { insertShop, standInPlatform } from '../support/stand-in-platform';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { inLanes, median } from './lanes';
import { BENCH_SHOP, benchOrder } from './orders';
import { recordStatements, type Statement } from './statements';

export interface ProcessingFigures {
  readonly eventsPerSecond: number;
  readonly rawPerSecond: number;
  readonly share: number;
  readonly statementsPerEvent: number;
}

const shop: ConnectedShop = {
  shopId: BENCH_SHOP,
  platform: 'shopware',
  externalShopId: BENCH_SHOP,
  programmeId: PROGRAMME_ID,
  url: 'https://shop.example',
  credentials: {},
  settings: {},
};

export interface BenchDatabase {
  readonly storage: Storage;
  readonly context: OperationContext;
  close(): Promise<void>;
}

export async function benchDatabase(url: string, log?: Parameters<typeof openStorage>[0]['log']): Promise<BenchDatabase> {
  const storage = openStorage({ url, poolSize: 16, ...(log ? { log } : {}) });
  await migrate(storage, systemClock);
  await insertShop(storage.db, BENCH_SHOP);
  const context = operationContext(storage, systemClock, systemIds);
  await publish(context, programmeDocument({ accrual: { ...(programmeDocument()['accrual'] as object), lockDays: 14 } }));
  return { storage, context, close: () => storage.close() };
}

/** An order goes through placed, paid, one unit refunded: three events. */
export async function processOrder(context: OperationContext, number: number): Promise<void> {
  for (const state of [0, 1, 2] as const) await processState(context, number, state);
}

async function processState(context: OperationContext, number: number, state: 0 | 1 | 2): Promise<void> {
  const platform: ShopPlatform = { ...standInPlatform(), readOrder: () => Promise.resolve(benchOrder(number, state)) };
  const outcome = await syncOrder(context, platform, shop, `order-${number}`);
  if (outcome !== 'changed') throw new Error(`order ${number} state ${state}: ${outcome}`);
}

async function replay(pool: Pool, events: readonly (readonly Statement[])[]): Promise<void> {
  for (const statements of events) {
    const connection = await pool.getConnection();
    try {
      // The read of the version fence stands before the transaction, as in ours.
      const [fence, ...inside] = statements;
      if (fence) await connection.query(fence.sql, fence.parameters as unknown[]);
      await connection.query('begin');
      for (const statement of inside) await connection.query(statement.sql, statement.parameters as unknown[]);
      await connection.query('commit');
    } finally {
      connection.release();
    }
  }
}

async function record(url: string, numbers: readonly number[]): Promise<Map<number, Statement[][]>> {
  const recorder = recordStatements();
  const database = await benchDatabase(url, recorder.log);
  recorder.take();
  const recorded = new Map<number, Statement[][]>();
  for (const number of numbers) {
    const events: Statement[][] = [];
    for (const state of [0, 1, 2] as const) {
      await processState(database.context, number, state);
      events.push(recorder.take());
    }
    recorded.set(number, events);
  }
  await database.close();
  return recorded;
}

/** Runs ours and the floor in alternating rounds, so that a busy machine is busy for both. */
export async function benchProcessing(
  freshUrl: () => Promise<string>,
  options: { orders: number; rounds: number; lanes: number; onProgress: () => void },
): Promise<ProcessingFigures> {
  const numbers = Array.from({ length: options.orders }, (_, index) => index);
  const recorded = await record(await freshUrl(), numbers);
  const all = [...recorded.values()].flat();
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const target = await benchDatabase(await freshUrl());
    ours.push(await inLanes(options.lanes, numbers, (number) => processOrder(target.context, number)));
    await target.close();
    const floorUrl = await freshUrl();
    await (await benchDatabase(floorUrl)).close();
    const pool = createPool({ uri: floorUrl, connectionLimit: 16 });
    // As ours does, else gap locks of the default level would get in the floor's way.
    pool.pool.on('connection', (connection) => connection.query('set session transaction isolation level read committed'));
    raw.push(await inLanes(options.lanes, numbers, (number) => replay(pool, recorded.get(number) ?? [])));
    await pool.end();
    options.onProgress();
  }
  const eventsPerSecond = all.length / (median(ours) / 1000);
  const rawPerSecond = all.length / (median(raw) / 1000);
  return {
    eventsPerSecond,
    rawPerSecond,
    share: eventsPerSecond / rawPerSecond,
    statementsPerEvent: all.reduce((sum, event) => sum + event.length, 0) / all.length,
  };
}
