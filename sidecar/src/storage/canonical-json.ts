import { createHash } from 'node:crypto';

/**
 * JSON with sorted keys and without white space: equal values give equal text, however they were built.
 * Members that are `undefined` are left out, as JSON.stringify does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isPlainObject(member) ? sorted(member) : member));
}

/** SHA-256 of the text's UTF-8 bytes, 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  // Without a prototype, so that a member called __proto__ stays a member.
  const result = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(object).sort()) result[key] = object[key];
  return result;
}
