/** Checks that many parts of a document need. */
import { currencyExponent, isKnownCurrency, ofCurrency } from '../domain/currency';
import { decimalsOf } from './decimals';
import type { FieldError } from './field-error';

export function fault(field: string, message: string): FieldError {
  return { field, message };
}

export function amount(field: string, value: number, currency: string): FieldError[] {
  const digits = currencyExponent(currency);
  return decimalsOf(value) > digits ? [fault(field, `must have at most ${digits} decimals in ${currency}`)] : [];
}

export function uniqueCodes(field: string, rules: readonly { readonly code: string }[]): FieldError[] {
  return rules.flatMap(({ code }, i) => {
    const first = rules.findIndex((rule) => rule.code === code);
    return first < i ? [fault(`${field}[${i}].code`, `${code} is already used by ${field}[${first}]`)] : [];
  });
}

export function exactlyOne<T extends object>(field: string, value: T, names: readonly (keyof T & string)[]): FieldError[] {
  const given = names.filter((name) => value[name] !== undefined);
  return given.length === 1 ? [] : [fault(field, `must have exactly one of: ${names.join(', ')}`)];
}

export function atMostOne<T extends object>(field: string, value: T, names: readonly (keyof T & string)[]): FieldError[] {
  const given = names.filter((name) => value[name] !== undefined);
  return given.length > 1 ? [fault(field, `must have at most one of: ${names.join(', ')}`)] : [];
}

/** Amounts by currencies of the programme, each with no more decimals than its currency has. */
export function moneyMap(
  currencies: Readonly<Record<string, unknown>>,
  field: string,
  map: Readonly<Record<string, number>> | undefined,
): FieldError[] {
  return Object.entries(map ?? {}).flatMap(([currency, value]) => {
    if (!isKnownCurrency(currency)) return [fault(`${field}.${currency}`, `${currency} is not an ISO 4217 currency`)];
    if (ofCurrency(currencies, currency) === null) {
      return [fault(`${field}.${currency}`, `${currency} is not one of the programme's currencies`)];
    }
    return amount(`${field}.${currency}`, value, currency);
  });
}

export function notEmpty(field: string, map: Readonly<Record<string, number>>): FieldError[] {
  return Object.keys(map).length > 0 ? [] : [fault(field, 'must name at least one currency')];
}
