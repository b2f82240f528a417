/** The built admin pages: what is the same for everybody as files, and the page itself with a session written into it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router, type Response } from 'express';
import { AppError } from '../../errors';
import { escapeHtml } from '../escape-html';

export interface OpenedPage {
  /** Sealed; empty = staff log in on the page. */
  readonly session: string;
  /** Whose administration is around the page; null = nobody's. */
  readonly frame: { readonly platform: 'shopware' | 'magento'; readonly origin: string } | null;
  /** E.g. `de-DE`; empty = the browser's. */
  readonly locale: string;
  /** From the page's folder to that of the files, e.g. `../ui/`. */
  readonly files: string;
}

export interface AdminPages {
  /** What is the same for everybody. A page asks for dozens at once, so they are not counted against an address. */
  readonly files: Router;
  /** The page that stands alone. */
  readonly router: Router;
  send(response: Response, page: OpenedPage): void;
}

const YEAR_MS = 365 * 86_400_000;
const META = /<meta name="loyalty-(session|locale|frame)" content="" ?\/?>/g;

/** @param directory where `npm run build:ui` put them */
export function createAdminPages(directory: string): AdminPages {
  const file = join(directory, 'index.html');
  const template = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const send = (response: Response, page: OpenedPage): void => {
    if (template === null) throw new AppError('UNAVAILABLE', { problem: 'the admin pages are not built: npm run build:ui' });
    response.setHeader('content-security-policy', policy(page.frame?.origin ?? null));
    if (page.frame !== null) response.removeHeader('x-frame-options');
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(filled(template, page));
  };
  const files = Router();
  // Their names change with their content.
  files.use(express.static(join(directory, 'assets'), { immutable: true, maxAge: YEAR_MS, index: false }));
  const router = Router({ strict: true });
  router.get('/', (request, response) => {
    // The page's own addresses are relative to its folder.
    if (!request.originalUrl.split('?')[0]?.endsWith('/')) {
      response.redirect(308, 'ui/');
      return;
    }
    send(response, { session: '', frame: null, locale: '', files: './' });
  });
  return { files, router, send };
}

function filled(template: string, { session, frame, locale, files }: OpenedPage): string {
  const values: Readonly<Record<string, string>> = { session, locale, frame: frame?.platform ?? '' };
  return template
    .replace(META, (_meta, name: string) => `<meta name="loyalty-${name}" content="${escapeHtml(values[name] ?? '')}">`)
    .replaceAll('"./assets/', `"${files}assets/`);
}

/** Nothing but our own files runs; only the shop that opened the page may frame it. */
function policy(frameOrigin: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameOrigin ?? "'none'"}`,
  ].join('; ');
}
