import { ofCurrency } from './currency';
import { isBefore } from './instant';
import type { ListPriceRow } from './mirror';
import { mulDiv } from './money';
import { reason, type Reason } from './reason';
import { discounted, type BasePrice, type PricedProduct } from './tier-price';

/** Whether the prices of a list are with or without tax. */
export const PRICE_BASES = ['net', 'gross'] as const;
export type PriceBasis = (typeof PRICE_BASES)[number];

export const MAX_LISTS = 200;
export const MAX_LISTS_A_COMPANY = 20;
export const MAX_COMPANIES_A_LIST = 500;
export const MAX_PRICES = 50_000;
/** Each is a row in the shop for every list that names the product. */
export const MAX_QUANTITIES_A_PRODUCT = 20;
/** Those for categories and all goods: they are looked through for each product. */
export const MAX_WIDE_DISCOUNTS = 500;
export const MAX_PERCENT_BPS = 10_000;
export const MAX_PRICE_PRIORITY = 1000;
export const MAX_QUANTITY = 100_000_000;
export const MAX_PRICE_MINOR = 1_000_000_000_000;

/** Room below each priority, so that lists of the same one keep an order of their own. */
const NUMBERS = 1_000_000;

/** Where several lists name a product, the highest place counts: by priority, and of equal ones the newer list. */
export function placeOf({ priority, number }: { readonly priority: number; readonly number: number }): number {
  return priority * NUMBERS + (number % NUMBERS);
}

/** `until` is exclusive; null = without end. */
export interface Validity {
  readonly from: string | null;
  readonly until: string | null;
}

export function isOver({ until }: Validity, at: string): boolean {
  return until !== null && !isBefore(at, until);
}

export function isInForce({ from, until }: Validity, at: string): boolean {
  return (from === null || !isBefore(at, from)) && !isOver({ from, until }, at);
}

/** When the list begins or ends next; null = neither any more. */
export function nextTurn({ from, until }: Validity, at: string): string | null {
  if (isOver({ from, until }, at)) return null;
  return from !== null && isBefore(at, from) ? from : until;
}

/** A price of one product. */
export interface ListPrice {
  readonly productNumber: string;
  readonly quantityFrom: number;
  readonly priceMinor: number;
}

/** A share off what the shop asks: of one product, of all in a category, or of all goods. */
export type ListDiscount = WideDiscount | ProductDiscount;
export type WideDiscount = CategoryDiscount | (Discount & { readonly allGoods: true });
type ProductDiscount = Discount & { readonly productNumber: string };
type CategoryDiscount = Discount & { readonly categoryId: string };
interface Discount {
  readonly quantityFrom: number;
  readonly percentBps: number;
}

export type ListRow = ListPrice | ListDiscount;

/** What a row is for and from which quantity on; a list has one row of each. */
export type RowKey =
  | { readonly productNumber: string; readonly quantityFrom: number }
  | { readonly categoryId: string; readonly quantityFrom: number }
  | { readonly allGoods: true; readonly quantityFrom: number };

/** A row as it is written, of which not everything may be there. */
export interface WrittenRow {
  readonly productNumber?: string | undefined;
  readonly categoryId?: string | undefined;
  readonly allGoods?: boolean | undefined;
  readonly quantityFrom?: number | undefined;
  readonly priceMinor?: number | undefined;
  readonly percentBps?: number | undefined;
}

interface RowProblem {
  readonly field: keyof WrittenRow;
  readonly problem: string;
}

/** A row is for one kind of goods, and says one thing of them; a price is for a product alone. */
export function readRow(written: WrittenRow): { ok: true; row: ListRow } | ({ ok: false } & RowProblem) {
  const { productNumber, categoryId, allGoods = false, quantityFrom = 1, priceMinor, percentBps } = written;
  const goods = Number(productNumber !== undefined) + Number(categoryId !== undefined) + Number(allGoods);
  if (goods !== 1) return { ok: false, field: 'productNumber', problem: 'or categoryId or allGoods is required, one of them' };
  if (priceMinor !== undefined && percentBps !== undefined)
    return { ok: false, field: 'percentBps', problem: 'must not stand beside a price' };
  if (priceMinor !== undefined) {
    if (productNumber === undefined) return { ok: false, field: 'priceMinor', problem: 'is for a product alone' };
    return { ok: true, row: { productNumber, quantityFrom, priceMinor } };
  }
  if (percentBps === undefined) return { ok: false, field: 'priceMinor', problem: 'or percentBps is required' };
  const discount = { quantityFrom, percentBps };
  if (productNumber !== undefined) return { ok: true, row: { productNumber, ...discount } };
  return { ok: true, row: categoryId === undefined ? { allGoods: true, ...discount } : { categoryId, ...discount } };
}

