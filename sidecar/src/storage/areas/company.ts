/** Companies: who buys for them, in which account their points are, and what of orders and holds was theirs. */
import { table, type TableSchema } from '../table-schema';

export interface CompanyTable {
  company_id: string;
  programme_id: string;
  name: string;
  /** How the merchant's own systems call it. */
  external_ref: string | null;
  status: 'active' | 'closed';
  /** Changes only while nobody is in the company. */
  points_mode: 'pooled' | 'personal';
  tier_mode: 'account' | 'personal';
  /** Stands for the company in the books: has its points when they are pooled, and its tier. */
  account_member_id: string;
  /** How long a request, and then an approval, stands. */
  approval_days: number;
  idempotency_key: string;
  content_hash: string;
  created_at: string;
  updated_at: string;
}

/** Present buyers; the key lets a member be in one company at a time. */
export interface CompanyMemberTable {
  member_id: string;
  company_id: string;
  programme_id: string;
  role: 'buyer' | 'approver' | 'admin';
  points_per_order: number | null;
  points_per_month: number | null;
  approval_above: number | null;
  joined_at: string;
  tenure_id: string;
  /** The last wish to pay with points that an order of theirs used up while they were here. */
  spent_intent: string | null;
  /** Beginning of the month that the shops' view of the monthly limit is of; null = not shown yet. */
  shown_month: string | null;
}

/** Who was in which company when, so that a late order still finds the account it belongs to. */
export interface CompanyTenureTable {
  tenure_id: string;
  member_id: string;
  company_id: string;
  programme_id: string;
  points_mode: 'pooled' | 'personal';
  tier_mode: 'account' | 'personal';
  account_member_id: string;
  joined_at: string;
  /** Exclusive; null = still there. */
  left_at: string | null;
}

/** Orders that members placed as buyers of a company. */
export interface CompanyOrderTable {
  shop_id: string;
  order_id: string;
  company_id: string;
  programme_id: string;
  /** The buyer. */
  member_id: string;
  placed_at: string;
}

/** Points that members reserved as buyers of a company. */
export interface CompanyHoldTable {
  hold_id: string;
  company_id: string;
  programme_id: string;
  /** The buyer. */
  member_id: string;
  placed_at: string;
}

/** A buyer's wish to pay with more points than they may alone. */
export interface CompanyApprovalTable {
  approval_id: string;
  company_id: string;
  programme_id: string;
  /** The buyer. */
  member_id: string;
  shop_id: string;
  cart_ref: string;
  points: number;
  /** `withdrawn`: the buyer asked for another number of points since, or left. */
  status: 'pending' | 'approved' | 'refused' | 'withdrawn' | 'expired';
  requested_at: string;
  /** Exclusive; of the request, then of the approval. */
  expires_at: string;
  decided_at: string | null;
  /** The approver, or null when staff decided. */
  decided_by: string | null;
  /** The redemption that uses it up; null again when that came to nothing. */
  hold_id: string | null;
}

export interface CompanyAreaTables {
  company: CompanyTable;
  company_member: CompanyMemberTable;
  company_tenure: CompanyTenureTable;
  company_order: CompanyOrderTable;
  company_hold: CompanyHoldTable;
  company_approval: CompanyApprovalTable;
}

export const companyTables: readonly TableSchema[] = [
  table<'company'>({
    name: 'company',
    columns: {
      company_id: 'key',
      programme_id: 'key',
      name: 'name',
      external_ref: 'longKey?',
      status: 'key',
      points_mode: 'key',
      tier_mode: 'key',
      account_member_id: 'key',
      approval_days: 'int',
      idempotency_key: 'longKey',
      content_hash: 'key',
      created_at: 'time',
      updated_at: 'time',
    },
    primaryKey: ['company_id'],
    unique: [['programme_id', 'idempotency_key'], ['programme_id', 'external_ref'], ['account_member_id']],
  }),
  table<'company_member'>({
    name: 'company_member',
    columns: {
      member_id: 'key',
      company_id: 'key',
      programme_id: 'key',
      role: 'key',
      points_per_order: 'int?',
      points_per_month: 'int?',
      approval_above: 'int?',
      joined_at: 'time',
      tenure_id: 'key',
      spent_intent: 'longKey?',
      shown_month: 'time?',
    },
    primaryKey: ['member_id'],
    index: [
      ['company_id', 'member_id'],
      ['shown_month', 'member_id'],
    ],
  }),
  table<'company_tenure'>({
    name: 'company_tenure',
    columns: {
      tenure_id: 'key',
      member_id: 'key',
      company_id: 'key',
      programme_id: 'key',
      points_mode: 'key',
      tier_mode: 'key',
      account_member_id: 'key',
      joined_at: 'time',
      left_at: 'time?',
    },
    primaryKey: ['tenure_id'],
    index: [['member_id', 'joined_at'], ['company_id']],
  }),
  table<'company_order'>({
    name: 'company_order',
    columns: {
      shop_id: 'key',
      order_id: 'longKey',
      company_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      placed_at: 'time',
    },
    primaryKey: ['shop_id', 'order_id'],
    index: [['member_id', 'placed_at'], ['company_id']],
  }),
  table<'company_hold'>({
    name: 'company_hold',
    columns: {
      hold_id: 'key',
      company_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      placed_at: 'time',
    },
    primaryKey: ['hold_id'],
    index: [['member_id', 'placed_at']],
  }),
  table<'company_approval'>({
    name: 'company_approval',
    columns: {
      approval_id: 'key',
      company_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      shop_id: 'key',
      cart_ref: 'longKey',
      points: 'int',
      status: 'key',
      requested_at: 'time',
      expires_at: 'time',
      decided_at: 'time?',
      decided_by: 'key?',
      hold_id: 'key?',
    },
    primaryKey: ['approval_id'],
    index: [['company_id', 'status', 'approval_id'], ['member_id', 'status'], ['status', 'expires_at'], ['hold_id']],
    addedIndex: [['programme_id', 'status', 'approval_id']],
  }),
];
