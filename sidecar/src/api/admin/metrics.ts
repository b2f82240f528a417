import { z } from 'zod';
import { daysFromTo } from '../../domain/calendar';
import { AppError } from '../../errors';
import { isByShop, type Figure } from '../../key-figures/figure';
import { stepsOf, type Period } from '../../key-figures/period';
import { figures, findFigure } from '../../key-figures/registry';
import type { OperationContext } from '../../operations/context';
import { measuredProgramme, type MeasuredProgramme } from '../../operations/measured-programme';
import { readCohorts } from '../../operations/read-cohorts';
import { readCampaignReturns } from '../../operations/read-campaign-returns';
import { readCampaignOrders, readFlowMembers, type CampaignOrderCursor } from '../../operations/read-flow-rows';
import { readMetricRows } from '../../operations/read-metric-rows';
import { maxSteps, readMetrics, readSeries } from '../../operations/read-metrics';
import { readTierFlow } from '../../operations/read-tier-flow';
import { cohortMembers } from '../../stores/measure-month-store';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachedProgramme, reachShop, type Principal } from '../principal';

const tag = 'Metrics';
const scope = 'metrics:read';
const refusals = ['NOT_FOUND', 'UNKNOWN_SHOP'] as const;

const MAX_DAYS = 1830;
const ROWS_A_PAGE = 100;
const EARLIEST = '2000-01-01';
const LATEST = '2199-12-31';

const params = z.object({ programmeId: storedKey });
const date = z.iso
  .date({ abort: true })
  .refine((value) => value >= EARLIEST && value <= LATEST, `must be from ${EARLIEST} to ${LATEST}`);
const shopId = storedKey.optional();
const figureCode = z.enum(figures.map(({ code }) => code) as [string, ...string[]]);

/** Dates by the programme's clock, both included. */
const dates = { from: date, to: date };

const inOrder = <T extends Period>(period: T): boolean => period.from <= period.to;
const notTooLong = <T extends Period>(period: T): boolean => daysFromTo(period.from, period.to) <= MAX_DAYS;
const ORDERED = { path: ['to'], message: 'must not be before from' };
const BOUNDED = { path: ['to'], message: `must be at most ${MAX_DAYS} days from the first` };

const int = z.int();
const figureValue = { numerator: int, denominator: int.nullable(), value: int.nullable() };
const unit = z.enum(['count', 'points', 'minor', 'bps']);
const tier = z.string().nullable();

/** How the days are cut, and how far they are counted. */
const head = {
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  computedUntil: z.string().nullable(),
};

function shownHead({ timeZone, baseCurrency, computedUntil }: MeasuredProgramme, { from, to }: Period) {
  return { from, to, timeZone, currency: baseCurrency, computedUntil };
}

/** Figures of a programme, over time, and the rows they are made of. */
export function metricEndpoints(context: OperationContext): Endpoint[] {
  return [
    ...figureEndpoints(context),
    rowsEndpoint(context),
    ...flowEndpoints(context),
    membersOfFlowEndpoint(context),
    ordersOfCampaignEndpoint(context),
    ...cohortEndpoints(context),
  ];
}

interface Asked {
  readonly params: { readonly programmeId: string };
  readonly query: { readonly shopId?: string | undefined };
  readonly principal: Principal;
}

/** @throws AppError NOT_FOUND, UNKNOWN_SHOP */
async function reached(
  context: OperationContext,
  { params: { programmeId }, query, principal }: Asked,
): Promise<MeasuredProgramme> {
  reachedProgramme(principal, programmeId);
  const programme = await measuredProgramme(context, programmeId);
  if (!programme) throw new AppError('NOT_FOUND', { resource: 'programme' });
  if (query.shopId !== undefined) {
    const shop = await reachShop(context.db, principal, query.shopId);
    if (shop.programme_id !== programmeId) throw new AppError('UNKNOWN_SHOP');
  }
  return programme;
}

