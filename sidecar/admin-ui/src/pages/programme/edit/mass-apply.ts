import { mulDiv, toMajor, toMinor } from '../../../../../src/domain/money';
import type { Cell } from './price-grid';

/**
 * - `percent`: so much off whatever the product costs, now and later
 * - `fixed`: what it costs now less so much, as a price of its own
 * - `change`: the price that stands there, so much higher or, below zero, lower
 * - `clear`: no price of its own
 */
export type MassAction =
  | { readonly kind: 'percent' | 'fixed' | 'change'; /** Hundredths of a percent. */ readonly bps: number }
  | { readonly kind: 'clear' };

interface Given {
  readonly cell: Cell | null;
  /** What the product costs everybody, in minor units; null = not known. */
  readonly regularMinor: number | null;
  readonly currency: string;
}

const ALL_BPS = 10_000;

/** What stands there afterwards; undefined = the action says nothing about it. Prices are rounded to the nearest minor unit. */
export function applied(action: MassAction, { cell, regularMinor, currency }: Given): Cell | null | undefined {
  switch (action.kind) {
    case 'clear':
      return null;
    case 'percent':
      return { percentOff: action.bps / 100 };
    case 'fixed':
      if (regularMinor === null) return undefined;
      return { price: toMajor(mulDiv(regularMinor, ALL_BPS - action.bps, ALL_BPS, 'nearest'), currency) };
    case 'change':
      if (cell === null || !('price' in cell) || typeof cell.price !== 'number') return undefined;
      return { price: toMajor(mulDiv(toMinor(cell.price, currency), ALL_BPS + action.bps, ALL_BPS, 'nearest'), currency) };
  }
}
