import type { Figure } from './figure';

/** How many there are, who buys, and who no longer does. */
export const memberFigures: readonly Figure[] = [
  { code: 'members_total', unit: 'count', numerator: { window: 'until', plus: ['joined'] }, denominator: null },
  { code: 'members_new', unit: 'count', numerator: { window: 'period', plus: ['joined'] }, denominator: null },
  { code: 'members_active', unit: 'count', numerator: { window: 'period', plus: ['buyers'] }, denominator: null },
  {
    code: 'churn_rate',
    unit: 'bps',
    numerator: { window: 'period', plus: ['buyers_lost'] },
    denominator: { window: 'period', plus: ['buyers_before'] },
  },
  {
    code: 'repeat_customer_rate',
    unit: 'bps',
    numerator: { window: 'until', plus: ['repeat_customers'] },
    denominator: { window: 'until', plus: ['customers'] },
  },
];
