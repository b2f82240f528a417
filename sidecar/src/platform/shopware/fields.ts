/**
 * Reads JSON from a shop. PHP writes an empty map as `[]`, and any field may be null or missing; what is needed and not
 * there is named in the error.
 */
import { ShopApiError } from '../../errors';

export type Fields = Readonly<Record<string, unknown>>;

/** An empty map for whatever is not a map. */
export function mapOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** An empty list for whatever is not a list; its members as maps. */
export function mapsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(mapOf) : [];
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((member): member is string => typeof member === 'string') : [];
}

/** Null when empty or no text. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Null when it is no finite number; PHP writes some numbers as texts. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** ISO-8601 UTC with milliseconds; null when it is no instant. */
export function instantOf(value: unknown): string | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** @throws ShopApiError naming the field when there is no value */
export function required<T>(value: T | null, what: string, field: string): T {
  if (value === null) throw new ShopApiError(`the shop sent ${what} without a valid ${field}`, false);
  return value;
}
