import type { SandboxOrderInput } from '../sandbox-shop';
import { calculatedPrice, inUnits, splitOverRates, sumByRate, taxIncluded, type CalculatedTax } from './cart-price';
import { codeLine, type PromotionCart } from './promotion-line';
import { ruleMatches } from './rule-condition';
import type { Row, TableStore } from './table-store';

/** The identifier by which the app's cart script knows its own discount. */
export const POINTS_IDENTIFIER = 'loyalty-points';

/** A line before it belongs to an order. */
export interface DraftLine {
  readonly fields: Row;
  readonly taxes: readonly CalculatedTax[];
}

/** What the cart becomes: bought lines, then the gifts, a voucher, then the points. */
export function draftLines(
  store: TableStore,
  input: SandboxOrderInput,
  customer: Row | null,
  { currencyId, now }: Pick<PromotionCart, 'currencyId' | 'now'>,
): DraftLine[] {
  const bought = new Map<string, number>();
  for (const { productNumber, quantity } of input.lines) {
    if (!Number.isInteger(quantity) || quantity < 1) throw new Error(`no quantity for ${productNumber}: ${quantity}`);
    bought.set(productNumber, (bought.get(productNumber) ?? 0) + quantity);
  }
  const lines = [...bought].map(([productNumber, quantity]) => {
    const product = productByNumber(store, productNumber);
    return productLine(store, product, quantity, unitMinor(store, product, quantity, customer), {});
  });
  const vouchers = codeLine(store, { input, customer, goods: lines, currencyId, now });
  const points = input.redeem ? [pointsLine(input.redeem, [...lines, ...vouchers])] : [];
  const gifts = (input.gifts ?? []).map(({ ruleCode, productNumber }) =>
    productLine(store, productByNumber(store, productNumber), 1, 0, { loyaltyGift: ruleCode }),
  );
  return [...lines, ...gifts, ...vouchers, ...points];
}

/** A bought line with another quantity, at the unit price it was bought for. */
export function requantified(store: TableStore, line: Row, quantity: number): DraftLine {
  const product = store.get('product', String(line.productId));
  const draft = productLine(store, product, quantity, Math.round(Number(line.unitPrice) * 100), {});
  return { ...draft, fields: { ...draft.fields, payload: line.payload } };
}

/** Taxes of a line as stored. */
export function taxesOf(line: Row): CalculatedTax[] {
  const { calculatedTaxes } = line.price as { calculatedTaxes: { tax: number; taxRate: number; price: number }[] };
  return calculatedTaxes.map(({ tax, taxRate, price }) => ({
    taxRate,
    grossMinor: Math.round(price * 100),
    taxMinor: Math.round(tax * 100),
  }));
}

export function pointsFields(redeem: NonNullable<SandboxOrderInput['redeem']>, goods: readonly DraftLine[]): DraftLine | null {
  const rates = sumByRate(goods.flatMap(({ taxes }) => taxes));
  const goodsMinor = rates.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  if (redeem.valueMinor > goodsMinor) return null;
  const taxes = splitOverRates(redeem.valueMinor, rates).map(({ taxRate, grossMinor }) =>
    taxIncluded({ taxRate, grossMinor: -grossMinor }),
  );
  const price = calculatedPrice(-redeem.valueMinor, 1, taxes);
  return { taxes, fields: { ...discountFields(redeem), unitPrice: price.unitPrice, totalPrice: price.totalPrice, price } };
}

function pointsLine(redeem: NonNullable<SandboxOrderInput['redeem']>, goods: readonly DraftLine[]): DraftLine {
  const line = pointsFields(redeem, goods);
  if (!line) throw new Error(`points worth ${redeem.valueMinor} are more than the goods`);
  return line;
}

