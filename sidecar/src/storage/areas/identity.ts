/** Accounts of one person: members that became one, and accounts that staff parted again. */
import { table, type TableSchema } from '../table-schema';

/** A member that became part of another. Its entries stay its own; everything that goes on belongs to the other. */
export interface MemberMergeTable {
  absorbed_member_id: string;
  /** Who it is now: never an absorbed one itself. */
  member_id: string;
  programme_id: string;
  /** What asked for it, once: `email:…` or `staff:…`. */
  source_key: string;
  decision_id: string;
  merged_at: string;
}

/** A shop account that staff parted from its member; only staff link it again. */
export interface MemberSplitTable {
  /** The account's own member from then on. */
  member_id: string;
  from_member_id: string;
  programme_id: string;
  shop_id: string;
  customer_id: string;
  source_key: string;
  /** Of what was asked for, so that the key cannot come to mean something else. */
  content_hash: string;
  decision_id: string;
  split_at: string;
}

export interface IdentityTables {
  member_merge: MemberMergeTable;
  member_split: MemberSplitTable;
}

export const identityTables: readonly TableSchema[] = [
  table<'member_merge'>({
    name: 'member_merge',
    columns: {
      absorbed_member_id: 'key',
      member_id: 'key',
      programme_id: 'key',
      source_key: 'longKey',
      decision_id: 'key',
      merged_at: 'time',
    },
    primaryKey: ['absorbed_member_id'],
    unique: [['programme_id', 'source_key']],
    index: [['member_id']],
    addedIndex: [['merged_at']],
  }),
  table<'member_split'>({
    name: 'member_split',
    columns: {
      member_id: 'key',
      from_member_id: 'key',
      programme_id: 'key',
      shop_id: 'key',
      customer_id: 'longKey',
      source_key: 'longKey',
      content_hash: 'key',
      decision_id: 'key',
      split_at: 'time',
    },
    primaryKey: ['member_id'],
    unique: [['programme_id', 'source_key']],
    index: [['from_member_id'], ['shop_id', 'customer_id']],
    addedIndex: [['split_at']],
  }),
];
