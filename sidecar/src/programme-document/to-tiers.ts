import { toMinor } from '../domain/money';
import type { MultiplierRule, TierLevel, TierPriceRule, TierTerms } from '../domain/programme';
import type { QualifyingWindow } from '../domain/qualifying';
import { metricOf, type MetricCode } from '../domain/qualifying-metric';
import type { TierKeep } from '../domain/tier-protection';
import type { TierCondition } from '../domain/tier-requirement';
import { percentBps, tenThousandths } from './decimals';
import type { ProgrammeDocument } from './schema';

type Level = ProgrammeDocument['tiers']['levels'][number];
interface WrittenWindow {
  readonly windowDays?: number | undefined;
  readonly period?: 'year' | 'quarter' | 'month' | undefined;
}

const DEFAULT_WINDOW: QualifyingWindow = { days: 365 };

export function tierTerms({ tiers, baseCurrency }: ProgrammeDocument): TierTerms {
  const { metric, graceDays, downgrade } = tiers;
  const window = qualifyingWindow(tiers) ?? DEFAULT_WINDOW;
  return {
    metric,
    downgrade: { graceDays, keep: tierKeep(downgrade), maximumLevels: downgrade.maximumLevels },
    levels: tiers.levels.map((level) => tierLevel(level, metric, window, baseCurrency)),
  };
}

function tierLevel(level: Level, metric: MetricCode, window: QualifyingWindow, baseCurrency: string): TierLevel {
  const { code, name, threshold, all, any, perks } = level;
  const written = all ?? any ?? [{ metric, atLeast: threshold ?? 0 }];
  const conditions = written.map((condition): TierCondition => {
    const counts = metricOf(condition.metric).counts === 'orders';
    return {
      metric: condition.metric,
      atLeast: inUnit(condition.metric, condition.atLeast, baseCurrency),
      window: counts ? (qualifyingWindow(condition) ?? window) : null,
    };
  });
  const { freeShipping, fasterShipping, earlyAccess, accountContact, texts } = perks;
  return {
    code,
    name,
    requirement: { combine: any ? 'any' : 'all', conditions },
    perks: { freeShipping, fasterShipping, earlyAccess, accountContact, texts },
  };
}

export function qualifyingWindow({ windowDays, period }: WrittenWindow): QualifyingWindow | null {
  if (period !== undefined) return { period };
  return windowDays === undefined ? null : { days: windowDays };
}

/** A number in the metric's unit, money in minor units. */
export function inUnit(metric: MetricCode, value: number, baseCurrency: string): number {
  return metricOf(metric).unit === 'money' ? toMinor(value, baseCurrency) : value;
}

function tierKeep({ keepDays, keepUntilEndOf, followingPeriods }: ProgrammeDocument['tiers']['downgrade']): TierKeep | null {
  if (keepUntilEndOf !== undefined) return { period: keepUntilEndOf, following: followingPeriods ?? 0 };
  return keepDays === undefined ? null : { days: keepDays };
}

/** No merchant can write such a code, so it clashes with none of theirs. */
function perkCode(level: Level): string {
  return `tier:${level.code}`;
}

/** A level's own multiplier, as the rule it is. */
export function perkMultipliers({ tiers }: ProgrammeDocument): MultiplierRule[] {
  return tiers.levels.flatMap((level) => {
    const { multiplier } = level.perks;
    if (multiplier === undefined) return [];
    return [{ code: perkCode(level), multiplierBps: tenThousandths(multiplier), scope: { tiers: [level.code] } }];
  });
}

/** A level's discount on all goods, as the tier price it is. */
export function perkPrices({ tiers }: ProgrammeDocument): TierPriceRule[] {
  return tiers.levels.flatMap((level) => {
    const { discountPercent } = level.perks;
    if (discountPercent === undefined) return [];
    const effect = { kind: 'percent', percentBps: percentBps(discountPercent) } as const;
    return [{ code: perkCode(level), tier: level.code, steps: [{ quantityFrom: 1, effect }] }];
  });
}
