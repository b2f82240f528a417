import { z } from 'zod';

/** Entries of a page. */
export const PAGE = 50;

/** Where a page begins: behind what the page before named as `next`. */
export const afterQuery = z.object({ after: z.string().max(64).default('') });

export const instantSchema = z.iso.datetime({ offset: true }).transform((written) => new Date(written).toISOString());

/** The cursor behind a full page; null behind the last. */
export function nextOf<Entry, Cursor>(entries: readonly Entry[], cursor: (entry: Entry) => Cursor, page = PAGE): Cursor | null {
  const last = entries[page - 1];
  return last === undefined ? null : cursor(last);
}
