/**
 * Lines of a Shopware order. Discounts are lines of their own there; here their value is taken off the products they
 * belong to, exactly to the cent.
 */
import { allocate, mulDiv, toMinor } from '../../domain/money';
import type { LineKind, OrderGift, OrderLine, OrderRedemption } from '../../domain/order-snapshot';
import { mapOf, mapsOf, numberOf, required, textOf, textsOf, type Fields } from './fields';
import { linePayload, POINTS_LINE } from './names';

/** Value of a line in minor units; negative for discounts. */
interface Value {
  readonly grossMinor: number;
  readonly netMinor: number;
}

interface Line extends Value {
  readonly item: Fields;
  readonly kind: LineKind;
}

export interface OrderLines {
  readonly lines: readonly OrderLine[];
  readonly redemption: OrderRedemption | null;
  readonly gifts: readonly OrderGift[];
}

interface PricedLine extends Line {
  pointsGrossMinor: number;
  pointsNetMinor: number;
}

const DISCOUNTS = new Set(['promotion', 'discount', 'credit']);

/**
 * @param refunded units given back, by line id
 * @throws ShopApiError when a line has no id or no price
 */
export function orderLines(order: Fields, currency: string, refunded: ReadonlyMap<string, number>): OrderLines {
  const items = mapsOf(order['lineItems']);
  const read = items.map((item): Line => {
    const kind = kindOf(item, items);
    return { item, kind, ...(kind === 'gift' ? ZERO : valueOf(item, textOf(order['taxStatus']), currency)) };
  });
  const products = spread(read, currency);
  return {
    lines: read.map((line) => snapshotLine(line, products.get(line.item), refunded)),
    redemption: redemptionOf(read),
    gifts: read.flatMap((line) => giftOf(line)),
  };
}

const ZERO: Value = { grossMinor: 0, netMinor: 0 };

/**
 * A shopper can write into the payload of product lines, so points count only on a discount line of the cart script, and
 * a gift only when it costs nothing.
 */
function kindOf(item: Fields, items: readonly Fields[]): LineKind {
  const price = numberOf(item['totalPrice']) ?? 0;
  const type = item['type'];
  if (type === 'discount' && item['identifier'] === POINTS_LINE) return 'points';
  if (DISCOUNTS.has(String(type))) return price > 0 ? 'other' : 'discount';
  if (type !== 'product' || price < 0 || isPartOfProduct(item, items)) return 'other';
  const isFree = price === 0 && numberOf(item['unitPrice']) === 0;
  return isFree && textOf(mapOf(item['payload'])[linePayload.gift]) !== null ? 'gift' : 'product';
}

/** The price of a product that consists of others is on the product itself. */
function isPartOfProduct(item: Fields, items: readonly Fields[]): boolean {
  const parentId = textOf(item['parentId']);
  return parentId !== null && items.some((other) => other['id'] === parentId && other['type'] === 'product');
}

function valueOf(item: Fields, taxStatus: string | null, currency: string): Value {
  const price = mapOf(item['price']);
  const total = required(numberOf(price['totalPrice']) ?? numberOf(item['totalPrice']), 'an order line', 'totalPrice');
  const totalMinor = toMinor(total, currency);
  const taxMinor = mapsOf(price['calculatedTaxes'])
    .map((tax) => toMinor(numberOf(tax['tax']) ?? 0, currency))
    .reduce((sum, tax) => sum + tax, 0);
  if (taxStatus === 'net') return { grossMinor: totalMinor + taxMinor, netMinor: totalMinor };
  if (taxStatus === 'tax-free') return { grossMinor: totalMinor, netMinor: totalMinor };
  return { grossMinor: totalMinor, netMinor: totalMinor - taxMinor };
}

/** Takes discounts off the products, promotions for certain products first; then notes what points paid of the rest. */
function spread(read: readonly Line[], currency: string): Map<Fields, PricedLine> {
  const products = read
    .filter((line) => line.kind === 'product')
    .map((line): PricedLine => ({ ...line, pointsGrossMinor: 0, pointsNetMinor: 0 }));
  const discounts = read
    .filter((line) => line.kind === 'discount')
    .map((line) => ({ line, weights: compositionWeights(line.item, products, currency) }));
  let rest = products;
  for (const { line, weights } of discounts) if (weights) rest = takeOff(rest, line, weights);
  for (const { line, weights } of discounts) if (!weights) rest = takeOff(rest, line, null);
  const points = read.filter((line) => line.kind === 'points').reduce(add, ZERO);
  const afterPoints = takeOff(rest, points, null);
  return new Map(
    rest.map((product, index) => {
      const left = afterPoints[index] ?? product;
      const paid = {
        pointsGrossMinor: product.grossMinor - left.grossMinor,
        pointsNetMinor: product.netMinor - left.netMinor,
      };
      return [product.item, { ...product, ...paid }];
    }),
  );
}

