import { table, type TableSchema } from '../table-schema';

/** A table that somebody sent: how far it is, and what came of it. */
export interface ImportRunTable {
  run_id: string;
  programme_id: string;
  kind: string;
  /** Whose customers it names; null = of none. */
  shop_id: string | null;
  price_list: string | null;
  /** 1 = it is only tried: each unit is rolled back. */
  is_dry: number;
  /** Null until the file is here as a whole; then nobody else has it in the programme. */
  idempotency_key: string | null;
  content_hash: string | null;
  actor: string;
  reason: string;
  status: 'receiving' | 'waiting' | 'running' | 'done' | 'cancelled';
  /** Of the places that a programme has, until it ends; null afterwards. */
  slot: number | null;
  rows_total: number;
  units_total: number;
  units_done: number;
  units_failed: number;
  units_created: number;
  units_changed: number;
  /** By which the balances of members changed. */
  points: number;
  /** All that were found; of many only the first are kept. */
  faults: number;
  created_at: string;
  ended_at: string | null;
}

/** Rows that are applied together, in one transaction that deletes them. */
export interface ImportUnitTable {
  run_id: string;
  unit_number: number;
  /** What the rows are about; once a file. */
  subject: string;
  first_row: number;
  /** JSON; an address is a keyed hash. */
  content: string;
  /** Tries that ended in a fault of ours. */
  attempts: number;
}

export interface ImportFaultTable {
  run_id: string;
  fault_number: number;
  at_row: number;
  column_name: string | null;
  /** Shortened; null for addresses. */
  value: string | null;
  message: string;
}

export interface ImportTables {
  import_run: ImportRunTable;
  import_unit: ImportUnitTable;
  import_fault: ImportFaultTable;
}

export const importTables: readonly TableSchema[] = [
  table<'import_run'>({
    name: 'import_run',
    columns: {
      run_id: 'key',
      programme_id: 'key',
      kind: 'key',
      shop_id: 'key?',
      price_list: 'key?',
      is_dry: 'flag',
      idempotency_key: 'longKey?',
      content_hash: 'key?',
      actor: 'name',
      reason: 'text',
      status: 'key',
      slot: 'int?',
      rows_total: 'int',
      units_total: 'int',
      units_done: 'int',
      units_failed: 'int',
      units_created: 'int',
      units_changed: 'int',
      points: 'int',
      faults: 'int',
      created_at: 'time',
      ended_at: 'time?',
    },
    primaryKey: ['run_id'],
    unique: [
      ['programme_id', 'idempotency_key'],
      ['programme_id', 'slot'],
    ],
    index: [['status', 'run_id'], ['ended_at']],
    checks: ['units_done + units_failed <= units_total'],
  }),
  table<'import_unit'>({
    name: 'import_unit',
    columns: { run_id: 'key', unit_number: 'int', subject: 'longKey', first_row: 'int', content: 'text', attempts: 'int' },
    primaryKey: ['run_id', 'unit_number'],
    unique: [['run_id', 'subject']],
  }),
  table<'import_fault'>({
    name: 'import_fault',
    columns: {
      run_id: 'key',
      fault_number: 'int',
      at_row: 'int',
      column_name: 'name?',
      value: 'name?',
      message: 'text',
    },
    primaryKey: ['run_id', 'fault_number'],
  }),
];
