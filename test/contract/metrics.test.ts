import fc from 'fast-check';
import { ManualClock } from '../../sidecar/src/clock';
import { localDate } from '../../sidecar/src/domain/calendar';
import { findFigure, figures } from '../../sidecar/src/key-figures/registry';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { expireLots } from '../../sidecar/src/operations/expire-lots';
import { measuredProgramme, type MeasuredProgramme } from '../../sidecar/src/operations/measured-programme';
import { mergeMembers } from '../../sidecar/src/operations/merge-members';
import { readCampaignReturns } from '../../sidecar/src/operations/read-campaign-returns';
import {
  readCampaignOrders,
  readFlowMembers,
  type CampaignOrderCursor,
  type PricedCampaignOrder,
} from '../../sidecar/src/operations/read-flow-rows';
import { readMetricRows } from '../../sidecar/src/operations/read-metric-rows';
import { readCohorts } from '../../sidecar/src/operations/read-cohorts';
import { readMetrics, readSeries } from '../../sidecar/src/operations/read-metrics';
import { readTierFlow } from '../../sidecar/src/operations/read-tier-flow';
import { recordEvent } from '../../sidecar/src/operations/record-event';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { revokeEvent } from '../../sidecar/src/operations/revoke-event';
import { rollMetrics, type RollLimits } from '../../sidecar/src/operations/roll-metrics';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import { splitAccount } from '../../sidecar/src/operations/split-account';
import type { Storage } from '../../sidecar/src/storage/dialect';
import type { FlowMember } from '../../sidecar/src/stores/flow-row-store';
import { cohortMembers } from '../../sidecar/src/stores/measure-month-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { referenceFigures } from '../support/reference-metrics';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const HOUR_MS = 3_600_000;
const START = '2026-03-27T20:00:00.000Z';
const BERLIN = 'Europe/Berlin';
const NEVER = new AbortController().signal;
const SHOPS = ['shop-1', 'shop-2'];
const STAFF = { reason: 'for the test', actor: 'staff' };

const document = (timeZone: string) =>
  programmeDocument({
    timeZone,
    accrual: { lockDays: 1, multipliers: [] },
    expireAfterDays: 4,
    tiers: { windowDays: 6, graceDays: 0, levels: [{ code: 'silver', name: 'Silver', threshold: 300 }] },
    campaigns: [{ code: 'bonus', name: 'Seven more', bonus: 7, stacking: 'all' }],
    activities: [
      {
        code: 'ask',
        kind: 'survey',
        name: 'Survey',
        points: 5,
        settings: { questions: [{ id: 'nps', text: 'Would you?', kind: 'recommend' }] },
      },
    ],
  });

/** A few customers of two shops, and everything that can happen to them. */
class World {
  readonly clock = new ManualClock(Date.parse(START));
  readonly context: OperationContext;
  private step = 0;

  constructor(storage: Storage) {
    this.context = operationContext(storage, this.clock);
  }

