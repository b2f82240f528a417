import { voucherCodesAmong } from '../../domain/voucher';
import type { FraudHints, OrderSnapshot } from '../../domain/order-snapshot';
import { fraudHints } from '../fraud-hints';
import { instantOf, mapOf, mapsOf, numberOf, required, textOf, type Fields } from './fields';
import { ownPrefix, type OwnKind } from './names';
import { orderLines } from './order-lines';
import { orderStates, stateOf, type StateChange } from './order-states';

export interface MappingContext {
  readonly shopId: string;
  readonly hashEmail: (email: string) => string;
}

/**
 * An order as the Admin API gives it, in the platform-neutral shape. Pure.
 * @param history state changes of the order and its transactions; empty when the app may not read them
 * @throws ShopApiError naming the field that is missing
 */
export function mapOrder(order: Fields, history: readonly StateChange[], context: MappingContext): OrderSnapshot {
  const orderId = required(textOf(order['id']), 'an order', 'id');
  const what = `order ${orderId}`;
  const currency = required(textOf(mapOf(order['currency'])['isoCode']), what, 'currency');
  const refunds = completedRefunds(order);
  const { lines, redemption, gifts } = orderLines(order, currency, refundedUnits(refunds));
  const states = orderStates(order, history);
  return {
    shopId: context.shopId,
    orderId,
    orderNumber: textOf(order['orderNumber']) ?? '',
    ...buyerOf(order, context),
    channelId: textOf(order['salesChannelId']),
    currency,
    placedAt: required(instantOf(order['orderDateTime']), what, 'orderDateTime'),
    ...states,
    lines,
    redemption,
    gifts,
    referralCode: referralCodeOf(order, context.shopId),
    ...voucherCodesOf(order, context.shopId),
    refundNeedsReview: states.paymentState === 'partially_refunded' && !areRefundsItemised(refunds),
    fraudHints: hintsOf(order, context.hashEmail),
  };
}

/** Shopware keeps the network address without its last part, unless the merchant wants all of it. */
function hintsOf(order: Fields, hash: MappingContext['hashEmail']): FraudHints {
  const buyer = mapOf(order['orderCustomer']);
  const address = mapOf(mapsOf(order['deliveries'])[0]?.['shippingOrderAddress']);
  const street = [address['street'], address['additionalAddressLine1'], address['additionalAddressLine2']];
  return fraudHints(
    {
      email: textOf(buyer['email']),
      street: street.flatMap((line) => textOf(line) ?? []),
      postcode: textOf(address['zipcode']),
      networkAddress: textOf(buyer['remoteAddress']),
    },
    hash,
  );
}

function buyerOf(
  order: Fields,
  { hashEmail }: MappingContext,
): Pick<OrderSnapshot, 'customerId' | 'emailHash' | 'isGuest' | 'customerGroup'> {
  const buyer = mapOf(order['orderCustomer']);
  const customer = mapOf(buyer['customer']);
  const email = textOf(buyer['email'])?.trim().toLowerCase();
  // Guests have a customer row as well, a new one with every order.
  const isGuest = customer['guest'] === true;
  return {
    customerId: isGuest ? null : textOf(buyer['customerId']),
    emailHash: email === undefined ? null : hashEmail(email),
    isGuest,
    customerGroup: textOf(customer['groupId']),
  };
}

/** The code of one of our promotions; else of the link that was followed; else any code that was typed. */
function referralCodeOf(order: Fields, shopId: string): string | null {
  const promotions = promotionsOf(order).filter((item) => !isOf(item, shopId, 'voucher-promotion'));
  const ours = promotions.find((item) => isOf(item, shopId, 'friend-promotion'));
  return codeOf(ours) ?? textOf(order['affiliateCode']) ?? codeOf(promotions[0]);
}

function voucherCodesOf(order: Fields, shopId: string): Pick<OrderSnapshot, 'voucherCodes'> {
  const own = promotionsOf(order).filter((item) => isOf(item, shopId, 'voucher-promotion'));
  const voucherCodes = voucherCodesAmong(own.flatMap((item) => codeOf(item) ?? []));
  return voucherCodes.length === 0 ? {} : { voucherCodes };
}

function promotionsOf(order: Fields): Fields[] {
  return mapsOf(order['lineItems']).filter((item) => item['type'] === 'promotion');
}

function isOf(item: Fields, shopId: string, kind: OwnKind): boolean {
  return promotionIdOf(item)?.startsWith(ownPrefix(shopId, kind)) === true;
}

function codeOf(item: Fields | undefined): string | null {
  return item ? (textOf(mapOf(item['payload'])['code']) ?? textOf(item['referencedId'])) : null;
}

function promotionIdOf(item: Fields): string | null {
  return textOf(item['promotionId']) ?? textOf(mapOf(item['payload'])['promotionId']);
}

function completedRefunds(order: Fields): Fields[] {
  return mapsOf(order['transactions'])
    .flatMap((transaction) => mapsOf(transaction['captures']))
    .flatMap((capture) => mapsOf(capture['refunds']))
    .filter((refund) => stateOf(refund) === 'completed');
}

/** Units by line id. */
function refundedUnits(refunds: readonly Fields[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const position of refunds.flatMap((refund) => mapsOf(refund['positions']))) {
    const lineId = textOf(position['orderLineItemId']);
    const quantity = numberOf(position['quantity']) ?? 0;
    if (lineId !== null) units.set(lineId, (units.get(lineId) ?? 0) + Math.max(0, quantity));
  }
  return units;
}

/** Whether every refund says which units came back. Without any, the shop only knows that there was one. */
function areRefundsItemised(refunds: readonly Fields[]): boolean {
  return (
    refunds.length > 0 &&
    refunds.every((refund) => mapsOf(refund['positions']).some((position) => (numberOf(position['quantity']) ?? 0) > 0))
  );
}