function askedFigure(code: string, asked: { readonly shopId?: string | undefined }): Figure {
  const figure = findFigure(code);
  if (!figure) throw new AppError('NOT_FOUND', { resource: 'figure' });
  if (asked.shopId !== undefined && !isByShop(figure)) throw wrong('shopId', `${code} is of the whole programme`);
  return figure;
}

function wrong(field: string, problem: string): AppError {
  return new AppError('INVALID_INPUT', { fields: [{ field, problem }] });
}

function figureEndpoints(context: OperationContext): Endpoint[] {
  const shownFigure = z.strictObject({
    figure: z.string(),
    unit,
    ...figureValue,
    previous: z.strictObject(figureValue).nullable(),
  });
  const step = z.strictObject({ from: z.string(), to: z.string(), ...figureValue });
  return [
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/metrics',
      scope,
      tag,
      summary: 'Every figure of a period, with what was divided by what; `compare=previous` adds the period before.',
      params,
      query: z
        .object({ ...dates, shopId, compare: z.literal('previous').optional() })
        .refine(inOrder, ORDERED)
        .refine(notTooLong, BOUNDED),
      answers: {
        200: {
          description: 'The figures; null = nothing to divide by',
          body: z.strictObject({ ...head, figures: z.array(shownFigure) }),
        },
      },
      refusals,
      handle: async (call) => {
        const { from, to, shopId: shop, compare } = call.query;
        const programme = await reached(context, call);
        const asked = { period: { from, to }, shopId: shop ?? null, compare: compare !== undefined };
        const shown = await readMetrics(context, programme, asked);
        return { body: { ...shownHead(programme, asked.period), figures: shown } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/metrics/series',
      scope,
      tag,
      summary: 'A figure by day, week (from Monday) or month; the first and the last step may be cut by the period.',
      params,
      query: z
        .object({ ...dates, shopId, figure: figureCode, step: z.enum(['day', 'week', 'month']).default('day') })
        .refine(inOrder, ORDERED)
        .refine(notTooLong, BOUNDED),
      answers: {
        200: {
          description: 'The steps, oldest first',
          body: z.strictObject({ ...head, figure: z.string(), unit, steps: z.array(step) }),
        },
      },
      refusals,
      handle: async (call) => {
        const { from, to, shopId: shop, step: by } = call.query;
        const period = { from, to };
        const programme = await reached(context, call);
        const figure = askedFigure(call.query.figure, call.query);
        const most = maxSteps(figure);
        if (stepsOf(period, by).length > most)
          throw wrong('step', `at most ${most} steps: take longer ones, or a shorter period`);
        const steps = await readSeries(context, programme, { figure, period, step: by, shopId: shop ?? null });
        return { body: { ...shownHead(programme, period), figure: figure.code, unit: figure.unit, steps } };
      },
    }),
  ];
}

/** What a cursor holds; the first page has none. */
function cursorOf<T>(held: z.ZodType<T>, first: T) {
  return z
    .string()
    .max(1500)
    .default('')
    .transform((written, checks): T => {
      if (written === '') return first;
      const parts = held.safeParse(readCursor(written));
      if (parts.success) return parts.data;
      checks.addIssue({ code: 'custom', message: 'must be the next of a page before' });
      return z.NEVER;
    });
}

const keyParts = z.array(z.string().max(255)).max(3);
const cursorSchema = cursorOf<readonly string[]>(keyParts, []);
const campaignCursor = cursorOf<CampaignOrderCursor>(z.strictObject({ order: keyParts, points: int.min(0) }), {
  order: [],
  points: 0,
});

