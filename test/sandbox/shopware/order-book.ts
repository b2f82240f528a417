import { homeOf } from '../home';
import type { SandboxOrderInput } from '../sandbox-shop';
import { calculatedPrice, cartPrice, sumByRate, taxIncluded } from './cart-price';
import { draftLines, pointsFields, POINTS_IDENTIFIER, requantified, taxesOf, type DraftLine } from './order-lines';
import { redeemIndividualCode } from './promotion-line';
import type { ShopSeed } from './seed';
import type { ShopIds } from './shop-ids';
import type { StateMachine } from './state-machine';
import type { Row, TableStore } from './table-store';

const FIRST_ORDER_NUMBER = 10_000;

export interface OrderBookDeps {
  readonly store: TableStore;
  readonly ids: ShopIds;
  readonly states: StateMachine;
  readonly seed: ShopSeed;
  /** The present time in Shopware's form; with days, the start of a later day. */
  readonly now: () => string;
  readonly dayFromNow: (days: number) => string;
  /** The setting "Save customer IP addresses as plain text". */
  readonly keepsNetworkAddresses: boolean;
}

/** Orders: placing, paying, refunding and editing them changes rows as the shop would. It tells nobody. */
export class OrderBook {
  private placed = 0;

  constructor(private readonly deps: OrderBookDeps) {}

  /** The lines of a cart, as it would become an order. In a cart the shop's own ids are those that lines are found by. */
  cart(input: SandboxOrderInput, customer: Row | null): Row[] {
    return this.draft(input, customer).map(({ fields }) => ({ ...fields, id: fields.identifier }));
  }

  place(input: SandboxOrderInput, customer: Row): string {
    const { store, ids } = this.deps;
    const lines = this.draft(input, customer);
    const orderId = ids.next();
    const addressId = ids.next();
    this.placed += 1;
    this.insertOrder(orderId, addressId, lines, input);
    this.insertParties(orderId, addressId, customer, input.from ?? {});
    for (const [index, line] of lines.entries()) this.insertLine(orderId, line, index + 1);
    this.insertPayment(orderId, addressId, lines);
    this.takeStock(lines);
    if (input.voucherCode !== undefined) redeemIndividualCode(store, input.voucherCode, orderId);
    return orderId;
  }

  private draft(input: SandboxOrderInput, customer: Row | null): DraftLine[] {
    const { store, seed, now } = this.deps;
    return draftLines(store, input, customer, { currencyId: seed.currencyId, now: now() });
  }

  transaction(orderId: string): Row {
    const [transaction] = this.deps.store.table('order_transaction').linked('orderId', this.deps.store.get('order', orderId).id);
    if (!transaction) throw new Error(`order ${orderId} has no transaction`);
    return transaction;
  }

  lines(orderId: string): Row[] {
    const lines = this.deps.store.table('order_line_item').linked('orderId', orderId);
    return lines.sort((left, right) => Number(left.position) - Number(right.position));
  }

  /** Writes what a payment app writes: a capture with a completed refund, line by line. Answers whether nothing is left to refund. */
  refund(orderId: string, wanted: readonly { productNumber: string; quantity: number }[]): boolean {
    const { store, ids, states } = this.deps;
    const positions = wanted.map((one) => this.refundable(orderId, one));
    const captureId = this.capture(orderId);
    const refundId = ids.next();
    const amount = calculatedPrice(0, 1, sumByRate(positions.flatMap(({ taxes }) => taxes)));
    store.insert('order_transaction_capture_refund', {
      id: refundId,
      captureId,
      stateId: states.stateId('order_transaction_capture_refund', 'open'),
      amount: { ...amount, unitPrice: amount.totalPrice },
    });
    for (const { line, quantity, taxes, unitMinor } of positions) {
      store.insert('order_transaction_capture_refund_position', {
        id: ids.next(),
        refundId,
        orderLineItemId: line.id,
        quantity,
        amount: calculatedPrice(unitMinor, quantity, taxes),
      });
    }
    states.transition('order_transaction_capture_refund', refundId, 'complete');
    // The payment app saves its data through the transaction, which leaves a mark on it.
    store.update('order_transaction', String(this.transaction(orderId).id), {});
    const bought = this.lines(orderId).filter((line) => Number(line.totalPrice) > 0);
    return bought.every((line) => this.refunded(orderId, String(line.id)) === line.quantity);
  }