  async memberOf(customer: number): Promise<string> {
    const shopId = SHOPS[customer % 2] ?? '';
    return registerCustomer(this.context, {
      programmeId: PROGRAMME_ID,
      shopId,
      customerId: `c${customer}`,
      emailHash: `e${customer}`,
      customerGroup: null,
      registeredAt: this.clock.now(),
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
  }

  async order(customer: number, order: number, units: number, state: 'open' | 'paid' | 'refunded' | 'cancelled'): Promise<void> {
    const shopId = SHOPS[customer % 2] ?? '';
    const orderId = `o${customer}-${order}`;
    const before = (await findPosition(this.context.db, shopId, orderId)) ?? null;
    const known = before && (JSON.parse(before.snapshot) as { paidAt: string | null });
    const now = this.clock.now();
    const snapshot = orderSnapshot({
      shopId,
      orderId,
      orderNumber: orderId,
      customerId: `c${customer}`,
      emailHash: `e${customer}`,
      placedAt: before?.placed_at ?? now,
      paidAt: state === 'open' ? null : (known?.paidAt ?? now),
      paymentState: state === 'open' ? 'open' : 'paid',
      orderState: state === 'cancelled' ? 'cancelled' : 'open',
      lines: [
        orderLine({
          quantityMilli: units * 1000,
          refundedMilli: state === 'refunded' ? 1000 : 0,
          grossMinor: units * 10_000,
          netMinor: units * 8403,
        }),
      ],
    });
    await convergeOrder(this.context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
  }

  async adjust(customer: number, points: number): Promise<void> {
    const memberId = await this.memberOf(customer);
    const idempotencyKey = `adjust-${(this.step += 1)}`;
    await adjustPoints(this.context, { programmeId: PROGRAMME_ID, memberId, points, ...STAFF, idempotencyKey });
  }

  async answer(customer: number, nps: number, isRevoked: boolean): Promise<void> {
    const eventId = `event-${String((this.step += 1)).padStart(4, '0')}`;
    const member = { memberId: await this.memberOf(customer) };
    const shopId = SHOPS[customer % 2] ?? null;
    const told = { programmeId: PROGRAMME_ID, eventId, kind: 'survey', activity: 'ask', member, shopId };
    await recordEvent(this.context, { ...told, occurredAt: this.clock.now(), data: { answers: { nps } } });
    if (isRevoked) await revokeEvent(this.context, { programmeId: PROGRAMME_ID, eventId, ...STAFF });
  }

  async merge(one: number, other: number): Promise<void> {
    const [memberId, absorb] = [await this.memberOf(one), await this.memberOf(other)];
    const idempotencyKey = `merge-${(this.step += 1)}`;
    await mergeMembers(this.context, { memberId, absorb, ...STAFF, idempotencyKey });
  }

  async split(customer: number): Promise<void> {
    const memberId = await this.memberOf(customer);
    const account = { shopId: SHOPS[customer % 2] ?? '', customerId: `c${customer}` };
    const idempotencyKey = `split-${(this.step += 1)}`;
    await splitAccount(this.context, { memberId, ...account, points: 0, ...STAFF, idempotencyKey });
  }

  async pass(hours: number): Promise<void> {
    this.clock.advance(hours * HOUR_MS + 1);
    await releaseDuePoints(this.context, this.clock.now());
    await expireLots(this.context, this.clock.now());
    await reviewTiers(this.context, this.clock.now());
  }

  roll(limits?: RollLimits) {
    return rollMetrics(this.context, this.clock.now(), NEVER, limits);
  }

  async programme(): Promise<MeasuredProgramme> {
    const programme = await measuredProgramme(this.context, PROGRAMME_ID);
    if (!programme) throw new Error('nothing was published');
    return programme;
  }
}

/** Compares every figure with the slow reference, and with the sum of its rows. */
async function expectExact(world: World, timeZone: string): Promise<void> {
  const { db } = world.context;
  const today = localDate(world.clock.now(), timeZone);
  const programme = await world.programme();
  for (const shopId of [null, ...SHOPS]) {
    for (const period of [
      { from: '2026-03-25', to: today },
      { from: '2026-03-29', to: '2026-03-30' },
    ]) {
      const shown = await readMetrics(world.context, programme, { period, shopId, compare: false });
      const pairs = Object.fromEntries(shown.map(({ figure, numerator, denominator }) => [figure, [numerator, denominator]]));
      expect(pairs).toEqual(await referenceFigures(db, { ...period, shopId, timeZone }));
      for (const { figure: code, ...value } of shown) {
        for (const part of ['numerator', 'denominator'] as const) {
          if (value[part] === null) continue;
          expect([code, part, await sumOfRows(world, code, part, period, shopId)]).toEqual([code, part, value[part]]);
        }
      }
    }
  }
}

async function sumOfRows(
  world: World,
  code: string,
  part: 'numerator' | 'denominator',
  period: { from: string; to: string },
  shopId: string | null,
): Promise<number> {
  const figure = findFigure(code);
  if (!figure) throw new Error(`no figure ${code}`);
  let sum = 0;
  for (let after: readonly string[] | null = []; after !== null;) {
    const asked = { figure, part, period, shopId, after, limit: 3 };
    const page = await readMetricRows(world.context.db, await world.programme(), asked);
    sum += (page?.rows ?? []).reduce((total, row) => total + row.value, 0);
    after = page?.next ?? null;
  }
  return sum;
}

/** The slow way: every final order of every member who is still one. */
async function expectCohortsExact(world: World, timeZone: string): Promise<void> {
  const { db } = world.context;
  const orders = await db
    .selectFrom('order_position')
    .select(['member_id', 'placed_at'])
    .where('released', '=', 1)
    .where('qualifying_orders', '>', 0)
    .execute();
  const months = new Map<string, Set<string>>();
  for (const { member_id: memberId, placed_at: at } of orders) {
    months.set(memberId, (months.get(memberId) ?? new Set()).add(localDate(at, timeZone).slice(0, 7)));
  }
  const members = [...months.values()].map((set) => [...set].sort());
  const expected = ['2026-03', '2026-04', '2026-05'].map((month, place, all) => {
    const own = members.filter(([first]) => first === month);
    const returned = all.slice(place + 1).map((later) => own.filter((ordered) => ordered.includes(later)).length);
    return { month, members: own.length, returned };
  });
  const shown = await readCohorts(db, await world.programme(), { from: '2026-03-31', to: '2026-05-01' });
  expect(shown).toEqual(expected);
  for (const [firstMonth, month] of [
    ['2026-03', '2026-03'],
    ['2026-03', '2026-04'],
  ] as const) {
    const rows = await cohortMembers(db, PROGRAMME_ID, { firstMonth, month }, '', 100);
    const slow = [...months].filter(([, set]) => [...set].sort()[0] === firstMonth && set.has(month));
    expect(rows).toEqual(slow.map(([memberId]) => memberId).sort());
  }
}

async function expectTiersExact(world: World, from: string, to: string): Promise<void> {
  const flow = await readTierFlow(world.context.db, await world.programme(), { from, to });
  const sum = (rows: readonly { members: number }[]): number => rows.reduce((total, { members }) => total + members, 0);
  for (const { tier, members } of flow.start) {
    expect(sum(flow.flows.filter((one) => !one.isNew && one.from === tier))).toBe(members);
  }
  expect(sum(flow.flows.filter(({ isNew }) => isNew))).toBe(flow.joined);
  const present = await world.context.db
    .selectFrom('member')
    .select(['member_id', 'tier'])
    .where('member_id', 'not in', (eb) => eb.selectFrom('member_merge').select('absorbed_member_id'))
    .execute();
  for (const tier of [null, 'silver']) {
    const members = flow.end.find((one) => one.tier === tier)?.members ?? 0;
    expect([tier, members]).toEqual([tier, present.filter((row) => row.tier === tier).length]);
  }
  const tierOf = new Map(present.map((row) => [row.member_id, row.tier]));
  const named: string[] = [];
  for (const { members, ...one } of flow.flows) {
    const found = await membersOfFlow(world, one, { from, to });
    expect([one, found.length]).toEqual([one, members]);
    for (const { memberId, at, decisionId } of found) {
      expect(tierOf.get(memberId)).toBe(one.to);
      if (one.from !== one.to) expect([at, decisionId]).toEqual([expect.any(String), expect.any(String)]);
      named.push(memberId);
    }
  }
  // Everybody is in one flow and no more.
  expect(named.sort()).toEqual([...tierOf.keys()].sort());
}

async function membersOfFlow(
  world: World,
  flow: { from: string | null; isNew: boolean; to: string | null },
  period: { from: string; to: string },
) {
  const found: FlowMember[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page = await readFlowMembers(world.context.db, await world.programme(), { flow, period, after, limit: 2 });
    found.push(...page.rows);
    after = page.next;
  }
  return found;
}

/** The return of the campaign against the sums of its orders, and these against the books. */
async function expectReturnsExact(world: World, to: string): Promise<void> {
  const programme = await world.programme();
  const period = { from: '2026-03-25', to };
  for (const shopId of [null, ...SHOPS]) {
    const [shown] = await readCampaignReturns(world.context, programme, { period, shopId });
    const found: PricedCampaignOrder[] = [];
    for (let after: CampaignOrderCursor | null = { order: [], points: 0 }; after !== null;) {
      const asked = { campaign: 'bonus', period, shopId, after, limit: 3 };
      const page = await readCampaignOrders(world.context, programme, asked);
      found.push(...page.rows);
      after = page.next;
    }
    const sum = (value: (row: PricedCampaignOrder) => number): number => found.reduce((total, row) => total + value(row), 0);
    expect([found.length, sum((row) => row.points), sum((row) => row.turnoverMinor), sum((row) => row.costMinor ?? 0)]).toEqual([
      shown?.orders,
      shown?.points,
      shown?.turnoverMinor,
      shown?.costMinor,
    ]);
    const grants = await world.context.db
      .selectFrom('campaign_grant')
      .select('order_id')
      .where('points', '>', 0)
      .$if(shopId !== null, (all) => all.where('shop_id', '=', shopId ?? ''))
      .execute();
    expect(found.map(({ orderId }) => orderId).sort()).toEqual(grants.map((row) => row.order_id).sort());
  }
}

type Action = (world: World) => Promise<unknown>;

const customer = fc.nat(3);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        customer,
        fc.nat(3),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('open' as const, 'paid' as const, 'paid' as const, 'refunded' as const, 'cancelled' as const),
      )
      .map(
        ([who, order, units, state]): Action =>
          (world) =>
            world.order(who, order, units, state),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 40 }).map(
      (hours): Action =>
        (world) =>
          world.pass(hours),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        customer,
        fc.integer({ min: -60, max: 60 }).filter((points) => points !== 0),
      )
      .map(
        ([who, points]): Action =>
          (world) =>
            world.adjust(who, points),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(customer, fc.nat(10), fc.boolean()).map(
      ([who, score, isRevoked]): Action =>
        (world) =>
          world.answer(who, score, isRevoked),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(customer, customer).map(
      ([one, other]): Action =>
        (world) =>
          world.merge(one, other),
    ),
  },
  {
    weight: 1,
    arbitrary: customer.map(
      (who): Action =>
        (world) =>
          world.split(who),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(undefined, { pages: 1, members: 1, days: 1 }).map(
      (limits): Action =>
        (world) =>
          world.roll(limits),
    ),
  },
);

describeEachStorage('metrics', (open) => {
  const openWorld = async (timeZone = BERLIN): Promise<World> => {
    const world = new World(await open());
    await publish(world.context, document(timeZone));
    return world;
  };

  it('equal the slow reference whenever they were rolled, and so do the sums of their rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 30 }), async (actions) => {
        const world = await openWorld();
        for (const act of actions) await act(world);
        await world.pass(30);
        expect(await world.roll()).toMatchObject({ complete: 1 });
        await expectExact(world, BERLIN);
        const today = localDate(world.clock.now(), BERLIN);
        for (const from of ['2026-03-20', '2026-03-29']) if (from <= today) await expectTiersExact(world, from, today);
        await expectCohortsExact(world, BERLIN);
        await expectReturnsExact(world, today);
      }),
      { numRuns: 8 },
    );
  });

  it('are counted where something changed, and nowhere else', async () => {
    const world = await openWorld();
    for (const day of [0, 1, 2, 3, 4, 5]) {
      await world.order(1, day, 1, 'paid');
      await world.pass(24);
    }
    expect((await world.roll()).days).toBeGreaterThan(6);
    world.clock.advance(HOUR_MS);
    await world.roll();
    expect(await world.roll()).toMatchObject({ members: 0, days: 0, complete: 1 });
    await world.order(1, 0, 1, 'refunded');
    // The day of the order, that of its clawback, and those of the member's first two orders that are left.
    expect(await world.roll()).toMatchObject({ members: 1, days: 4, complete: 1 });
    await expectExact(world, BERLIN);
  });

  it('stay exact when a person is erased, long after their orders were counted', async () => {
    const world = await openWorld();
    await world.order(1, 1, 2, 'paid');
    await world.pass(30);
    await world.order(1, 2, 1, 'paid');
    await world.roll();
    world.clock.advance(20 * HOUR_MS);
    await world.roll();
    const memberId = await world.memberOf(1);
    const erased = await eraseMember(world.context, { memberId, ...STAFF, idempotencyKey: 'erase-0001' });
    expect(erased).toMatchObject({ ok: true, value: { erased: true } });
    await world.roll();
    await expectExact(world, BERLIN);
  });

  it('are counted anew when the clock of the programme changes', async () => {
    const world = await openWorld();
    await world.order(1, 1, 2, 'paid');
    await world.pass(30);
    await world.roll();
    await publish(world.context, document('Pacific/Auckland'), world.clock.now());
    expect(await world.roll()).toMatchObject({ complete: 1 });
    await expectExact(world, 'Pacific/Auckland');
  });

  it('go on where a run broke off, and say when they are not complete', async () => {
    const world = await openWorld();
    for (const who of [0, 1, 2, 3]) await world.order(who, 1, 2, 'paid');
    await world.pass(30);
    expect(await world.roll({ pages: 1, members: 1, days: 1 })).toMatchObject({ complete: 0 });
    expect((await world.programme()).computedUntil).toBeNull();
    expect(await world.roll()).toMatchObject({ complete: 1 });
    expect((await world.programme()).computedUntil).toBe(world.clock.now());
  });

  it('have money, rates and campaigns to the cent', async () => {
    const world = await openWorld();
    await world.order(1, 1, 3, 'paid');
    await world.order(3, 1, 1, 'paid');
    await world.pass(25);
    await world.order(1, 2, 1, 'paid');
    await world.pass(25);
    await world.roll();
    const period = { from: '2026-03-27', to: '2026-03-30' };
    const programme = await world.programme();
    const shown = await readMetrics(world.context, programme, { period, shopId: null, compare: true });
    const value = (code: string): unknown => shown.find(({ figure }) => figure === code)?.value;
    expect(shown.map(({ figure }) => figure)).toEqual(figures.map(({ code }) => code));
    expect([value('repeat_customer_rate'), value('customer_lifetime_value'), value('average_order')]).toEqual([
      5000, 25_000, 16_667,
    ]);
    // 521 points at 1.00 for 100.
    expect([value('points_issued'), value('points_outstanding'), value('liability')]).toEqual([521, 521, 521]);
    expect(value('net_promoter_score')).toBeNull();
    expect(shown[0]?.previous).toEqual({ numerator: 0, denominator: null, value: 0 });
    expect(await readCampaignReturns(world.context, programme, { period, shopId: null })).toEqual([
      {
        campaign: 'bonus',
        name: 'Seven more',
        orders: 3,
        points: 21,
        turnoverMinor: 50_000,
        costMinor: 21,
        returnBps: 23_799_524,
      },
    ]);
    const figure = findFigure('turnover');
    if (!figure) throw new Error('no turnover');
    const steps = await readSeries(world.context, programme, { figure, period, step: 'day', shopId: null });
    expect(steps.map((step) => [step.from, step.value])).toEqual([
      ['2026-03-27', 40_000],
      ['2026-03-28', 10_000],
      ['2026-03-29', 0],
      ['2026-03-30', 0],
    ]);
  });
});
