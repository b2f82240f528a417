import { toInteger, type Db } from '../storage/transaction';

export interface Person {
  readonly programmeId: string;
  /** Null when they are no member yet. */
  readonly memberId: string | null;
  readonly emailHashes: readonly string[];
  /** Orders before this instant; null = all. */
  readonly placedBefore: string | null;
}

/** Enough to find an order, whoever else has used the address. */
const MEMBERS_OF_ONE_PERSON = 100;

/** Orders that a person, or anyone with the person's e-mail (a guest, a second account), has placed and not cancelled. */
export async function ordersOfPerson(db: Db, person: Person): Promise<number> {
  const members = new Set(person.memberId === null ? [] : [person.memberId]);
  if (person.emailHashes.length > 0) {
    const others = await db
      .selectFrom('member_identity')
      .select('member_id')
      .where('programme_id', '=', person.programmeId)
      .where('email_hash', 'in', person.emailHashes)
      .limit(MEMBERS_OF_ONE_PERSON)
      .execute();
    for (const other of others) members.add(other.member_id);
  }
  if (members.size === 0) return 0;
  const { placedBefore } = person;
  return (await ownOrders(db, [...members], placedBefore)) + (await pooledOrders(db, [...members], placedBefore));
}

async function ownOrders(db: Db, members: readonly string[], placedBefore: string | null): Promise<number> {
  let query = db
    .selectFrom('order_position')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('member_id', 'in', members)
    .where('order_state', '!=', 'cancelled');
  if (placedBefore !== null) query = query.where('placed_at', '<', placedBefore);
  const row = await query.executeTakeFirst();
  return toInteger(row?.count);
}

/** Placed by them as buyers of a company that has the points. */
async function pooledOrders(db: Db, members: readonly string[], placedBefore: string | null): Promise<number> {
  let query = db
    .selectFrom('company_order')
    .innerJoin('order_position', (join) =>
      join
        .onRef('order_position.shop_id', '=', 'company_order.shop_id')
        .onRef('order_position.order_id', '=', 'company_order.order_id'),
    )
    .select((eb) => eb.fn.countAll().as('count'))
    .where('company_order.member_id', 'in', members)
    .where('order_position.member_id', 'not in', members)
    .where('order_state', '!=', 'cancelled');
  if (placedBefore !== null) query = query.where('company_order.placed_at', '<', placedBefore);
  const row = await query.executeTakeFirst();
  return toInteger(row?.count);
}
