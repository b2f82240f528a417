import express, { type Express, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { AppError } from '../errors';
import type { Ids } from '../ids';
import type { Logger } from '../logger';
import { createErrorHandler } from './error-handler';
import { assignRequestId } from './request-id';

export interface MountedRouter {
  readonly path: string;
  readonly router: Router;
}

export interface HttpAppDeps {
  readonly ids: Ids;
  readonly log: Pick<Logger, 'error'>;
  /** Answered without rate limit: probes must always come through. */
  readonly health: Router;
  /** Asked by shops while a shopper waits, all from one address: limited by their signature, not by their number. */
  readonly signedRouters?: readonly MountedRouter[];
  /** Files that are the same for everybody, and cost nothing to answer: without limit. */
  readonly files?: readonly MountedRouter[];
  /** Each parses its own bodies, because some need the raw bytes. */
  readonly routers: readonly MountedRouter[];
  /** Requests a minute and address. */
  readonly ratePerMinute: number;
  /** Reverse proxies in front whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
}

/** Everything but webhooks. Knows no routes of its own; faults of all routers are answered in one form. */
export function createHttpApp(deps: HttpAppDeps): Express {
  const app = express();
  app.set('trust proxy', deps.trustedProxies);
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(assignRequestId(deps.ids));
  app.use(helmet());
  app.use(deps.health);
  for (const { path, router } of [...(deps.signedRouters ?? []), ...(deps.files ?? [])]) app.use(path, router);
  app.use(
    rateLimit({
      windowMs: 60_000,
      limit: deps.ratePerMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, _response, next) => next(new AppError('RATE_LIMITED')),
    }),
  );
  for (const { path, router } of deps.routers) app.use(path, router);
  app.use((_request, _response, next) => next(new AppError('NOT_FOUND')));
  app.use(createErrorHandler(deps.log));
  return app;
}
