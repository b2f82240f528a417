/** Vouchers that orders bring, and codes that vouchers no longer have. */
import { table, type TableSchema } from '../table-schema';

/** A rule of the next purchase that looks at an order. */
export interface NextPurchaseTable {
  shop_id: string;
  order_id: string;
  rule_code: string;
  programme_id: string;
  member_id: string;
  /** When it is decided; null = the order is not paid. */
  due_at: string | null;
  status: 'waiting' | 'granted' | 'refused' | 'withdrawn';
  voucher_id: string | null;
  decision_id: string | null;
}

/** A used code never works again in a shop, so a voucher that comes back from a cancelled order has a new one. */
export interface RetiredVoucherCodeTable {
  programme_id: string;
  code: string;
  voucher_id: string;
  retired_at: string;
}

export interface VoucherAreaTables {
  next_purchase: NextPurchaseTable;
  retired_voucher_code: RetiredVoucherCodeTable;
}

export const voucherTables: readonly TableSchema[] = [
  table<'next_purchase'>({
    name: 'next_purchase',
    columns: {
      shop_id: 'key',
      order_id: 'longKey',
      rule_code: 'key',
      programme_id: 'key',
      member_id: 'key',
      due_at: 'time?',
      status: 'key',
      voucher_id: 'key?',
      decision_id: 'key?',
    },
    primaryKey: ['shop_id', 'order_id', 'rule_code'],
    index: [
      ['status', 'due_at'],
      ['member_id', 'rule_code', 'status'],
    ],
  }),
  table<'retired_voucher_code'>({
    name: 'retired_voucher_code',
    columns: { programme_id: 'key', code: 'key', voucher_id: 'key', retired_at: 'time' },
    primaryKey: ['programme_id', 'code'],
    index: [['voucher_id']],
  }),
];