/** What a row is for, as a key: no two goods have the same. */
export function goodsOf(row: RowKey): string {
  if ('productNumber' in row) return `product ${row.productNumber}`;
  return 'categoryId' in row ? `category ${row.categoryId}` : 'all goods';
}

/** The same together with the quantity. */
export function rowKey(row: RowKey): string {
  return `${row.quantityFrom} ${goodsOf(row)}`;
}

/** The rows of a list as they are read, one after another; says what is wrong with one. */
export class PriceSheet {
  private readonly byKey = new Map<string, ListRow>();
  private readonly quantities = new Map<string, number>();
  private wide = 0;

  get size(): number {
    return this.byKey.size;
  }

  rows(): ListRow[] {
    return [...this.byKey.values()];
  }

  /** Null = it is fine. */
  add(row: ListRow): string | null {
    const goods = goodsOf(row);
    const isOfProduct = 'productNumber' in row;
    const name = isOfProduct ? row.productNumber : goods;
    const key = rowKey(row);
    if (this.byKey.has(key)) return `${name} from ${row.quantityFrom} has a price already`;
    const count = (this.quantities.get(goods) ?? 0) + 1;
    if (count > MAX_QUANTITIES_A_PRODUCT) return `${name} has more than ${MAX_QUANTITIES_A_PRODUCT} quantities`;
    if (!isOfProduct && (this.wide += 1) > MAX_WIDE_DISCOUNTS)
      return `a list has at most ${MAX_WIDE_DISCOUNTS} discounts for categories and all goods`;
    this.byKey.set(key, row);
    this.quantities.set(goods, count);
    return this.size > MAX_PRICES ? `a list has at most ${MAX_PRICES} prices` : null;
  }
}

/** What a list says of a product from a quantity on. */
export type ContractStep = Pick<ListPrice, 'quantityFrom' | 'priceMinor'> | Discount;

/** What one list says of one product. */
export interface ContractPrices {
  readonly list: string;
  readonly currency: string;
  readonly basis: PriceBasis;
  readonly steps: readonly ContractStep[];
}

/**
 * What a list says of a product: its own rows; without any those of its categories, at each quantity the highest discount of
 * them; without these those for all goods.
 */
export function contractSteps(
  product: Pick<PricedProduct, 'categoryIds'>,
  own: readonly ContractStep[],
  wide: readonly WideDiscount[],
): readonly ContractStep[] {
  if (own.length > 0) return own;
  const byCategory = new Map<string, Discount[]>();
  for (const discount of wide) {
    if (!('categoryId' in discount) || !product.categoryIds.includes(discount.categoryId)) continue;
    byCategory.set(discount.categoryId, [...(byCategory.get(discount.categoryId) ?? []), discount]);
  }
  return byCategory.size > 0 ? highest([...byCategory.values()]) : wide.filter((discount) => 'allGoods' in discount);
}

function highest(categories: readonly (readonly Discount[])[]): Discount[] {
  const quantities = [...new Set(categories.flat().map(({ quantityFrom }) => quantityFrom))];
  return quantities.map((quantityFrom) => {
    const percents = categories.map((bands) => byQuantity(bands).findLast((band) => band.quantityFrom <= quantityFrom));
    return { quantityFrom, percentBps: Math.max(...percents.map((band) => band?.percentBps ?? 0)) };
  });
}

/**
 * The prices of contracts for a product, list by list. A list that says anything of the product decides all its quantities
 * and currencies: below its first quantity the product's own price counts, and in other currencies what discounts say alone.
 * Nobody pays more by contract than the shop asks of everybody.
 */