function add(sum: Value, line: Value): Value {
  return { grossMinor: sum.grossMinor + line.grossMinor, netMinor: sum.netMinor + line.netMinor };
}

/** A promotion for certain products says which (`composition`, by line identifier); null when it is for all of them. */
function compositionWeights(item: Fields, products: readonly PricedLine[], currency: string): number[] | null {
  const parts = mapsOf(mapOf(item['payload'])['composition']);
  const shareOf = (product: PricedLine): number =>
    parts
      .filter((part) => part['id'] === product.item['identifier'])
      .map((part) => Math.abs(toMinor(numberOf(part['discount']) ?? 0, currency)))
      .reduce((sum, share) => sum + share, 0);
  const weights = products.map(shareOf);
  return weights.some((weight) => weight > 0) ? weights : null;
}

/** Without weights by what the products still cost. What goes beyond a product's own value is taken off the others. */
function takeOff(products: readonly PricedLine[], discount: Value, weights: readonly number[] | null): PricedLine[] {
  const gross = shares(
    products.map((product) => product.grossMinor),
    discount.grossMinor,
    weights,
  );
  const net = shares(
    products.map((product) => product.netMinor),
    discount.netMinor,
    weights && products.map((product, index) => netWeight(product, weights[index] ?? 0)),
  );
  return products.map((product, index) => ({
    ...product,
    grossMinor: product.grossMinor - (gross[index] ?? 0),
    netMinor: product.netMinor - (net[index] ?? 0),
  }));
}

function netWeight(product: PricedLine, grossWeight: number): number {
  return product.grossMinor === 0 ? 0 : mulDiv(grossWeight, product.netMinor, product.grossMinor, 'nearest');
}

/** Parts of a discount (given as a negative amount), none larger than the value it is taken from. */
function shares(values: readonly number[], discountMinor: number, weights: readonly number[] | null): number[] {
  const available = values.reduce((sum, value) => sum + value, 0);
  const total = Math.min(Math.max(0, -discountMinor), available);
  if (total === 0) return values.map(() => 0);
  const wished = weights ? allocate(total, weights) : [];
  const taken = values.map((value, index) => Math.min(value, wished[index] ?? 0));
  const left = total - taken.reduce((sum, part) => sum + part, 0);
  const further = allocate(
    left,
    values.map((value, index) => value - (taken[index] ?? 0)),
  );
  return taken.map((part, index) => part + (further[index] ?? 0));
}

function snapshotLine(line: Line, product: PricedLine | undefined, refunded: ReadonlyMap<string, number>): OrderLine {
  const { item, kind } = line;
  const lineId = required(textOf(item['id']), 'an order line', 'id');
  const payload = mapOf(item['payload']);
  const quantityMilli = Math.max(0, Math.round((numberOf(item['quantity']) ?? 0) * 1000));
  const isGoods = kind === 'product' || kind === 'gift';
  // The value of discounts and points has moved to the products; it must not count twice.
  const value = kind === 'discount' || kind === 'points' ? ZERO : (product ?? line);
  return {
    lineId,
    kind,
    productNumber: isGoods ? textOf(payload['productNumber']) : null,
    categoryIds: isGoods ? textsOf(payload['categoryIds']) : [],
    quantityMilli,
    refundedMilli: Math.min(quantityMilli, Math.round((refunded.get(lineId) ?? 0) * 1000)),
    grossMinor: value.grossMinor,
    netMinor: value.netMinor,
    pointsDiscountGrossMinor: product?.pointsGrossMinor ?? 0,
    pointsDiscountNetMinor: product?.pointsNetMinor ?? 0,
  };
}

function redemptionOf(lines: readonly Line[]): OrderRedemption | null {
  const payloads = lines.filter((line) => line.kind === 'points').map((line) => mapOf(line.item['payload']));
  const points = payloads
    .map((payload) => Math.max(0, Math.floor(numberOf(payload[linePayload.points]) ?? 0)))
    .reduce((sum, part) => sum + part, 0);
  if (points === 0) return null;
  const holdId = payloads.map((payload) => textOf(payload[linePayload.hold])).find((hold) => hold !== null) ?? null;
  return { points, holdId };
}

function giftOf({ item, kind }: Line): OrderGift[] {
  const payload = mapOf(item['payload']);
  const ruleCode = textOf(payload[linePayload.gift]);
  const productNumber = textOf(payload['productNumber']);
  if (kind !== 'gift' || ruleCode === null || productNumber === null) return [];
  return [{ ruleCode, productNumber, quantity: Math.max(0, Math.floor(numberOf(item['quantity']) ?? 0)) }];
}
