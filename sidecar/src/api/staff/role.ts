import { z } from 'zod';
import { scopeNames, type Scope } from '../scope';

/** What staff may do on the admin pages; each role may also do what the one before it may. */
export const STAFF_ROLES = ['view', 'support', 'manage'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
export const roleSchema = z.enum(STAFF_ROLES);

/** Of those who help shoppers, beyond reading. */
const SUPPORT: readonly Scope[] = [
  'members:write',
  'companies:write',
  'companies:approve',
  'rewards:write',
  'events:write',
  'health:write',
];

export function scopesOf(role: StaffRole): readonly Scope[] {
  if (role === 'manage') return scopeNames;
  const readable = scopeNames.filter((scope) => scope.endsWith(':read'));
  return role === 'view' ? readable : [...readable, ...SUPPORT];
}
