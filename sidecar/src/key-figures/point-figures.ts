import type { Figure, FigurePart } from './figure';
import type { MeasureCode } from './measure';

const inPeriod = (code: MeasureCode): Figure => ({
  code: `points_${code}`,
  unit: 'points',
  numerator: { window: 'period', plus: [code] },
  denominator: null,
});

const outstanding: FigurePart = { window: 'until', plus: ['available', 'held'] };
const pending: FigurePart = { window: 'until', plus: ['pending'] };

/** What points came and went, what became of them, and what the programme still owes. */
export const pointFigures: readonly Figure[] = [
  inPeriod('issued'),
  inPeriod('clawed_back'),
  inPeriod('redeemed'),
  inPeriod('returned'),
  inPeriod('expired'),
  inPeriod('adjusted'),
  {
    code: 'redemption_rate',
    unit: 'bps',
    numerator: { window: 'period', plus: ['redeemed'], minus: ['returned'] },
    denominator: { window: 'period', plus: ['issued'], minus: ['clawed_back'] },
  },
  {
    code: 'breakage_rate',
    unit: 'bps',
    numerator: { window: 'until', plus: ['expired'] },
    denominator: { window: 'until', plus: ['expired', 'redeemed'], minus: ['returned'] },
  },
  { code: 'points_outstanding', unit: 'points', numerator: outstanding, denominator: null },
  { code: 'points_pending', unit: 'points', numerator: pending, denominator: null },
  { code: 'points_debt', unit: 'points', numerator: { window: 'until', plus: ['debt'] }, denominator: null },
  { code: 'liability', unit: 'minor', numerator: outstanding, denominator: null, isPriced: true },
  { code: 'liability_pending', unit: 'minor', numerator: pending, denominator: null, isPriced: true },
];
