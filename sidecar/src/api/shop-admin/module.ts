import express, { Router, type ErrorRequestHandler, type Response } from 'express';
import type { Result } from '../../domain/result';
import { MAX_RULE_PRIORITY } from '../../domain/shop-settings';
import { AppError, ShopApiError } from '../../errors';
import { changeShopSettings } from '../../operations/change-shop-settings';
import type { OperationContext } from '../../operations/context';
import { decideReferral } from '../../operations/decide-referral';
import { shopReferrals } from '../../operations/list-referrals';
import { orderSummary } from '../../operations/order-points';
import { shopOverview } from '../../operations/shop-overview';
import { withdrawShop } from '../../operations/withdraw-shop';
import type { ModuleSessions, OpenedModule } from './module-session';
import { orderPage, UNITS_FIELD } from './order-page';
import { ORDER_NOTICES, type OrderNotice } from './order-texts';
import { overviewPage, SETTINGS_NOTICES, type SettingsNotice } from './overview-page';
import { pagePolicy } from './page-shell';
import { REFERRAL_NOTICES, type ReferralNotice } from './referral-texts';
import { refusalPage } from './refusal-page';

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
const WHOLE = /^\d{1,5}$/;
const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;
/** The database compares keys as ASCII. */
const MEMBER_ID = /^[\x21-\x7e]{1,64}$/;
const UNITS = /^\d{1,6}(\.\d{1,3})?$/;

/**
 * The app's page in the shop's administration. Pages are opened by GET, so that the browser's way back works; what changes
 * something is sent by POST and leads to a page.
 */
export function createModuleRouter(deps: ModuleDeps): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const opened = await deps.authenticate(request.originalUrl.split('?')[1] ?? '');
    await showOverview(deps, response, opened, `${lastSegment(request.baseUrl)}/`);
  });
  router.get('/overview', async (request, response) => {
    const [settings = null] = SETTINGS_NOTICES.filter((known) => known === request.query['notice']);
    const [referral = null] = REFERRAL_NOTICES.filter((known) => known === request.query['notice']);
    await showOverview(deps, response, openedBy(deps, request.query), '', { settings, referral });
  });
  router.get('/order', async (request, response) => {
    const opened = openedBy(deps, request.query);
    const [notice = null] = ORDER_NOTICES.filter((known) => known === request.query['notice']);
    const order = await orderSummary(deps.context.db, opened.shopId, field(request.query, 'orderNumber'));
    response.status(order ? 200 : 404);
    send(response, opened, orderPage({ order, notice, session: deps.sessions.seal(opened) }, opened.locale));
  });
  router.use(express.urlencoded({ extended: false, limit: FORM_BYTES, parameterLimit: 2000 }));
  router.post('/refund', async (request, response) => {
    const body = (request.body ?? {}) as Fields;
    const opened = openedBy(deps, body);
    const orderNumber = field(body, 'orderNumber');
    const notice = await enterRefund(deps, opened, orderNumber, body);
    redirect(response, 'order', { session: deps.sessions.seal(opened), orderNumber, notice });
  });
  router.post('/settings', async (request, response) => {
    const body = (request.body ?? {}) as Fields;
    const opened = openedBy(deps, body);
    const notice = await enterSettings(deps, opened, field(body, 'rulePriority'));
    redirect(response, 'overview', { session: deps.sessions.seal(opened), notice });
  });
  router.post('/referral', async (request, response) => {
    const body = (request.body ?? {}) as Fields;
    const opened = openedBy(deps, body);
    const notice = await enterDecision(deps, opened, body);
    redirect(response, 'overview', { session: deps.sessions.seal(opened), notice });
  });
  router.post('/withdraw', async (request, response) => {
    const opened = openedBy(deps, (request.body ?? {}) as Fields);
    await withdrawShop(deps.context, opened.shopId);
    redirect(response, 'overview', { session: deps.sessions.seal(opened) });
  });
  router.use(showRefusal);
  return router;
}

/** The administration shows nothing but pages: without one, staff would see the browser's own. */
const showRefusal: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (!(error instanceof AppError) || error.status >= 500) {
    next(error);
    return;
  }
  response.status(error.status);
  response.setHeader('x-error-code', error.code);
  send(response, { shopOrigin: '*' }, refusalPage(request.get('accept-language') ?? ''));
};

type Fields = Readonly<Record<string, unknown>>;

async function enterRefund(deps: ModuleDeps, opened: OpenedModule, orderNumber: string, body: Fields): Promise<OrderNotice> {
  const refundedMilli = enteredUnits(body);
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

async function enterSettings(deps: ModuleDeps, { shopId }: OpenedModule, entered: string): Promise<SettingsNotice> {
  const rulePriority = Number(entered);
  if (!WHOLE.test(entered) || rulePriority > MAX_RULE_PRIORITY) return 'wrong_number';
  await changeShopSettings(deps.context, shopId, { rulePriority });
  return 'saved';
}

async function enterDecision(deps: ModuleDeps, { shopId }: OpenedModule, body: Fields): Promise<ReferralNotice> {
  const reason = field(body, 'reason');
  const decision = field(body, 'decision');
  if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON) return 'reason_missing';
  const friendMemberId = field(body, 'friendMemberId');
  if (!MEMBER_ID.test(friendMemberId) || (decision !== 'approve' && decision !== 'refuse')) return 'decided_before';
  const decided = await decideReferral(deps.context, { friendMemberId, shopId, decision, reason, actor: ACTOR });
  return decided.ok ? 'decided' : 'decided_before';
}

/** Null when an input holds no number of units. */
function enteredUnits(body: Fields): Record<string, number> | null {
  const units: Record<string, number> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!name.startsWith(UNITS_FIELD)) continue;
    if (typeof value !== 'string' || !UNITS.test(value)) return null;
    units[name.slice(UNITS_FIELD.length)] = Math.round(Number(value) * 1000);
  }
  return units;
}

async function showOverview(
  deps: ModuleDeps,
  response: Response,
  opened: OpenedModule,
  base: string,
  notices: { readonly settings: SettingsNotice | null; readonly referral: ReferralNotice | null } | null = null,
): Promise<void> {
  const overview = await shopOverview(deps.context, opened);
  const referrals = await shopReferrals(deps.context.db, opened.shopId, REFERRALS);
  const session = deps.sessions.seal(opened);
  const notice = notices?.settings ?? null;
  const content = { overview, referrals, session, base, notice, referralNotice: notices?.referral ?? null };
  send(response, opened, overviewPage(content, opened.locale));
}

function send(response: Response, { shopOrigin }: Pick<OpenedModule, 'shopOrigin'>, html: string): void {
  response.setHeader('content-security-policy', pagePolicy(shopOrigin));
  response.removeHeader('x-frame-options');
  response.setHeader('cache-control', 'no-store');
  response.type('html').send(html);
}

/** Relative, so that a proxy may put the pages under any path. */
function redirect(response: Response, page: string, fields: Readonly<Record<string, string>>): void {
  response.setHeader('cache-control', 'no-store');
  response.redirect(303, `${page}?${new URLSearchParams(fields).toString()}`);
}

function openedBy({ sessions }: ModuleDeps, fields: Fields): OpenedModule {
  return sessions.open(field(fields, 'session'));
}

function field(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** Forms are addressed relative to the page, so that a proxy may put it under any path. */
function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