function discountFields(redeem: NonNullable<SandboxOrderInput['redeem']>): Row {
  return {
    identifier: POINTS_IDENTIFIER,
    referencedId: null,
    productId: null,
    quantity: 1,
    label: `${redeem.points} points`,
    good: false,
    removable: true,
    stackable: false,
    type: 'discount',
    states: [],
    priceDefinition: { extensions: [], price: [], filter: null, type: 'currency-price', apiAlias: 'cart_price_currency' },
    payload: { loyaltyPoints: redeem.points, loyaltyHold: redeem.holdId },
  };
}

/** A promotion in a cart; made by the shop alone. */
export function promotionLine({ id, code }: { readonly id: string; readonly code: string }): Row {
  return { id, type: 'promotion', referencedId: code, quantity: 1, good: false, payload: { promotionId: id, code } };
}

function productByNumber(store: TableStore, productNumber: string): Row {
  const [product] = store.table('product').linked('productNumber', productNumber);
  if (!product) throw new Error(`there is no product ${productNumber}`);
  return product;
}

/** What a customer pays for one of so many. */
export function unitPrice(store: TableStore, productNumber: string, quantity: number, customer: Row | null): number {
  return unitMinor(store, productByNumber(store, productNumber), quantity, customer);
}

/** Gross cents for one: the rule of highest priority that holds and has prices for the product sets them. */
function unitMinor(store: TableStore, product: Row, quantity: number, customer: Row | null): number {
  const prices = store.table('product_price').linked('productId', product.id);
  const rules = [...new Set(prices.map((price) => String(price.ruleId)))]
    .map((ruleId) => store.get('rule', ruleId))
    .sort((left, right) => Number(right.priority) - Number(left.priority));
  const rule = rules.find((one) => ruleMatches(store, String(one.id), customer));
  const row = prices.find(
    (price) =>
      price.ruleId === rule?.id &&
      Number(price.quantityStart) <= quantity &&
      (price.quantityEnd === null || Number(price.quantityEnd) >= quantity),
  );
  const [price] = (row ?? product).price as { gross: number }[];
  if (!price) throw new Error(`product ${String(product.productNumber)} has no price`);
  return Math.round(price.gross * 100);
}

function productLine(store: TableStore, product: Row, quantity: number, unit: number, payload: Row): DraftLine {
  const taxRate = Number(store.get('tax', String(product.taxId)).taxRate);
  const taxes = [taxIncluded({ taxRate, grossMinor: unit * quantity })];
  const price = calculatedPrice(unit, quantity, taxes);
  const isGift = payload.loyaltyGift !== undefined;
  const fields: Row = {
    // The storefront names a bought line after its product; the cart script names its gift.
    identifier: isGift ? `loyalty-gift-${String(product.id)}` : product.id,
    referencedId: product.id,
    productId: product.id,
    quantity,
    unitPrice: inUnits(unit),
    totalPrice: price.totalPrice,
    label: product.name,
    good: true,
    removable: !isGift,
    stackable: !isGift,
    type: 'product',
    states: ['is-physical'],
    price,
    priceDefinition: {
      extensions: [],
      price: inUnits(unit),
      taxRules: price.taxRules,
      quantity,
      isCalculated: true,
      referencePriceDefinition: null,
      listPrice: null,
      regulationPrice: null,
      type: 'quantity',
      apiAlias: 'cart_price_quantity',
    },
    payload: { ...productPayload(product), ...payload },
  };
  return { fields, taxes };
}

function productPayload(product: Row): Row {
  return {
    isCloseout: product.isCloseout,
    customFields: [],
    createdAt: String(product.createdAt).slice(0, 23).replace('T', ' '),
    releaseDate: null,
    isNew: false,
    markAsTopseller: false,
    purchasePrices: null,
    productNumber: product.productNumber,
    manufacturerId: null,
    taxId: product.taxId,
    tagIds: null,
    categoryIds: product.categoryIds,
    propertyIds: null,
    optionIds: null,
    options: [],
    streamIds: null,
    parentId: null,
    stock: product.stock,
    features: [],
  };
}
