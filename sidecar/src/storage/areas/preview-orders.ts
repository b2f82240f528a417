/** Orders of the shops from before there was a programme: to try a draft on, never for the books. */
import { table, type TableSchema } from '../table-schema';

/** Shops being asked for their past orders, one after the other; how far it is. */
export interface PreviewReadTable {
  read_id: string;
  programme_id: string;
  idempotency_key: string;
  /** Orders placed before are left out. */
  placed_from: string;
  status: 'waiting' | 'running' | 'done' | 'failed';
  /** 1 until it ends, null afterwards: a programme has one at a time. */
  is_open: number | null;
  /** Pages so far, of all shops. */
  pages: number;
  orders: number;
  /** 1 = there are more orders than are read. */
  is_cut: number;
  /** The last shop that was read to its end; empty = none. */
  shop_done: string;
  /** Of the next page of the shop after it; null = the first. */
  page_cursor: string | null;
  /** Times in a row that a shop did not answer. */
  failures: number;
  /** Why it failed. */
  fault: string | null;
  created_at: string;
  ended_at: string | null;
}

/** An order as it was when it was read. Nothing is posted for it. */
export interface PreviewOrderTable {
  shop_id: string;
  order_id: string;
  programme_id: string;
  /** Of the shop, or of a guest by e-mail hash, as for accounts of members. */
  customer_id: string;
  /** Short for shop and customer. */
  person: string;
  placed_at: string;
  /** JSON, without what recognises people. */
  snapshot: string;
  read_at: string;
}

export interface PreviewOrderTables {
  preview_read: PreviewReadTable;
  preview_order: PreviewOrderTable;
}

export const previewOrderTables: readonly TableSchema[] = [
  table<'preview_read'>({
    name: 'preview_read',
    columns: {
      read_id: 'key',
      programme_id: 'key',
      idempotency_key: 'longKey',
      placed_from: 'time',
      status: 'key',
      is_open: 'flag?',
      pages: 'int',
      orders: 'int',
      is_cut: 'flag',
      shop_done: 'key',
      page_cursor: 'text?',
      failures: 'int',
      fault: 'text?',
      created_at: 'time',
      ended_at: 'time?',
    },
    primaryKey: ['read_id'],
    unique: [
      ['programme_id', 'idempotency_key'],
      ['programme_id', 'is_open'],
    ],
    index: [['status', 'created_at'], ['ended_at']],
  }),
  table<'preview_order'>({
    name: 'preview_order',
    columns: {
      shop_id: 'key',
      order_id: 'longKey',
      programme_id: 'key',
      customer_id: 'longKey',
      person: 'key',
      placed_at: 'time',
      snapshot: 'text',
      read_at: 'time',
    },
    primaryKey: ['shop_id', 'order_id'],
    index: [['programme_id', 'person'], ['shop_id', 'customer_id'], ['read_at']],
  }),
];
