/** Plays a drawn year day by day against the two sandbox shops and the sidecar beside them. */
import type { ManualClock } from '../../sidecar/src/clock';
import type { Sidecar } from '../../sidecar/src/compose';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { findIdentity, findMember } from '../../sidecar/src/stores/member-store';
import { seededRandom } from '../simulation/random';
import type { SandboxShop } from '../sandbox/sandbox-shop';
import { DAYS, type DemoOrder, type DemoYear } from './year';

export interface DemoShop {
  readonly sandbox: SandboxShop;
  /** The shop's id in the sidecar. */
  readonly shopId: string;
}

export interface DemoFigures {
  orders: number;
  redemptions: number;
  gifts: number;
  webhooksSent: number;
  webhooksRejected: number;
}

const DAY_MS = 86_400_000;
const GIFT_FROM_MINOR = 15_000;
const FAULTY_WEBHOOKS = { dropWebhook: 0.02, duplicateWebhook: 0.15, reorderWebhook: 0.2 };
/** Shops send within seconds; here their webhooks gather for some days, as after a short outage. */
const DELIVERY_DAYS = 7;
const SHOP_DAYS = 28;
/** The review of tiers has a grace of weeks. */
export const REVIEW_DAYS = 7;
export const NIGHTLY_JOBS = ['release-due-points', 'expire-holds', 'resolve-referrals', 'expire-lots'];

interface Due {
  readonly shop: DemoShop;
  readonly act: (sandbox: SandboxShop) => void;
}

export class ShopperYear {
  readonly figures: DemoFigures = { orders: 0, redemptions: 0, gifts: 0, webhooksSent: 0, webhooksRejected: 0 };
  private readonly due = new Map<number, Due[]>();
  private readonly customerIds = new Map<number, string>();

  constructor(
    private readonly sidecar: Sidecar,
    private readonly clock: ManualClock,
    private readonly shops: readonly [DemoShop, DemoShop],
    private readonly year: DemoYear,
    private readonly startMs: number,
    private readonly gift: { ruleCode: string; productNumber: string },
  ) {
    for (const shop of shops) Object.assign(shop.sandbox.faults, FAULTY_WEBHOOKS);
  }

  async play(onDay: (day: number) => void): Promise<void> {
    for (let day = 0; day < DAYS; day += 1) {
      this.moveTo(day, 9);
      await this.morning(day);
      for (const order of this.year.ordersByDay[day] ?? []) await this.order(day, order);
      if (isTurn(day, DELIVERY_DAYS)) await this.deliver();
      this.moveTo(day, 23);
      await this.night(day);
      onDay(day + 1);
    }
  }

  private moveTo(day: number, hour: number): void {
    this.clock.moveTo(this.startMs + day * DAY_MS + hour * 3_600_000);
  }

  /** New customers, and what was to happen to earlier orders today. */
  private async morning(day: number): Promise<void> {
    for (const customer of this.year.customers.filter((candidate) => candidate.joinsOnDay === day)) {
      const shop = this.shops[customer.shop];
      const code = customer.referredBy === null ? null : await this.referralCode(shop, customer.referredBy);
      const input = code === null ? { email: customer.email } : { email: customer.email, referralCode: code };
      this.customerIds.set(customer.number, shop.sandbox.registerCustomer(input));
    }
    for (const { shop, act } of this.due.get(day) ?? []) act(shop.sandbox);
    this.due.delete(day);
  }

  private async order(day: number, order: DemoOrder): Promise<void> {
    const customer = this.year.customers[order.customer];
    const customerId = this.customerIds.get(order.customer);
    if (!customer || customerId === undefined) return;
    const shop = this.shops[customer.shop];
    const redeem = await this.checkout(shop, customerId, order);
    const referralCode = order.referredBy === null ? null : await this.referralCode(shop, order.referredBy);
    const withGift = order.goodsMinor >= GIFT_FROM_MINOR;
    const orderId = shop.sandbox.placeOrder({
      customerId,
      lines: [...order.lines],
      ...(redeem === null ? {} : { redeem }),
      ...(withGift ? { gifts: [this.gift] } : {}),
      ...(referralCode === null ? {} : { referralCode }),
    });
    this.figures.orders += 1;
    if (redeem !== null) this.figures.redemptions += 1;
    if (withGift) this.figures.gifts += 1;
    this.planRest(day, shop, orderId, order);
  }

