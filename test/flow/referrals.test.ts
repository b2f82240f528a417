/** A friend's code from the order to the reward, or to staff, through the real HTTP of both shops. */
import { ManualClock } from '../../sidecar/src/clock';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { homeOf, type Home } from '../sandbox/home';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const DAY_MS = 86_400_000;
const REFERRAL = {
  friendDiscount: { percentOff: 10 },
  referrerReward: { points: 500 },
  friendReward: { points: 50 },
  returnWindowDays: 14,
};
const NO_WEIGHTS = { sameAddress: 0, emailPattern: 0, device: 0, speed: 0, returns: 0 };
const OWNER = 'kim.owner@example.com';

interface Listed {
  readonly friendMemberId: string;
  readonly status: string;
  readonly reason: string | null;
  readonly score: number | null;
  readonly reasons: readonly { readonly code: string; readonly applied: boolean }[];
}

/** A shop in which somebody has a code, and a programme in which orders themselves earn nothing. */
class Scene {
  readonly clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  composed!: ComposedSidecar;
  shop!: ConnectableShop;
  owner = '';
  code = '';

  async open(open: (typeof sandboxShops)[number][1], referral: object): Promise<void> {
    const random = seededRandom(5);
    this.composed = await startSidecar({ clock: this.clock, random: () => random.next() });
    const currencies = { EUR: { earn: { points: 0, per: 1 } } };
    const document = programmeDocument({ referral, currencies, redemption: null, accrual: { lockDays: 0 } });
    await publish(this.composed.sidecar.context, document);
    this.shop = open(this.clock, () => random.next());
    await this.shop.sandbox.start();
    await this.shop.connect(this.composed);
    this.shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    this.owner = this.shop.sandbox.registerCustomer({ email: OWNER });
    await this.settle();
    this.code = String(this.shop.shown(this.owner).referralCode);
  }

  async close(): Promise<void> {
    await this.composed.close();
    await this.shop.sandbox.stop();
  }

  settle(): Promise<void> {
    return settle(this.composed, this.shop.sandbox);
  }

  order(customerId: string, { from, referralCode }: { from?: Partial<Home>; referralCode?: string } = {}): string {
    const { sandbox } = this.shop;
    const lines = [{ productNumber: 'LAMP', quantity: 1 }];
    const orderId = sandbox.placeOrder({
      customerId,
      lines,
      ...(referralCode === undefined ? {} : { referralCode }),
      ...(from === undefined ? {} : { from }),
    });
    sandbox.payOrder(orderId);
    sandbox.completeOrder(orderId);
    return orderId;
  }

  /** Somebody registers by the link and has an order with the code. */
  async befriend(email: string, from?: Partial<Home>): Promise<{ customerId: string; orderId: string }> {
    const customerId = this.shop.sandbox.registerCustomer({ email, referralCode: this.code });
    await this.settle();
    this.clock.advance(60_000);
    const orderId = this.order(customerId, { referralCode: this.code, ...(from === undefined ? {} : { from }) });
    await this.settle();
    return { customerId, orderId };
  }

  async later(days: number): Promise<void> {
    this.clock.advance(days * DAY_MS);
    await this.composed.sidecar.runJob('resolve-referrals');
    await this.composed.sidecar.runJob('release-due-points');
    await this.settle();
  }

  points(...customers: readonly string[]): unknown[] {
    return customers.map((customerId) => this.shop.shown(customerId).points);
  }

  get(path: string, token = ADMIN_TOKEN): Promise<Answer> {
    return call(`${this.composed.url}${path}`, {
      method: 'GET',
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    });
  }

