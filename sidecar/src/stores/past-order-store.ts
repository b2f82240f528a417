import { toInteger, type Db } from '../storage/transaction';
import {
  countPreviewStrangers,
  previewOrdersOf,
  previewOrdersOfStrangers,
  previewStrangers,
  type PreviewOrderRow,
} from './preview-order-store';

export interface PastOrders {
  readonly programmeId: string;
  /** Null = of all shops. */
  readonly shopId: string | null;
  /** Both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Also orders that shops were asked for to try a draft on, which the books do not know. */
  readonly withPreview?: boolean;
}

/** A member's orders as they are stored: JSON, oldest first. */
export interface PastMemberRow {
  readonly memberId: string;
  readonly joinedAt: string;
  readonly orders: readonly { readonly snapshot: string; readonly pinned: string }[];
}

interface StoredOrder {
  readonly owner: string;
  readonly orderId: string;
  readonly placedAt: string;
  readonly snapshot: string;
  readonly pinned: string;
}

const MEMBERS_A_PAGE = 200;

/** People who are no members yet come after all members, whose ids begin with a letter or digit. */
const STRANGER = '~';
/** What was never pinned: nobody looked at segments then. */
const NOTHING_PINNED = JSON.stringify({ segments: [] });

export async function countPastMembers(db: Db, past: PastOrders): Promise<number> {
  const row = await db
    .selectFrom('member')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', past.programmeId)
    .executeTakeFirst();
  return toInteger(row?.count) + (past.withPreview === true ? await countPreviewStrangers(db, past) : 0);
}

/**
 * Pages of members in the order of their ids, each with all their orders of the time: never more than a page is held.
 * @param from the member behind whom to begin
 */
export async function* pastMembers(db: Db, past: PastOrders, from = ''): AsyncGenerator<PastMemberRow[]> {
  let after = from;
  while (!after.startsWith(STRANGER)) {
    const members = await db
      .selectFrom('member')
      .select(['member_id', 'joined_at'])
      .where('programme_id', '=', past.programmeId)
      .where('member_id', '>', after)
      .orderBy('member_id')
      .limit(MEMBERS_A_PAGE)
      .execute();
    if (members.length === 0) break;
    const ids = members.map((row) => row.member_id);
    const orders = await ordersOf(db, ids, past);
    yield members.map((row) => ({
      memberId: row.member_id,
      joinedAt: row.joined_at,
      orders: orders.get(row.member_id) ?? [],
    }));
    after = ids.at(-1) ?? after;
  }
  if (past.withPreview === true) yield* strangers(db, past, after.startsWith(STRANGER) ? after.slice(STRANGER.length) : '');
}

/** They would have joined with their first order. */
async function* strangers(db: Db, past: PastOrders, from: string): AsyncGenerator<PastMemberRow[]> {
  let after = from;
  for (;;) {
    const people = await previewStrangers(db, past, after, MEMBERS_A_PAGE);
    if (people.length === 0) return;
    const orders = byOwner((await previewOrdersOfStrangers(db, people, past)).map(ofShop));
    yield people.map((person) => {
      const own = orders.get(person) ?? [];
      return { memberId: `${STRANGER}${person}`, joinedAt: own[0]?.placedAt ?? past.from, orders: own };
    });
    after = people.at(-1) ?? after;
  }
}

function ofShop({ owner, order_id: orderId, placed_at: placedAt, snapshot }: PreviewOrderRow): StoredOrder {
  return { owner, orderId, placedAt, snapshot, pinned: NOTHING_PINNED };
}

function byOwner(orders: readonly StoredOrder[]): Map<string, StoredOrder[]> {
  const found = new Map<string, StoredOrder[]>();
  for (const order of orders) {
    const own = found.get(order.owner);
    if (own) own.push(order);
    else found.set(order.owner, [order]);
  }
  return found;
}

async function ordersOf(db: Db, memberIds: readonly string[], past: PastOrders) {
  const { shopId, from, to } = past;
  const query = db
    .selectFrom('order_position')
    .select(['member_id as owner', 'order_id as orderId', 'placed_at as placedAt', 'snapshot', 'pinned'])
    .where('member_id', 'in', memberIds)
    .where('placed_at', '>=', from)
    .where('placed_at', '<=', to)
    .orderBy('member_id')
    .orderBy('placed_at')
    .orderBy('order_id');
  const booked = await (shopId === null ? query : query.where('shop_id', '=', shopId)).execute();
  if (past.withPreview !== true) return byOwner(booked);
  const earlier = (await previewOrdersOf(db, memberIds, past)).map(ofShop);
  return byOwner([...booked, ...earlier].sort(byPlacement));
}

function byPlacement(a: StoredOrder, b: StoredOrder): number {
  if (a.placedAt !== b.placedAt) return a.placedAt < b.placedAt ? -1 : 1;
  return a.orderId < b.orderId ? -1 : 1;
}
