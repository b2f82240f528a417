/** The sandbox Shopware as a shopper meets it: custom fields, rules, promotions and the app's configuration. */
import type { TermsMirror } from '../../../sidecar/src/domain/mirror';
import type { SandboxOrderInput } from '../../sandbox/sandbox-shop';
import type { createSandboxShopware } from '../../sandbox/shopware/sandbox-shopware';
import { POINTS_IDENTIFIER } from '../../sandbox/shopware/order-lines';
import type { Written } from './happening';
import { CodeRefused, type CartLine, type OrderedLine, type RedeemWish, type ShopCounter, type ShopOrder } from './counter';

type Sandbox = ReturnType<typeof createSandboxShopware>;
type Row = Readonly<Record<string, unknown>>;

const TERMS = 'LoyaltySidecar.config.programme';
/** Written by the app's own scripts, when a shopper presses a button. */
const OWN_FIELDS = ['loyalty_redeem', 'loyalty_intent', 'loyalty_wishes', 'loyalty_gift_choice'];
const CODE_REFUSED = /^promotion-(not-found|not-eligible)/;

export function shopwareCounter(sandbox: Sandbox): ShopCounter {
  const rowOf = (entity: string, id: string): Row | null => sandbox.rows(entity).find((row) => row['id'] === id) ?? null;
  const customer = (id: string): Row | null => rowOf('customer', id);
  const fieldsOf = (id: string): Row => (customer(id)?.['customFields'] ?? {}) as Row;
  return {
    sandbox,
    title: 'Shopware sandbox',
    products: () => sandbox.rows('product').map(productOf),
    customers: () =>
      sandbox
        .rows('customer')
        .filter((row) => row['guest'] !== true)
        .map(customerOf),
    customer: (id) => {
      const row = customer(id);
      return row && customerOf(row);
    },
    terms: () => (sandbox.config(TERMS) as TermsMirror | undefined) ?? null,
    shown: (id) => shownMember(fieldsOf(id)),
    redeemWish: (id) => redeemWishOf(fieldsOf(id)),
    keepRedeemWish: (id, { points, intent }) => sandbox.keepFields(id, { loyalty_redeem: points, loyalty_intent: intent }),
    friendCode: (id) => {
      const row = customer(id);
      return typeof row?.['affiliateCode'] === 'string' && Number(row['orderCount']) === 0 ? row['affiliateCode'] : null;
    },
    cart: (input) => cartOf(sandbox, input),
    checkoutPath: '/shopware/checkout-gateway',
    checkout: (input) => sandbox.checkout(input),
    orders: (customerId) => {
      const ids = sandbox.rows('order_customer').filter((row) => row['customerId'] === customerId);
      const orders = ids.flatMap((row) => orderOf(sandbox, rowOf('order', String(row['orderId']))) ?? []);
      return orders.reverse();
    },
    order: (id) => orderOf(sandbox, rowOf('order', id)),
    written: () => writtenInto(sandbox),
    waiting: () => sandbox.pendingEvents(),
    adminPage: (memberId) => `${sandbox.modulePage()}${memberId === null ? '' : `#/members/${memberId}`}`,
  };
}

function productOf(row: Row) {
  const [price] = row['price'] as { gross: number; net: number }[];
  const [category = ''] = row['categoryIds'] as string[];
  const { productNumber, name } = row as { productNumber: string; name: string };
  const minor = (units = 0): number => Math.round(units * 100);
  return { productNumber, name, category, grossMinor: minor(price?.gross), netMinor: minor(price?.net) };
}

function customerOf(row: Row) {
  return { id: String(row['id']), name: `${String(row['firstName'])} ${String(row['lastName'])}`, email: String(row['email']) };
}

/** Custom fields under the names of what was written; what is missing was never written. */
function shownMember(fields: Row) {
  const shown = {
    availablePoints: fields['loyalty_points'],
    pendingPoints: fields['loyalty_pending'],
    heldPoints: fields['loyalty_held'],
    debtPoints: fields['loyalty_debt'],
    tier: fields['loyalty_tier'],
    referralCode: fields['loyalty_referral_code'],
    rewardedReferrals: fields['loyalty_referrals'],
    referralFigures: fields['loyalty_referral_figures'],
    givenGifts: fields['loyalty_given_gifts'],
    segments: fields['loyalty_segments'],
    vouchers: fields['loyalty_vouchers'],
    history: fields['loyalty_history'],
    redeemLimit: fields['loyalty_redeem_limit'],
    version: fields['loyalty_version'],
    nextTier: textOrNull(fields['loyalty_next_tier']) && {
      code: fields['loyalty_next_tier'],
      missing: fields['loyalty_next_tier_missing'],
    },
    nextExpiry: textOrNull(fields['loyalty_expiring_at']) && {
      points: fields['loyalty_expiring_points'],
      at: fields['loyalty_expiring_at'],
    },
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined && value !== null));
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function redeemWishOf(fields: Row): RedeemWish | null {
  const [points, intent] = [Number(fields['loyalty_redeem'] ?? 0), textOrNull(fields['loyalty_intent'])];
  return points > 0 && intent !== null && intent !== fields['loyalty_spent_intent'] ? { points, intent } : null;
}

