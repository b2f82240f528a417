import type { Json } from './document-path';

/** Changes that were not saved, as the browser's tab keeps them. */
export interface KeptDraft {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly document: Json;
  /** The text of the whole when it could not be read. */
  readonly unreadable: string | null;
}

/** What of the browser's storage is needed. */
interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface DraftPlace {
  readonly programmeId: string;
  /** The version that was changed; null = a new programme. */
  readonly version: string | null;
  /** Nobody is offered what somebody else typed. */
  readonly person: string;
}

function keyOf({ programmeId, version, person }: DraftPlace): string {
  return JSON.stringify(['loyalty-draft', programmeId, version, person]);
}

/** Null = nothing is kept, or nothing that can be read. */
export function readDraft(store: Store, place: DraftPlace): KeptDraft | null {
  try {
    const { at, document, unreadable } = JSON.parse(store.getItem(keyOf(place)) ?? '{}') as Partial<KeptDraft>;
    return at === undefined || document === undefined ? null : { at, document, unreadable: unreadable ?? null };
  } catch {
    return null;
  }
}

/** Null = nothing is to be kept any more. A browser that keeps nothing, or not as much, is no reason to stop working. */
export function keepDraft(store: Store, place: DraftPlace, draft: KeptDraft | null): void {
  try {
    if (draft === null) store.removeItem(keyOf(place));
    else store.setItem(keyOf(place), JSON.stringify(draft));
  } catch {
    // What was kept before may be another document by now.
    forget(store, place);
  }
}

function forget(store: Store, place: DraftPlace): void {
  try {
    store.removeItem(keyOf(place));
  } catch {
    // The browser lets the page keep nothing at all.
  }
}
