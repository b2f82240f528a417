/** What a cart costs: gross prices in whole cents, taxes taken out line by line, as Shopware's horizontal calculation does. */

export interface TaxedAmount {
  readonly taxRate: number;
  readonly grossMinor: number;
}

export interface CalculatedTax extends TaxedAmount {
  readonly taxMinor: number;
}

/** Half a cent goes away from zero, as in PHP. */
function roundAway(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

export function taxIncluded({ taxRate, grossMinor }: TaxedAmount): CalculatedTax {
  return { taxRate, grossMinor, taxMinor: roundAway((grossMinor * taxRate) / (100 + taxRate)) };
}

/** Sums by rate, in the order in which the rates first appear. */
export function sumByRate(taxes: readonly CalculatedTax[]): CalculatedTax[] {
  const sums = new Map<number, CalculatedTax>();
  for (const tax of taxes) {
    const sum = sums.get(tax.taxRate);
    sums.set(tax.taxRate, {
      taxRate: tax.taxRate,
      grossMinor: (sum?.grossMinor ?? 0) + tax.grossMinor,
      taxMinor: (sum?.taxMinor ?? 0) + tax.taxMinor,
    });
  }
  return [...sums.values()];
}

/** A discount shared among the tax rates of the goods; the last rate takes what rounding left. */
export function splitOverRates(discountMinor: number, goods: readonly TaxedAmount[]): TaxedAmount[] {
  const total = goods.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const parts = goods.filter(({ grossMinor }) => grossMinor > 0);
  let left = discountMinor;
  return parts.map(({ taxRate, grossMinor }, index) => {
    const share = index === parts.length - 1 ? left : roundAway((discountMinor * grossMinor) / total);
    left -= share;
    return { taxRate, grossMinor: share };
  });
}

export function inUnits(minor: number): number {
  return minor / 100;
}

function taxList(taxes: readonly CalculatedTax[]): unknown[] {
  return taxes.map(({ taxRate, grossMinor, taxMinor }) => ({
    extensions: [],
    tax: inUnits(taxMinor),
    taxRate,
    price: inUnits(grossMinor),
    apiAlias: 'cart_tax_calculated',
  }));
}

function taxRules(rates: readonly number[], percentage: (rate: number) => number): unknown[] {
  return rates.map((taxRate) => ({ extensions: [], taxRate, percentage: percentage(taxRate), apiAlias: 'cart_tax_rule' }));
}

/** Shopware's `calculated_price`. */
export function calculatedPrice(unitMinor: number, quantity: number, taxes: readonly CalculatedTax[]): Record<string, unknown> {
  const total = taxes.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const share = (rate: number): number => {
    const part = taxes.find(({ taxRate }) => taxRate === rate)?.grossMinor ?? 0;
    return taxes.length < 2 || total === 0 ? 100 : (part / total) * 100;
  };
  return {
    extensions: [],
    unitPrice: inUnits(unitMinor),
    quantity,
    totalPrice: inUnits(total),
    calculatedTaxes: taxList(taxes),
    taxRules: taxRules(
      taxes.map(({ taxRate }) => taxRate),
      share,
    ),
    referencePrice: null,
    listPrice: null,
    regulationPrice: null,
    apiAlias: 'calculated_price',
  };
}

/** Shopware's `cart_price` of a whole order. */
export function cartPrice(taxes: readonly CalculatedTax[]): Record<string, unknown> {
  const total = taxes.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const tax = taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
  return {
    extensions: [],
    netPrice: inUnits(total - tax),
    totalPrice: inUnits(total),
    calculatedTaxes: taxList(taxes),
    taxRules: taxRules(
      taxes.map(({ taxRate }) => taxRate),
      () => 100,
    ),
    positionPrice: inUnits(total),
    taxStatus: 'gross',
    rawTotal: inUnits(total),
    apiAlias: 'cart_price',
  };
}
