export type DecimalSign = '.' | ',';

/**
 * A number as people write it, with a currency or a percent sign or without: `1.234,50 €`, `1 234.5`, `'12`. A single
 * sign before exactly three digits groups thousands when it is not the decimal sign of the language. Null = no number.
 */
export function readNumber(text: string, decimal: DecimalSign): number | null {
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, '').replace(/^(?:[A-Z]{3}|[€$£¥₽%])|(?:[A-Z]{3}|[€$£¥₽%])$/gu, '');
  if (!/^[+-]?[\d.,]+$/.test(bare) || !/\d/.test(bare)) return null;
  const sign = decimalIn(bare, decimal);
  const group = sign === null ? (bare.includes(',') ? ',' : '.') : sign === ',' ? '.' : ',';
  const [whole = '', fraction = '', ...more] = sign === null ? [bare] : bare.split(sign);
  if (more.length > 0 || fraction.includes(group) || !isGrouped(whole, group)) return null;
  const value = Number(`${whole.replaceAll(group, '')}.${fraction || '0'}`);
  return Number.isFinite(value) ? value : null;
}

/** The same number again, without grouping, as it is edited. */
export function writeNumber(value: number, decimal: DecimalSign, leastDecimals = 0): string {
  const plain = String(value);
  if (plain.includes('e')) return plain;
  const [whole = '', fraction = ''] = plain.split('.');
  const shown = fraction.padEnd(leastDecimals, '0');
  return shown === '' ? whole : `${whole}${decimal}${shown}`;
}

/** Which sign stands before the fraction; null = none does. */
function decimalIn(text: string, decimal: DecimalSign): DecimalSign | null {
  const [dot, comma] = [text.lastIndexOf('.'), text.lastIndexOf(',')];
  if (dot === -1 && comma === -1) return null;
  if (dot !== -1 && comma !== -1) return dot > comma ? '.' : ',';
  const sign = dot === -1 ? ',' : '.';
  const isRepeated = text.indexOf(sign) !== text.lastIndexOf(sign);
  if (isRepeated) return null;
  return sign !== decimal && /^[+-]?\d{1,3}[.,]\d{3}$/.test(text) ? null : sign;
}

function isGrouped(whole: string, group: string): boolean {
  return !whole.includes(group) || new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+$`).test(whole);
}
