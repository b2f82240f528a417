import { nowMs } from '../../../../api/me';
import type { Json } from '../document-path';

/** Terms that begin today, behind those there are. */
export function newVersion(others: readonly Json[]): Json {
  const validFrom = new Date(nowMs()).toISOString().slice(0, 10);
  return { version: String(others.length + 1), validFrom, texts: {}, urls: {} };
}
