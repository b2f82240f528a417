/** The Shopware platform against the sandbox shop: reading, writing, and what either does when the other misbehaves. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash, randomBytes } from 'node:crypto';
import { ManualClock } from '../../sidecar/src/clock';
import type { NoticeKind } from '../../sidecar/src/domain/milestone';
import type { DesiredResource, MemberMirror, NoticeMirror, TierPriceMirror } from '../../sidecar/src/domain/mirror';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { createShopHttp } from '../../sidecar/src/platform/http-client';
import type { ConnectedShop, RawDelivery, ShopPlatform } from '../../sidecar/src/platform/platform';
import {
  parseConfirmation,
  registrationProof,
  verifyConfirmation,
  verifyRegistrationQuery,
  verifyReRegistration,
} from '../../sidecar/src/platform/shopware/registration';
import { createShopwarePlatform } from '../../sidecar/src/platform/shopware/shopware-platform';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';

const APP = { appName: 'LoyaltySidecar', appSecret: 'app-secret-of-the-tests' };
const START = Date.parse('2026-03-01T10:00:00.000Z');
const MINUTE = 60_000;

type Sandbox = ReturnType<typeof createSandboxShopware>;

/** As much of a sidecar as a shop talks to: registration and webhooks, in memory. */
class Receiver {
  readonly deliveries: { topic: string; resourceKey: string; eventId: string; body: string }[] = [];
  secret: string | null = null;
  credentials: Record<string, string> = {};
  private pending: string | null = null;
  private server: Server | null = null;

  constructor(private readonly platform: () => ShopPlatform) {}

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        try {
          const headers = request.headers as RawDelivery['headers'];
          const answer = this.answer(request.url ?? '', headers, Buffer.concat(chunks));
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
        } catch (error) {
          response.writeHead(401).end(String(error));
        }
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(url: string, headers: RawDelivery['headers'], body: Buffer): unknown {
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    if (path === '/shopware/register') {
      const { shopId, shopUrl } = verifyRegistrationQuery(query, headers, APP.appSecret);
      if (this.secret !== null) verifyReRegistration(query, headers, this.secret);
      this.pending = randomBytes(32).toString('hex');
      const proof = registrationProof(shopId, shopUrl, APP.appName, APP.appSecret);
      return { proof, secret: this.pending, confirmation_url: `${this.url}/shopware/confirm` };
    }
    if (path === '/shopware/confirm') {
      verifyConfirmation(body, headers, this.pending ?? '', this.secret);
      const { apiKey, secretKey } = parseConfirmation(body);
      this.secret = this.pending;
      this.credentials = { apiKey, secretKey };
      return {};
    }
    const delivery = { headers, body };
    const verified = this.platform().verify(delivery, this.secret === null ? [] : [this.secret]);
    this.deliveries.push({ ...verified, body: body.toString() });
    return {};
  }
}

