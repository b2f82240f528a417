import { table, type TableSchema } from '../table-schema';

/** What a budget has given; locked before it is looked at. */
export interface CampaignBudgetTable {
  programme_id: string;
  campaign: string;
  points: number;
  orders: number;
  version: number;
}

/** What an order has of a campaign. */
export interface CampaignGrantTable {
  shop_id: string;
  order_id: string;
  campaign: string;
  programme_id: string;
  member_id: string;
  /** The most the order may have of it; null = no limit. */
  granted: number | null;
  /** What it has now. */
  points: number;
}

export interface CampaignTables {
  campaign_budget: CampaignBudgetTable;
  campaign_grant: CampaignGrantTable;
}

export const campaignTables: readonly TableSchema[] = [
  table<'campaign_budget'>({
    name: 'campaign_budget',
    columns: { programme_id: 'key', campaign: 'key', points: 'int', orders: 'int', version: 'int' },
    primaryKey: ['programme_id', 'campaign'],
    checks: ['points >= 0', 'orders >= 0'],
  }),
  table<'campaign_grant'>({
    name: 'campaign_grant',
    columns: {
      shop_id: 'key',
      order_id: 'longKey',
      campaign: 'key',
      programme_id: 'key',
      member_id: 'key',
      granted: 'int?',
      points: 'int',
    },
    primaryKey: ['shop_id', 'order_id', 'campaign'],
    index: [
      ['programme_id', 'campaign', 'points'],
      ['member_id', 'campaign'],
    ],
    checks: ['points >= 0'],
  }),
];
