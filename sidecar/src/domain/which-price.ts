import type { PriceSource, TierPriceMirror } from './mirror';
import type { BasePrice } from './tier-price';

/** What a shop knows of somebody as far as prices go. */
export interface PriceBuyer {
  readonly tier: string | null;
  /** The one that counts first. */
  readonly priceLists: readonly string[];
}

export interface PaidPrice extends BasePrice {
  readonly source: PriceSource;
  /** Of the price list or tier; null = the product's own price. */
  readonly code: string | null;
  readonly quantityFrom: number;
}

/**
 * Which of the prices stated for a product somebody pays for so many: of the first price list of theirs that names it, else of their
 * tier, else its own. `stated` null = the product has no other price than its own.
 */
export function whichPrice(
  stated: TierPriceMirror | null,
  { tier, priceLists }: PriceBuyer,
  { quantity, currency, own }: { readonly quantity: number; readonly currency: string; readonly own: BasePrice },
): PaidPrice {
  const lists = stated?.lists ?? [];
  const list = priceLists.find((code) => lists.some((row) => row.list === code));
  const named = list === undefined ? stated?.rows.filter((row) => row.tier === tier) : lists.filter((row) => row.list === list);
  const steps = (named ?? []).filter((row) => row.currency === currency && row.quantityFrom <= quantity);
  const [step] = steps.sort((a, b) => b.quantityFrom - a.quantityFrom);
  if (!step) return { ...own, source: 'product', code: null, quantityFrom: 1 };
  const { quantityFrom, grossMinor, netMinor } = step;
  return { source: list === undefined ? 'tier' : 'price_list', code: list ?? tier, quantityFrom, grossMinor, netMinor };
}
