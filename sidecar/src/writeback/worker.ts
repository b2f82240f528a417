/** Makes the shops equal to the desired state. Any number of workers may run; rows are leased. */
import { dueShops } from '../stores/desired-state-store';
import { pushShop } from './push-shop';
import { ShopCircuit } from './shop-circuit';
import type { WritebackContext } from './writeback-context';

export interface WritebackWorkerOptions extends WritebackContext {
  /** Shops pushed to at once (default 8); one shop is never pushed to twice at once by one worker. */
  readonly concurrency?: number;
  /** Milliseconds between looks at the database when started (default 1000). */
  readonly pollMs?: number;
}

export interface WritebackWorker {
  /** Pushes until nothing is due; returns how many resources the shops took. */
  runOnce(): Promise<number>;
  start(): void;
  /** Resolves when the batches under way are stored. */
  stop(): Promise<void>;
}

const MAX_SHOPS_SEEN = 1000;
const MAX_LAUNCHES = 100_000;

export function createWritebackWorker(options: WritebackWorkerOptions): WritebackWorker {
  const worker = new ShopRounds(options);
  const pollMs = options.pollMs ?? 1000;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let stopping = false;
  const look = (): void => {
    looking = worker
      .launch(new Set())
      .catch((error: unknown) => options.log.error({ error }, 'write-back could not read the desired state'))
      .finally(() => {
        if (!stopping) timer = setTimeout(look, pollMs);
      });
  };
  return {
    runOnce: () => worker.untilIdle(),
    start: look,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      worker.stop();
      await looking;
      await worker.settled();
    },
  };
}

/** Keeps up to `concurrency` shops under way, the least recently served first, so that none waits for a slow one. */
class ShopRounds {
  private readonly circuit: ShopCircuit;
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly servedAt = new Map<string, number>();
  private readonly concurrency: number;
  private launches = 0;
  private taken = 0;
  private stopping = false;

  constructor(private readonly context: WritebackWorkerOptions) {
    this.circuit = new ShopCircuit(context.random);
    this.concurrency = context.concurrency ?? 8;
  }

  /** Starts on due shops as far as there is room; shops that turn out to have nothing to send join `idle`. */
  async launch(idle: Set<string>): Promise<void> {
    const room = this.concurrency - this.underWay.size;
    if (room <= 0 || this.stopping) return;
    const { clock, db } = this.context;
    const except = [...this.underWay.keys(), ...idle, ...this.circuit.pausedShops(clock.nowMs())];
    const due = await dueShops(db, clock.now(), except, MAX_SHOPS_SEEN);
    const waitingLongest = due
      .filter((shopId) => !this.underWay.has(shopId))
      .sort((a, b) => (this.servedAt.get(a) ?? 0) - (this.servedAt.get(b) ?? 0));
    for (const shopId of waitingLongest.slice(0, room)) {
      this.launches += 1;
      this.servedAt.set(shopId, this.launches);
      this.underWay.set(shopId, this.serve(shopId, idle));
    }
  }

  async untilIdle(): Promise<number> {
    const idle = new Set<string>();
    const takenBefore = this.taken;
    for (const last = this.launches + MAX_LAUNCHES; this.launches < last;) {
      await this.launch(idle);
      if (this.underWay.size === 0) break;
      await Promise.race(this.underWay.values());
    }
    await this.settled();
    return this.taken - takenBefore;
  }

  stop(): void {
    this.stopping = true;
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  private async serve(shopId: string, idle: Set<string>): Promise<void> {
    try {
      const pushed = await pushShop(this.context, this.circuit, shopId, () => this.stopping);
      this.taken += pushed.taken;
      if (pushed.sent === 0) idle.add(shopId);
    } catch (error) {
      // A fault of ours; the rows' leases run out and they are tried again.
      idle.add(shopId);
      this.context.log.error({ shopId, error }, 'write-back to a shop broke off');
    } finally {
      this.underWay.delete(shopId);
    }
  }
}
