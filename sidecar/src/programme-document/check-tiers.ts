import { windowKey } from '../domain/qualifying';
import { tierWindows } from '../domain/tier';
import { amountInUnit } from './check-metric';
import type { FieldError } from './field-error';
import { atMostOne, exactlyOne, fault, uniqueCodes } from './field-checks';
import type { ProgrammeDocument } from './schema';
import { metricOf } from '../domain/qualifying-metric';
import { tierTerms } from './to-tiers';

/** Each is a read of the member's orders. */
const MAX_WINDOWS = 12;

type Level = ProgrammeDocument['tiers']['levels'][number];
type Condition = NonNullable<Level['all']>[number];

export function checkTiers(document: ProgrammeDocument): FieldError[] {
  const { tiers } = document;
  const errors = [
    ...atMostOne('tiers', tiers, ['windowDays', 'period']),
    ...checkDowngrade(tiers.downgrade),
    ...uniqueCodes('tiers.levels', tiers.levels),
    ...tiers.levels.flatMap((level, i) => checkLevel(document, level, i)),
  ];
  if (errors.length > 0) return errors;
  const windows = tierWindows(tierTerms(document)).map(windowKey);
  return windows.length > MAX_WINDOWS ? [fault('tiers.levels', `must not look at more than ${MAX_WINDOWS} windows of time`)] : [];
}

function checkDowngrade(downgrade: ProgrammeDocument['tiers']['downgrade']): FieldError[] {
  const field = 'tiers.downgrade';
  const lonely = downgrade.followingPeriods !== undefined && downgrade.keepUntilEndOf === undefined;
  return [
    ...atMostOne(field, downgrade, ['keepDays', 'keepUntilEndOf']),
    ...(lonely ? [fault(`${field}.followingPeriods`, 'needs keepUntilEndOf')] : []),
  ];
}

function checkLevel(document: ProgrammeDocument, level: Level, index: number): FieldError[] {
  const field = `tiers.levels[${index}]`;
  return [
    ...exactlyOne(field, level, ['threshold', 'all', 'any']),
    ...checkThreshold(document, level, index),
    ...(['all', 'any'] as const).flatMap((list) =>
      (level[list] ?? []).flatMap((condition, i) => checkCondition(document, `${field}.${list}[${i}]`, condition)),
    ),
  ];
}

/** Thresholds count the same, so each must be above the one before; conditions need no order. */
function checkThreshold({ tiers, baseCurrency }: ProgrammeDocument, { threshold }: Level, index: number): FieldError[] {
  if (threshold === undefined) return [];
  const field = `tiers.levels[${index}].threshold`;
  const errors = amountInUnit(field, threshold, tiers.metric, baseCurrency);
  const before = tiers.levels.slice(0, index).findLast((level) => level.threshold !== undefined);
  if (before?.threshold !== undefined && threshold <= before.threshold) {
    errors.push(fault(field, `must be greater than ${before.threshold}, the threshold of ${before.code}`));
  }
  return errors;
}

function checkCondition({ baseCurrency }: ProgrammeDocument, field: string, condition: Condition): FieldError[] {
  const { metric, atLeast, windowDays, period } = condition;
  const hasWindow = windowDays !== undefined || period !== undefined;
  return [
    ...amountInUnit(`${field}.atLeast`, atLeast, metric, baseCurrency),
    ...atMostOne(field, condition, ['windowDays', 'period']),
    ...(hasWindow && metricOf(metric).counts === 'membership'
      ? [fault(field, `cannot have a window: ${metric} counts since the member joined`)]
      : []),
  ];
}
