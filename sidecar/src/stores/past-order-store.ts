import { toInteger, type Db } from '../storage/transaction';

export interface PastOrders {
  readonly programmeId: string;
  /** Null = of all shops. */
  readonly shopId: string | null;
  /** Both inclusive. */
  readonly from: string;
  readonly to: string;
}

/** A member's orders as they are stored: JSON, oldest first. */
export interface PastMemberRow {
  readonly memberId: string;
  readonly joinedAt: string;
  readonly orders: readonly { readonly snapshot: string; readonly pinned: string }[];
}

const MEMBERS_A_PAGE = 200;

export async function countPastMembers(db: Db, { programmeId }: PastOrders): Promise<number> {
  const row = await db
    .selectFrom('member')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return toInteger(row?.count);
}

/**
 * Pages of members in the order of their ids, each with all their orders of the time: never more than a page is held.
 * @param from the member behind whom to begin
 */
export async function* pastMembers(db: Db, past: PastOrders, from = ''): AsyncGenerator<PastMemberRow[]> {
  let after = from;
  for (;;) {
    const members = await db
      .selectFrom('member')
      .select(['member_id', 'joined_at'])
      .where('programme_id', '=', past.programmeId)
      .where('member_id', '>', after)
      .orderBy('member_id')
      .limit(MEMBERS_A_PAGE)
      .execute();
    if (members.length === 0) return;
    const ids = members.map((row) => row.member_id);
    const orders = await ordersOf(db, ids, past);
    yield members.map((row) => ({
      memberId: row.member_id,
      joinedAt: row.joined_at,
      orders: orders.get(row.member_id) ?? [],
    }));
    after = ids.at(-1) ?? after;
  }
}

async function ordersOf(db: Db, memberIds: readonly string[], { shopId, from, to }: PastOrders) {
  const query = db
    .selectFrom('order_position')
    .select(['member_id', 'snapshot', 'pinned'])
    .where('member_id', 'in', memberIds)
    .where('placed_at', '>=', from)
    .where('placed_at', '<=', to)
    .orderBy('member_id')
    .orderBy('placed_at')
    .orderBy('order_id');
  const found = new Map<string, { snapshot: string; pinned: string }[]>();
  for (const { member_id: memberId, ...order } of await (
    shopId === null ? query : query.where('shop_id', '=', shopId)
  ).execute()) {
    const orders = found.get(memberId);
    if (orders) orders.push(order);
    else found.set(memberId, [order]);
  }
  return found;
}
