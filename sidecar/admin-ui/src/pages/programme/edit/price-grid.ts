/**
 * Tier prices as a table: a row for each product, a column for each tier and quantity. Rules that a table cannot show, those
 * for categories and those that speak of the same product and tier twice, are left as they are.
 */
import { codeFor, codesOf } from './codes';
import { isGroup, isList, textOf, type Json, type JsonObject } from './document-path';

/** What comes off a price, or the price; a text is what could not be understood, and is shown as it is. */
export type Cell = { readonly percentOff: number | string } | { readonly price: number | string };

export interface PlacedCell {
  readonly cell: Cell;
  /** Of the step in the document, as faults name it. */
  readonly path: string;
}

/** What a tier pays from a quantity on. */
export interface PriceColumn {
  readonly tier: string;
  readonly title: string;
  readonly quantity: number;
}

export interface PriceGrid {
  /** In their own order. */
  readonly products: readonly string[];
  readonly quantities: readonly number[];
  /** Whether a rule, by its place in the list, is in the table. */
  readonly isShown: (index: number) => boolean;
  cell(product: string, tier: string, quantity: number): PlacedCell | null;
}

const MAX_PRODUCTS = 1000;

export function readGrid(rules: readonly Json[], currency: string): PriceGrid {
  const shown = shownRules(rules);
  const cells = new Map<string, PlacedCell>();
  const products = new Set<string>();
  const quantities = new Set<number>([1]);
  for (const index of shown) {
    const rule = rules[index] as JsonObject;
    for (const product of productsOf(rule)) {
      products.add(product);
      for (const [place, step] of stepsOf(rule).entries()) {
        const quantity = quantityOf(step);
        if (quantity === null) continue;
        quantities.add(quantity);
        const cell = cellOf(step, currency);
        if (cell)
          cells.set(keyOf(product, textOf(rule['tier']), quantity), { cell, path: `tierPrices[${index}].steps[${place}]` });
      }
    }
  }
  return {
    products: [...products].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })),
    quantities: [...quantities].sort((a, b) => a - b),
    isShown: (index) => shown.has(index),
    cell: (product, tier, quantity) => cells.get(keyOf(product, tier, quantity)) ?? null,
  };
}

export interface CellChange {
  readonly product: string;
  readonly tier: string;
  readonly quantity: number;
  /** Null = no price of its own. */
  readonly cell: Cell | null;
}

/** The rules with other cells; a product leaves the rule that it shared, and joins one that says the same. */
export function withCells(rules: readonly Json[], changes: readonly CellChange[], currency: string): readonly Json[] {
  return changes.reduce((changed, change) => withCell(changed, change, currency), rules);
}

function withCell(rules: readonly Json[], change: CellChange, currency: string): readonly Json[] {
  const { product, tier, quantity, cell } = change;
  const shown = shownRules(rules);
  const index = rules.findIndex(
    (rule, place) => shown.has(place) && textOf((rule as JsonObject)['tier']) === tier && productsOf(rule).includes(product),
  );
  const own = index === -1 ? null : (rules[index] as JsonObject);
  const steps = withStep(own ? stepsOf(own) : [], quantity, cell, currency);
  const isAlone = own !== null && productsOf(own).length === 1;
  const twin = rules.findIndex(
    (rule, place) => place !== index && shown.has(place) && isTwin(rule as JsonObject, own, { tier, product, steps }),
  );
  const left =
    own && !isAlone ? replaced(rules, index, { ...own, products: productsOf(own).filter((one) => one !== product) }) : rules;
  if (steps.length === 0) return isAlone ? left.filter((_, place) => place !== index) : left;
  if (twin !== -1) {
    const joined = left[twin] as JsonObject;
    const widened = replaced(left, twin, { ...joined, products: [...productsOf(joined), product] });
    return isAlone ? widened.filter((_, place) => place !== index) : widened;
  }
  if (own && isAlone) return replaced(rules, index, { ...own, steps });
  const code = codeFor(`${product}-${tier}`, codesOf(rules), 'price');
  return [...left, { ...own, code, tier, products: [product], steps }];
}

function replaced(rules: readonly Json[], index: number, rule: JsonObject): readonly Json[] {
  return rules.map((one, place) => (place === index ? rule : one));
}

/** Whether a rule says all that the product's own would say. */
function isTwin(
  rule: JsonObject,
  own: JsonObject | null,
  { tier, product, steps }: { tier: string; product: string; steps: readonly Json[] },
): boolean {
  const products = productsOf(rule);
  if (products.includes(product) || products.length >= MAX_PRODUCTS) return false;
  const wanted = { ...own, code: '', tier, products: [], steps };
  return sorted({ ...rule, code: '', products: [] }) === sorted(wanted);
}

function sorted(rule: JsonObject): string {
  return JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withStep(steps: readonly Json[], quantity: number, cell: Cell | null, currency: string): readonly Json[] {
  const before = steps.find((step) => quantityOf(step) === quantity);
  const others = steps.filter((step) => step !== before);
  const next = stepWith(isGroup(before) ? before : { quantityFrom: quantity }, cell, currency);
  return next === null ? others : [...others, next].sort((a, b) => (quantityOf(a) ?? 0) - (quantityOf(b) ?? 0));
}

/** Prices in other currencies stay beside the new one. */
function stepWith(step: JsonObject, cell: Cell | null, currency: string): JsonObject | null {
  const rest = Object.fromEntries(Object.entries(step).filter(([name]) => name !== 'price' && name !== 'percentOff'));
  const prices = isGroup(step['price']) ? step['price'] : {};
  const others = Object.entries(prices).filter(([code]) => code !== currency);
  if (cell === null) return others.length > 0 ? { ...rest, price: Object.fromEntries(others) } : null;
  if ('percentOff' in cell) return { ...rest, percentOff: cell.percentOff };
  return { ...rest, price: { ...Object.fromEntries(others), [currency]: cell.price } };
}

function cellOf(step: Json, currency: string): Cell | null {
  if (!isGroup(step)) return null;
  const { percentOff, price } = step;
  if (typeof percentOff === 'number' || typeof percentOff === 'string') return { percentOff };
  const value = isGroup(price) ? price[currency] : undefined;
  return typeof value === 'number' || typeof value === 'string' ? { price: value } : null;
}

/** Places of the rules that the table shows. */
function shownRules(rules: readonly Json[]): ReadonlySet<number> {
  const seen = new Map<string, number[]>();
  const simple = rules.flatMap((rule, index) => {
    if (!isGroup(rule) || rule['categories'] !== undefined || productsOf(rule).length === 0) return [];
    for (const product of productsOf(rule)) {
      const key = `${product}\n${textOf(rule['tier'])}`;
      seen.set(key, [...(seen.get(key) ?? []), index]);
    }
    return [index];
  });
  const twice = new Set([...seen.values()].filter((places) => places.length > 1).flat());
  return new Set(simple.filter((index) => !twice.has(index)));
}

function productsOf(rule: Json): string[] {
  const products = isGroup(rule) ? rule['products'] : undefined;
  return isList(products) ? products.map(textOf) : [];
}

function stepsOf(rule: JsonObject): readonly Json[] {
  return isList(rule['steps']) ? rule['steps'] : [];
}

function quantityOf(step: Json): number | null {
  const quantity = isGroup(step) ? step['quantityFrom'] : undefined;
  return typeof quantity === 'number' ? quantity : null;
}

function keyOf(product: string, tier: string, quantity: number): string {
  return `${product}\n${tier}\n${quantity}`;
}
