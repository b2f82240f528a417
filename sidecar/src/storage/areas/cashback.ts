/** Points that were turned into money, and the periods for which that is done. */
import { table, type TableSchema } from '../table-schema';

export interface CashbackPayoutTable {
  payout_id: string;
  programme_id: string;
  member_id: string;
  cashback_code: string;
  /** As it was called then. */
  cashback_name: string;
  points: number;
  value_minor: number;
  currency: string;
  kind: 'voucher' | 'credit';
  state: 'requested' | 'paid' | 'failed';
  voucher_id: string | null;
  /** Start of the calendar period it was paid for; null = the member asked. */
  period_start: string | null;
  idempotency_key: string;
  content_hash: string;
  decision_id: string;
  requested_at: string;
  settled_at: string | null;
  settled_by: string | null;
  settled_note: string | null;
}

/** A calendar period whose automatic payouts are complete. */
export interface CashbackPeriodTable {
  programme_id: string;
  cashback_code: string;
  period_start: string;
  completed_at: string;
  payouts: number;
}

export interface CashbackTables {
  cashback_payout: CashbackPayoutTable;
  cashback_period: CashbackPeriodTable;
}

export const cashbackTables: readonly TableSchema[] = [
  table<'cashback_payout'>({
    name: 'cashback_payout',
    columns: {
      payout_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      cashback_code: 'key',
      cashback_name: 'name',
      points: 'int',
      value_minor: 'int',
      currency: 'key',
      kind: 'key',
      state: 'key',
      voucher_id: 'key?',
      period_start: 'time?',
      idempotency_key: 'longKey',
      content_hash: 'key',
      decision_id: 'key',
      requested_at: 'time',
      settled_at: 'time?',
      settled_by: 'name?',
      settled_note: 'text?',
    },
    primaryKey: ['payout_id'],
    unique: [['programme_id', 'idempotency_key']],
    index: [
      ['programme_id', 'state', 'payout_id'],
      ['member_id', 'payout_id'],
    ],
    checks: ['points > 0', 'value_minor > 0'],
  }),
  table<'cashback_period'>({
    name: 'cashback_period',
    columns: { programme_id: 'key', cashback_code: 'key', period_start: 'time', completed_at: 'time', payouts: 'int' },
    primaryKey: ['programme_id', 'cashback_code', 'period_start'],
  }),
];
