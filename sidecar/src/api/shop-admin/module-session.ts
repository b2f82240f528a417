import { z } from 'zod';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';

/** Who opened the app's page. */
export interface OpenedModule {
  readonly shopId: string;
  readonly programmeId: string;
  readonly shopOrigin: string;
  readonly locale: string;
}

/** Encrypts and authenticates. */
export interface SessionSealer {
  seal(plain: string, context: string): string;
  /** @throws Error for anything it did not seal */
  open(sealed: string, context: string): string;
}

export interface ModuleSessions {
  seal(opened: OpenedModule): string;
  /** @throws AppError UNAUTHORIZED for what was not sealed here, or too long ago */
  open(token: string): OpenedModule;
}

/** Staff work on a page for a while; after it they open it again from the menu. */
const SESSION_MS = 60 * 60_000;
const CONTEXT = 'shop-admin-session';

const sessionSchema = z.object({
  shopId: z.string(),
  programmeId: z.string(),
  shopOrigin: z.string(),
  locale: z.string(),
  expiresMs: z.number(),
});

/** Carries the signed opening of a page over to its forms. In the page and not in a cookie: no other site can send it along. */
export function createModuleSessions(sealer: SessionSealer, clock: Pick<Clock, 'nowMs'>): ModuleSessions {
  return {
    seal: ({ shopId, programmeId, shopOrigin, locale }) =>
      sealer.seal(JSON.stringify({ shopId, programmeId, shopOrigin, locale, expiresMs: clock.nowMs() + SESSION_MS }), CONTEXT),
    open: (token) => {
      const { expiresMs, ...opened } = read(sealer, token);
      if (clock.nowMs() > expiresMs) throw new AppError('UNAUTHORIZED');
      return opened;
    },
  };
}

function read(sealer: SessionSealer, token: string) {
  try {
    return sessionSchema.parse(JSON.parse(sealer.open(token, CONTEXT)));
  } catch {
    throw new AppError('UNAUTHORIZED');
  }
}
