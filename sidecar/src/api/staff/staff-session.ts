import { z } from 'zod';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';
import { roleSchema, type StaffRole } from './role';

/** Who works on the admin pages, and since when. */
export interface StaffSession {
  readonly programmeId: string;
  /** The shop in whose administration the pages were opened; null = opened by themselves. */
  readonly shopId: string | null;
  readonly role: StaffRole;
  /** Stands in the history of what was changed. */
  readonly actor: string;
  /** Whether that is the name of one person. */
  readonly isPerson: boolean;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
}

/** Encrypts and authenticates. */
export interface SessionSealer {
  seal(plain: string, context: string): string;
  /** @throws Error for anything it did not seal */
  open(sealed: string, context: string): string;
}

export interface IssuedSession {
  readonly token: string;
  /** Milliseconds for which the token is good. */
  readonly lifetimeMs: number;
}

export interface StaffSessions {
  start(session: Omit<StaffSession, 'startedMs'>): IssuedSession;
  /** A token for another while. @throws AppError UNAUTHORIZED after a working day */
  renew(session: StaffSession): IssuedSession;
  /** @throws AppError UNAUTHORIZED for what was not sealed here, or is over */
  open(token: string): StaffSession;
}

/** Tells a session from the key of an integrator. */
export const SESSION_PREFIX = 'ses_';

/** The pages renew it while somebody works on them. */
const LIFETIME_MS = 20 * 60_000;
/** After it the pages must be opened anew, from the shop's administration or by a login. */
const LONGEST_MS = 10 * 3_600_000;
const CONTEXT = 'staff-session';

const sealedSchema = z.object({
  programmeId: z.string(),
  shopId: z.string().nullable(),
  role: roleSchema,
  actor: z.string(),
  isPerson: z.boolean().default(false),
  startedMs: z.number(),
  endsMs: z.number(),
});

/** Sealed, so that any process can open it. It is sent as a header and never as a cookie: no other site can send it along. */
export function createStaffSessions(sealer: SessionSealer, clock: Pick<Clock, 'nowMs'>): StaffSessions {
  const issue = (session: StaffSession): IssuedSession => {
    const now = clock.nowMs();
    const endsMs = Math.min(now + LIFETIME_MS, session.startedMs + LONGEST_MS);
    if (endsMs <= now) throw new AppError('UNAUTHORIZED');
    return {
      token: `${SESSION_PREFIX}${sealer.seal(JSON.stringify({ ...session, endsMs }), CONTEXT)}`,
      lifetimeMs: endsMs - now,
    };
  };
  return {
    start: (session) => issue({ ...session, startedMs: clock.nowMs() }),
    renew: issue,
    open: (token) => {
      const { endsMs, ...session } = read(sealer, token);
      if (clock.nowMs() >= endsMs) throw new AppError('UNAUTHORIZED');
      return session;
    },
  };
}

function read(sealer: SessionSealer, token: string) {
  try {
    return sealedSchema.parse(JSON.parse(sealer.open(token.slice(SESSION_PREFIX.length), CONTEXT)));
  } catch {
    throw new AppError('UNAUTHORIZED');
  }
}
