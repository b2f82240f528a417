import express, { Router, type Request, type Response } from 'express';
import type { Result } from '../../domain/result';
import { ShopApiError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { listReferrals } from '../../operations/list-referrals';
import { orderSummary } from '../../operations/order-points';
import { shopOverview } from '../../operations/shop-overview';
import type { ModuleSessions, OpenedModule } from './module-session';
import { orderPage, UNITS_FIELD } from './order-page';
import type { OrderNotice } from './order-texts';
import { overviewPage } from './overview-page';
import { pagePolicy } from './page-shell';

export interface RefundEntry {
  readonly orderId: string;
  /** Units in thousandths by line id. */
  readonly refundedMilli: Readonly<Record<string, number>>;
  readonly actor: string;
}

export interface ModuleDeps {
  readonly context: OperationContext;
  /** Who opens the page, by the signed address. @throws AppError */
  readonly authenticate: (rawQuery: string) => Promise<OpenedModule>;
  readonly sessions: ModuleSessions;
  /** @throws ShopApiError when the shop cannot be asked; nothing is stored then */
  readonly enterRefund: (
    shopId: string,
    refund: RefundEntry,
  ) => Promise<Result<null, 'unknown_order' | 'unknown_line' | 'too_many_units'>>;
}

const REFERRALS = 20;
/** An order of 1,000 lines. */
const FORM_BYTES = '128kb';
/** Shopware does not say who of the staff opened the page. */
const ACTOR = 'shop administration';
const UNITS = /^\d{1,6}(\.\d{1,3})?$/;

/** The app's page in the shop's administration. */
export function createModuleRouter(deps: ModuleDeps): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const opened = await deps.authenticate(request.originalUrl.split('?')[1] ?? '');
    await showOverview(deps, response, opened, `${lastSegment(request.baseUrl)}/`);
  });
  router.use(express.urlencoded({ extended: false, limit: FORM_BYTES, parameterLimit: 2000 }));
  router.post('/overview', async (request, response) => {
    await showOverview(deps, response, openedBy(deps, request), '');
  });
  router.post('/order', async (request, response) => {
    await showOrder(deps, response, openedBy(deps, request), { orderNumber: field(request, 'orderNumber'), notice: null });
  });
  router.post('/refund', async (request, response) => {
    const opened = openedBy(deps, request);
    const orderNumber = field(request, 'orderNumber');
    const notice = await enterRefund(deps, opened, orderNumber, request);
    response.status(STATUS[notice]);
    await showOrder(deps, response, opened, { orderNumber, notice });
  });
  return router;
}

const STATUS: Readonly<Record<OrderNotice, number>> = {
  saved: 200,
  unknown_order: 404,
  unknown_line: 409,
  too_many_units: 422,
  wrong_number: 422,
  shop_unreachable: 503,
};

async function enterRefund(deps: ModuleDeps, opened: OpenedModule, orderNumber: string, request: Request): Promise<OrderNotice> {
  const refundedMilli = enteredUnits(request);
  if (refundedMilli === null) return 'wrong_number';
  const order = await orderSummary(deps.context.db, opened.shopId, orderNumber);
  if (!order) return 'unknown_order';
  try {
    const entered = await deps.enterRefund(opened.shopId, { orderId: order.orderId, refundedMilli, actor: ACTOR });
    return entered.ok ? 'saved' : entered.code;
  } catch (error) {
    if (error instanceof ShopApiError) return 'shop_unreachable';
    throw error;
  }
}

/** Null when an input holds no number of units. */
function enteredUnits(request: Request): Record<string, number> | null {
  const entered = Object.entries(bodyOf(request)).filter(([name]) => name.startsWith(UNITS_FIELD));
  const units: Record<string, number> = {};
  for (const [name, value] of entered) {
    if (typeof value !== 'string' || !UNITS.test(value)) return null;
    units[name.slice(UNITS_FIELD.length)] = Math.round(Number(value) * 1000);
  }
  return units;
}

async function showOverview(deps: ModuleDeps, response: Response, opened: OpenedModule, base: string): Promise<void> {
  const overview = await shopOverview(deps.context, opened);
  const referrals = await listReferrals(deps.context.db, opened.shopId, REFERRALS);
  const session = deps.sessions.seal(opened);
  send(response, opened, overviewPage({ overview, referrals, session, base }, opened.locale));
}

interface ShownOrder {
  readonly orderNumber: string;
  readonly notice: OrderNotice | null;
}

async function showOrder(deps: ModuleDeps, response: Response, opened: OpenedModule, shown: ShownOrder): Promise<void> {
  const order = await orderSummary(deps.context.db, opened.shopId, shown.orderNumber);
  send(response, opened, orderPage({ order, notice: shown.notice, session: deps.sessions.seal(opened) }, opened.locale));
}

function send(response: Response, { shopOrigin }: OpenedModule, html: string): void {
  response.setHeader('content-security-policy', pagePolicy(shopOrigin));
  response.removeHeader('x-frame-options');
  response.setHeader('cache-control', 'no-store');
  response.type('html').send(html);
}

function openedBy({ sessions }: ModuleDeps, request: Request): OpenedModule {
  return sessions.open(field(request, 'session'));
}

function field(request: Request, name: string): string {
  const value = bodyOf(request)[name];
  return typeof value === 'string' ? value.trim() : '';
}

function bodyOf(request: Request): Readonly<Record<string, unknown>> {
  return (request.body ?? {}) as Record<string, unknown>;
}

/** Forms are addressed relative to the page, so that a proxy may put it under any path. */
function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
