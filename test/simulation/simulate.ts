/**
 * One seeded run of a shop and its sidecar. The script of what people do comes from the seed alone; the faults come
 * from a second stream of random numbers. The books after a run with faults must equal those after the run without.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../sidecar/src/clock';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { findIdentity, findMember } from '../../sidecar/src/stores/member-store';
import { readBooks, type Books } from './books';
import { seededRandom, type Random } from './random';
import { writeScript, type Action, type ScriptShape } from './script';
import { paid, refundUnits, SHOP_ID, SimulatedShop, type SimulatedDelivery } from './simulated-shop';
import { bootSidecar, isKilled, type SimulatedSidecar } from './simulated-sidecar';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const TICK_MS = 6 * 3_600_000;
const QUIET_DAYS = 10;

export interface Scenario extends ScriptShape {
  readonly name: 'exact' | 'linear';
  /** Reconciliation runs every so many ticks. */
  readonly healEvery: number;
  /** Whether campaigns with budgets run; where deliveries stay lost for long, members compete for what is left of them. */
  readonly hasCampaigns: boolean;
}

/**
 * `exact`: tiers, expiry, referrals, one action of a member between reconciliations; books equal down to the lot.
 * `linear`: no tiers, no expiry, deliveries lost over several ticks, many actions of a member; balances equal.
 * Two seeds of sixteen have campaigns, which cost more statements.
 */
export function scenarioOf(seed: number): Scenario {
  const hasCampaigns = seed % 16 < 2;
  return seed % 2 === 0
    ? { hasCampaigns, name: 'exact', ticks: 30, customers: 5, actionsPerTick: 3, oneActionPerCustomer: true, healEvery: 1 }
    : { hasCampaigns, name: 'linear', ticks: 24, customers: 4, actionsPerTick: 3, oneActionPerCustomer: false, healEvery: 4 };
}