function cartOf(sandbox: Sandbox, input: SandboxOrderInput): CartLine[] {
  try {
    return sandbox.cart(input).map(lineOf);
  } catch (error) {
    if (error instanceof Error && CODE_REFUSED.test(error.message)) throw new CodeRefused(error.message);
    throw error;
  }
}

function lineOf(row: Row): CartLine {
  const payload = (row['payload'] ?? {}) as Row;
  const kind =
    row['type'] === 'promotion'
      ? 'promotion'
      : row['identifier'] === POINTS_IDENTIFIER
        ? 'points'
        : payload['loyaltyGift'] === undefined
          ? 'product'
          : 'gift';
  const minor = (name: string): number => Math.round(Number(row[name]) * 100);
  const { calculatedTaxes } = row['price'] as { calculatedTaxes: { tax: number }[] };
  const taxMinor = calculatedTaxes.reduce((sum, { tax }) => sum + Math.round(tax * 100), 0);
  return {
    kind,
    productNumber: textOrNull(payload['productNumber']),
    name: String(row['label']),
    quantity: Number(row['quantity']),
    unitMinor: minor('unitPrice'),
    totalMinor: minor('totalPrice'),
    netMinor: minor('totalPrice') - taxMinor,
  };
}

function orderOf(sandbox: Sandbox, row: Row | null): ShopOrder | null {
  if (row === null) return null;
  const of = (entity: string): Row[] => sandbox.rows(entity).filter((part) => part['orderId'] === row['id']);
  const stateOf = (stateful: Row | undefined): string =>
    String(sandbox.rows('state_machine_state').find((state) => state['id'] === stateful?.['stateId'])?.['technicalName']);
  const [party] = of('order_customer');
  const buyer = sandbox.rows('customer').find((customer) => customer['id'] === party?.['customerId']);
  const refunds = sandbox.rows('order_transaction_capture_refund_position');
  const lines = of('order_line_item').sort((one, other) => Number(one['position']) - Number(other['position']));
  return {
    id: String(row['id']),
    number: String(row['orderNumber']),
    placedAt: String(row['orderDateTime']),
    customerId: buyer && buyer['guest'] !== true ? String(buyer['id']) : null,
    state: stateOf(row) as ShopOrder['state'],
    payment: stateOf(of('order_transaction')[0]) as ShopOrder['payment'],
    totalMinor: Math.round(Number(row['amountTotal']) * 100),
    lines: lines.map((line): OrderedLine => {
      const refunded = refunds.filter((refund) => refund['orderLineItemId'] === line['id']);
      return { ...lineOf(line), refunded: refunded.reduce((sum, refund) => sum + Number(refund['quantity']), 0) };
    }),
  };
}

function writtenInto(sandbox: Sandbox): Written {
  const tags = new Map(sandbox.rows('tag').map((tag) => [tag['id'], String(tag['name'])]));
  const marksOf = (id: unknown): [string, string][] =>
    sandbox
      .rows('customer_tag')
      .flatMap(({ customerId, tagId }) => (customerId === id ? [[`tag “${tags.get(tagId)}”`, '']] : []));
  const customers = sandbox.rows('customer').map((row): [string, Map<string, string>] => {
    const fields = Object.entries((row['customFields'] ?? {}) as Row).filter(
      ([field, value]) => !OWN_FIELDS.includes(field) && value !== null,
    );
    return [
      customerOf(row).name,
      new Map([...fields.map(([field, value]): [string, string] => [field, JSON.stringify(value)]), ...marksOf(row['id'])]),
    ];
  });
  const promotions = sandbox.rows('promotion').map(({ name }): [string, string] => [`“${String(name)}”`, '']);
  const app = [
    ['prices by rule', String(sandbox.tierPriceCount())],
    ['terms of the programme', JSON.stringify(sandbox.config(TERMS) ?? null)],
  ] as const;
  return new Map([...customers, ['Promotions', new Map(promotions)], ['Shop', new Map(app)]]);
}
