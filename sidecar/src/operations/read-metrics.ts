import {
  figureValue,
  isByShop,
  isOfDays,
  measuresOf,
  partsOf,
  type Figure,
  type FigureUnit,
  type FigureValue,
  type PointValue,
  type Sums,
} from '../key-figures/figure';
import { previousPeriod, spanOf, stepsOf, type Period, type Step } from '../key-figures/period';
import { figures } from '../key-figures/registry';
import { runningSums } from '../key-figures/running-sums';
import { sumsByDay, sumsOf, type SumScope } from '../stores/measure-store';
import { periodCounts, type PeriodSpans } from '../stores/period-store';
import type { OperationContext } from './context';
import { pointValueAfter, type MeasuredProgramme } from './measured-programme';

export interface ShownFigure extends FigureValue {
  readonly figure: string;
  readonly unit: FigureUnit;
  /** Of the period before; null = not asked for. */
  readonly previous: FigureValue | null;
}

/** Every figure of a period; of a shop, those that can be told by shop. */
export async function readMetrics(
  context: OperationContext,
  programme: MeasuredProgramme,
  asked: { readonly period: Period; readonly shopId: string | null; readonly compare: boolean },
): Promise<ShownFigure[]> {
  const scope = { programmeId: programme.programmeId, shopId: asked.shopId };
  const now = await readPeriod(context, programme, scope, asked.period);
  const before = asked.compare ? await readPeriod(context, programme, scope, previousPeriod(asked.period)) : null;
  return figures
    .filter((figure) => asked.shopId === null || isByShop(figure))
    .map((figure) => ({
      figure: figure.code,
      unit: figure.unit,
      ...figureValue(figure, now.sums, now.pointValue),
      previous: before && figureValue(figure, before.sums, before.pointValue),
    }));
}

/** All that figures of a period are computed from. */
async function readPeriod(
  context: OperationContext,
  programme: MeasuredProgramme,
  scope: SumScope,
  period: Period,
): Promise<{ sums: Sums; pointValue: PointValue | null }> {
  const sums = await sumsOf(context.db, scope, period);
  const counts = await periodCounts(context.db, scope, periodSpans(period, programme.timeZone));
  return {
    sums: { ...sums, period: new Map([...sums.period, ...counts]) },
    pointValue: await pointValueAfter(context, programme, period),
  };
}

export function periodSpans(period: Period, timeZone: string): PeriodSpans {
  return { now: spanOf(period, timeZone), before: spanOf(previousPeriod(period), timeZone) };
}

export interface FigureStep extends Period, FigureValue {}

/** A figure step by step. What has to be counted in rows costs a look at them a step: see `maxSteps`. */
export async function readSeries(
  context: OperationContext,
  programme: MeasuredProgramme,
  asked: { readonly figure: Figure; readonly period: Period; readonly step: Step; readonly shopId: string | null },
): Promise<FigureStep[]> {
  const { figure, period, step, shopId } = asked;
  const scope = { programmeId: programme.programmeId, shopId };
  const codes = [...new Set(partsOf(figure).flatMap(measuresOf))];
  const sumsWithin = isOfDays(figure) ? runningSums(await sumsByDay(context.db, scope, period.to, codes)) : null;
  const steps: FigureStep[] = [];
  for (const part of stepsOf(period, step)) {
    const sums = sumsWithin ? sumsWithin(part) : (await readPeriod(context, programme, scope, part)).sums;
    const pointValue = figure.isPriced ? await pointValueAfter(context, programme, part) : null;
    steps.push({ ...part, ...figureValue(figure, sums, pointValue) });
  }
  return steps;
}

/** Steps that a series may have. */
export function maxSteps(figure: Figure): number {
  return isOfDays(figure) ? 2000 : 62;
}
