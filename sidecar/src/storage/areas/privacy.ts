/** Persons who were erased, and what keeps them from coming back by a late word of a shop. */
import { table, type TableSchema } from '../table-schema';

/** A member of whom nothing personal is kept any more. Their entries and amounts stay, under the same pseudonymous id. */
export interface MemberErasureTable {
  member_id: string;
  programme_id: string;
  /** What asked for it, once: `staff:…` or `shop:…`. */
  source_key: string;
  decision_id: string;
  erased_at: string;
}

/** A shop account of somebody who was erased, recognised by a keyed hash alone. */
export interface ErasedCustomerTable {
  shop_id: string;
  customer_hash: string;
  member_id: string;
  erased_at: string;
  /** Afterwards the shop account would be a new member. */
  keep_until: string;
}

export interface PrivacyTables {
  member_erasure: MemberErasureTable;
  erased_customer: ErasedCustomerTable;
}

export const privacyTables: readonly TableSchema[] = [
  table<'member_erasure'>({
    name: 'member_erasure',
    columns: { member_id: 'key', programme_id: 'key', source_key: 'longKey', decision_id: 'key', erased_at: 'time' },
    primaryKey: ['member_id'],
    unique: [['programme_id', 'source_key']],
  }),
  table<'erased_customer'>({
    name: 'erased_customer',
    columns: { shop_id: 'key', customer_hash: 'key', member_id: 'key', erased_at: 'time', keep_until: 'time' },
    primaryKey: ['shop_id', 'customer_hash'],
    index: [['member_id'], ['keep_until']],
  }),
];
