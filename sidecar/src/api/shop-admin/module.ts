import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { OperationContext } from '../../operations/context';
import { shopOverview } from '../../operations/shop-overview';
import { overviewPage, SCRIPT, STYLE } from './overview-page';

export interface OpenedModule {
  readonly shopId: string;
  readonly programmeId: string;
  readonly shopOrigin: string;
  readonly locale: string;
}

export interface ModuleDeps {
  readonly context: OperationContext;
  /** Who opens the page, by the signed address. @throws AppError */
  readonly authenticate: (rawQuery: string) => Promise<OpenedModule>;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const STYLE_HASH = hashOf(STYLE);
const SCRIPT_HASH = hashOf(SCRIPT);

/** The app's page in the shop's administration. */
export function createModuleRouter({ context, authenticate }: ModuleDeps): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const rawQuery = request.originalUrl.split('?')[1] ?? '';
    const opened = await authenticate(rawQuery);
    const overview = await shopOverview(context, opened);
    // Only the administration that opened the page may show it, and nothing but its own two pieces runs or loads.
    const policy = `default-src 'none'; style-src ${STYLE_HASH}; script-src ${SCRIPT_HASH}; frame-ancestors ${opened.shopOrigin}`;
    response.setHeader('content-security-policy', policy);
    response.removeHeader('x-frame-options');
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(overviewPage(overview, opened.locale));
  });
  return router;
}
