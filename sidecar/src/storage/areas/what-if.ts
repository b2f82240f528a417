import { table, type TableSchema } from '../table-schema';

/** A replay of past orders that somebody asked for: how far it is, and what came of it. */
export interface WhatIfRunTable {
  run_id: string;
  programme_id: string;
  idempotency_key: string;
  content_hash: string;
  /** Whose draft, or published version, the orders are replayed under. */
  version_id: string;
  /** What it is compared with; null = with nothing. */
  published_version_id: string | null;
  shop_id: string | null;
  placed_from: string;
  placed_to: string;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** 1 until it ends, null afterwards: a programme has one at a time. */
  is_open: number | null;
  members_total: number;
  members_done: number;
  /** The last member who is in the sums, by id. */
  reached: string;
  /** Sums so far as JSON; null before the first page. */
  sums: string | null;
  /** JSON; null until it is done. */
  report: string | null;
  /** Why it failed. */
  fault: string | null;
  created_at: string;
  ended_at: string | null;
  /** 1 = with orders of the shops from before the books; null = without. */
  with_preview: number | null;
}

export interface WhatIfTables {
  what_if_run: WhatIfRunTable;
}

export const whatIfTables: readonly TableSchema[] = [
  table<'what_if_run'>({
    name: 'what_if_run',
    columns: {
      run_id: 'key',
      programme_id: 'key',
      idempotency_key: 'longKey',
      content_hash: 'key',
      version_id: 'key',
      published_version_id: 'key?',
      shop_id: 'key?',
      placed_from: 'time',
      placed_to: 'time',
      status: 'key',
      is_open: 'flag?',
      members_total: 'int',
      members_done: 'int',
      reached: 'key',
      sums: 'text?',
      report: 'text?',
      fault: 'text?',
      created_at: 'time',
      ended_at: 'time?',
      with_preview: 'flag?',
    },
    added: ['with_preview'],
    primaryKey: ['run_id'],
    unique: [
      ['programme_id', 'idempotency_key'],
      ['programme_id', 'is_open'],
    ],
    index: [['status', 'created_at'], ['ended_at']],
    checks: ['members_done >= 0'],
  }),
];
