/** A small shop over a sandbox shop: plain pages without scripts, on an address of its own. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { accountPage, guestAccountPage } from './account-page';
import { cartPage } from './cart-page';
import { framed, type Page } from './frame';
import { categoryPage, homePage, productPage } from './goods-pages';
import { html } from './html';
import { orderPage } from './order-page';
import type { ShopFloor } from './shop-floor';
import { cartOfVisit, doneBy, offeredCode } from './shopper-actions';
import { Visits, type Visit } from './visit';

export interface StorefrontOptions {
  readonly floor: ShopFloor;
  /** A new one for each browser, which nobody guesses. */
  readonly newKey: () => string;
  /** The id of the member that a customer is; null = none yet. */
  readonly memberIdOf: (customerId: string) => Promise<string | null>;
  readonly port: number;
}

export interface Storefront {
  readonly url: string;
  close(): Promise<void>;
}

const COOKIE = /(?:^|; )visit=([^;]+)/;
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const style = readFileSync(join(__dirname, 'style.css'), 'utf8');

const NOT_FOUND: Page = {
  title: 'Not found',
  content: html`<h1>There is nothing here</h1>
    <p><a href="/">Back to the shop</a></p>`,
};

export async function openStorefront(options: StorefrontOptions): Promise<Storefront> {
  const { floor } = options;
  const visits = new Visits(options.newKey);
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.get('/style.css', (_request, response) => void response.type('css').send(style));
  app.use(express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 20 }));

  const visitOf = (request: Request, response: Response): Visit => {
    const { key, visit } = visits.find(COOKIE.exec(request.headers.cookie ?? '')?.[1]);
    response.setHeader('set-cookie', `visit=${key}; Path=/; HttpOnly; SameSite=Lax`);
    return visit;
  };
  const send = (request: Request, response: Response, visit: Visit, page: Page | null): void => {
    const frame = { counter: floor.counter, visit, nowMs: floor.clock.nowMs(), here: request.path, wire: floor.wire };
    response
      .status(page === null ? 404 : 200)
      .type('html')
      .send(framed(frame, page ?? NOT_FOUND));
    visit.notice = null;
  };
  const page = (path: string, show: (visit: Visit, request: Request) => Page | null): void => {
    app.get(path, (request, response) => {
      const visit = visitOf(request, response);
      send(request, response, visit, show(visit, request));
    });
  };
  addPages(page, floor, () => url);
  app.get('/admin', async (request, response) => {
    const { customer } = request.query;
    const memberId = typeof customer === 'string' ? await options.memberIdOf(customer) : null;
    response.redirect(floor.counter.adminPage(memberId));
  });
  app.post('/{*path}', async (request, response) => {
    const visit = visitOf(request, response);
    const target = isFromElsewhere(request) ? null : await doneBy(floor, visit, request.path, fieldsOf(request));
    if (target === null) send(request, response, visit, null);
    else response.redirect(303, target);
  });
  app.use((request, response) => send(request, response, visitOf(request, response), null));

  const server = await listening(app, options.port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function addPages(
  page: (path: string, show: (visit: Visit, request: Request) => Page | null) => void,
  floor: ShopFloor,
  url: () => string,
): void {
  const { counter } = floor;
  const onlooker = ({ customerId }: Visit) => ({ counter, customerId });
  page('/', (visit, { query: { friend } }) => {
    if (typeof friend === 'string' && /^[\w-]{1,40}$/.test(friend)) {
      Object.assign(visit, { friendCode: friend, customerId: null, happening: null });
      visit.notice = {
        text: 'A friend recommended the shop to you. Switch to “a new customer” above, and your first order gets a discount.',
        isProblem: false,
      };
    }
    return homePage(onlooker(visit));
  });
  page('/category/:name', (visit, { params }) => categoryPage(onlooker(visit), String(params['name'])));
  page('/product/:number', (visit, { params }) => productPage(onlooker(visit), String(params['number'])));
  page('/cart', (visit) => {
    const cart = cartOfVisit(floor, visit);
    return cartPage({ cart, customerId: visit.customerId, offeredCode: cart && offeredCode(counter, visit, cart) });
  });
  page('/order/:id', (_visit, { params }) => {
    const order = counter.order(String(params['id']));
    return order && orderPage(counter, order);
  });
  page('/account', ({ customerId }) => (customerId === null ? guestAccountPage() : accountPage(counter, customerId, url())));
}

/** Another site's forms do nothing here. */
function isFromElsewhere(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function fieldsOf(request: Request): ReadonlyMap<string, string> {
  const entries = Object.entries((request.body ?? {}) as Record<string, unknown>);
  return new Map(entries.flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])));
}

function listening(app: express.Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1', (error) => (error ? reject(error) : resolve(server)));
  });
}