  post(path: string, body: object, token = ADMIN_TOKEN): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return call(`${this.composed.url}${path}`, { headers, body: JSON.stringify(body) });
  }

  async listed(query = ''): Promise<readonly Listed[]> {
    return ((await this.get(`/admin/referrals${query}`)).body as { referrals: Listed[] }).referrals;
  }

  decide(friend: string, decision: string, token = ADMIN_TOKEN): Promise<Answer> {
    return this.post(`/admin/referrals/${friend}/decision`, { decision, reason: 'They are neighbours.', actor: 'kim' }, token);
  }

  async memberOf(customerId: string): Promise<string> {
    const { member_id: memberId } = await this.composed.storage.db
      .selectFrom('member_identity')
      .select('member_id')
      .where('customer_id', '=', customerId)
      .executeTakeFirstOrThrow();
    return memberId;
  }

  async key(scopes: readonly string[], programmeId = PROGRAMME_ID): Promise<string> {
    const created = await this.post('/admin/api-keys', { programmeId, name: 'desk', scopes });
    return (created.body as { secret: string }).secret;
  }
}

describe.each(sandboxShops)('a friend’s code in a %s shop', (platform, open) => {
  let s: Scene;
  const begin = async (referral: object): Promise<void> => {
    s = new Scene();
    await s.open(open, referral);
  };
  afterEach(() => s.close());

  it('earns both sides the reward after the return window, and takes it back with the goods', async () => {
    await begin(REFERRAL);
    const { customerId: friend, orderId } = await s.befriend('robin@example.org');
    await s.later(13);
    expect(s.points(s.owner, friend)).toEqual([0, 0]);
    expect(s.shop.shown(s.owner)).toMatchObject({ rewardedReferrals: 0, referralFigures: { pending: 1, points: 0 } });
    await s.later(1);
    expect(s.points(s.owner, friend)).toEqual([500, 50]);
    expect(s.shop.shown(s.owner)).toMatchObject({ rewardedReferrals: 1, referralFigures: { pending: 0, points: 500 } });
    s.shop.sandbox.refundAll(orderId);
    await s.settle();
    await s.later(1);
    expect(s.points(s.owner, friend)).toEqual([0, 0]);
    expect(s.shop.shown(s.owner).rewardedReferrals).toBe(0);
    expect(s.shop.shown(s.owner).referralFigures ?? null).toBeNull();
    expect(await s.listed()).toMatchObject([{ status: 'reversed', reason: 'order_cancelled' }]);
    expect((await verifyBooks(s.composed.storage.db)).ok).toBe(true);
  });

  it('earns nobody anything for what comes back within the window, and for a second order', async () => {
    await begin(REFERRAL);
    const { customerId: friend, orderId } = await s.befriend('robin@example.org');
    const regular = s.shop.sandbox.registerCustomer({ email: 'sasha@example.net' });
    s.order(regular);
    s.clock.advance(DAY_MS);
    s.order(regular, { referralCode: s.code });
    s.shop.sandbox.refundAll(orderId);
    await s.settle();
    await s.later(20);
    expect(s.points(s.owner, friend, regular)).toEqual([0, 0, 0]);
    const refused = (await s.listed()).map(({ status, reason }) => [status, reason]).sort();
    expect(refused).toContainEqual(['refused', 'order_cancelled']);
    expect(refused.every(([status]) => status === 'refused')).toBe(true);
  });

  it('is looked at: strangers with homes of their own are not suspected', async () => {
    await begin({ ...REFERRAL, returnWindowDays: 0, fraud: {} });
    s.order(s.owner);
    s.clock.advance(2 * DAY_MS);
    await s.befriend('robin@example.org');
    await s.later(1);
    expect(await s.listed()).toMatchObject([{ status: 'rewarded' }]);
    await s.befriend('sasha@example.net');
    await s.later(1);
    // Both registered a minute before they ordered, as people do at the checkout.
    expect((await s.listed()).map(({ status, score }) => [status, score])).toEqual([
      ['rewarded', 7],
      ['rewarded', 7],
    ]);
  });

  const home = homeOf(OWNER);
  // Shopware keeps the connection without its last part, so the neighbour's is the same there.
  const connection = platform === 'Shopware' ? home.networkAddress.replace(/\d+$/, '7') : home.networkAddress;
  const friends: [signal: string, email: string, from: Partial<Home>][] = [
    ['sameAddress', 'robin@example.org', { street: home.street.toUpperCase(), postcode: home.postcode }],
    ['emailPattern', 'kim.owner+2@example.com', {}],
    ['device', 'robin@example.org', { networkAddress: connection }],
    ['speed', 'robin@example.org', {}],
  ];
  it.each(friends)('waits for staff because of %s', async (signal, email, from) => {
    await begin({ ...REFERRAL, returnWindowDays: 0, fraud: { weights: { ...NO_WEIGHTS, [signal]: 80 } } });
    s.order(s.owner);
    await s.settle();
    const { customerId: friend } = await s.befriend(email, from);
    await s.later(1);
    expect(s.points(s.owner, friend)).toEqual([0, 0]);
    const [waiting, ...others] = await s.listed('?status=review');
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({ status: 'review', reason: 'needs_review' });
    const speaking = waiting?.reasons.filter(
      ({ code, applied }) => applied && /^fraud_[a-z]+[A-Z]|^fraud_(device|speed)/.test(code),
    );
    expect(speaking?.map(({ code }) => code)).toEqual([`fraud_${signal}`]);
  });

  it('waits for staff when all earlier friends sent everything back', async () => {
    await begin({ ...REFERRAL, returnWindowDays: 0, fraud: { weights: { ...NO_WEIGHTS, returns: 80 } } });
    for (const email of ['robin@example.org', 'sasha@example.net']) {
      s.shop.sandbox.refundAll((await s.befriend(email)).orderId);
      await s.settle();
    }
    await s.later(1);
    await s.befriend('toni@example.edu');
    await s.later(1);
    expect(await s.listed('?status=review')).toMatchObject([{ score: 80 }]);
  });

  it('pays what staff approve, once, and nothing that they refuse', async () => {
    await begin({ ...REFERRAL, returnWindowDays: 0, fraud: { weights: { ...NO_WEIGHTS, sameAddress: 80 } } });
    s.order(s.owner);
    const robin = (await s.befriend('robin@example.org', home)).customerId;
    const sasha = (await s.befriend('sasha@example.net', home)).customerId;
    await s.later(1);
    const [robinId, sashaId] = [await s.memberOf(robin), await s.memberOf(sasha)];
    expect((await s.listed('?status=review')).map(({ friendMemberId }) => friendMemberId).sort()).toEqual(
      [robinId, sashaId].sort(),
    );
    expect(await s.decide(robinId, 'approve')).toMatchObject({ status: 200, body: { status: 'rewarded', repeated: false } });
    expect(await s.decide(robinId, 'approve')).toMatchObject({ status: 200, body: { status: 'rewarded', repeated: true } });
    expect(errorCode(await s.decide(robinId, 'refuse'))).toBe('CONFLICT');
    expect(await s.decide(sashaId, 'refuse')).toMatchObject({
      status: 200,
      body: { status: 'refused', reason: 'refused_by_staff' },
    });
    await s.later(0);
    expect(s.points(s.owner, robin, sasha)).toEqual([500, 50, 0]);
    expect(await s.listed('?status=review')).toEqual([]);
    expect(await s.get(`/admin/members/${await s.memberOf(s.owner)}/referrals/statistics`)).toMatchObject({
      status: 200,
      body: { code: s.code, invited: 2, ordered: 2, conversionBps: 10_000, rewarded: 1, refused: 1, points: 500 },
    });
  });

  it('keeps to the limits of a period and of a day', async () => {
    await begin({ ...REFERRAL, returnWindowDays: 0, maxNewPerDay: 2, rewardsPerPeriod: { rewards: 3, period: 'month' } });
    const friends: string[] = [];
    const comes = async (name: string): Promise<void> => {
      friends.push(await s.memberOf((await s.befriend(`${name}@example.org`)).customerId));
    };
    for (const name of ['ash', 'bo', 'cy']) await comes(name);
    await s.later(1);
    for (const name of ['dana', 'eli']) await comes(name);
    await s.later(31);
    await comes('finn');
    await s.later(1);
    const byFriend = new Map((await s.listed()).map((one) => [one.friendMemberId, one]));
    const seen = friends.map((friend) => byFriend.get(friend)).map((one) => one?.reason ?? one?.status);
    expect(seen).toEqual(['rewarded', 'rewarded', 'referrer_day_limit', 'rewarded', 'rewarded', 'rewarded']);
    expect(s.points(s.owner)).toEqual([2500]);
  });
});

