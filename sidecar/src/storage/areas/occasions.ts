/** Birthdays, without the year, and rewards for days. */
import { table, type TableSchema } from '../table-schema';

export interface MemberProfileTable {
  member_id: string;
  programme_id: string;
  /** From 1. */
  birth_month: number;
  birth_day: number;
  /** The shop that said so, or `api`. */
  told_by: string;
  updated_at: string;
}

/** One a member, occasion and year: the key is what keeps it to that. */
export interface OccasionRewardTable {
  member_id: string;
  occasion: string;
  /** Of the day that is celebrated. */
  year: number;
  programme_id: string;
  status: 'rewarded' | 'refused';
  /** Date on which it was due, in the programme's time zone. */
  due_on: string;
  points: number;
  voucher_id: string | null;
  decision_id: string;
}

/** How far a holiday has got through the members. */
export interface OccasionRunTable {
  programme_id: string;
  occasion: string;
  due_on: string;
  after_member: string;
}

export interface OccasionAreaTables {
  member_profile: MemberProfileTable;
  occasion_reward: OccasionRewardTable;
  occasion_run: OccasionRunTable;
}

export const occasionTables: readonly TableSchema[] = [
  table<'member_profile'>({
    name: 'member_profile',
    columns: {
      member_id: 'key',
      programme_id: 'key',
      birth_month: 'int',
      birth_day: 'int',
      told_by: 'key',
      updated_at: 'time',
    },
    primaryKey: ['member_id'],
    index: [['programme_id', 'birth_month', 'birth_day', 'member_id']],
  }),
  table<'occasion_reward'>({
    name: 'occasion_reward',
    columns: {
      member_id: 'key',
      occasion: 'key',
      year: 'int',
      programme_id: 'key',
      status: 'key',
      due_on: 'key',
      points: 'int',
      voucher_id: 'key?',
      decision_id: 'key',
    },
    primaryKey: ['member_id', 'occasion', 'year'],
  }),
  table<'occasion_run'>({
    name: 'occasion_run',
    columns: { programme_id: 'key', occasion: 'key', due_on: 'key', after_member: 'key' },
    primaryKey: ['programme_id', 'occasion', 'due_on'],
  }),
];
