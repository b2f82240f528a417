import { isGroup, isList, type Json } from './edit/document-path';

const MOST_LETTERS = 400;

/** A part of a programme as somebody reads it who does not know JSON: `tier gold, steps (quantity from 1, price (EUR 8.99))`. */
export function plainWords(value: Json | undefined): string {
  if (value === undefined || value === null) return '–';
  const words = written(value);
  return words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS)} …` : words;
}

function written(value: Json): string {
  if (isList(value)) return value.map(bracketed).join(', ');
  if (isGroup(value)) {
    return Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => `${nameWords(name)} ${bracketed(part)}`)
      .join(', ');
  }
  return String(value);
}

function bracketed(value: Json): string {
  if (isList(value) && value.length === 1) return bracketed(value[0] ?? null);
  return isGroup(value) || isList(value) ? `(${written(value)})` : written(value);
}

/** `quantityFrom` as `quantity from`; codes and currencies stay as they are. */
function nameWords(name: string): string {
  return name.replaceAll(/[a-z][A-Z]/g, ([before = '', after = '']) => `${before} ${after.toLowerCase()}`);
}