export async function simulate(seed: number, withFaults: boolean): Promise<Books> {
  const directory = mkdtempSync(join(tmpdir(), 'loyalty-simulation-'));
  const run = new Run(seed, withFaults, `sqlite:${join(directory, 'loyalty.sqlite')}`);
  try {
    return await run.play();
  } finally {
    await run.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the shopper settles on at checkout, before anything of this tick has reached the sidecar. */
interface Checkout {
  readonly redemption: { points: number; valueMinor: number; holdId: string | null } | null;
  readonly referralCode: string | null;
}

class Run {
  private readonly clock = new ManualClock(START);
  private readonly scenario: Scenario;
  private readonly faults: Random | null;
  private readonly shop: SimulatedShop;
  private sidecar: SimulatedSidecar | null = null;
  private boots = 0;
  private readonly sent: SimulatedDelivery[] = [];

  constructor(
    private readonly seed: number,
    withFaults: boolean,
    private readonly databaseUrl: string,
  ) {
    this.scenario = scenarioOf(seed);
    this.faults = withFaults ? seededRandom(seed ^ 0x5bd1e995) : null;
    this.shop = new SimulatedShop(this.faults ? { failCall: 0.08, loseAnswer: 0.08, random: this.faults } : null);
  }

  async play(): Promise<Books> {
    const script = writeScript(seededRandom(this.seed), this.scenario);
    for (const [tick, actions] of script.ticks.entries()) {
      this.clock.moveTo(START + tick * TICK_MS);
      const checkouts = new Map<Action, Checkout>();
      for (const action of actions) {
        if (action.kind === 'order') checkouts.set(action, await this.survive((sidecar) => this.checkout(sidecar, action)));
      }
      for (const action of actions) {
        this.act(action, checkouts.get(action));
        await this.deliver();
      }
      if ((tick + 1) % this.scenario.healEvery === 0) await this.heal();
      await this.jobs();
    }
    await this.heal();
    for (let day = 1; day <= QUIET_DAYS; day += 1) {
      this.clock.moveTo(START + script.ticks.length * TICK_MS + day * 86_400_000);
      await this.jobs();
    }
    return this.survive((sidecar) => readBooks(sidecar.storage, this.shop, this.scenario));
  }

  async close(): Promise<void> {
    await this.sidecar?.close();
  }

  /** Runs a step of the sidecar; when the process is killed in it, starts a new one and runs the step again. */
  private async survive<T>(step: (sidecar: SimulatedSidecar) => Promise<T>): Promise<T> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      try {
        this.sidecar ??= await this.boot();
        if (this.faults?.chance(0.15)) this.sidecar.killAfter(this.faults.below(80));
        const result = await step(this.sidecar);
        this.sidecar.killAfter(null);
        return result;
      } catch (error) {
        if (!isKilled(error) && this.sidecar?.killed !== true) throw error;
        await this.sidecar?.close();
        this.sidecar = null;
      }
    }
    throw new Error('the sidecar was killed fifty times in one step');
  }

  private async boot(): Promise<SimulatedSidecar> {
    this.boots += 1;
    return bootSidecar({
      databaseUrl: this.databaseUrl,
      clock: this.clock,
      shop: this.shop,
      boot: this.boots,
      scenario: this.scenario,
      random: this.faults ?? seededRandom(1),
    });
  }

  private async checkout(sidecar: SimulatedSidecar, action: Extract<Action, { kind: 'order' }>): Promise<Checkout> {
    const { db } = sidecar.storage;
    const referrer = action.referredBy === null ? undefined : await findIdentity(db, SHOP_ID, action.referredBy);
    const referralCode = referrer ? (await findMember(db, referrer.member_id)).referral_code : null;
    const identity = await findIdentity(db, SHOP_ID, action.customer);
    const balance = identity ? await memberBalance(db, identity.member_id) : null;
    const goodsMinor = action.lines.reduce((sum, line) => sum + line.grossMinor, 0);
    // Where deliveries stay lost for long, the balance differs from run to run: the shopper then asks for a fixed number.
    const spendable = this.scenario.name === 'exact' ? (balance?.available ?? 0) : 300;
    const points = Math.min(Math.floor(spendable * action.redeemShare), goodsMinor);
    if (points === 0) return { redemption: null, referralCode };
    if (!action.withHold || this.scenario.name === 'linear')
      return { redemption: { points, valueMinor: points, holdId: null }, referralCode };
    const hold = await placeHold(sidecar.context, {
      programmeId: 'default',
      shopId: SHOP_ID,
      customerId: action.customer,
      cartRef: action.orderId,
      points,
      currency: 'EUR',
      goodsMinor,
      idempotencyKey: action.orderId,
    });
    const redemption = hold.ok
      ? { points: hold.value.points, valueMinor: hold.value.valueMinor, holdId: hold.value.holdId }
      : null;
    return { redemption, referralCode };
  }

  private act(action: Action, checkout: Checkout | undefined): void {
    const at = this.clock.now();
    switch (action.kind) {
      case 'register':
        return this.shop.registerCustomer(action.customer, at);
      case 'order':
        return this.shop.placeOrder({
          ...action,
          customerId: action.customer,
          placedAt: at,
          redemption: checkout?.redemption ?? null,
          referralCode: checkout?.referralCode ?? null,
        });
      case 'pay':
        return this.shop.changeOrder(action.orderId, at, 'order_paid', (order) => (order.paidAt === null ? paid(at)(order) : {}));
      case 'unpay':
        return this.shop.changeOrder(action.orderId, at, 'order_edited', () => ({ paymentState: 'open', paidAt: null }));
      case 'complete':
        return this.shop.changeOrder(action.orderId, at, 'order_completed', (order) =>
          order.orderState === 'open' ? { orderState: 'completed', completedAt: at } : {},
        );
      case 'cancel':
        return this.shop.changeOrder(action.orderId, at, 'order_cancelled', () => ({ orderState: 'cancelled' }));
      case 'refund':
        return this.shop.changeOrder(action.orderId, at, 'order_refunded', refundUnits(action.line, action.units));
      case 'refund_all':
        return this.shop.changeOrder(action.orderId, at, 'order_refunded', () => ({ paymentState: 'refunded' }));
      case 'edit':
        return this.shop.changeOrder(action.orderId, at, 'order_edited', (order) => ({
          lines: order.lines.map((line, index) =>
            index === action.line % order.lines.length
              ? {
                  ...line,
                  quantityMilli: action.quantity * 1000,
                  refundedMilli: Math.min(line.refundedMilli, action.quantity * 1000),
                }
              : line,
          ),
        }));
    }
  }

  /** Sends what the shop has to send: in order without faults; dropped, doubled, late and shuffled with them. */
  private async deliver(): Promise<void> {
    const queue = this.shop.outbox.splice(0);
    if (this.faults === null) {
      await this.receive(queue);
      return;
    }
    const faults = this.faults;
    const late = this.sent.length > 0 && faults.chance(0.2) ? [faults.pick(this.sent)] : [];
    const sending = [...queue, ...queue.filter(() => faults.chance(0.3)), ...late].filter(() => !faults.chance(0.25));
    sending.sort(() => (faults.chance(0.5) ? 1 : -1));
    this.sent.push(...queue);
    await this.receive(sending);
  }

  private async receive(deliveries: readonly SimulatedDelivery[]): Promise<void> {
    await this.survive((sidecar) => sidecar.receive(deliveries));
    if (this.faults === null || this.faults.chance(0.7)) await this.survive((sidecar) => sidecar.work());
  }

  /** Reads what changed from the shop until it answers, and works off what waits. */
  private async heal(): Promise<void> {
    await this.survive((sidecar) => sidecar.reconcile());
    await this.survive((sidecar) => sidecar.workUntilIdle());
  }

  private async jobs(): Promise<void> {
    const now = this.clock.now();
    await this.survive((sidecar) => sidecar.runJobs(now));
    await this.survive((sidecar) => sidecar.writeBackUntilIdle());
  }
}
