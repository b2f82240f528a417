import { Router, type ErrorRequestHandler } from 'express';
import { AppError } from '../../errors';
import type { AdminPages } from './admin-pages';
import type { StaffRole } from './role';
import type { StaffSessions } from './staff-session';

/** Who opened the page, by the address that the shop signed. */
export interface OpenedPage {
  readonly shopId: string;
  readonly programmeId: string;
  /** Where the administration runs; only it may show the page. */
  readonly shopOrigin: string;
  /** E.g. `de-DE`. */
  readonly locale: string;
  readonly role: StaffRole;
  /** Stands in the history of what was changed. */
  readonly actor: string;
  /** Whether that is the name of one person. */
  readonly isPerson: boolean;
}

export interface FramedPageDeps {
  readonly platform: 'shopware' | 'magento';
  readonly pages: AdminPages;
  readonly sessions: StaffSessions;
  /** @throws AppError */
  readonly authenticate: (rawQuery: string) => Promise<OpenedPage>;
}

/** From `/shopware/admin` and `/magento/admin` to the files. */
const FILES = '../ui/';

/** The admin pages within the administration of a shop. */
export function createFramedPageRouter({ platform, pages, sessions, authenticate }: FramedPageDeps): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const { shopOrigin, locale, ...opened } = await authenticate(request.originalUrl.split('?')[1] ?? '');
    const { token } = sessions.start(opened);
    pages.send(response, { session: token, frame: { platform, origin: shopOrigin }, locale, files: FILES });
  });
  /** The administration shows nothing but pages: without one, staff would see the browser's own. It is locked, and says so. */
  const showLocked: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (!(error instanceof AppError) || error.status >= 500) {
      next(error);
      return;
    }
    response.status(error.status).setHeader('x-error-code', error.code);
    const locale = (request.get('accept-language') ?? '').split(/[,;]/)[0] ?? '';
    pages.send(response, { session: '', frame: { platform, origin: '*' }, locale, files: FILES });
  };
  router.use(showLocked);
  return router;
}
