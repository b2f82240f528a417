import { shallowRef } from 'vue';
import type { paths } from './openapi';
import { answer, api } from './client';

type Me = paths['/admin/session']['get']['responses'][200]['content']['application/json'];
type Role = Me['role'];

/** Who works here, and on which programme; null until it is known. */
export const me = shallowRef<Me | null>(null);

export async function learnWhoAmI(): Promise<void> {
  me.value = await answer(api.GET('/admin/session'));
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