function readCursor(written: string): unknown {
  try {
    return JSON.parse(Buffer.from(written, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function writtenCursor(held: unknown): string {
  return Buffer.from(JSON.stringify(held), 'utf8').toString('base64url');
}

function rowsEndpoint(context: OperationContext): Endpoint {
  const row = z.strictObject({
    kind: z.enum(['entry', 'order', 'member', 'answer']),
    id: z.string(),
    memberId: z.string(),
    shopId: z.string().nullable(),
    at: z.string().nullable(),
    value: int,
  });
  return endpoint({
    method: 'get',
    path: '/admin/programmes/:programmeId/metrics/:figure/rows',
    scope,
    tag,
    summary: 'The rows a figure is made of: the values of all pages sum to its numerator (or, with `part`, its denominator).',
    params: params.extend({ figure: z.string().max(64) }),
    query: z
      .object({ ...dates, shopId, part: z.enum(['numerator', 'denominator']).default('numerator'), cursor: cursorSchema })
      .refine(inOrder, ORDERED)
      .refine(notTooLong, BOUNDED),
    answers: { 200: { description: 'A page', body: z.strictObject({ rows: z.array(row), next: z.string().nullable() }) } },
    refusals,
    handle: async (call) => {
      const { from, to, shopId: shop, part, cursor } = call.query;
      const programme = await reached(context, call);
      const figure = askedFigure(call.params.figure, call.query);
      const page = await readMetricRows(context.db, programme, {
        figure,
        part,
        period: { from, to },
        shopId: shop ?? null,
        after: cursor,
        limit: ROWS_A_PAGE,
      });
      if (page === null) throw wrong('part', `${figure.code} has no denominator`);
      return { body: { rows: page.rows, next: page.next && writtenCursor(page.next) } };
    },
  });
}

function flowEndpoints(context: OperationContext): Endpoint[] {
  const count = z.strictObject({ tier, members: int });
  const flow = z.strictObject({ from: tier, isNew: z.boolean(), to: tier, members: int });
  const returned = z.strictObject({
    campaign: z.string(),
    name: z.string().nullable(),
    orders: int,
    points: int,
    turnoverMinor: int,
    costMinor: int.nullable(),
    returnBps: int.nullable(),
  });
  return [
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/metrics/tier-flow',
      scope,
      tag,
      summary: 'From which tier members came and to which they went; flows sum to both ends.',
      params,
      query: z.object(dates).refine(inOrder, ORDERED).refine(notTooLong, BOUNDED),
      answers: {
        200: {
          description: 'A tier of null = none; members who joined within the period are new',
          body: z.strictObject({ ...head, start: z.array(count), joined: int, flows: z.array(flow), end: z.array(count) }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => {
        const programme = await reached(context, { params: path, query: {}, principal });
        return { body: { ...shownHead(programme, query), ...(await readTierFlow(context.db, programme, query)) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/metrics/campaigns',
      scope,
      tag,
      summary: 'What each campaign brought with the orders placed in a period, for what its points are worth.',
      params,
      query: z
        .object({ ...dates, shopId })
        .refine(inOrder, ORDERED)
        .refine(notTooLong, BOUNDED),
      answers: {
        200: { description: 'The campaigns', body: z.strictObject({ ...head, campaigns: z.array(returned) }) },
      },
      refusals,
      handle: async (call) => {
        const { from, to, shopId: shop } = call.query;
        const programme = await reached(context, call);
        const asked = { period: { from, to }, shopId: shop ?? null };
        const campaigns = await readCampaignReturns(context, programme, asked);
        return { body: { ...shownHead(programme, asked.period), campaigns } };
      },
    }),
  ];
}

function membersOfFlowEndpoint(context: OperationContext): Endpoint {
  const member = z.strictObject({ memberId: z.string(), at: z.string().nullable(), decisionId: z.string().nullable() });
  return endpoint({
    method: 'get',
    path: '/admin/programmes/:programmeId/metrics/tier-flow/members',
    scope,
    tag,
    summary: 'The members of a flow from `fromTier` to `toTier` (absent = in none), or with `isNew` of those who joined.',
    params,
    query: z
      .object({
        ...dates,
        fromTier: storedKey.optional(),
        toTier: storedKey.optional(),
        isNew: z.enum(['true', 'false']).default('false'),
        after: storedKey.or(z.literal('')).default(''),
      })
      .refine(inOrder, ORDERED)
      .refine(notTooLong, BOUNDED)
      .refine(({ fromTier, isNew }) => isNew === 'false' || fromTier === undefined, {
        path: ['fromTier'],
        message: 'must be absent with isNew: new members come from no tier',
      }),
    answers: {
      200: {
        description: 'A page; `at` and `decisionId` are of the last change of tier in the period, null = there was none',
        body: z.strictObject({ members: z.array(member), next: z.string().nullable() }),
      },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ params: path, query, principal }) => {
      const programme = await reached(context, { params: path, query: {}, principal });
      const { from, to, fromTier, toTier, isNew, after } = query;
      const flow = { from: fromTier ?? null, isNew: isNew === 'true', to: toTier ?? null };
      const asked = { flow, period: { from, to }, after, limit: ROWS_A_PAGE };
      const { rows: members, next } = await readFlowMembers(context.db, programme, asked);
      return { body: { members, next } };
    },
  });
}

function ordersOfCampaignEndpoint(context: OperationContext): Endpoint {
  const order = z.strictObject({
    shopId: z.string(),
    orderId: z.string(),
    memberId: z.string(),
    placedAt: z.string(),
    points: int,
    turnoverMinor: int,
    costMinor: int.nullable(),
  });
  return endpoint({
    method: 'get',
    path: '/admin/programmes/:programmeId/metrics/campaigns/:campaign/orders',
    scope,
    tag,
    summary: 'The orders that a campaign’s return is made of: turnover, points and cost of all pages sum to it.',
    params: params.extend({ campaign: storedKey }),
    query: z
      .object({ ...dates, shopId, cursor: campaignCursor })
      .refine(inOrder, ORDERED)
      .refine(notTooLong, BOUNDED),
    answers: {
      200: {
        description: 'A page, oldest first; a cost of null = points have no value in money',
        body: z.strictObject({ currency: z.string(), orders: z.array(order), next: z.string().nullable() }),
      },
    },
    refusals,
    handle: async (call) => {
      const { from, to, shopId: shop, cursor: after } = call.query;
      const programme = await reached(context, call);
      const { rows: orders, next } = await readCampaignOrders(context, programme, {
        campaign: call.params.campaign,
        period: { from, to },
        shopId: shop ?? null,
        after,
        limit: ROWS_A_PAGE,
      });
      return { body: { currency: programme.baseCurrency, orders: [...orders], next: next && writtenCursor(next) } };
    },
  });
}

function cohortEndpoints(context: OperationContext): Endpoint[] {
  const cohort = z.strictObject({ month: z.string(), members: int, returned: z.array(int) });
  const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-03');
  const page = z.strictObject({ members: z.array(z.strictObject({ memberId: z.string() })), next: z.string().nullable() });
  return [
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/metrics/cohorts',
      scope,
      tag,
      summary: 'Members by the month of their first final order, and how many of them ordered in each month after.',
      params,
      query: z.object(dates).refine(inOrder, ORDERED).refine(notTooLong, BOUNDED),
      answers: {
        200: {
          description: 'A cohort for each month that the period touches; `returned` follows it up to the last one',
          body: z.strictObject({ ...head, cohorts: z.array(cohort) }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => {
        const programme = await reached(context, { params: path, query: {}, principal });
        return { body: { ...shownHead(programme, query), cohorts: await readCohorts(context.db, programme, query) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/metrics/cohorts/:month/members',
      scope,
      tag,
      summary: 'The members of a cohort who ordered in a month; without `in` all of them.',
      params: params.extend({ month }),
      query: z.object({ in: month.optional(), after: storedKey.or(z.literal('')).default('') }),
      answers: { 200: { description: 'A page', body: page } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: path, query, principal }) => {
        const { programmeId } = await reached(context, { params: path, query: {}, principal });
        const asked = { firstMonth: path.month, month: query.in ?? path.month };
        const ids = await cohortMembers(context.db, programmeId, asked, query.after, ROWS_A_PAGE);
        return { body: { members: ids.map((memberId) => ({ memberId })), next: ids[ROWS_A_PAGE - 1] ?? null } };
      },
    }),
  ];
}
