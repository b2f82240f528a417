import type { Figure } from './figure';

/** Whether members recommend the shop: the Net Promoter Score and who answered how. */
export const answerFigures: readonly Figure[] = [
  {
    code: 'net_promoter_score',
    unit: 'bps',
    numerator: { window: 'period', plus: ['promoters'], minus: ['detractors'] },
    denominator: { window: 'period', plus: ['promoters', 'passives', 'detractors'] },
  },
  { code: 'promoters', unit: 'count', numerator: { window: 'period', plus: ['promoters'] }, denominator: null },
  { code: 'passives', unit: 'count', numerator: { window: 'period', plus: ['passives'] }, denominator: null },
  { code: 'detractors', unit: 'count', numerator: { window: 'period', plus: ['detractors'] }, denominator: null },
];
