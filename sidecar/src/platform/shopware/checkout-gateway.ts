/** Shopware's checkout gateway: the one moment at which a shop asks before it takes an order. */
import { toMinor } from '../../domain/money';
import type { CheckoutRefusal } from '../platform';
import { mapOf, mapsOf, numberOf, textOf, textsOf, type Fields } from './fields';
import { notYetOpenText, denialText } from './gateway-texts';
import { EARLY_ACCESS_ERROR, GIFT_LINE, linePayload, ownPrefix, POINTS_LINE } from './names';

export interface Checkout {
  readonly externalShopId: string;
  /** Null for guests and when nobody is logged in. */
  readonly customerId: string | null;
  /** True when the order is about to be placed, false on the pages before. */
  readonly isPlacement: boolean;
  /** ISO code. */
  readonly currency: string;
  /** As the customer typed it; null when nobody is known yet. */
  readonly email: string | null;
  readonly promotions: readonly UsedPromotion[];
  readonly goods: readonly CartProduct[];
  /** Id of the sales channel. */
  readonly place: string | null;
  /** The app's script has told the shopper already what is not open yet, and blocks the order. */
  readonly isToldEarlyAccess: boolean;
  /** The line that pays with points; null when there is none. */
  readonly points: PointsLine | null;
}

export interface UsedPromotion {
  readonly promotionId: string;
  readonly code: string;
}

export interface CartProduct {
  readonly productNumber: string;
  readonly categoryIds: readonly string[];
  readonly name: string;
}

export interface PointsLine {
  readonly intent: string;
  readonly points: number;
  /** What it takes off the cart, minor units. */
  readonly valueMinor: number;
}

/** Set by Shopware while an order is being placed, and only then. */
const PLACING_STATE = 'checkout-order-route';
/** As the app's script makes it; anything else was not made by it. */
const INTENT = /^[\x21-\x39\x3c-\x7e]{1,100}$/;

/** Null when the body is no checkout. Of the lines, only what a script can make is believed: clients choose ids and payloads. */
export function readCheckout(body: unknown): Checkout | null {
  const { source, salesChannelContext, cart } = mapOf(body);
  const context = mapOf(salesChannelContext);
  const externalShopId = textOf(mapOf(source)['shopId']);
  const currency = textOf(mapOf(context['currency'])['isoCode']);
  if (externalShopId === null || currency === null) return null;
  const customer = mapOf(context['customer']);
  const states = mapOf(mapOf(context['context'])['states']);
  const lines = mapsOf(mapOf(cart)['lineItems']);
  return {
    externalShopId,
    customerId: customer['guest'] === true ? null : textOf(customer['id']),
    isPlacement: Object.keys(states).includes(PLACING_STATE),
    currency,
    email: textOf(customer['email']),
    promotions: lines.flatMap(usedPromotion),
    goods: lines.flatMap(cartProduct),
    place: textOf(mapOf(context['salesChannel'])['id']),
    isToldEarlyAccess: mapsOf(mapOf(cart)['errors']).some(({ messageKey }) => messageKey === EARLY_ACCESS_ERROR),
    points: pointsLine(lines, currency),
  };
}

/** What the shop itself wrote into the payload; a gift of the app's script is for nothing and not bought. */
function cartProduct(line: Fields): CartProduct[] {
  const payload = mapOf(line['payload']);
  const productNumber = textOf(payload['productNumber']);
  const isGift = textOf(line['id'])?.startsWith(GIFT_LINE) === true && numberOf(mapOf(line['price'])['totalPrice']) === 0;
  if (line['type'] !== 'product' || productNumber === null || isGift) return [];
  return [{ productNumber, categoryIds: textsOf(payload['categoryIds']), name: textOf(line['label']) ?? productNumber }];
}

/** Promotion lines are made by Shopware alone. */
function usedPromotion(line: Fields): UsedPromotion[] {
  const payload = mapOf(line['payload']);
  const promotionId = textOf(payload['promotionId']);
  const code = textOf(payload['code']);
  return line['type'] === 'promotion' && promotionId !== null && code !== null ? [{ promotionId, code }] : [];
}

/** The friend's code among the promotions of a cart; null when there is none of ours. */
export function friendCodeOf({ promotions }: Checkout, shopId: string): string | null {
  const prefix = ownPrefix(shopId, 'friend-promotion');
  return promotions.find(({ promotionId }) => promotionId.startsWith(prefix))?.code ?? null;
}

function pointsLine(lines: readonly Fields[], currency: string): PointsLine | null {
  const line = lines.find((candidate) => candidate['type'] === 'discount' && candidate['id'] === POINTS_LINE);
  if (!line) return null;
  const payload = mapOf(line['payload']);
  const points = Math.floor(numberOf(payload[linePayload.points]) ?? 0);
  const intent = textOf(payload[linePayload.hold]) ?? '';
  const price = numberOf(mapOf(line['price'])['totalPrice']) ?? 0;
  return { intent: INTENT.test(intent) ? intent : '', points, valueMinor: Math.max(0, -toMinor(price, currency)) };
}

/** Body of the answer: a bare list of commands. Wrapped in an object, Shopware logs it and lets every order through. */
export function gatewayAnswer(
  refusal: CheckoutRefusal | null,
  locale: string,
  { isToldEarlyAccess }: Pick<Checkout, 'isToldEarlyAccess'> = { isToldEarlyAccess: false },
): string {
  if (refusal === null) return '[]';
  const isNotOpen = typeof refusal !== 'string';
  if (isNotOpen && isToldEarlyAccess) return '[]';
  const message = isNotOpen ? notYetOpenText(refusal, locale) : denialText(refusal, locale);
  return JSON.stringify([{ command: 'add-cart-error', payload: { message, blocking: true, level: 20 } }]);
}
