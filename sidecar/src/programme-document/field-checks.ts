/** Checks that many parts of a document need. */
import { currencyExponent } from '../domain/currency';
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
