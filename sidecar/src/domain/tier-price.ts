import { ofCurrency } from './currency';
import type { TierPriceRow } from './mirror';
import { mulDiv } from './money';
import type { PriceEffect, Programme, TierPriceRule } from './programme';
import { namedCategory, namesProduct } from './scope';

interface BasePrice {
  readonly grossMinor: number;
  readonly netMinor: number;
}

export interface PricedProduct {
  readonly productNumber: string;
  readonly categoryIds: readonly string[];
  readonly prices: Readonly<Record<string, BasePrice>>;
}

/**
 * All tier prices of a product, sorted by tier (lowest first), quantity and currency. Each tier is decided for itself:
 * the first rule that names the product, else the first that names one of its categories, else the one for all goods.
 */
export function tierPriceRows(programme: Programme, product: PricedProduct): TierPriceRow[] {
  const currencies = Object.keys(product.prices).sort();
  return programme.tiers.levels.flatMap((level) => {
    const steps = ruleFor(programme, level.code, product)?.steps ?? [];
    return [...steps]
      .sort((a, b) => a.quantityFrom - b.quantityFrom)
      .flatMap((step) =>
        currencies.flatMap((currency) => {
          const base = ofCurrency(product.prices, currency);
          const price = base && tierPrice(step.effect, base, currency);
          return price ? [{ tier: level.code, quantityFrom: step.quantityFrom, currency, ...price }] : [];
        }),
      );
  });
}

function ruleFor(programme: Programme, tier: string, product: PricedProduct): TierPriceRule | null {
  const rules = programme.tierPrices.filter((rule) => rule.tier === tier);
  return (
    rules.find((rule) => namesProduct(rule.products, product)) ??
    rules.find((rule) => namedCategory(rule.categories, product) !== null) ??
    rules.find((rule) => !rule.products && !rule.categories) ??
    null
  );
}

/** Null when the rule fixes no price in the currency. A tier price is never above the product's own and never negative. */
function tierPrice(effect: PriceEffect, base: BasePrice, currency: string): BasePrice | null {
  if (effect.kind === 'percent') {
    const kept = Math.min(10_000, Math.max(0, 10_000 - effect.percentBps));
    return { grossMinor: share(base.grossMinor, kept), netMinor: share(base.netMinor, kept) };
  }
  const fixed = ofCurrency(effect.priceMinor, currency);
  if (fixed === null) return null;
  const grossMinor = Math.max(0, Math.min(fixed, base.grossMinor));
  const netMinor = base.grossMinor === 0 ? 0 : mulDiv(grossMinor, base.netMinor, base.grossMinor, 'nearest');
  return { grossMinor, netMinor };
}

function share(minor: number, keptBps: number): number {
  return mulDiv(minor, keptBps, 10_000, 'nearest');
}
