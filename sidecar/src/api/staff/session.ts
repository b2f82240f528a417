import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { findShopById, isConnected } from '../../stores/shop-store';
import { findStaffByName } from '../../stores/staff-store';
import { endpoint, type Endpoint } from '../endpoint';
import type { Principal } from '../principal';
import { roleSchema } from './role';
import type { StaffSession, StaffSessions } from './staff-session';

export interface SessionDeps {
  readonly context: OperationContext;
  readonly sessions: StaffSessions;
}

const tag = 'Staff';
const issued = z.strictObject({ token: z.string(), lifetimeMs: z.int() });

const shown = z.strictObject({
  /** Of the sidecar, which a browser's clock may differ from. */
  now: z.string(),
  actor: z.string(),
  role: roleSchema,
  programmeId: z.string(),
  /** Null = nothing is published yet. */
  programme: z
    .strictObject({
      name: z.string(),
      versionNumber: z.int(),
      timeZone: z.string(),
      currency: z.string(),
      /** All it has terms for, the base currency first. */
      currencies: z.array(z.string()),
      /** Points by hand above which a second person has to confirm; null = none. */
      adjustmentsAbove: z.int().nullable(),
      tiers: z.array(z.strictObject({ code: z.string(), name: z.string() })),
    })
    .nullable(),
  shop: z.strictObject({ shopId: z.string(), platform: z.enum(['shopware', 'magento']), url: z.string() }).nullable(),
});

/** What the admin pages need to know of who works on them. */
export function sessionEndpoints({ context, sessions }: SessionDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/session',
      scope: 'session',
      tag,
      summary: 'Who works on the admin pages, and on which programme.',
      answers: { 200: { description: 'The session', body: shown } },
      handle: async ({ principal }) => ({ body: await describe(context, sessionOf(principal)) }),
    }),
    endpoint({
      method: 'post',
      path: '/admin/session/renewal',
      scope: 'session',
      tag,
      summary: 'A token for another while; refused after a working day.',
      answers: { 200: { description: 'The token', body: issued } },
      handle: async ({ principal }) => {
        const session = await present(context, sessionOf(principal));
        return { body: sessions.renew(session), headers: { 'cache-control': 'no-store' } };
      },
    }),
  ];
}

function sessionOf(principal: Principal): StaffSession {
  if (principal.kind !== 'staff') throw new AppError('FORBIDDEN', { scope: 'session' });
  return principal.session;
}

/**
 * The session as its holder may go on with it.
 * @throws AppError UNAUTHORIZED when the shop has left or the account was closed meanwhile
 */
async function present({ db }: OperationContext, session: StaffSession): Promise<StaffSession> {
  if (session.shopId !== null) {
    const shop = await findShopById(db, session.shopId);
    if (!shop || !isConnected(shop.status) || shop.programme_id !== session.programmeId) throw new AppError('UNAUTHORIZED');
    return session;
  }
  const account = await findStaffByName(db, session.actor);
  if (!account || account.disabled === 1 || account.programme_id !== session.programmeId) throw new AppError('UNAUTHORIZED');
  return { ...session, role: roleSchema.parse(account.role), isPerson: true };
}

async function describe({ db, clock, programmes }: OperationContext, session: StaffSession): Promise<z.input<typeof shown>> {
  const { actor, role, programmeId, shopId } = session;
  const published = await programmes.effectiveAt(db, programmeId, clock.now());
  const shop = shopId === null ? undefined : await findShopById(db, shopId);
  return {
    now: clock.now(),
    actor,
    role,
    programmeId,
    programme: published && {
      name: published.programme.name,
      versionNumber: published.versionNumber,
      timeZone: published.programme.timeZone,
      currency: published.programme.baseCurrency,
      currencies: [...new Set([published.programme.baseCurrency, ...Object.keys(published.programme.currencies)])],
      adjustmentsAbove: published.programme.approvals.adjustmentsAbove,
      tiers: published.programme.tiers.levels.map(({ code, name }) => ({ code, name })),
    },
    shop: shop ? { shopId: shop.shop_id, platform: shop.platform, url: shop.url } : null,
  };
}
