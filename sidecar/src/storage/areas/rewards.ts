/** The reward catalogue: what members took, and how much of a limited reward is gone. */
import { table, type TableSchema } from '../table-schema';

export interface RewardRedemptionTable {
  redemption_id: string;
  programme_id: string;
  member_id: string;
  reward_code: string;
  /** As it was called then. */
  reward_name: string;
  quantity: number;
  points: number;
  /** Whether the reward was limited when it was taken. */
  from_stock: number;
  state: 'requested' | 'confirmed' | 'fulfilled' | 'cancelled';
  shop_id: string | null;
  /** What the member wrote. */
  note: string | null;
  idempotency_key: string;
  /** Of everything that was sent, so that the key cannot come to mean something else. */
  content_hash: string;
  /** What the reward hands over by itself, JSON of `RewardGrant`; null = nothing. */
  reward_grant: string | null;
  decision_id: string;
  requested_at: string;
  updated_at: string;
}

/** Every state a redemption came into, with who did it. */
export interface RewardRedemptionStepTable {
  redemption_id: string;
  position: number;
  member_id: string;
  state: RewardRedemptionTable['state'];
  actor: string;
  note: string | null;
  decision_id: string;
  at: string;
}

/** How many of a reward are taken; rewards without a stock have no row. */
export interface RewardStockTable {
  programme_id: string;
  reward_code: string;
  taken: number;
}

export interface RewardTables {
  reward_redemption: RewardRedemptionTable;
  reward_redemption_step: RewardRedemptionStepTable;
  reward_stock: RewardStockTable;
}

export const rewardTables: readonly TableSchema[] = [
  table<'reward_redemption'>({
    name: 'reward_redemption',
    columns: {
      redemption_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      reward_code: 'key',
      reward_name: 'name',
      quantity: 'int',
      points: 'int',
      from_stock: 'flag',
      state: 'key',
      shop_id: 'key?',
      note: 'text?',
      idempotency_key: 'key',
      content_hash: 'key',
      reward_grant: 'text?',
      decision_id: 'key',
      requested_at: 'time',
      updated_at: 'time',
    },
    primaryKey: ['redemption_id'],
    unique: [['programme_id', 'idempotency_key']],
    index: [
      ['programme_id', 'state', 'redemption_id'],
      ['member_id', 'redemption_id'],
    ],
    checks: ['quantity > 0', 'points > 0'],
  }),
  table<'reward_redemption_step'>({
    name: 'reward_redemption_step',
    columns: {
      redemption_id: 'key',
      position: 'int',
      member_id: 'key',
      state: 'key',
      actor: 'name',
      note: 'text?',
      decision_id: 'key',
      at: 'time',
    },
    primaryKey: ['redemption_id', 'position'],
    index: [['member_id']],
  }),
  table<'reward_stock'>({
    name: 'reward_stock',
    columns: { programme_id: 'key', reward_code: 'key', taken: 'int' },
    primaryKey: ['programme_id', 'reward_code'],
    checks: ['taken >= 0'],
  }),
];