describe('the endpoints of referrals', () => {
  const [, openFirst] = sandboxShops[0] ?? [];
  let s: Scene;
  beforeEach(async () => {
    s = new Scene();
    if (!openFirst) throw new Error('there is no sandbox shop');
    await s.open(openFirst, REFERRAL);
  });
  afterEach(() => s.close());

  it('want the right, and show a key its own programme alone', async () => {
    const friend = await s.memberOf((await s.befriend('robin@example.org')).customerId);
    const statistics = `/admin/members/${friend}/referrals/statistics`;
    const [reads, writes, stranger] = [
      await s.key(['members:read']),
      await s.key(['members:write']),
      await s.key(['events:write']),
    ];
    for (const path of ['/admin/referrals', statistics]) {
      expect(errorCode(await s.get(path, ''))).toBe('UNAUTHORIZED');
      expect(errorCode(await s.get(path, 'wrong'))).toBe('UNAUTHORIZED');
      expect(errorCode(await s.get(path, stranger))).toBe('FORBIDDEN');
      expect((await s.get(path, reads)).status).toBe(200);
    }
    expect(errorCode(await s.decide(friend, 'approve', reads))).toBe('FORBIDDEN');
    expect(errorCode(await s.decide(friend, 'approve', writes))).toBe('CONFLICT');
    await publish(s.composed.sidecar.context, programmeDocument(), '2020-01-01T00:00:00.000Z', 'other');
    const foreign = await s.key(['members:read', 'members:write'], 'other');
    expect((await s.get('/admin/referrals', foreign)).body).toEqual({ referrals: [], next: null });
    expect(errorCode(await s.get(`/admin/referrals?programmeId=${PROGRAMME_ID}`, foreign))).toBe('NOT_FOUND');
    expect(errorCode(await s.get(statistics, foreign))).toBe('NOT_FOUND');
    expect(errorCode(await s.decide(friend, 'approve', foreign))).toBe('NOT_FOUND');
  });

  it('name what is wrong', async () => {
    const fieldsOf = (answer: Answer): string[] =>
      (answer.body as { error: { details: { fields: { field: string }[] } } }).error.details.fields.map(({ field }) => field);
    expect(fieldsOf(await s.get('/admin/referrals?status=lost'))).toEqual(['status']);
    const owner = await s.memberOf(s.owner);
    const decision = (body: object) => s.post(`/admin/referrals/${owner}/decision`, body);
    expect(fieldsOf(await decision({})).sort()).toEqual(['actor', 'decision', 'reason']);
    expect(fieldsOf(await decision({ decision: 'perhaps', reason: 'They ask.', actor: 'kim' }))).toEqual(['decision']);
    expect(fieldsOf(await decision({ decision: 'approve', reason: 'x', actor: ' ' })).sort()).toEqual(['actor', 'reason']);
    expect(errorCode(await s.decide('nobody', 'approve'))).toBe('NOT_FOUND');
    expect(errorCode(await s.decide(owner, 'approve'))).toBe('NOT_FOUND');
    expect(errorCode(await s.get('/admin/members/nobody/referrals/statistics'))).toBe('NOT_FOUND');
  });

  it('list page by page, each referral once', async () => {
    const { sandbox } = s.shop;
    const customers = Array.from({ length: 52 }, (_, i) => sandbox.registerCustomer({ email: `friend-${i}@example.org` }));
    await s.settle();
    for (const customerId of customers) s.order(customerId, { referralCode: s.code });
    await s.settle();
    const first = (await s.get('/admin/referrals')).body as { referrals: Listed[]; next: string };
    const second = (await s.get(`/admin/referrals?after=${first.next}`)).body as { referrals: Listed[]; next: null };
    expect([first.referrals.length, second.referrals.length, second.next]).toEqual([50, 2, null]);
    const seen = new Set([...first.referrals, ...second.referrals].map(({ friendMemberId }) => friendMemberId));
    expect(seen.size).toBe(52);
    expect((await s.get('/admin/referrals?status=rewarded')).body).toEqual({ referrals: [], next: null });
  });
});
