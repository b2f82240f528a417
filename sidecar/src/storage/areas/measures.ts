/** What happened on each day, summed up from rows of the books; all of it can be counted again. */
import { table, type TableSchema } from '../table-schema';

/** The sum of a measure over a day of the programme's clock. */
export interface MeasureDayTable {
  programme_id: string;
  /** Date in the programme's time zone. */
  local_day: string;
  /** Empty = of no shop; of measures that count members, over all shops. */
  shop_id: string;
  measure: string;
  value: number;
}

/** The days on which a member counts for something. */
export interface MeasureMemberTable {
  member_id: string;
  /** Empty = over all shops. */
  shop_id: string;
  programme_id: string;
  /** Null in the row of a shop. */
  joined_day: string | null;
  /** Of the first and the second order that became final, by placement. */
  first_day: string | null;
  second_day: string | null;
}

/** A month in which a member ordered, and that of the first order: months are `YYYY-MM`, by final orders. */
export interface MeasureMemberMonthTable {
  member_id: string;
  programme_id: string;
  first_month: string;
  month: string;
}

/** A day that must be summed up anew. */
export interface MeasureDueDayTable {
  programme_id: string;
  local_day: string;
}

/** A member whose days must be looked at anew. */
export interface MeasureDueMemberTable {
  member_id: string;
  programme_id: string;
}

/** How far changed rows were read. */
export interface MeasureCursorTable {
  source: string;
  /** JSON list: the key up to which no row can turn up any more. */
  settled: string;
  /** JSON list: the key where a pass that broke off goes on; null = none did. */
  pass: string | null;
}

export interface MeasureProgrammeTable {
  programme_id: string;
  /** By whose clock the days are. */
  time_zone: string;
  /** What was recorded before is in the sums; null = not all of it yet. */
  computed_until: string | null;
  /** What is kept was counted by rules of this number; another one begins anew. */
  counted_by: number | null;
}

export interface MeasureTables {
  measure_day: MeasureDayTable;
  measure_member: MeasureMemberTable;
  measure_member_month: MeasureMemberMonthTable;
  measure_due_day: MeasureDueDayTable;
  measure_due_member: MeasureDueMemberTable;
  measure_cursor: MeasureCursorTable;
  measure_programme: MeasureProgrammeTable;
}

export const measureTables: readonly TableSchema[] = [
  table<'measure_day'>({
    name: 'measure_day',
    columns: { programme_id: 'key', local_day: 'key', shop_id: 'key', measure: 'longKey', value: 'int' },
    primaryKey: ['programme_id', 'local_day', 'shop_id', 'measure'],
  }),
  table<'measure_member'>({
    name: 'measure_member',
    columns: {
      member_id: 'key',
      shop_id: 'key',
      programme_id: 'key',
      joined_day: 'key?',
      first_day: 'key?',
      second_day: 'key?',
    },
    primaryKey: ['member_id', 'shop_id'],
    index: [
      ['programme_id', 'joined_day'],
      ['programme_id', 'first_day'],
      ['programme_id', 'second_day'],
    ],
  }),
  table<'measure_due_day'>({
    name: 'measure_due_day',
    columns: { programme_id: 'key', local_day: 'key' },
    primaryKey: ['programme_id', 'local_day'],
  }),
  table<'measure_due_member'>({
    name: 'measure_due_member',
    columns: { member_id: 'key', programme_id: 'key' },
    primaryKey: ['member_id'],
  }),
  table<'measure_cursor'>({
    name: 'measure_cursor',
    columns: { source: 'key', settled: 'text', pass: 'text?' },
    primaryKey: ['source'],
  }),
  table<'measure_programme'>({
    name: 'measure_programme',
    columns: { programme_id: 'key', time_zone: 'name', computed_until: 'time?', counted_by: 'int?' },
    added: ['counted_by'],
    primaryKey: ['programme_id'],
  }),
  table<'measure_member_month'>({
    name: 'measure_member_month',
    columns: { member_id: 'key', programme_id: 'key', first_month: 'key', month: 'key' },
    primaryKey: ['member_id', 'month'],
    index: [['programme_id', 'first_month', 'month']],
  }),
];