  /** The checkout asks for a hold, as the shop's checkout does. */
  private async checkout(shop: DemoShop, customerId: string, order: DemoOrder) {
    if (order.redeemShare === 0) return null;
    const { context } = this.sidecar;
    const identity = await findIdentity(context.db, shop.shopId, customerId);
    const balance = identity ? await memberBalance(context.db, identity.member_id) : null;
    const points = Math.floor(Math.min((balance?.available ?? 0) * order.redeemShare, order.goodsMinor / 2) / 100) * 100;
    if (points < 100 || !identity) return null;
    const hold = await placeHold(context, {
      programmeId: identity.programme_id,
      shopId: shop.shopId,
      customerId,
      cartRef: `cart-${customerId}`,
      points,
      currency: 'EUR',
      goodsMinor: order.goodsMinor,
      idempotencyKey: context.ids.next(),
    });
    return hold.ok ? { points: hold.value.points, valueMinor: hold.value.valueMinor, holdId: hold.value.holdId } : null;
  }

  private planRest(day: number, shop: DemoShop, orderId: string, order: DemoOrder): void {
    const plan = (afterDays: number, act: Due['act']): void => {
      const acts = this.due.get(day + afterDays) ?? [];
      acts.push({ shop, act });
      this.due.set(day + afterDays, acts);
    };
    if (order.paidAfterDays === 0) shop.sandbox.payOrder(orderId);
    else if (order.paidAfterDays !== null) plan(order.paidAfterDays, (sandbox) => sandbox.payOrder(orderId));
    if (order.completedAfterDays !== null) plan(order.completedAfterDays, (sandbox) => sandbox.completeOrder(orderId));
    const first = order.lines[0];
    if (order.ending === 'cancelled') plan(order.endsAfterDays, (sandbox) => sandbox.cancelOrder(orderId));
    if (order.ending === 'refunded') plan(order.endsAfterDays, (sandbox) => sandbox.refundAll(orderId));
    if (order.ending === 'partly_refunded' && first) {
      plan(order.endsAfterDays, (sandbox) => sandbox.refundLines(orderId, [{ productNumber: first.productNumber, quantity: 1 }]));
    }
    if (order.ending === 'edited' && first && order.paidAfterDays !== 0 && first.quantity > 1) {
      shop.sandbox.editQuantity(orderId, first.productNumber, first.quantity - 1);
    }
  }

  private async referralCode(shop: DemoShop, customerNumber: number): Promise<string | null> {
    const customerId = this.customerIds.get(customerNumber);
    if (customerId === undefined) return null;
    const { db } = this.sidecar.context;
    const identity = await findIdentity(db, shop.shopId, customerId);
    return identity ? (await findMember(db, identity.member_id)).referral_code : null;
  }

  private async deliver(): Promise<void> {
    const outcomes = await Promise.all(this.shops.map(({ sandbox }) => sandbox.deliverWebhooks()));
    for (const { sent, rejected } of outcomes) {
      this.figures.webhooksSent += sent;
      this.figures.webhooksRejected += rejected;
    }
    await this.sidecar.inbox.runOnce();
  }

  /** The jobs a running sidecar has all day; those that ask the shops come monthly here, to keep the demo short. */
  private async night(day: number): Promise<void> {
    const asksShops = isTurn(day, SHOP_DAYS);
    if (asksShops) await this.sidecar.runJob('reconcile-shops');
    for (const job of NIGHTLY_JOBS) await this.sidecar.runJob(job);
    if (isTurn(day, REVIEW_DAYS)) await this.sidecar.runJob('review-tiers');
    if (day % 30 === 0) await this.sidecar.runJob('refresh-catalogue');
    if (!asksShops) return;
    await this.sidecar.inbox.runOnce();
    await this.sidecar.writeback.runOnce();
  }
}

function isTurn(day: number, everyDays: number): boolean {
  return day % everyDays === everyDays - 1 || day === DAYS - 1;
}

/** The year's random stream for anything not drawn beforehand. */
export function demoRandom(seed: number): () => number {
  const random = seededRandom(seed ^ 0x2545f491);
  return () => random.next();
}
