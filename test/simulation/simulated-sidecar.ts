import type { ManualClock } from '../../sidecar/src/clock';
import { sequentialIds } from '../../sidecar/src/ids';
import { createInboxWorker } from '../../sidecar/src/inbox/worker';
import { reconcileShop } from '../../sidecar/src/jobs/reconcile-shops';
import { recentHistory } from '../../sidecar/src/operations/member-history';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { expireLots } from '../../sidecar/src/operations/expire-lots';
import { expireHolds } from '../../sidecar/src/operations/release-hold';
import { resolveReferrals } from '../../sidecar/src/operations/resolve-referrals';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import type { ConnectedShop } from '../../sidecar/src/platform/platform';
import { openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { insertDeliveries } from '../../sidecar/src/stores/inbox-store';
import { createGroupHandler } from '../../sidecar/src/sync/handle-group';
import { syncCustomer } from '../../sidecar/src/sync/sync-customer';
import { syncOrder } from '../../sidecar/src/sync/sync-order';
import { createWritebackWorker } from '../../sidecar/src/writeback/worker';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { insertShop } from '../support/stand-in-platform';
import { simulatedCampaigns } from './campaigns';
import type { Random } from './random';
import type { Scenario } from './simulate';
import { SHOP_ID, type SimulatedDelivery, type SimulatedShop } from './simulated-shop';

export interface SimulatedSidecar {
  readonly storage: Storage;
  readonly context: OperationContext;
  readonly killed: boolean;
  /** Kills the process before so many more statements; null = not at all. */
  killAfter(statements: number | null): void;
  receive(deliveries: readonly SimulatedDelivery[]): Promise<void>;
  /** Works off what is due once. */
  work(): Promise<void>;
  workUntilIdle(): Promise<void>;
  reconcile(): Promise<void>;
  runJobs(now: string): Promise<void>;
  writeBackUntilIdle(): Promise<void>;
  close(): Promise<void>;
}

class Killed extends Error {
  override readonly name = 'Killed';
}

export function isKilled(error: unknown): boolean {
  return error instanceof Killed;
}

interface BootOptions {
  readonly databaseUrl: string;
  readonly clock: ManualClock;
  readonly shop: SimulatedShop;
  readonly boot: number;
  readonly scenario: Scenario;
  readonly random: Random;
}

const SHOP: ConnectedShop = {
  shopId: SHOP_ID,
  platform: 'shopware',
  externalShopId: SHOP_ID,
  programmeId: PROGRAMME_ID,
  url: 'https://shop.example',
  credentials: {},
  settings: {},
};

/** Long enough for every backoff of a retry to have passed. */
const IDLE_ROUNDS = 60;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** Starts the sidecar's parts on a database that may hold an earlier process's work. */
export async function bootSidecar(options: BootOptions): Promise<SimulatedSidecar> {
  const { clock, shop } = options;
  const state = { remaining: null as number | null, killed: false };
  const storage = openStorage({
    url: options.databaseUrl,
    waitForDisk: false,
    beforeStatement: () => {
      if (state.killed) throw new Killed('the process is gone');
      if (state.remaining === null) return;
      state.remaining -= 1;
      if (state.remaining < 0) {
        state.killed = true;
        throw new Killed('killed here');
      }
    },
  });
  const ids = sequentialIds(`boot${options.boot}`);
  const context = operationContext(storage, clock, ids);
  if (options.boot === 1) await prepare(storage, context, clock, options.scenario);
  const platform = shop.platform();
  const inbox = createInboxWorker({
    db: storage.db,
    clock,
    ids,
    log: silent,
    random: () => options.random.next(),
    handle: createGroupHandler({
      onErased: () => undefined,
      context,
      loadShop: () => Promise.resolve({ shop: SHOP, platform }),
      onShopChanged: () => undefined,
    }),
    concurrency: 2,
    batch: 20,
  });
  /** A new worker each round: the pause after failures lives in the worker, and shop time must not move here. */
  const writeBack = () =>
    createWritebackWorker({
      db: storage.db,
      clock,
      ids,
      log: silent,
      platformFor: () => platform,
      loadShop: () => Promise.resolve(SHOP),
      recentHistory: (shopId, customerIds) => recentHistory(storage.db, shopId, customerIds),
      random: () => options.random.next(),
    }).runOnce();
  /** Repeats with the clock standing still for shop time, moved only as far as retries need. */
  const untilIdle = async (round: () => Promise<number>, waiting: () => Promise<boolean>): Promise<void> => {
    for (let count = 0; count < IDLE_ROUNDS; count += 1) {
      await round();
      if (!(await waiting())) return;
      await forgetBackoff(storage);
    }
    throw new Error('work is still waiting after many rounds');
  };
  return {
    storage,
    context,
    get killed() {
      return state.killed;
    },
    killAfter: (statements) => {
      state.remaining = statements;
    },
    receive: async (deliveries) => {
      for (const delivery of deliveries) {
        await insertDeliveries(storage.db, [
          {
            messageId: ids.next(),
            shopId: SHOP_ID,
            eventId: delivery.eventId,
            topic: delivery.topic,
            resourceKey: delivery.resourceKey,
            body: delivery.body,
            receivedAt: clock.now(),
          },
        ]);
      }
    },
    work: async () => {
      await inbox.runOnce();
    },
    workUntilIdle: () =>
      untilIdle(
        () => inbox.runOnce(),
        () => hasPending(storage),
      ),
    reconcile: async () => {
      for (let attempt = 0; attempt < IDLE_ROUNDS; attempt += 1) {
        const failed = await reconcileShop({
          db: storage.db,
          clock,
          log: silent,
          platform,
          shop: SHOP,
          startAt: '2026-01-01T00:00:00.000Z',
          syncOrder: async (connected, orderId) => void (await syncOrder(context, platform, connected, orderId)),
          syncCustomer: async (connected, customerId) => void (await syncCustomer(context, platform, connected, customerId)),
        }).then(
          ({ customers, orders }) => customers.failed + orders.failed,
          (error: unknown) => {
            if (state.killed) throw error;
            return 1;
          },
        );
        if (state.killed) throw new Killed('killed while reconciling');
        if (failed === 0) return;
      }
      throw new Error('reconciliation never came through');
    },
    runJobs: async (now) => {
      await releaseDuePoints(context, now);
      await expireHolds(context, now);
      await resolveReferrals(context, now);
      await expireLots(context, now);
      await reviewTiers(context, now);
    },
    writeBackUntilIdle: () => untilIdle(writeBack, () => hasDirty(storage)),
    close: () => storage.close(),
  };
}

const LEVELS = [
  { code: 'silver', name: 'Silver', threshold: 200 },
  {
    code: 'gold',
    name: 'Gold',
    all: [
      { metric: 'turnover', atLeast: 300 },
      { metric: 'items', atLeast: 4, period: 'month' },
    ],
  },
];

const PIECES = {
  code: 'pieces',
  name: 'Pieces',
  metric: 'items',
  bands: [
    { from: 3, points: 20 },
    { from: 8, points: 90 },
  ],
};

async function prepare(storage: Storage, context: OperationContext, clock: ManualClock, scenario: Scenario): Promise<void> {
  const campaigns = simulatedCampaigns(scenario);
  await migrate(storage, clock);
  await insertShop(storage.db, SHOP_ID);
  const accrual = programmeDocument()['accrual'] as object;
  const referral = {
    friendDiscount: { percentOff: 10 },
    referrerReward: { points: 50 },
    returnWindowDays: 2,
    maxRewardsPerReferrer: 3,
    codePrefix: 'SIM',
  };
  await publish(
    context,
    programmeDocument(
      scenario.name === 'exact'
        ? {
            campaigns,
            accrual: { ...accrual, lockDays: 1 },
            expireAfterDays: 6,
            tiers: { windowDays: 5, graceDays: 1, downgrade: { maximumLevels: 1 }, levels: LEVELS },
            volume: [{ ...PIECES, windowDays: 3 }],
            referral,
            welcome: { points: 30 },
          }
        : {
            campaigns,
            accrual: { ...accrual, lockDays: 1, multipliers: [] },
            expireAfterDays: null,
            welcome: { points: 30 },
            tiers: { metric: 'turnover', windowDays: 365, graceDays: 0, levels: [] },
            volume: [{ ...PIECES, period: 'month' }],
          },
    ),
  );
}

async function hasPending(storage: Storage): Promise<boolean> {
  const row = await storage.db
    .selectFrom('inbox_message')
    .select('message_id')
    .where('status', '=', 'pending')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasDirty(storage: Storage): Promise<boolean> {
  const row = await storage.db
    .selectFrom('desired_state')
    .select('resource_id')
    .where('dirty', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Stands for the time a retry or a dead process's lease would wait: shop time must not move in a run. */
async function forgetBackoff(storage: Storage): Promise<void> {
  const past = '2000-01-01T00:00:00.000Z';
  await storage.db
    .updateTable('inbox_message')
    .set({ next_attempt_at: past, lease_until: null, attempts: 0, status: 'pending' })
    .where('status', '!=', 'done')
    .execute();
  await storage.db
    .updateTable('desired_state')
    .set({ next_attempt_at: past, lease_until: null, attempts: 0, dead: 0 })
    .where('dirty', '=', 1)
    .execute();
}
