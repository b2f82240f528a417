/** Shopware writes instants with offset, `2026-11-23T03:14:55.938+00:00`: in this one form they compare as text. */

export function toShopTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

/** A time as a criterion may state it, a bare one meaning UTC; null when it is none. */
export function readShopTime(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(value) && value.length > 10;
  const ms = Date.parse(hasZone ? value : value.length === 10 ? `${value}T00:00:00Z` : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(ms) ? null : toShopTime(ms);
}
