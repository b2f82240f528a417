import { metricOf } from '../domain/qualifying-metric';
import { amountInUnit } from './check-metric';
import type { FieldError } from './field-error';
import { exactlyOne, fault, uniqueCodes } from './field-checks';
import type { ProgrammeDocument } from './schema';

type Incentive = ProgrammeDocument['volume'][number];

export function checkVolume({ volume, baseCurrency }: ProgrammeDocument): FieldError[] {
  return [
    ...uniqueCodes('volume', volume),
    ...volume.flatMap((incentive, i) => {
      const field = `volume[${i}]`;
      const countsOrders = metricOf(incentive.metric).counts === 'orders';
      return [
        ...(countsOrders ? [] : [fault(`${field}.metric`, `${incentive.metric} counts no orders`)]),
        ...exactlyOne(field, incentive, ['windowDays', 'period']),
        ...incentive.bands.flatMap((_, j) => checkBand(field, incentive, j, baseCurrency)),
      ];
    }),
  ];
}

function checkBand(incentive: string, { metric, bands }: Incentive, index: number, baseCurrency: string): FieldError[] {
  const band = bands[index];
  const before = bands[index - 1];
  const field = `${incentive}.bands[${index}]`;
  if (!band) return [];
  const errors = amountInUnit(`${field}.from`, band.from, metric, baseCurrency);
  for (const name of before ? (['from', 'points'] as const) : []) {
    if (before && band[name] <= before[name]) {
      errors.push(fault(`${field}.${name}`, `must be greater than ${before[name]}, that of the band before`));
    }
  }
  return errors;
}
