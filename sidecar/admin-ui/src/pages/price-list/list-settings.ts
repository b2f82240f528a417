import { answer, api } from '../../api/client';
import { me, SIGNED_BY_SESSION } from '../../api/me';
import type { paths } from '../../api/openapi';
import { daysOf, validityOf, type ValidDays } from './validity';

export type PriceList = paths['/admin/price-lists/{code}']['get']['responses'][200]['content']['application/json'];

export interface ListSettings extends ValidDays {
  readonly name: string;
  readonly currency: string;
  readonly basis: 'net' | 'gross';
  readonly priority: number;
}

export function newSettings(): ListSettings {
  const currency = me.value?.programme?.currency ?? '';
  return { name: '', currency, basis: 'net', priority: 0, firstDay: '', lastDay: '' };
}

export function settingsOf(list: PriceList): ListSettings {
  const { name, currency, basis, priority } = list;
  return { name, currency, basis, priority, ...daysOf(list) };
}

/** Makes a list, or changes the one it was before. @throws ApiFault */
export function saveSettings(
  code: string,
  { firstDay, lastDay, ...settings }: ListSettings,
  { before, reason }: { readonly before: PriceList | null; readonly reason: string },
): Promise<PriceList> {
  const validity = validityOf({ firstDay, lastDay }, before ?? { validFrom: null, validUntil: null });
  const body = { ...settings, name: settings.name.trim(), ...validity, reason: reason.trim(), actor: SIGNED_BY_SESSION };
  const query = before === null ? { ifNew: 'true' as const } : {};
  return answer(api.PUT('/admin/price-lists/{code}', { params: { path: { code }, query }, body }));
}
