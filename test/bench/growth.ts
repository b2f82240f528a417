/** Cost of an event on small and on large books: the same work timed at both sizes, in the same database. */
import { toInteger } from '../../sidecar/src/storage/transaction';
import type { Db } from '../../sidecar/src/storage/transaction';
import { inLanes, median } from './lanes';
import { benchDatabase, processOrder } from './processing';

export interface GrowthFigures {
  readonly sizes: readonly { readonly postings: number; readonly msPerEvent: number }[];
  readonly growth: number;
}

const ROWS_PER_INSERT = 500;
const ORDERS_PER_MEMBER = 20;
const SINCE = '2025-06-01T00:00:00.000Z';

export async function benchGrowth(
  url: string,
  options: { sizes: readonly number[]; orders: number; rounds: number; onProgress: (postings: number) => void },
): Promise<GrowthFigures> {
  const { storage, context, close } = await benchDatabase(url);
  let filled = 0;
  let nextOrder = 0;
  const sizes: { postings: number; msPerEvent: number }[] = [];
  for (const size of options.sizes) {
    filled = await fill(storage.db, filled, size, options.onProgress);
    const times: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const numbers = Array.from({ length: options.orders }, (_, index) => nextOrder + index);
      nextOrder += options.orders;
      const ms = await inLanes(8, numbers, (number) => processOrder(context, number));
      times.push(ms / (options.orders * 3));
    }
    const count = await storage.db
      .selectFrom('ledger_posting')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirst();
    sizes.push({ postings: toInteger(count?.count), msPerEvent: median(times) });
  }
  await close();
  const first = sizes[0]?.msPerEvent ?? 1;
  const last = sizes[sizes.length - 1]?.msPerEvent ?? 0;
  return { sizes, growth: last / first };
}

/** Adds finished orders of past members until the ledger has so many postings (two an order). */
async function fill(db: Db, from: number, postings: number, onProgress: (postings: number) => void): Promise<number> {
  const orders = Math.floor(postings / 2);
  for (let first = from; first < orders; first += ROWS_PER_INSERT) {
    const numbers = Array.from({ length: Math.min(ROWS_PER_INSERT, orders - first) }, (_, index) => first + index);
    await insertOrders(db, numbers);
    onProgress(first * 2);
  }
  return orders;
}

async function insertOrders(db: Db, numbers: readonly number[]): Promise<void> {
  const memberOf = (number: number): string => `past-${Math.floor(number / ORDERS_PER_MEMBER)}`;
  const hash = '0'.repeat(64);
  const entries = numbers.map((number) => ({
    entry_id: `past-entry-${number}`,
    programme_id: 'default',
    member_id: memberOf(number),
    seq: (number % ORDERS_PER_MEMBER) + 1,
    kind: 'accrual',
    source_key: `past:${number}`,
    occurred_at: SINCE,
    recorded_at: SINCE,
    shop_id: 'shop-bench',
    order_id: `past-order-${number}`,
    hold_id: null,
    decision_id: null,
    prev_hash: hash,
    hash,
  }));
  const postings = numbers.flatMap((number) =>
    (['issued', 'available'] as const).map((account, line) => ({
      entry_id: `past-entry-${number}`,
      line,
      programme_id: 'default',
      member_id: memberOf(number),
      account,
      lot_id: account === 'available' ? `past-lot-${number}` : null,
      points: account === 'available' ? 50 : -50,
    })),
  );
  const lots = numbers.map((number) => ({
    lot_id: `past-lot-${number}`,
    programme_id: 'default',
    member_id: memberOf(number),
    pending: 0,
    available: 50,
    held: 0,
    earned_at: SINCE,
    expires_at: '2099-01-01T00:00:00.000Z',
    open: 1,
  }));
  await db.insertInto('ledger_entry').values(entries).execute();
  await db.insertInto('ledger_posting').values(postings).execute();
  await db.insertInto('lot').values(lots).execute();
  await db
    .insertInto('order_position')
    .values(
      numbers.map((number) => ({
        shop_id: 'shop-bench',
        order_id: `past-order-${number}`,
        programme_id: 'default',
        member_id: memberOf(number),
        order_number: String(number),
        programme_version_id: 'past',
        pinned: '{}',
        version: 1,
        placed_at: SINCE,
        paid_at: SINCE,
        completed_at: null,
        order_state: 'open',
        payment_state: 'paid',
        release_at: SINCE,
        released: 1,
        pending_points: 0,
        available_points: 50,
        redeemed_points: 0,
        hold_id: null,
        currency: 'EUR',
        turnover_minor: 5000,
        qualifying_orders: 1,
        qualifying_items: 1,
        qualifying_points: 50,
        referral_code: null,
        rewarded_referrals: 0,
        needs_review: 0,
        snapshot: '{}',
        decision_id: null,
        updated_at: SINCE,
      })),
    )
    .execute();
}
