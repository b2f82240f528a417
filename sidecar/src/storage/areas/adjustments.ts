/** Points by hand that want a second person. */
import { table, type TableSchema } from '../table-schema';

export interface AdjustmentRequestTable {
  request_id: string;
  programme_id: string;
  member_id: string;
  points: number;
  reason: string;
  /** As they call themselves, and who they are to us: whoever holds a key says any name. */
  requested_by: string;
  requester: string;
  idempotency_key: string;
  /** `withdrawn`: by who asked, or because the person was erased. */
  status: 'pending' | 'confirmed' | 'refused' | 'withdrawn' | 'expired';
  requested_at: string;
  /** Exclusive. */
  expires_at: string;
  decided_at: string | null;
  decided_by: string | null;
  decided_reason: string | null;
  /** Of the entry that was posted. */
  entry_id: string | null;
}

export interface AdjustmentTables {
  adjustment_request: AdjustmentRequestTable;
}

export const adjustmentTables: readonly TableSchema[] = [
  table<'adjustment_request'>({
    name: 'adjustment_request',
    columns: {
      request_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      points: 'int',
      reason: 'text',
      requested_by: 'name',
      requester: 'longKey',
      idempotency_key: 'longKey',
      status: 'key',
      requested_at: 'time',
      expires_at: 'time',
      decided_at: 'time?',
      decided_by: 'name?',
      decided_reason: 'text?',
      entry_id: 'key?',
    },
    primaryKey: ['request_id'],
    unique: [['programme_id', 'idempotency_key']],
    index: [
      ['programme_id', 'status', 'request_id'],
      ['member_id', 'request_id'],
      ['status', 'expires_at'],
    ],
  }),
];
