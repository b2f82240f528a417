/** Rows of a shop's answer, not yet understood: each is read for itself, so that one odd row stops no other. */
import { ShopApiError } from '../errors';
import type { FoundRows } from './coalesced-read';

export interface UnreadRow<T> {
  readonly id: string;
  /** @throws ShopApiError */
  readonly read: () => T;
}

export function byId<T>(rows: readonly UnreadRow<T>[]): FoundRows<T> {
  return new Map(rows.map(({ id, read }) => [id, read]));
}

/** What could be read, and the ids of what could not. */
export function readable<T>(rows: readonly UnreadRow<T>[]): { items: T[]; unreadable: string[] } {
  const items: T[] = [];
  const unreadable: string[] = [];
  for (const { id, read } of rows) {
    try {
      items.push(read());
    } catch (error) {
      if (!(error instanceof ShopApiError)) throw error;
      unreadable.push(id);
    }
  }
  return { items, unreadable };
}
