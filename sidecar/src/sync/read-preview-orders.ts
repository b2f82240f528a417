/**
 * Reads past orders of the shops so that a draft can be tried on them before anything is published. They are kept apart: nothing is
 * posted, nobody becomes a member, and the orders of the books stay what they are.
 */
import type { OrderSnapshot } from '../domain/order-snapshot';
import { ShopApiError } from '../errors';
import type { OperationContext } from '../operations/context';
import type { ConnectedShop, ShopPlatform } from '../platform/platform';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import type { NewRow } from '../storage/tables';
import { inTransaction } from '../storage/transaction';
import { erasedAt } from '../stores/erasure-store';
import { guestKey } from '../stores/member-store';
import { moveRead, openReads, storePreviewOrders, type PreviewRead, type ReadProgress } from '../stores/preview-order-store';

export interface ReadableShop {
  readonly shop: ConnectedShop;
  readonly platform: ShopPlatform;
}

export interface PreviewReadDeps {
  readonly context: OperationContext;
  /** Those that answer, of a programme. */
  readonly shopsOf: (programmeId: string) => Promise<readonly ReadableShop[]>;
  readonly signal: AbortSignal;
}

/** More wait for the next minute. */
const READS_AT_ONCE = 20;
/** Enough to see what a programme gives; the rest would only take longer. */
const MOST_ORDERS = 50_000;
/** A minute lies between two of them. */
const MOST_FAILURES = 5;

/** Goes on with every reading that was asked for, page by page. Each page is kept before the next is asked for. */
export async function readPreviewOrders(deps: PreviewReadDeps): Promise<{ done: number; failed: number; orders: number }> {
  const counts = { done: 0, failed: 0, orders: 0 };
  for (const read of await openReads(deps.context.db, READS_AT_ONCE)) {
    if (deps.signal.aborted) break;
    const ended = await proceed(deps, read);
    counts.orders += ended.orders - read.orders;
    if (ended.status === 'done' || ended.status === 'failed') counts[ended.status] += 1;
  }
  return counts;
}

/** As far as it comes: to the end, until a shop does not answer, or until somebody else goes on with it. */
async function proceed({ context, shopsOf, signal }: PreviewReadDeps, begun: PreviewRead): Promise<PreviewRead> {
  const { db, clock } = context;
  let read = begun;
  const move = async (progress: ReadProgress): Promise<boolean> => {
    const isOurs = await moveRead(db, read, progress);
    if (isOurs) read = { ...read, ...progress };
    return isOurs;
  };
  const end = (progress: ReadProgress) => move({ is_open: null, ended_at: clock.now(), ...progress });
  const shops = (await shopsOf(read.programme_id)).toSorted((a, b) => (a.shop.shopId < b.shop.shopId ? -1 : 1));
  try {
    for (const one of shops.filter(({ shop }) => shop.shopId > read.shop_done)) {
      while (read.shop_done !== one.shop.shopId) {
        if (signal.aborted) return read;
        if (read.orders >= MOST_ORDERS) {
          await end({ status: 'done', is_cut: 1 });
          return read;
        }
        const next = await readPage(context, one, read);
        if (next === null) return read;
        read = next;
      }
    }
    await end({ status: 'done' });
  } catch (error) {
    if (!(error instanceof ShopApiError)) throw error;
    const failures = read.failures + 1;
    const isLast = !error.retryable || failures >= MOST_FAILURES;
    await (isLast ? end({ status: 'failed', failures, fault: error.message }) : move({ failures }));
  }
  return read;
}

/** Null when somebody else goes on with the reading. @throws ShopApiError when the shop does not answer */
async function readPage(
  context: OperationContext,
  { shop, platform }: ReadableShop,
  read: PreviewRead,
): Promise<PreviewRead | null> {
  const page = await platform.changedOrders(shop, read.placed_from, read.page_cursor);
  // Whoever changed an order since then placed it then or before.
  const placed = page.items.filter(({ placedAt }) => placedAt >= read.placed_from);
  return inTransaction(context.db, async (trx) => {
    const rows: NewRow<'preview_order'>[] = [];
    for (const snapshot of placed) {
      const row = rowOf(read.programme_id, snapshot, context.clock.now());
      const isErased =
        row !== null && (await erasedAt(trx, row.shop_id, context.hashCustomer(row.shop_id, row.customer_id))) !== null;
      if (row !== null && !isErased) rows.push(row);
    }
    await storePreviewOrders(trx, rows);
    const progress = {
      status: 'running',
      pages: read.pages + 1,
      orders: read.orders + rows.length,
      failures: 0,
      page_cursor: page.nextCursor,
      shop_done: page.nextCursor === null ? shop.shopId : read.shop_done,
    } as const;
    return (await moveRead(trx, read, progress)) ? { ...read, ...progress } : null;
  });
}

/** Null for an order of nobody. */
function rowOf(programmeId: string, snapshot: OrderSnapshot, now: string): NewRow<'preview_order'> | null {
  const { shopId, orderId, emailHash, placedAt } = snapshot;
  const customerId = snapshot.customerId ?? (emailHash === null ? null : guestKey(emailHash));
  if (customerId === null) return null;
  return {
    shop_id: shopId,
    order_id: orderId,
    programme_id: programmeId,
    customer_id: customerId,
    person: sha256Hex(`${shopId}\n${customerId}`).slice(0, 32),
    placed_at: placedAt,
    snapshot: canonicalJson({ ...snapshot, emailHash: null, fraudHints: null }),
    read_at: now,
  };
}
