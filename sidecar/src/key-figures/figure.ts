import { mulDiv } from '../domain/money';
import { isDaily, measureOf, type Measure, type MeasureCode } from './measure';

/** `bps`: hundredths of a percent; `minor`: of the base currency. */
export type FigureUnit = 'count' | 'points' | 'minor' | 'bps';

/** The period asked for; all time until its end; the 365 days up to its end. */
export type SumWindow = 'period' | 'until' | 'year';

/** Measures of one source, added and taken off. */
export interface FigurePart {
  readonly window: SumWindow;
  readonly plus: readonly MeasureCode[];
  readonly minus?: readonly MeasureCode[];
}

export interface Figure {
  readonly code: string;
  readonly unit: FigureUnit;
  readonly numerator: FigurePart;
  /** Null = the numerator is the figure. */
  readonly denominator: FigurePart | null;
  /** Points of the numerator are shown as the money they are worth. */
  readonly isPriced?: true;
}

export interface FigureValue {
  readonly numerator: number;
  readonly denominator: number | null;
  /** Null = there is nothing to divide by, or points have no value in money. */
  readonly value: number | null;
}

export type Sums = Readonly<Record<SumWindow, ReadonlyMap<string, number>>>;

/** What so many points are worth, in minor units of the base currency. */
export interface PointValue {
  readonly valuePoints: number;
  readonly valueMinor: number;
}

const BPS = 10_000;

/** The figure over sums; exact, and rounded once: to the nearest, halves away from zero. */
export function figureValue(figure: Figure, sums: Sums, pointValue: PointValue | null): FigureValue {
  const numerator = partSum(figure.numerator, sums);
  const denominator = figure.denominator && partSum(figure.denominator, sums);
  return { numerator, denominator, value: valueOf(figure, numerator, denominator, pointValue) };
}

function valueOf(
  { unit, isPriced }: Figure,
  numerator: number,
  denominator: number | null,
  pointValue: PointValue | null,
): number | null {
  if (isPriced) return pointValue && mulDiv(numerator, pointValue.valueMinor, pointValue.valuePoints, 'nearest');
  if (denominator === null) return numerator;
  return denominator > 0 ? mulDiv(numerator, unit === 'bps' ? BPS : 1, denominator, 'nearest') : null;
}

function partSum({ window, plus, minus = [] }: FigurePart, sums: Sums): number {
  const sum = (codes: readonly MeasureCode[]): number => codes.reduce((total, code) => total + (sums[window].get(code) ?? 0), 0);
  return sum(plus) - sum(minus);
}

export function measuresOf({ plus, minus = [] }: FigurePart): readonly MeasureCode[] {
  return [...plus, ...minus];
}

export function partsOf({ numerator, denominator }: Figure): readonly FigurePart[] {
  return denominator === null ? [numerator] : [numerator, denominator];
}

/** The measures of a part with the sign they count with; all are of one source. */
export function signedMeasures({ plus, minus = [] }: FigurePart): readonly { measure: Measure; sign: 1 | -1 }[] {
  return [
    ...plus.map((code) => ({ measure: measureOf(code), sign: 1 as const })),
    ...minus.map((code) => ({ measure: measureOf(code), sign: -1 as const })),
  ];
}

/** Whether it can be told from sums of days alone. */
export function isOfDays(figure: Figure): boolean {
  return partsOf(figure).flatMap(measuresOf).every(isDaily);
}

/** Membership is of the programme: it is not told by shop. */
export function isByShop(figure: Figure): boolean {
  return !partsOf(figure).flatMap(measuresOf).includes('joined');
}
