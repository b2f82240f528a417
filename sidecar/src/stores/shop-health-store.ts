/** How it stands with what comes from a shop and what goes to it. */
import { toInteger, type Db } from '../storage/transaction';

export interface Queue {
  readonly waiting: number;
  readonly dead: number;
  /** Of what waits; null = nothing does. */
  readonly oldestAt: string | null;
}

export interface ShopHealth {
  readonly shopId: string;
  /** Deliveries of the shop. */
  readonly inbox: Queue;
  /** What the shop is yet to be shown. */
  readonly writeback: Queue;
  /** Every change of orders before this instant is known to us; null = not looked yet. */
  readonly reconciledUntil: string | null;
  /** The latest delivery of the shop; null = none among the last of all shops. */
  readonly receivedAt: string | null;
  /** When the shop last took what it was shown; null = not among the last pushes of all shops. */
  readonly writtenAt: string | null;
}

/** What came and went last is looked for among so many rows of all shops, however long they are kept. */
const RECENT_ROWS = 1000;

const NOTHING: Queue = { waiting: 0, dead: 0, oldestAt: null };

export async function shopHealth(db: Db, shopIds: readonly string[]): Promise<ShopHealth[]> {
  if (shopIds.length === 0) return [];
  const [inbox, writeback, cursors, received, written] = await Promise.all([
    inboxQueues(db, shopIds),
    writebackQueues(db, shopIds),
    orderCursors(db, shopIds),
    recentDeliveries(db),
    recentPushes(db),
  ]);
  return shopIds.map((shopId) => ({
    shopId,
    inbox: inbox.get(shopId) ?? NOTHING,
    writeback: writeback.get(shopId) ?? NOTHING,
    reconciledUntil: cursors.get(shopId) ?? null,
    receivedAt: received.get(shopId) ?? null,
    writtenAt: written.get(shopId) ?? null,
  }));
}

async function recentDeliveries(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('inbox_message')
    .select(['shop_id', 'received_at as at'])
    .orderBy('message_id', 'desc')
    .limit(RECENT_ROWS)
    .execute();
  return latest(rows);
}

async function recentPushes(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('writeback_attempt')
    .select(['shop_id', 'attempted_at as at', 'outcome'])
    .orderBy('attempt_id', 'desc')
    .limit(RECENT_ROWS)
    .execute();
  return latest(rows.filter(({ outcome }) => outcome === 'ok'));
}

function latest(rows: readonly { readonly shop_id: string; readonly at: string }[]): Map<string, string> {
  const byShop = new Map<string, string>();
  for (const { shop_id: shopId, at } of rows) {
    if (at > (byShop.get(shopId) ?? '')) byShop.set(shopId, at);
  }
  return byShop;
}

async function inboxQueues(db: Db, shopIds: readonly string[]): Promise<Map<string, Queue>> {
  const rows = await db
    .selectFrom('inbox_message')
    .select((eb) => ['shop_id', 'status', eb.fn.countAll().as('count'), eb.fn.min('received_at').as('oldest')])
    .where('shop_id', 'in', shopIds)
    .where('status', 'in', ['pending', 'dead'])
    .groupBy(['shop_id', 'status'])
    .execute();
  return queuesOf(rows.map((row) => ({ ...row, isDead: row.status === 'dead' })));
}

async function writebackQueues(db: Db, shopIds: readonly string[]): Promise<Map<string, Queue>> {
  const rows = await db
    .selectFrom('desired_state')
    .select((eb) => ['shop_id', 'dead', eb.fn.countAll().as('count'), eb.fn.min('updated_at').as('oldest')])
    .where('shop_id', 'in', shopIds)
    .where('dirty', '=', 1)
    .groupBy(['shop_id', 'dead'])
    .execute();
  return queuesOf(rows.map((row) => ({ ...row, isDead: row.dead === 1 })));
}

interface CountedPart {
  readonly shop_id: string;
  readonly isDead: boolean;
  readonly count: string | number | bigint;
  readonly oldest: string;
}

function queuesOf(parts: readonly CountedPart[]): Map<string, Queue> {
  const queues = new Map<string, Queue>();
  for (const { shop_id: shopId, isDead, count, oldest } of parts) {
    const queue = queues.get(shopId) ?? NOTHING;
    const counted = toInteger(count);
    queues.set(shopId, isDead ? { ...queue, dead: counted } : { ...queue, waiting: counted, oldestAt: oldest });
  }
  return queues;
}

async function orderCursors(db: Db, shopIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('reconciliation_cursor')
    .select(['shop_id', 'cursor_at'])
    .where('shop_id', 'in', shopIds)
    .where('resource', '=', 'orders')
    .execute();
  return new Map(rows.map((row) => [row.shop_id, row.cursor_at]));
}
