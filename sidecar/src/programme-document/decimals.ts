/** Decimal digits of a number as people write it: 44.99 has 2, 1e-7 has 7. */
export function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const fraction = mantissa.split('.')[1] ?? '';
  return Math.max(0, fraction.length - Number(exponent));
}

/** At most four decimals were checked, so rounding only mends the binary fraction. */
export function tenThousandths(factor: number): number {
  return Math.round(factor * 10_000);
}

export function percentBps(percent: number): number {
  return Math.round(percent * 100);
}
