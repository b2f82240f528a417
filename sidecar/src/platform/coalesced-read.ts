/**
 * Reads that travel together: what is asked for in the same turn of the event loop becomes one call to the shop.
 * Every caller still gets a state read after it asked, which the version fence of an order relies on.
 */
import { ShopApiError } from '../errors';
import type { ConnectedShop } from './platform';

/** What was found, by id; reading a row may throw, and then only for those who asked for it. */
export type FoundRows<T> = ReadonlyMap<string, () => T>;

interface Waiting<T> {
  readonly resolve: (found: T | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch<T> {
  readonly shop: ConnectedShop;
  readonly waiting: Map<string, Waiting<T>[]>;
}

const MAX_BATCH = 50;

/** @param readMany throws ShopApiError; ids it leaves out do not exist */
export function createCoalescedRead<T>(
  readMany: (shop: ConnectedShop, ids: readonly string[]) => Promise<FoundRows<T>>,
): (shop: ConnectedShop, id: string) => Promise<T | null> {
  const open = new Map<string, Batch<T>>();
  return (shop, id) =>
    new Promise<T | null>((resolve, reject) => {
      let batch = open.get(shop.shopId);
      if (!batch || batch.waiting.size >= MAX_BATCH) {
        const begun: Batch<T> = { shop, waiting: new Map() };
        batch = begun;
        open.set(shop.shopId, begun);
        setImmediate(() => {
          if (open.get(shop.shopId) === begun) open.delete(shop.shopId);
          void answer(readMany, begun);
        });
      }
      batch.waiting.set(id, [...(batch.waiting.get(id) ?? []), { resolve, reject }]);
    });
}

async function answer<T>(
  readMany: (shop: ConnectedShop, ids: readonly string[]) => Promise<FoundRows<T>>,
  { shop, waiting }: Batch<T>,
): Promise<void> {
  const settle = async (ids: readonly string[]): Promise<void> => {
    try {
      const found = await readMany(shop, ids);
      for (const id of ids) tell(waiting.get(id) ?? [], found.get(id));
    } catch (error) {
      // One id the shop chokes on must not take the others with it.
      if (ids.length > 1 && error instanceof ShopApiError && !error.retryable) {
        for (const id of ids) await settle([id]);
        return;
      }
      for (const id of ids) for (const { reject } of waiting.get(id) ?? []) reject(error);
    }
  };
  await settle([...waiting.keys()]);
}

function tell<T>(waiting: readonly Waiting<T>[], read: (() => T) | undefined): void {
  for (const { resolve, reject } of waiting) {
    try {
      resolve(read ? read() : null);
    } catch (error) {
      reject(error);
    }
  }
}
