import { ofCurrency } from './currency';
import type { TierPriceRow } from './mirror';
import { mulDiv } from './money';
import type { PriceEffect, Programme, TierPriceRule } from './programme';
import { reason, type Reason } from './reason';
import { namedCategory, namesProduct } from './scope';

export interface BasePrice {
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
 * With a reason for each price, each tier without a rule and each currency without a price.
 */
export function decideTierPrices(programme: Programme, product: PricedProduct): { rows: TierPriceRow[]; reasons: Reason[] } {
  const rows: TierPriceRow[] = [];
  const reasons: Reason[] = [];
  const currencies = Object.keys(product.prices).sort();
  for (const { code: tier } of programme.tiers.levels) {
    const rule = ruleFor(programme, tier, product);
    if (rule === null) reasons.push(reason('tier_price_no_rule', false, { tier }));
    for (const { quantityFrom, effect } of [...(rule?.steps ?? [])].sort((a, b) => a.quantityFrom - b.quantityFrom)) {
      for (const currency of currencies) {
        const base = ofCurrency(product.prices, currency);
        const price = base && tierPrice(effect, base, currency);
        const figures = { tier, rule: rule?.code ?? null, quantityFrom, currency, regularMinor: base?.grossMinor ?? null };
        if (price) rows.push({ tier, quantityFrom, currency, ...price });
        reasons.push(
          price
            ? reason('tier_price', true, { ...figures, priceMinor: price.grossMinor, ...written(effect) })
            : reason('tier_price_other_currency', false, figures),
        );
      }
    }
  }
  return { rows, reasons };
}

/** How the price came about; shares are rounded to the nearest minor unit. */
function written(effect: PriceEffect): { percentBps: number | null; rounding: string | null } {
  return effect.kind === 'percent'
    ? { percentBps: effect.percentBps, rounding: 'nearest' }
    : { percentBps: null, rounding: null };
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
  if (effect.kind === 'percent') return discounted(base, effect.percentBps);
  const fixed = ofCurrency(effect.priceMinor, currency);
  if (fixed === null) return null;
  const grossMinor = Math.max(0, Math.min(fixed, base.grossMinor));
  const netMinor = base.grossMinor === 0 ? 0 : mulDiv(grossMinor, base.netMinor, base.grossMinor, 'nearest');
  return { grossMinor, netMinor };
}

/** A share off a price; gross and net are each rounded to the nearest minor unit. */
export function discounted({ grossMinor, netMinor }: BasePrice, percentBps: number): BasePrice {
  const kept = Math.min(10_000, Math.max(0, 10_000 - percentBps));
  return { grossMinor: mulDiv(grossMinor, kept, 10_000, 'nearest'), netMinor: mulDiv(netMinor, kept, 10_000, 'nearest') };
}
