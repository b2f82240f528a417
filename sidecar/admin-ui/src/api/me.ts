import { shallowRef } from 'vue';
import type { paths } from './openapi';
import { answer, api } from './client';

type Me = paths['/admin/session']['get']['responses'][200]['content']['application/json'];
type Role = Me['role'];

/** Who works here, and on which programme; null until it is known. */
export const me = shallowRef<Me | null>(null);

/** How far the sidecar's clock is before the browser's, in milliseconds. */
let aheadMs = 0;

export async function learnWhoAmI(): Promise<void> {
  const known = await answer(api.GET('/admin/session'));
  aheadMs = Date.parse(known.now) - Date.now();
  me.value = known;
}

/** What pages work on: they are shown once it is known who looks at them. @throws Error before that */
export function programmeId(): string {
  if (me.value === null) throw new Error('a page is shown before it is known who looks at it');
  return me.value.programmeId;
}

/** Where the API wants to know who changes something: it takes the session's own name, whatever is sent. */
export const SIGNED_BY_SESSION = '-';

/** By the sidecar's clock, in milliseconds since the epoch: what is due is due by it. */
export function nowMs(): number {
  return Date.now() + aheadMs;
}

const RANK: Readonly<Record<Role, number>> = { view: 0, support: 1, manage: 2 };

/** Whether to show what a role may do; the API refuses by itself what the role may not. */
export function may(role: Role): boolean {
  return me.value !== null && RANK[me.value.role] >= RANK[role];
}

/** As the merchant calls it; null = in none. */
export function tierName(code: string | null): string | null {
  if (code === null) return null;
  return me.value?.programme?.tiers.find((tier) => tier.code === code)?.name ?? code;
}