  /** Sets a bought line's quantity (0 takes it out) and recalculates the order as the admin does. */
  edit(orderId: string, productNumber: string, quantity: number): void {
    const { store } = this.deps;
    const line = this.bought(orderId, productNumber)[0];
    if (!line || !Number.isInteger(quantity) || quantity < 0) throw new Error(`cannot set ${productNumber} to ${quantity}`);
    if (quantity === 0) store.remove('order_line_item', String(line.id));
    else store.update('order_line_item', String(line.id), requantified(store, line, quantity).fields);
    this.redoPoints(orderId);
    store.update('order', orderId, totals(this.lines(orderId).flatMap(taxesOf)));
  }

  private redoPoints(orderId: string): void {
    const { store } = this.deps;
    const lines = this.lines(orderId);
    const points = lines.find((line) => line.identifier === POINTS_IDENTIFIER);
    if (!points) return;
    const { loyaltyPoints, loyaltyHold } = points.payload as { loyaltyPoints: number; loyaltyHold: string | null };
    const goods = lines.filter((line) => line !== points).map((line) => ({ fields: line, taxes: taxesOf(line) }));
    const redeem = { points: loyaltyPoints, holdId: loyaltyHold, valueMinor: Math.round(Number(points.totalPrice) * -100) };
    const redone = pointsFields(redeem, goods);
    // The core drops a discount that is larger than what is left of the goods, without a word.
    if (redone) store.update('order_line_item', String(points.id), redone.fields);
    else store.remove('order_line_item', String(points.id));
  }

  private insertOrder(orderId: string, addressId: string, lines: readonly DraftLine[], input: SandboxOrderInput): void {
    const { store, ids, states, seed } = this.deps;
    const now = this.deps.now();
    store.insert('order', {
      id: orderId,
      orderNumber: String(FIRST_ORDER_NUMBER + this.placed),
      currencyId: seed.currencyId,
      currencyFactor: 1,
      salesChannelId: input.channelId ?? seed.salesChannelId,
      billingAddressId: addressId,
      orderDateTime: now,
      orderDate: this.deps.dayFromNow(0),
      ...totals(lines.flatMap(({ taxes }) => taxes)),
      taxStatus: 'gross',
      shippingCosts: calculatedPrice(0, 1, rates(lines)),
      shippingTotal: 0,
      languageId: seed.languageId,
      deepLinkCode: ids.letters(32),
      stateId: states.stateId('order', 'open'),
      affiliateCode: input.referralCode ?? null,
    });
  }

  private insertParties(orderId: string, addressId: string, customer: Row, from: NonNullable<SandboxOrderInput['from']>): void {
    const { store, ids, seed } = this.deps;
    const { street, postcode, city, networkAddress } = { ...homeOf(String(customer.email)), ...from };
    const name = { firstName: customer.firstName, lastName: customer.lastName };
    store.insert('order_address', {
      id: addressId,
      orderId,
      ...name,
      street,
      zipcode: postcode,
      city,
      countryId: seed.countryId,
    });
    store.insert('order_customer', {
      id: ids.next(),
      orderId,
      customerId: customer.id,
      email: customer.email,
      ...name,
      customerNumber: customer.customerNumber,
      remoteAddress: this.deps.keepsNetworkAddresses ? networkAddress : withoutLastPart(networkAddress),
    });
  }

  private insertLine(orderId: string, line: DraftLine, position: number): void {
    this.deps.store.insert('order_line_item', { id: this.deps.ids.next(), orderId, position, ...line.fields });
  }