export function decideContractPrices(
  product: PricedProduct,
  contracts: readonly ContractPrices[],
): { rows: ListPriceRow[]; reasons: Reason[] } {
  const rows: ListPriceRow[] = [];
  const reasons: Reason[] = [];
  for (const contract of contracts) {
    const { list, currency } = contract;
    const hasCurrency = ofCurrency(product.prices, currency) !== null;
    const said = byQuantity(contract.steps).filter((step) => hasCurrency || 'percentBps' in step);
    if (said.length < contract.steps.length) {
      reasons.push(reason('contract_price_other_currency', false, { list, currency }));
    }
    const [first] = said;
    if (first === undefined) continue;
    const steps = pricedSteps(product, contract, said);
    for (const { quantityFrom, prices } of steps) {
      for (const [of, price] of prices) rows.push({ list, quantityFrom, currency: of, ...price });
    }
    reasons.push(...stepReasons(product, contract, first, steps));
  }
  return { rows, reasons };
}

/** What the first step makes of the price: a discount in every currency, a price in that of the list. */
function stepReasons(
  product: PricedProduct,
  { list, currency }: ContractPrices,
  first: ContractStep,
  steps: readonly PricedStep[],
): Reason[] {
  const { quantityFrom } = first;
  const isDiscount = 'percentBps' in first;
  return (isDiscount ? Object.keys(product.prices).sort() : [currency]).map((shown) => {
    const regular = own(product, shown);
    const priced = steps.find((step) => step.quantityFrom === quantityFrom)?.prices.get(shown) ?? regular;
    const prices = { priceMinor: priced.grossMinor, regularMinor: regular.grossMinor };
    const figures = { list, quantityFrom, currency: shown, ...prices, quantities: steps.length };
    return isDiscount
      ? reason('contract_discount', true, { ...figures, percentBps: first.percentBps, rounding: 'nearest' })
      : reason('contract_price', true, figures);
  });
}

interface PricedStep {
  readonly quantityFrom: number;
  readonly prices: ReadonlyMap<string, BasePrice>;
}

/** From one unit on, by rising quantity; a currency that a step says nothing of keeps the price of the step before. */
function pricedSteps(product: PricedProduct, { basis, currency }: ContractPrices, steps: readonly ContractStep[]): PricedStep[] {
  const regular = new Map(
    Object.keys(product.prices)
      .sort()
      .map((of) => [of, own(product, of)]),
  );
  const priced: PricedStep[] = [];
  let prices: ReadonlyMap<string, BasePrice> = regular;
  for (const step of steps) {
    const before = prices;
    prices = new Map(
      [...regular].map(([of, base]) => {
        if ('percentBps' in step) return [of, discounted(base, step.percentBps)];
        return [of, of === currency ? taxed(step.priceMinor, basis, base) : (before.get(of) ?? base)];
      }),
    );
    priced.push({ quantityFrom: step.quantityFrom, prices });
  }
  return priced[0]?.quantityFrom === 1 ? priced : [{ quantityFrom: 1, prices: regular }, ...priced];
}

function byQuantity<Step extends { readonly quantityFrom: number }>(steps: readonly Step[]): Step[] {
  return [...steps].sort((a, b) => a.quantityFrom - b.quantityFrom);
}

/** Net and gross of a contract's price, in the proportion of the product's own; each rounded to the nearest minor unit. */
function taxed(priceMinor: number, basis: PriceBasis, base: BasePrice): BasePrice {
  const [asked, other] = basis === 'gross' ? [base.grossMinor, base.netMinor] : [base.netMinor, base.grossMinor];
  const kept = Math.min(priceMinor, asked);
  const converted = asked === 0 ? 0 : mulDiv(kept, other, asked, 'nearest');
  return basis === 'gross' ? { grossMinor: kept, netMinor: converted } : { grossMinor: converted, netMinor: kept };
}

function own({ prices }: PricedProduct, currency: string): BasePrice {
  const price = ofCurrency(prices, currency);
  if (price === null) throw new Error(`the product has no price in ${currency}`);
  return price;
}
