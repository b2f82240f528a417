import { ofCurrency } from './currency';
import { isBefore } from './instant';
import type { ListPriceRow } from './mirror';
import { mulDiv } from './money';
import { reason, type Reason } from './reason';
import type { BasePrice, PricedProduct } from './tier-price';

/** Whether the prices of a list are with or without tax. */
export const PRICE_BASES = ['net', 'gross'] as const;
export type PriceBasis = (typeof PRICE_BASES)[number];

export const MAX_LISTS = 200;
export const MAX_LISTS_A_COMPANY = 20;
export const MAX_COMPANIES_A_LIST = 500;
export const MAX_PRICES = 50_000;
/** Each is a row in the shop for every list that names the product. */
export const MAX_QUANTITIES_A_PRODUCT = 20;
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

export interface ListPrice {
  readonly productNumber: string;
  readonly quantityFrom: number;
  readonly priceMinor: number;
}

/** The prices of a list as they are read, one after another; says what is wrong with one. */
export class PriceSheet {
  private readonly byKey = new Map<string, ListPrice>();
  private readonly quantities = new Map<string, number>();

  get size(): number {
    return this.byKey.size;
  }

  prices(): ListPrice[] {
    return [...this.byKey.values()];
  }

  /** Null = it is fine. */
  add(price: ListPrice): string | null {
    const { productNumber, quantityFrom } = price;
    const key = `${quantityFrom} ${productNumber}`;
    if (this.byKey.has(key)) return `${productNumber} from ${quantityFrom} has a price already`;
    const count = (this.quantities.get(productNumber) ?? 0) + 1;
    if (count > MAX_QUANTITIES_A_PRODUCT) return `${productNumber} has more than ${MAX_QUANTITIES_A_PRODUCT} quantities`;
    this.byKey.set(key, price);
    this.quantities.set(productNumber, count);
    return this.size > MAX_PRICES ? `a list has at most ${MAX_PRICES} prices` : null;
  }
}

/** What one list says of one product. */
export interface ContractPrices {
  readonly list: string;
  readonly currency: string;
  readonly basis: PriceBasis;
  readonly prices: readonly Pick<ListPrice, 'quantityFrom' | 'priceMinor'>[];
}

/**
 * The prices of contracts for a product, list by list. A list that names the product decides all its quantities and
 * currencies: below its first quantity and in other currencies the product's own price counts. Nobody pays more by contract
 * than the shop asks of everybody.
 */
export function decideContractPrices(
  product: PricedProduct,
  contracts: readonly ContractPrices[],
): { rows: ListPriceRow[]; reasons: Reason[] } {
  const rows: ListPriceRow[] = [];
  const reasons: Reason[] = [];
  for (const contract of contracts) {
    const { list, currency } = contract;
    const base = ofCurrency(product.prices, currency);
    const [first] = contract.prices;
    if (first === undefined) continue;
    if (base === null) {
      reasons.push(reason('contract_price_other_currency', false, { list, currency }));
      continue;
    }
    const steps = stepsOf(contract, base);
    for (const { quantityFrom, price } of steps) {
      for (const other of Object.keys(product.prices).sort()) {
        const { grossMinor, netMinor } = other === currency ? price : own(product, other);
        rows.push({ list, quantityFrom, currency: other, grossMinor, netMinor });
      }
    }
    const { quantityFrom, price } = steps.find((step) => step.quantityFrom === first.quantityFrom) ?? { ...first, price: base };
    const figures = { list, quantityFrom, currency, priceMinor: price.grossMinor, regularMinor: base.grossMinor };
    reasons.push(reason('contract_price', true, { ...figures, quantities: steps.length }));
  }
  return { rows, reasons };
}

/** From one unit on, by rising quantity. */
function stepsOf({ prices, basis }: ContractPrices, base: BasePrice): { quantityFrom: number; price: BasePrice }[] {
  const steps = [...prices]
    .sort((a, b) => a.quantityFrom - b.quantityFrom)
    .map(({ quantityFrom, priceMinor }) => ({ quantityFrom, price: taxed(priceMinor, basis, base) }));
  return steps[0]?.quantityFrom === 1 ? steps : [{ quantityFrom: 1, price: base }, ...steps];
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