  private insertPayment(orderId: string, addressId: string, lines: readonly DraftLine[]): void {
    const { store, ids, states, seed } = this.deps;
    const amount = calculatedPrice(0, 1, sumByRate(lines.flatMap(({ taxes }) => taxes)));
    store.insert('order_transaction', {
      id: ids.next(),
      orderId,
      paymentMethodId: seed.paymentMethodId,
      amount: { ...amount, unitPrice: amount.totalPrice },
      stateId: states.stateId('order_transaction', 'open'),
      validationData: [],
    });
    store.insert('order_delivery', {
      id: ids.next(),
      orderId,
      shippingOrderAddressId: addressId,
      shippingMethodId: seed.shippingMethodId,
      trackingCodes: [],
      shippingDateEarliest: this.deps.dayFromNow(1),
      shippingDateLatest: this.deps.dayFromNow(3),
      shippingCosts: calculatedPrice(0, 1, rates(lines)),
      stateId: states.stateId('order_delivery', 'open'),
    });
  }

  private takeStock(lines: readonly DraftLine[]): void {
    const { store } = this.deps;
    for (const { fields } of lines) {
      if (typeof fields.productId !== 'string') continue;
      const product = store.get('product', fields.productId);
      const stock = Number(product.stock) - Number(fields.quantity);
      store.updateQuietly('product', String(product.id), { stock, availableStock: stock });
    }
  }

  private bought(orderId: string, productNumber: string): Row[] {
    const isIt = (line: Row): boolean => (line.payload as Row).productNumber === productNumber && Number(line.totalPrice) > 0;
    return this.lines(orderId).filter(isIt);
  }

  private refundable(orderId: string, { productNumber, quantity }: { productNumber: string; quantity: number }) {
    const line = this.bought(orderId, productNumber)[0];
    const left = line ? Number(line.quantity) - this.refunded(orderId, String(line.id)) : 0;
    if (!line || !Number.isInteger(quantity) || quantity < 1 || quantity > left) {
      throw new Error(`cannot refund ${quantity} of ${productNumber}: ${left} left`);
    }
    const unitMinor = Math.round(Number(line.unitPrice) * 100);
    const taxes = taxesOf(line).map(({ taxRate }) => taxIncluded({ taxRate, grossMinor: unitMinor * quantity }));
    return { line, quantity, taxes, unitMinor };
  }

  private refunded(orderId: string, lineId: string): number {
    const { store } = this.deps;
    return store
      .table('order_transaction_capture')
      .linked('orderTransactionId', this.transaction(orderId).id)
      .flatMap((capture) => store.table('order_transaction_capture_refund').linked('captureId', capture.id))
      .flatMap((refund) => store.table('order_transaction_capture_refund_position').linked('refundId', refund.id))
      .filter((position) => position.orderLineItemId === lineId)
      .reduce((sum, position) => sum + Number(position.quantity), 0);
  }

  private capture(orderId: string): string {
    const { store, ids, states } = this.deps;
    const transaction = this.transaction(orderId);
    const [existing] = store.table('order_transaction_capture').linked('orderTransactionId', transaction.id);
    if (existing) return String(existing.id);
    const id = ids.next();
    store.insert('order_transaction_capture', {
      id,
      orderTransactionId: transaction.id,
      stateId: states.stateId('order_transaction_capture', 'completed'),
      amount: transaction.amount,
    });
    return id;
  }
}

/** As Shopware stores whence a customer last logged in, which the order takes over. */
function withoutLastPart(address: string): string {
  return address.replace(/\.\d+$/, '.0');
}

function rates(lines: readonly DraftLine[]) {
  const nothing = lines.flatMap(({ taxes }) => taxes.map(({ taxRate }) => ({ taxRate, grossMinor: 0, taxMinor: 0 })));
  return sumByRate(nothing);
}

function totals(taxes: Parameters<typeof sumByRate>[0]): Row {
  const price = cartPrice(sumByRate(taxes));
  return { price, amountTotal: price.totalPrice, amountNet: price.netPrice, positionPrice: price.positionPrice };
}
