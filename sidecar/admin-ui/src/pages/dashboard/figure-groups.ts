import type { FigureCode } from './show-figure';

/** What stands together on the dashboard, the most asked for first. */
export const FIGURE_GROUPS = {
  money: ['turnover', 'orders', 'average_order', 'liability', 'liability_pending'],
  points: [
    'points_issued',
    'points_redeemed',
    'points_expired',
    'points_outstanding',
    'points_pending',
    'points_debt',
    'redemption_rate',
    'breakage_rate',
  ],
  customers: [
    'members_total',
    'members_new',
    'members_active',
    'repeat_customer_rate',
    'churn_rate',
    'customer_lifetime_value',
    'customer_year_value',
  ],
  opinion: ['net_promoter_score', 'promoters', 'passives', 'detractors'],
} as const satisfies Record<string, readonly FigureCode[]>;
