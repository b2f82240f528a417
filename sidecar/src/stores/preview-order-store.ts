/** Past orders of the shops that a draft is tried on, and the reading of them. */
import type { ExpressionBuilder } from 'kysely';
import type { NewRow, Row, Tables } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type PreviewRead = Row<'preview_read'>;

const OPEN = ['waiting', 'running'] as const satisfies readonly PreviewRead['status'][];

/** False when the programme has one that has not ended, or the key was used. */
export function insertRead(db: Db, read: PreviewRead): Promise<boolean> {
  return insertOnce(db, 'preview_read', read);
}

export function findReadByKey(db: Db, programmeId: string, idempotencyKey: string): Promise<PreviewRead | undefined> {
  return db
    .selectFrom('preview_read')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
}

export function latestRead(db: Db, programmeId: string): Promise<PreviewRead | undefined> {
  return db
    .selectFrom('preview_read')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .orderBy('created_at', 'desc')
    .orderBy('read_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Those that have not ended, oldest first. */
export function openReads(db: Db, limit: number): Promise<PreviewRead[]> {
  return db
    .selectFrom('preview_read')
    .selectAll()
    .where('status', 'in', OPEN)
    .orderBy('created_at')
    .orderBy('read_id')
    .limit(limit)
    .execute();
}

export type ReadProgress = Partial<
  Pick<
    PreviewRead,
    'status' | 'is_open' | 'pages' | 'orders' | 'is_cut' | 'shop_done' | 'page_cursor' | 'failures' | 'fault' | 'ended_at'
  >
>;

/** Moves a reading on. False when somebody else has, or it has ended. */
export async function moveRead(db: Db, before: PreviewRead, progress: ReadProgress): Promise<boolean> {
  const updated = await db
    .updateTable('preview_read')
    .set(progress)
    .where('read_id', '=', before.read_id)
    .where('status', 'in', OPEN)
    .where('pages', '=', before.pages)
    .where('failures', '=', before.failures)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Keeps orders as they are now; the same order again replaces what was kept of it. Returns how many are new. */
export async function storePreviewOrders(trx: Trx, orders: readonly NewRow<'preview_order'>[]): Promise<number> {
  let fresh = 0;
  for (const order of orders) {
    if (await insertOnce(trx, 'preview_order', order)) {
      fresh += 1;
      continue;
    }
    const { shop_id: shopId, order_id: orderId, ...changes } = order;
    await trx.updateTable('preview_order').set(changes).where('shop_id', '=', shopId).where('order_id', '=', orderId).execute();
  }
  return fresh;
}

export async function countPreviewOrders(db: Db, programmeId: string): Promise<number> {
  const row = await db
    .selectFrom('preview_order')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return toInteger(row?.count);
}

interface Time {
  readonly programmeId: string;
  readonly shopId: string | null;
  readonly from: string;
  readonly to: string;
}

/** What the books know better is left out. */
const notInBooks = (eb: ExpressionBuilder<Tables, 'preview_order'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('order_position')
        .select('order_position.order_id')
        .whereRef('order_position.shop_id', '=', 'preview_order.shop_id')
        .whereRef('order_position.order_id', '=', 'preview_order.order_id'),
    ),
  );

const withoutMember = (eb: ExpressionBuilder<Tables, 'preview_order'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('member_identity')
        .select('member_identity.member_id')
        .whereRef('member_identity.shop_id', '=', 'preview_order.shop_id')
        .whereRef('member_identity.customer_id', '=', 'preview_order.customer_id'),
    ),
  );

export interface PreviewOrderRow {
  /** The member, or the person who is none. */
  readonly owner: string;
  readonly order_id: string;
  readonly placed_at: string;
  readonly snapshot: string;
}

/** Orders of members from before the books knew them, by member, oldest first. */
export function previewOrdersOf(db: Db, memberIds: readonly string[], time: Time): Promise<PreviewOrderRow[]> {
  const query = ofTime(db, time)
    .innerJoin('member_identity', (join) =>
      join
        .onRef('member_identity.shop_id', '=', 'preview_order.shop_id')
        .onRef('member_identity.customer_id', '=', 'preview_order.customer_id'),
    )
    .select(['member_identity.member_id as owner', 'preview_order.order_id', 'preview_order.placed_at', 'preview_order.snapshot'])
    .where('member_identity.member_id', 'in', memberIds)
    .orderBy('member_identity.member_id');
  return query.orderBy('preview_order.placed_at').orderBy('preview_order.order_id').execute();
}

/** People who are no members, a page in the order of their keys. */
export async function previewStrangers(db: Db, time: Time, after: string, limit: number): Promise<string[]> {
  const rows = await ofTime(db, time)
    .select('person')
    .distinct()
    .where(withoutMember)
    .where('person', '>', after)
    .orderBy('person')
    .limit(limit)
    .execute();
  return rows.map(({ person }) => person);
}

export async function countPreviewStrangers(db: Db, time: Time): Promise<number> {
  const row = await ofTime(db, time)
    .select((eb) => eb.fn.count('person').distinct().as('count'))
    .where(withoutMember)
    .executeTakeFirst();
  return toInteger(row?.count);
}

export function previewOrdersOfStrangers(db: Db, people: readonly string[], time: Time): Promise<PreviewOrderRow[]> {
  return ofTime(db, time)
    .select(['person as owner', 'order_id', 'placed_at', 'snapshot'])
    .where('person', 'in', people)
    .orderBy('person')
    .orderBy('placed_at')
    .orderBy('order_id')
    .execute();
}

function ofTime(db: Db, { programmeId, shopId, from, to }: Time) {
  const query = db
    .selectFrom('preview_order')
    .where('preview_order.programme_id', '=', programmeId)
    .where('placed_at', '>=', from)
    .where('placed_at', '<=', to)
    .where(notInBooks);
  return shopId === null ? query : query.where('preview_order.shop_id', '=', shopId);
}

/** Of somebody the shop forgot, or who was erased. */
export async function dropPreviewOrders(trx: Trx, shopId: string, customerId: string): Promise<void> {
  await trx.deleteFrom('preview_order').where('shop_id', '=', shopId).where('customer_id', '=', customerId).execute();
}

/** Orders first read, or read again, before an instant. */
export async function purgePreviewOrders(db: Db, readBefore: string, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('preview_order')
    .select(['shop_id', 'order_id'])
    .where('read_at', '<', readBefore)
    .orderBy('read_at')
    .limit(limit)
    .execute();
  for (const shopId of new Set(rows.map((row) => row.shop_id))) {
    const ids = rows.filter((row) => row.shop_id === shopId).map((row) => row.order_id);
    await db.deleteFrom('preview_order').where('shop_id', '=', shopId).where('order_id', 'in', ids).execute();
  }
  return rows.length;
}

export async function purgeReads(db: Db, endedBefore: string): Promise<void> {
  await db.deleteFrom('preview_read').where('ended_at', '<', endedBefore).execute();
}
