import type { SandboxOrderInput } from '../sandbox-shop';
import { calculatedPrice, splitOverRates, sumByRate, taxIncluded } from './cart-price';
import type { DraftLine } from './order-lines';
import { ruleMatches } from './rule-condition';
import type { Row, TableStore } from './table-store';
import { readShopTime } from './times';

export interface PromotionCart {
  readonly input: SandboxOrderInput;
  readonly customer: Row | null;
  readonly goods: readonly DraftLine[];
  readonly currencyId: string;
  /** In Shopware's form. */
  readonly now: string;
}

/** The line of a code in a cart; none without a code. @throws Error where the shop does not take the code */
export function codeLine(store: TableStore, { input, customer, goods, currencyId, now }: PromotionCart): DraftLine[] {
  const { voucherCode } = input;
  if (voucherCode === undefined) return [];
  const promotion = promotionOf(store, voucherCode);
  const until = readShopTime(promotion?.validUntil);
  if (!promotion || promotion.active !== true || (until !== null && until < now)) {
    throw new Error(`promotion-not-found: ${voucherCode}`);
  }
  const rates = sumByRate(goods.flatMap(({ taxes }) => taxes));
  const goodsMinor = rates.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const cart = { currencyId, goods: goodsMinor / 100 };
  const holds = (mapping: string): boolean => {
    const rules = store.table(mapping).linked('promotionId', promotion.id);
    return rules.length === 0 || rules.some((rule) => ruleMatches(store, String(rule.ruleId), customer, cart));
  };
  if (!holds('promotion_cart_rule') || !holds('promotion_persona_rule')) {
    throw new Error(`promotion-not-eligible: ${voucherCode}`);
  }
  const [discount] = store.table('promotion_discount').linked('promotionId', promotion.id);
  if (!discount) throw new Error(`promotion ${String(promotion.id)} has no discount`);
  const value = Number(discount.value);
  const wanted = discount.type === 'percentage' ? Math.round((goodsMinor * value) / 100) : Math.round(value * 100);
  const offMinor = Math.min(wanted, goodsMinor);
  const taxes = splitOverRates(offMinor, rates).map(({ taxRate, grossMinor }) =>
    taxIncluded({ taxRate, grossMinor: -grossMinor }),
  );
  const price = calculatedPrice(-offMinor, 1, taxes);
  const fields: Row = {
    identifier: discount.id,
    referencedId: voucherCode,
    productId: null,
    promotionId: promotion.id,
    quantity: 1,
    label: promotion.name,
    good: false,
    removable: true,
    stackable: false,
    type: 'promotion',
    states: [],
    unitPrice: price.unitPrice,
    totalPrice: price.totalPrice,
    price,
    priceDefinition: { extensions: [], price: price.totalPrice, filter: null, type: 'absolute', apiAlias: 'cart_price_absolute' },
    payload: { promotionId: promotion.id, discountId: discount.id, discountType: discount.type, code: voucherCode },
  };
  return [{ fields, taxes }];
}

/** By one of its individual codes, each of which works once, or by the one code for everybody. */
function promotionOf(store: TableStore, code: string): Row | undefined {
  const [individual] = store.table('promotion_individual_code').linked('code', code);
  if (individual) return individual.payload === null ? store.get('promotion', String(individual.promotionId)) : undefined;
  const [common] = store.table('promotion').linked('code', code);
  return common?.useCodes === true && common.useIndividualCodes !== true ? common : undefined;
}

/** An individual code works once, also when its order is cancelled. */
export function redeemIndividualCode(store: TableStore, voucherCode: string, orderId: string): void {
  const [code] = store.table('promotion_individual_code').linked('code', voucherCode);
  if (code) store.updateQuietly('promotion_individual_code', String(code.id), { payload: { orderId } });
}
