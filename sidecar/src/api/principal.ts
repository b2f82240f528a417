import { AppError } from '../errors';
import type { Db } from '../storage/transaction';
import type { Row } from '../storage/tables';
import { presentMemberId } from '../stores/identity-store';
import { findMember, findMemberRow } from '../stores/member-store';
import { findShopById, type ShopRow } from '../stores/shop-store';
import type { Scope } from './scope';
import type { StaffSession } from './staff/staff-session';

interface OfOneProgramme {
  readonly programmeId: string;
  readonly scopes: readonly Scope[];
}

/** Who calls. Operators run the sidecar and reach every programme; the holder of a key and a merchant's staff reach one. */
export type Principal =
  | { readonly kind: 'operator' }
  | ({ readonly kind: 'key'; readonly keyId: string } & OfOneProgramme)
  | ({ readonly kind: 'staff'; readonly session: StaffSession } & OfOneProgramme);

/** `operator` = what no key may do; `session` = what only staff on the admin pages do. */
export type NeededScope = Scope | 'operator' | 'session';

export function mayUse(principal: Principal, needed: NeededScope): boolean {
  if (needed === 'session') return principal.kind === 'staff';
  return principal.kind === 'operator' || (needed !== 'operator' && principal.scopes.includes(needed));
}

/** Who stands in the history of what was changed. */
export function actorOf(principal: Principal): string {
  if (principal.kind === 'operator') return 'operator';
  return principal.kind === 'key' ? `key:${principal.keyId}` : principal.session.actor;
}

/**
 * Whether one person is behind it, known by name. Keys and operators' tokens are held by several, and Shopware does not say who opens
 * the pages.
 */
export function isPerson(principal: Principal): boolean {
  return principal.kind === 'staff' && principal.session.isPerson;
}

/** The programme a list is about: a key's own, else the one asked for; null = all. @throws AppError NOT_FOUND for a foreign one */
export function reachedProgramme(principal: Principal, asked: string | undefined): string | null {
  if (principal.kind === 'operator') return asked ?? null;
  if (asked !== undefined && asked !== principal.programmeId) throw new AppError('NOT_FOUND', { resource: 'programme' });
  return principal.programmeId;
}

/** The programme of a request that is about one. @throws AppError NOT_FOUND for a foreign one, INVALID_INPUT when an operator names none */
export function neededProgramme(principal: Principal, asked: string | undefined): string {
  const programmeId = reachedProgramme(principal, asked);
  if (programmeId !== null) return programmeId;
  throw new AppError('INVALID_INPUT', { fields: [{ field: 'programmeId', problem: 'is required of operators' }] });
}

/** @throws AppError NOT_FOUND, the same for what is not there and what is not theirs */
export async function reachMember(db: Db, principal: Principal, memberId: string): Promise<Row<'member'>> {
  const member = await findMemberRow(db, memberId);
  if (!member || !reaches(principal, member.programme_id)) throw new AppError('NOT_FOUND', { resource: 'member' });
  return member;
}

/** Who the member is now: whoever became part of another is that one. @throws AppError NOT_FOUND */
export async function reachPresentMember(db: Db, principal: Principal, memberId: string): Promise<Row<'member'>> {
  const member = await reachMember(db, principal, memberId);
  const presentId = await presentMemberId(db, memberId);
  return presentId === memberId ? member : findMember(db, presentId);
}

/** @throws AppError UNKNOWN_SHOP, the same for what is not there and what is not theirs */
export async function reachShop(db: Db, principal: Principal, shopId: string): Promise<ShopRow> {
  const shop = await findShopById(db, shopId);
  if (!shop || !reaches(principal, shop.programme_id)) throw new AppError('UNKNOWN_SHOP');
  return shop;
}

export function reaches(principal: Principal, programmeId: string): boolean {
  return principal.kind === 'operator' || principal.programmeId === programmeId;
}
