/** Paid memberships: what orders bought, the times that follow from it, and what was given once for it. */
import { table, type TableSchema } from '../table-schema';

/** What one order bought of a plan, under the terms pinned to it. */
export interface MembershipPurchaseTable {
  shop_id: string;
  order_id: string;
  plan_code: string;
  programme_id: string;
  member_id: string;
  paid_at: string;
  units: number;
  months: number;
  days: number;
  grace_days: number;
}

/** Time without a break; follows from the purchases. */
export interface MembershipSpellTable {
  member_id: string;
  plan_code: string;
  starts_at: string;
  programme_id: string;
  plan_name: string;
  /** What members of the plan are called among segments. */
  segment_code: string;
  ends_at: string;
  grace_ends_at: string;
  /** 1 when the shops were told that it is over. */
  lapsed: number;
  /** 1 when the member was told that it will end. */
  ending_told: number;
  decision_id: string;
}

/** Points that were given once for a plan. */
export interface MembershipWelcomeTable {
  member_id: string;
  plan_code: string;
  programme_id: string;
  points: number;
  decision_id: string;
}

export interface MembershipTables {
  membership_purchase: MembershipPurchaseTable;
  membership_spell: MembershipSpellTable;
  membership_welcome: MembershipWelcomeTable;
}

export const membershipTables: readonly TableSchema[] = [
  table<'membership_purchase'>({
    name: 'membership_purchase',
    columns: {
      shop_id: 'key',
      order_id: 'longKey',
      plan_code: 'key',
      programme_id: 'key',
      member_id: 'key',
      paid_at: 'time',
      units: 'int',
      months: 'int',
      days: 'int',
      grace_days: 'int',
    },
    primaryKey: ['shop_id', 'order_id', 'plan_code'],
    index: [['member_id', 'plan_code']],
    checks: ['units > 0'],
  }),
  table<'membership_spell'>({
    name: 'membership_spell',
    columns: {
      member_id: 'key',
      plan_code: 'key',
      starts_at: 'time',
      programme_id: 'key',
      plan_name: 'name',
      segment_code: 'key',
      ends_at: 'time',
      grace_ends_at: 'time',
      lapsed: 'flag',
      ending_told: 'flag',
      decision_id: 'key',
    },
    primaryKey: ['member_id', 'plan_code', 'starts_at'],
    index: [
      ['lapsed', 'grace_ends_at'],
      ['ending_told', 'ends_at'],
    ],
  }),
  table<'membership_welcome'>({
    name: 'membership_welcome',
    columns: { member_id: 'key', plan_code: 'key', programme_id: 'key', points: 'int', decision_id: 'key' },
    primaryKey: ['member_id', 'plan_code'],
  }),
];
