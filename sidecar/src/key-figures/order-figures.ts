import type { Figure } from './figure';

/** What members buy, and what a customer is worth. */
export const orderFigures: readonly Figure[] = [
  { code: 'orders', unit: 'count', numerator: { window: 'period', plus: ['orders'] }, denominator: null },
  { code: 'turnover', unit: 'minor', numerator: { window: 'period', plus: ['turnover'] }, denominator: null },
  {
    code: 'average_order',
    unit: 'minor',
    numerator: { window: 'period', plus: ['turnover'] },
    denominator: { window: 'period', plus: ['orders'] },
  },
  {
    code: 'customer_lifetime_value',
    unit: 'minor',
    numerator: { window: 'until', plus: ['final_turnover'] },
    denominator: { window: 'until', plus: ['customers'] },
  },
  {
    code: 'customer_year_value',
    unit: 'minor',
    numerator: { window: 'year', plus: ['final_turnover'] },
    denominator: { window: 'until', plus: ['customers'] },
  },
];