describe('the Shopware platform', () => {
  const clock = new ManualClock(START);
  let sandbox: Sandbox;
  let receiver: Receiver;
  let platform: ShopPlatform;
  let shop: ConnectedShop;
  let waits: number[];

  beforeEach(async () => {
    waits = [];
    const random = seededRandom(7);
    platform = createShopwarePlatform({
      http: createShopHttp({
        clock,
        random: () => random.next(),
        sleep: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
      }),
      clock,
      hashEmail: (email) => createHash('sha256').update(email).digest('hex'),
      appName: APP.appName,
    });
    sandbox = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    receiver = new Receiver(() => platform);
    await sandbox.start();
    await sandbox.connect(await receiver.start());
    shop = connected();
    sandbox.addProduct({ productNumber: 'TEE', grossMinor: 2000, taxRate: 19, categoryIds: ['shirts'] });
    sandbox.addProduct({ productNumber: 'BOOK', grossMinor: 999, taxRate: 7, categoryIds: ['books'] });
    sandbox.addProduct({ productNumber: 'SOCKS', grossMinor: 500, taxRate: 19, categoryIds: ['gifts'] });
  });

  afterEach(async () => {
    await sandbox.stop();
    await receiver.stop();
  });

  function connected(): ConnectedShop {
    return {
      shopId: 'shop-1',
      platform: 'shopware',
      externalShopId: sandbox.shopId,
      programmeId: 'programme-1',
      url: sandbox.url,
      credentials: receiver.credentials,
      settings: {},
    };
  }

  async function read(orderId: string): Promise<OrderSnapshot> {
    const order = await platform.readOrder(shop, orderId);
    if (!order) throw new Error('the shop has no such order');
    return order;
  }

  const calls = (path: string): number[] =>
    sandbox
      .requests()
      .filter((request) => request.path === path)
      .map((request) => request.status);
  const SYNC = '/api/_action/sync';

  describe('connecting', () => {
    it('keeps the handshake, and again with the present secret signed as well', async () => {
      const first = receiver.secret;
      await sandbox.connect(receiver.url);
      expect(receiver.secret).not.toBe(first);
      shop = connected();
      expect(await platform.readCustomer(shop, sandbox.registerCustomer({ email: 'a@example.com' }))).not.toBeNull();
    });

    it('renews the token when it ends, and when the keys changed', async () => {
      await platform.products(shop, null);
      clock.advance(11 * MINUTE);
      await platform.products(shop, null);
      expect(calls('/api/oauth/token')).toEqual([200, 200]);
      await sandbox.connect(receiver.url);
      shop = connected();
      await platform.products(shop, null);
      expect(calls('/api/oauth/token')).toEqual([200, 200, 200]);
      expect(sandbox.requests().filter((request) => request.status === 401)).toEqual([]);
    });

    it('asks for one token however many calls need it', async () => {
      await Promise.all(Array.from({ length: 8 }, () => platform.products(shop, null)));
      expect(calls('/api/oauth/token')).toEqual([200]);
    });

    it('says that the shop gave no token when the app was switched off', async () => {
      sandbox.deactivateApp();
      await expect(platform.products(shop, null)).rejects.toMatchObject({ name: 'ShopApiError', retryable: true, status: 401 });
    });
  });

  describe('webhooks', () => {
    it('verify and mean what happened', async () => {
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      const orderId = sandbox.placeOrder({ customerId, lines: [{ productNumber: 'TEE', quantity: 1 }] });
      sandbox.payOrder(orderId);
      sandbox.completeOrder(orderId);
      sandbox.refundAll(orderId);
      const cancelled = sandbox.placeOrder({ customerId, lines: [{ productNumber: 'TEE', quantity: 1 }] });
      sandbox.cancelOrder(cancelled);
      sandbox.deleteCustomer(customerId);
      const { sent, rejected } = await sandbox.deliverWebhooks();
      expect(rejected).toBe(0);
      expect(receiver.deliveries).toHaveLength(sent);
      const events = receiver.deliveries.map(({ topic, body }) => platform.normalise(topic, body));
      expect(events).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: 'app_installed', details: { appVersion: '1.0.0', keepUserData: null } }),
          expect.objectContaining({ kind: 'customer_registered', customerId }),
          expect.objectContaining({ kind: 'order_placed', orderId }),
          expect.objectContaining({ kind: 'order_paid', orderId }),
          expect.objectContaining({ kind: 'order_completed', orderId }),
          expect.objectContaining({ kind: 'order_refunded', orderId }),
          expect.objectContaining({ kind: 'order_cancelled', orderId: cancelled }),
          expect.objectContaining({ kind: 'customer_deleted', customerId }),
        ]),
      );
      expect(events.filter((event) => event.kind === 'ignored')).toEqual([]);
      expect(platform.claimedShop({ headers: {}, body: Buffer.from(receiver.deliveries[0]?.body ?? '') })).toBe(sandbox.shopId);
    });

    it('sent twice have the same event id', async () => {
      sandbox.faults.duplicateWebhook = 1;
      await sandbox.deliverWebhooks();
      const ids = receiver.deliveries.map((delivery) => delivery.eventId);
      expect(ids.length).toBe(2 * new Set(ids).size);
    });
  });

  describe('reading an order', () => {
    it('gives its value to the cent, with points and gifts apart', async () => {
      const customerId = sandbox.registerCustomer({ email: 'A@Example.com ', referralCode: 'FRIEND42' });
      const placedAt = clock.now();
      const orderId = sandbox.placeOrder({
        customerId,
        lines: [
          { productNumber: 'TEE', quantity: 2 },
          { productNumber: 'BOOK', quantity: 1 },
        ],
        redeem: { points: 1000, valueMinor: 1000, holdId: 'hold-1' },
        gifts: [{ ruleCode: 'spring', productNumber: 'SOCKS' }],
        referralCode: 'FRIEND42',
      });
      const order = await read(orderId);
      expect(order).toMatchObject({
        shopId: 'shop-1',
        orderId,
        customerId,
        isGuest: false,
        emailHash: createHash('sha256').update('a@example.com').digest('hex'),
        currency: 'EUR',
        placedAt,
        paidAt: null,
        paymentState: 'open',
        orderState: 'open',
        redemption: { points: 1000, holdId: 'hold-1' },
        gifts: [{ ruleCode: 'spring', productNumber: 'SOCKS', quantity: 1 }],
        referralCode: 'FRIEND42',
        refundNeedsReview: false,
      });
      const byKind = new Map(order.lines.map((line) => [line.productNumber ?? line.kind, line]));
      expect(byKind.get('TEE')).toMatchObject({
        kind: 'product',
        quantityMilli: 2000,
        grossMinor: 4000,
        netMinor: 3361,
        pointsDiscountGrossMinor: 800,
        pointsDiscountNetMinor: 672,
      });
      expect(byKind.get('BOOK')).toMatchObject({
        grossMinor: 999,
        netMinor: 934,
        pointsDiscountGrossMinor: 200,
        pointsDiscountNetMinor: 187,
      });
      expect(byKind.get('SOCKS')).toMatchObject({ kind: 'gift', grossMinor: 0, netMinor: 0 });
    });

    it('gives the exact times of payment and completion', async () => {
      const orderId = sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 1 }] });
      clock.advance(MINUTE);
      const paidAt = clock.now();
      sandbox.payOrder(orderId);
      clock.advance(MINUTE);
      const completedAt = clock.now();
      sandbox.completeOrder(orderId);
      clock.advance(MINUTE);
      sandbox.refundAll(orderId);
      expect(await read(orderId)).toMatchObject({
        customerId: null,
        isGuest: true,
        paidAt,
        completedAt,
        paymentState: 'refunded',
        orderState: 'completed',
      });
    });

    it('gives the units that came back', async () => {
      const orderId = sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 3 }] });
      sandbox.payOrder(orderId);
      sandbox.refundLines(orderId, [{ productNumber: 'TEE', quantity: 1 }]);
      expect(await read(orderId)).toMatchObject({
        paymentState: 'partially_refunded',
        refundNeedsReview: false,
        lines: [{ quantityMilli: 3000, refundedMilli: 1000 }],
      });
    });

    it('follows an edit', async () => {
      const orderId = sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 3 }] });
      sandbox.editQuantity(orderId, 'TEE', 1);
      expect(await read(orderId)).toMatchObject({ lines: [{ quantityMilli: 1000, grossMinor: 2000 }] });
    });

    it('is null for one the shop does not have', async () => {
      expect(await platform.readOrder(shop, '0'.repeat(32))).toBeNull();
    });

    it('does without refunds and history where the app may not read them', async () => {
      const orderId = sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 3 }] });
      clock.advance(MINUTE);
      sandbox.payOrder(orderId);
      const paidAt = clock.now();
      sandbox.setPrivileges(
        [
          'order',
          'order_customer',
          'customer',
          'order_line_item',
          'order_transaction',
          'order_delivery',
          'state_machine_state',
          'currency',
        ].map((entity) => `${entity}:read`),
      );
      expect(await read(orderId)).toMatchObject({ paymentState: 'paid', paidAt });
      sandbox.refundLines(orderId, [{ productNumber: 'TEE', quantity: 1 }]);
      expect(await read(orderId)).toMatchObject({ refundNeedsReview: true, lines: [{ refundedMilli: 0 }] });
      const { items } = await platform.changedOrders(shop, new Date(START).toISOString(), null);
      expect(items.map((order) => order.orderId)).toEqual([orderId]);
      // Refused together, each alone and once; then it is not asked for again at once.
      expect(sandbox.requests().filter((request) => request.status === 403)).toHaveLength(4);
    });

    it('names the right that is missing', async () => {
      sandbox.setPrivileges(['customer:read']);
      await expect(platform.readOrder(shop, '0'.repeat(32))).rejects.toThrow('missing order:read');
    });
  });

  describe('reconciliation', () => {
    const idsOf = async (since: string): Promise<string[]> => {
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await platform.changedOrders(shop, since, cursor);
        ids.push(...page.items.map((order) => order.orderId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return ids;
    };

    it('finds an order whose only change was its payment', async () => {
      const place = () => sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 1 }] });
      const paid = place();
      const untouched = place();
      clock.advance(60 * MINUTE);
      const since = clock.now();
      sandbox.payOrder(paid);
      const row = sandbox.rows('order').find((order) => order.id === paid);
      expect(row?.updatedAt).toBeNull();
      expect(await idsOf(since)).toEqual([paid]);
      expect(await idsOf(new Date(START).toISOString())).toEqual(expect.arrayContaining([paid, untouched]));
    });

    it('finds an order whose only change was a refund', async () => {
      const orderId = sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 2 }] });
      sandbox.payOrder(orderId);
      sandbox.refundLines(orderId, [{ productNumber: 'TEE', quantity: 1 }]);
      clock.advance(60 * MINUTE);
      const since = clock.now();
      // The state stays; only rows of the second refund are new.
      sandbox.refundLines(orderId, [{ productNumber: 'TEE', quantity: 1 }]);
      expect(await idsOf(since)).toEqual([orderId]);
    });

    it('pages through all of them, whatever changes meanwhile', async () => {
      const since = clock.now();
      const placed = Array.from({ length: 230 }, () =>
        sandbox.placeOrder({ guestEmail: 'g@example.com', lines: [{ productNumber: 'TEE', quantity: 1 }] }),
      );
      const first = await platform.changedOrders(shop, since, null);
      expect(first.items).toHaveLength(100);
      clock.advance(MINUTE);
      // Early ones move in time; none of the others may be passed over.
      placed.slice(0, 50).forEach((orderId) => sandbox.completeOrder(orderId));
      const second = await platform.changedOrders(shop, since, first.nextCursor);
      const third = await platform.changedOrders(shop, since, second.nextCursor);
      expect(third.nextCursor).toBeNull();
      expect([first, second, third].flatMap((page) => page.items.map((order) => order.orderId))).toEqual(placed);
    });

    it('finds new and changed customers', async () => {
      const old = sandbox.registerCustomer({ email: 'old@example.com' });
      clock.advance(60 * MINUTE);
      const since = clock.now();
      const fresh = sandbox.registerCustomer({ email: 'New@example.com', referralCode: 'FRIEND42' });
      const { items } = await platform.changedCustomers(shop, since, null);
      expect(items).toEqual([
        {
          shopId: 'shop-1',
          customerId: fresh,
          emailHash: createHash('sha256').update('new@example.com').digest('hex'),
          customerGroup: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          isGuest: false,
          birthday: null,
          company: null,
          registeredAt: since,
          referralCode: 'FRIEND42',
          mirrorMissing: true,
          language: 'en',
          emailState: 'unverified',
        },
      ]);
      expect(await platform.readCustomer(shop, old)).toMatchObject({ customerId: old });
      sandbox.deleteCustomer(old);
      expect(await platform.readCustomer(shop, old)).toBeNull();
    });

    it('reads all products with their prices', async () => {
      for (let number = 0; number < 120; number += 1) {
        sandbox.addProduct({ productNumber: `P${number}`, grossMinor: 1000 + number, taxRate: 19, categoryIds: ['many'] });
      }
      const first = await platform.products(shop, null);
      const second = await platform.products(shop, first.nextCursor);
      expect(second.nextCursor).toBeNull();
      const products = [...first.items, ...second.items];
      expect(new Set(products.map((product) => product.productId)).size).toBe(123);
      expect(products[0]).toMatchObject({ productNumber: 'TEE', prices: { EUR: { grossMinor: 2000, netMinor: 1681 } } });
      expect(products[0]?.categoryIds.length).toBeGreaterThan(0);
    });
  });

  describe('write-back', () => {
    const key = { idempotencyKey: 'key' };
    const mirror = (customerId: string, change: Partial<MemberMirror> = {}): DesiredResource => ({
      type: 'member',
      id: customerId,
      state: {
        customerId,
        availablePoints: 1200,
        pendingPoints: 30,
        debtPoints: 0,
        heldPoints: 0,
        spentIntent: null,
        tier: null,
        nextTier: { code: 'gold', missing: 5000, combine: 'all', conditions: [] },
        volume: [],
        nextExpiry: { points: 100, at: '2026-06-01T00:00:00.000Z' },
        referralCode: 'DEMO-1',
        rewardedReferrals: 0,
        vouchers: [],
        referralFigures: null,
        company: null,
        redeemLimit: null,
        givenGifts: { cup: 1 },
        segments: ['vip'],
        version: 3,
        ...change,
      },
    });
    const tier = (code: string, rank: number, freeShipping = false): DesiredResource => ({
      type: 'tier',
      id: code,
      state: { code, name: code, rank, freeShipping },
    });
    const tags = (customerId: string): unknown => sandbox.member(customerId)['tags'];
    const OK = { ok: true };

    it('shows the member in custom fields', async () => {
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      expect(await platform.push(shop, [mirror(customerId)], key)).toEqual([OK]);
      expect(sandbox.member(customerId)['customFields']).toEqual({
        loyalty_points: 1200,
        loyalty_pending: 30,
        loyalty_debt: 0,
        loyalty_held: 0,
        loyalty_company: null,
        loyalty_terms: null,
        loyalty_activities: null,
        loyalty_price_rules: null,
        loyalty_redeem_limit: null,
        loyalty_history: null,
        loyalty_challenges: null,
        loyalty_cashback: null,
        loyalty_memberships: null,
        loyalty_ended_memberships: null,
        loyalty_wish_answers: null,
        loyalty_rewards: null,
        loyalty_badges: null,
        loyalty_referrals: 0,
        loyalty_referral_figures: null,
        loyalty_given_gifts: { cup: 1 },
        loyalty_segments: ['vip'],
        loyalty_vouchers: [],
        loyalty_spent_intent: null,
        loyalty_tier: null,
        loyalty_next_tier: 'gold',
        loyalty_next_tier_missing: 5000,
        loyalty_next_tier_conditions: [],
        loyalty_volume: [],
        loyalty_expiring_points: 100,
        loyalty_expiring_at: '2026-06-01T00:00:00.000Z',
        loyalty_referral_code: 'DEMO-1',
        loyalty_version: 3,
      });
    });

    it('moves the tag from tier to tier and takes it away again', async () => {
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      expect(await platform.push(shop, [tier('silver', 0), tier('gold', 1)], key)).toEqual([OK, OK]);
      await platform.push(shop, [mirror(customerId, { tier: 'silver', version: 1 })], key);
      expect(tags(customerId)).toEqual(['Loyalty tier silver']);
      await platform.push(shop, [mirror(customerId, { tier: 'gold', version: 2 })], key);
      expect(tags(customerId)).toEqual(['Loyalty tier gold']);
      expect(await platform.push(shop, [{ type: 'member', id: customerId, state: null }], key)).toEqual([OK]);
      expect(tags(customerId)).toEqual([]);
      const fields = sandbox.member(customerId)['customFields'] as Record<string, unknown>;
      expect(Object.values(fields).every((value) => value === null)).toBe(true);
    });

    it('does not put an older state over a newer one', async () => {
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      await platform.push(shop, [mirror(customerId, { version: 9, availablePoints: 900 })], key);
      expect(await platform.push(shop, [mirror(customerId, { version: 8, availablePoints: 800 })], key)).toEqual([OK]);
      expect(sandbox.member(customerId)['customFields']).toMatchObject({ loyalty_points: 900, loyalty_version: 9 });
    });

    const told = { purpose: 'transactional', consent: true, language: 'de' } as const;

    it('tells the Flow Builder what happened, with the customer for its mails', async () => {
      const notice = (id: string, kind: NoticeKind, figures: NoticeMirror['figures']): DesiredResource => ({
        type: 'notice',
        id,
        state: { noticeId: id, kind, customerId: 'c1', occurredAt: clock.now(), figures, ...told },
      });
      const notices = [
        notice('n1', 'tier_reached', { tier: 'gold' }),
        { type: 'notice', id: 'n2', state: null } as const,
        notice('n3', 'referral_rewarded', { points: 500 }),
      ];
      expect(await platform.push(shop, notices, key)).toEqual([OK, OK, OK]);
      expect(sandbox.flowEvents()).toEqual([
        { name: 'loyalty.tier.reached', data: { tier: 'gold', ...told, customerId: 'c1' } },
        { name: 'loyalty.referral.rewarded', data: { points: 500, ...told, customerId: 'c1' } },
      ]);
    });

    it('gives up a notice whose trigger the installed app does not have yet, and tells the others', async () => {
      await sandbox.stop();
      sandbox = createSandboxShopware({ clock, random: () => 0.5, ...APP, flowEvents: ['loyalty.tier.reached'] });
      await sandbox.start();
      receiver.secret = null;
      await sandbox.connect(receiver.url);
      shop = connected();
      const state = { noticeId: 'n1', customerId: 'c1', occurredAt: clock.now(), figures: {}, ...told };
      const outcomes = await platform.push(
        shop,
        [
          { type: 'notice', id: 'n1', state: { ...state, kind: 'referral_rewarded' } },
          { type: 'notice', id: 'n2', state: { ...state, kind: 'tier_reached' } },
        ],
        key,
      );
      expect(outcomes).toMatchObject([{ ok: false, retryable: false }, OK]);
      expect(JSON.stringify(outcomes[0])).toContain('loyalty.referral.rewarded');
    });

    it('tells which customer is gone and writes the others', async () => {
      const [first, second] = ['a', 'b'].map((name) => sandbox.registerCustomer({ email: `${name}@example.com` })) as [
        string,
        string,
      ];
      sandbox.deleteCustomer(first);
      const outcomes = await platform.push(
        shop,
        [mirror(first), mirror(second), { type: 'member', id: 'f'.repeat(32), state: null }],
        key,
      );
      expect(outcomes).toMatchObject([{ ok: false, retryable: false, error: `the shop has no customer ${first}` }, OK, OK]);
      expect(sandbox.member(second)['customFields']).toMatchObject({ loyalty_points: 1200 });
    });

    it('narrows a refused batch down to the resource that is to blame', async () => {
      const customers = Array.from({ length: 20 }, (_, index) => sandbox.registerCustomer({ email: `c${index}@example.com` }));
      // No such tier: its tag cannot be linked.
      const members = customers.map((id, index) => mirror(id, { tier: index === 13 ? 'unknown' : null }));
      const outcomes = await platform.push(shop, members, key);
      expect(outcomes.map((outcome) => outcome.ok)).toEqual(customers.map((_, index) => index !== 13));
      expect(calls(SYNC).length).toBeLessThan(15);
      expect(sandbox.member(customers[19] ?? '')['customFields']).toMatchObject({ loyalty_points: 1200 });
    });

    it('makes few calls even when all are bad, and has those left tried again', async () => {
      const customers = Array.from({ length: 60 }, (_, index) => sandbox.registerCustomer({ email: `c${index}@example.com` }));
      const outcomes = await platform.push(
        shop,
        customers.map((id) => mirror(id, { tier: 'unknown' })),
        key,
      );
      expect(outcomes.every((outcome) => !outcome.ok)).toBe(true);
      expect(outcomes.at(-1)).toMatchObject({ ok: false, retryable: true });
      expect(calls(SYNC)).toHaveLength(40);
    });

    it('writes tier prices, changes them and takes them away', async () => {
      const { items } = await platform.products(shop, null);
      const [tee, book] = items;
      await platform.push(shop, [tier('silver', 0), tier('gold', 1)], key);
      const row = (code: string, quantityFrom: number, grossMinor: number) => ({
        tier: code,
        quantityFrom,
        currency: 'EUR',
        grossMinor,
        netMinor: Math.round(grossMinor / 1.19),
      });
      const prices = (rows: TierPriceMirror['rows'], product = tee): DesiredResource => ({
        type: 'tier-price',
        id: product?.productId ?? '',
        state: { productId: product?.productId ?? '', productNumber: product?.productNumber ?? '', rows },
      });
      const three = prices([row('silver', 1, 1900), row('silver', 5, 1800), row('gold', 1, 1700)]);
      expect(await platform.push(shop, [three, prices([row('gold', 1, 900)], book)], key)).toEqual([OK, OK]);
      expect(sandbox.tierPriceCount()).toBe(4);
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      await platform.push(shop, [mirror(customerId, { tier: 'silver' })], key);
      const value = async (quantity: number): Promise<number | undefined> => {
        const orderId = sandbox.placeOrder({ customerId, lines: [{ productNumber: 'TEE', quantity }] });
        return (await read(orderId)).lines[0]?.grossMinor;
      };
      expect([await value(1), await value(4), await value(5)]).toEqual([1900, 7600, 9000]);
      expect(await platform.push(shop, [prices([row('silver', 1, 1500)])], key)).toEqual([OK]);
      expect(sandbox.tierPriceCount()).toBe(2);
      expect([await value(1), await value(5)]).toEqual([1500, 7500]);
      const gone: DesiredResource = { type: 'tier-price', id: tee?.productId ?? '', state: null };
      expect(await platform.push(shop, [gone, { ...gone, id: 'f'.repeat(32) }], key)).toEqual([OK, OK]);
      expect([sandbox.tierPriceCount(), await value(1)]).toEqual([1, 2000]);
    });

    it('says what is wrong with tier prices the shop cannot hold', async () => {
      const productId = sandbox.addProduct({ productNumber: 'X', grossMinor: 100, taxRate: 19, categoryIds: [] });
      const state = (currency: string, id: string): DesiredResource => ({
        type: 'tier-price',
        id,
        state: {
          productId: id,
          productNumber: 'X',
          rows: [{ tier: 'gold', quantityFrom: 1, currency, grossMinor: 1, netMinor: 1 }],
        },
      });
      expect(await platform.push(shop, [state('XCD', productId), state('EUR', 'f'.repeat(32))], key)).toMatchObject([
        { ok: false, retryable: false, error: expect.stringContaining('default currency') as string },
        { ok: false, retryable: false, error: expect.stringContaining('has no product') as string },
      ]);
    });

    it('makes a promotion of a friend’s code, keeps it in step, and removes it', async () => {
      const code = (minimum: Record<string, number>, percentBps = 1000): DesiredResource => ({
        type: 'friend-code',
        id: 'DEMO-1',
        state: {
          code: 'DEMO-1',
          discount: { kind: 'percent', percentBps },
          minimumMinor: minimum,
          referrerCustomerId: 'c1',
        },
      });
      expect(await platform.push(shop, [code({ EUR: 2000 })], key)).toEqual([OK]);
      const [promotion] = sandbox.rows('promotion');
      expect(promotion).toMatchObject({ code: 'DEMO-1', useCodes: true, maxRedemptionsPerCustomer: 1, preventCombination: true });
      expect(sandbox.rows('promotion_discount')).toMatchObject([{ type: 'percentage', value: 10, scope: 'cart' }]);
      const goods = () =>
        sandbox
          .rows('rule_condition')
          .filter((condition) => condition['type'] === 'cartGoodsPrice')
          .map((condition) => (condition['value'] as { amount: number }).amount)
          .sort((a, b) => a - b);
      expect(goods()).toEqual([0, 20]);
      expect(await platform.push(shop, [code({ EUR: 3500 }, 1500)], key)).toEqual([OK]);
      expect(goods()).toEqual([0, 35]);
      expect(sandbox.rows('promotion_discount')).toMatchObject([{ value: 15 }]);
      expect(await platform.push(shop, [code({}, 1500)], key)).toEqual([OK]);
      expect(goods()).toEqual([0]);
      expect(await platform.push(shop, [{ type: 'friend-code', id: 'DEMO-1', state: null }], key)).toEqual([OK]);
      expect([sandbox.rows('promotion').length, sandbox.rows('promotion_discount').length]).toEqual([0, 0]);
    });

    it('makes an amount off for a friend’s code', async () => {
      const amountOff: DesiredResource = {
        type: 'friend-code',
        id: 'DEMO-2',
        state: {
          code: 'DEMO-2',
          discount: { kind: 'fixed', priceMinor: { EUR: 500 } },
          minimumMinor: { EUR: 2000 },
          referrerCustomerId: 'c1',
        },
      };
      expect(await platform.push(shop, [amountOff], key)).toEqual([OK]);
      expect(sandbox.rows('promotion_discount')).toMatchObject([{ type: 'absolute', value: 5 }]);
    });

    it('makes vouchers of the same value codes of one promotion', async () => {
      const voucher = (code: string, valueMinor: number, expiresAt: string | null): DesiredResource => ({
        type: 'voucher',
        id: code,
        state: { code, valueMinor, currency: 'EUR', customerId: 'c1', expiresAt },
      });
      const [day, other] = ['2026-09-01T08:00:00.000Z', '2026-09-01T17:30:00.000Z'] as const;
      const outcomes = await platform.push(
        shop,
        [voucher('LOY-A', 500, day), voucher('LOY-B', 500, other), voucher('LOY-C', 700, null)],
        key,
      );
      expect(outcomes).toEqual([OK, OK, OK]);
      expect(sandbox.rows('promotion')).toHaveLength(2);
      expect(sandbox.rows('promotion_individual_code').map((row) => row['code'])).toEqual(['LOY-A', 'LOY-B', 'LOY-C']);
      expect(sandbox.rows('promotion_discount').map((row) => row['value'])).toEqual([5, 7]);
      expect(await platform.push(shop, [{ type: 'voucher', id: 'LOY-A', state: null }], key)).toEqual([OK]);
      expect(sandbox.rows('promotion_individual_code').map((row) => row['code'])).toEqual(['LOY-B', 'LOY-C']);
    });

    it('puts the terms where the cart script reads them, with ids of the free products', async () => {
      const { items } = await platform.products(shop, null);
      const socks = items.find((product) => product.productNumber === 'SOCKS')?.productId;
      const terms: DesiredResource = {
        type: 'terms',
        id: 'programme',
        state: {
          programmeVersionId: 'v1',
          baseCurrency: 'EUR',
          tierMetric: 'turnover',
          redemption: null,
          minorUnits: { EUR: 100 },
          accrual: { basis: 'gross' },
          freeProducts: [{ code: 'spring', products: ['SOCKS', 'NO-SUCH'] }],
          campaigns: [],
          tiers: [],
          volume: [],
        },
      };
      expect(await platform.push(shop, [terms], key)).toEqual([OK]);
      expect(sandbox.config('LoyaltySidecar.config.programme')).toEqual({
        programmeVersionId: 'v1',
        baseCurrency: 'EUR',
        tierMetric: 'turnover',
        minorUnits: { EUR: 100 },
        redemption: null,
        accrual: { basis: 'gross' },
        freeProducts: [{ code: 'spring', products: ['SOCKS', 'NO-SUCH'], productIds: { SOCKS: socks } }],
        campaigns: [],
        tiers: [],
        volume: [],
      });
      expect(await platform.push(shop, [{ type: 'terms', id: 'programme', state: null }], key)).toEqual([OK]);
      expect(sandbox.config('LoyaltySidecar.config.programme')).toBeUndefined();
    });

    it('removes a tier and all that hangs on it', async () => {
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      await platform.push(shop, [tier('silver', 0)], key);
      await platform.push(shop, [mirror(customerId, { tier: 'silver' })], key);
      const gone: DesiredResource = { type: 'tier', id: 'silver', state: null };
      expect(await platform.push(shop, [gone], key)).toEqual([OK]);
      expect(await platform.push(shop, [gone], key)).toEqual([OK]);
      expect([sandbox.rows('tag').length, sandbox.rows('rule').length, tags(customerId)]).toEqual([0, 0, []]);
    });

    it('gives a tier free shipping, takes it away, and removes it with the tier', async () => {
      const shipping = (): unknown => sandbox.rows('promotion').map(({ name, useCodes, active }) => ({ name, useCodes, active }));
      await platform.push(shop, [tier('silver', 0, true)], key);
      await platform.push(shop, [tier('silver', 0, true), tier('gold', 1)], key);
      expect(shipping()).toEqual([{ name: 'Loyalty tier silver: free shipping', useCodes: false, active: true }]);
      expect(sandbox.rows('promotion_discount')).toMatchObject([{ scope: 'delivery', type: 'percentage', value: 100 }]);
      expect(sandbox.rows('promotion_persona_rule')).toHaveLength(1);
      await platform.push(shop, [tier('silver', 0)], key);
      expect(shipping()).toEqual([]);
      await platform.push(shop, [tier('gold', 1, true)], key);
      await platform.push(shop, [{ type: 'tier', id: 'gold', state: null }], key);
      expect([shipping(), sandbox.rows('promotion_discount'), sandbox.rows('promotion_persona_rule')]).toEqual([[], [], []]);
    });

    it('changes nothing when the same is written twice', async () => {
      const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
      for (let round = 0; round < 2; round += 1) {
        await platform.push(shop, [tier('silver', 0)], key);
        await platform.push(shop, [mirror(customerId, { tier: 'silver' })], key);
      }
      expect([sandbox.rows('rule_condition').length, tags(customerId)]).toEqual([3, ['Loyalty tier silver']]);
    });

    describe('when the shop fails', () => {
      const push = () => platform.push(shop, [mirror(sandbox.registerCustomer({ email: 'a@example.com' }))], key);

      it('gets over one 401, a 429 that asks for patience, and a 500', async () => {
        sandbox.faults.failNext.push(401);
        expect(await push()).toEqual([OK]);
        expect(calls('/api/oauth/token')).toEqual([200, 200]);
        sandbox.faults.failNext.push(429);
        expect(await push()).toEqual([OK]);
        expect(waits).toEqual([1000]);
        sandbox.faults.failNext.push(500);
        expect(await push()).toEqual([OK]);
      });

      it('leaves the rest to the retry schedule', async () => {
        sandbox.faults.failNext.push(503, 503, 503, 503, 503, 503);
        expect(await push()).toMatchObject([{ ok: false, retryable: true }]);
      });

      it('does not take every resource for a bad one when the shop is down', async () => {
        const customers = Array.from({ length: 9 }, (_, index) => sandbox.registerCustomer({ email: `c${index}@example.com` }));
        await platform.products(shop, null);
        sandbox.faults.down = true;
        const outcomes = await platform.push(
          shop,
          customers.map((id) => mirror(id)),
          key,
        );
        expect(outcomes.every((outcome) => !outcome.ok && outcome.retryable)).toBe(true);
        sandbox.faults.down = false;
      });

      it('tries again later when keys are refused: they may be in force again', async () => {
        sandbox.deactivateApp();
        expect(await push()).toMatchObject([{ ok: false, retryable: true }]);
      });

      it('names a missing right and does not repeat the call', async () => {
        sandbox.setPrivileges(['customer:read', 'tag:read', 'customer_tag:read']);
        expect(await push()).toMatchObject([
          { ok: false, retryable: false, error: expect.stringContaining('missing customer:update') as string },
        ]);
        expect(calls(SYNC)).toEqual([403]);
      });

      it('says nothing of what was written', async () => {
        const customerId = sandbox.registerCustomer({ email: 'a@example.com' });
        const [outcome] = await platform.push(shop, [mirror(customerId, { tier: 'unknown', referralCode: 'SECRET-CODE' })], key);
        expect(JSON.stringify(outcome)).not.toContain('SECRET-CODE');
      });
    });
  });
});
