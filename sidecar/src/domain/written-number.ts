/** Numbers as people and programs for tables write them. What could be two numbers is none. */

export interface Decimal {
  /** Every digit, without the point: 12.50 is 1250. */
  readonly digits: number;
  readonly decimals: number;
}

export type ReadNumber = { readonly ok: true; readonly value: Decimal } | { readonly ok: false; readonly problem: string };

/** A comma in front of three digits is a decimal comma in one country and parts thousands in the next. */
const AMBIGUOUS = /^-?[1-9]\d{0,2}([.,]\d{3})*,\d{3}$/;
const SEPARATED = /^-?\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?$/;

/** Digits, with a decimal point or an unambiguous decimal comma. */
export function readDecimal(text: string): ReadNumber {
  if (AMBIGUOUS.test(text))
    return { ok: false, problem: 'may be two numbers; write it with a decimal point and nothing between thousands' };
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(text) ?? [];
  if (whole === '') {
    const problem = SEPARATED.test(text) ? 'must have nothing between thousands' : 'must be a number such as 12.50';
    return { ok: false, problem };
  }
  const digits = Number(`${sign}${whole}${fraction}`);
  if (!Number.isSafeInteger(digits)) return { ok: false, problem: 'has too many digits' };
  return { ok: true, value: { digits, decimals: fraction.length } };
}

/** In units of so many decimals, e.g. 2 for cents; null when it is finer, or no number. */
export function readScaled(text: string, to: number): number | null {
  const read = readDecimal(text);
  if (!read.ok) return null;
  const { digits, decimals } = read.value;
  const finer = 10 ** Math.max(0, decimals - to);
  if (digits % finer !== 0) return null;
  const value = (digits / finer) * 10 ** Math.max(0, to - decimals);
  return Number.isSafeInteger(value) ? value : null;
}
