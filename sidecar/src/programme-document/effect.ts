/** What comes off a price, in the integers of the domain. */
import { toMinor } from '../domain/money';
import type { MinorByCurrency, PriceEffect } from '../domain/programme';
import { percentBps } from './decimals';

export function effect(fixed: Readonly<Record<string, number>> | undefined, percentOff: number | undefined): PriceEffect {
  return fixed
    ? { kind: 'fixed', priceMinor: minorByCurrency(fixed) }
    : { kind: 'percent', percentBps: percentBps(percentOff ?? 0) };
}

export function minorByCurrency(map: Readonly<Record<string, number>>): MinorByCurrency {
  return Object.fromEntries(Object.entries(map).map(([currency, value]) => [currency, toMinor(value, currency)]));
}
