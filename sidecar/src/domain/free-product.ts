import { ofCurrency } from './currency';
import type { FreeProductRule, Programme } from './programme';
import { reason, type Reason } from './reason';
import { subjectMiss, type ScopeSubject } from './scope';

export interface GiftCart extends ScopeSubject {
  readonly currency: string;
  /** Gross value of the goods, without gifts, shipping and points, minor units. */
  readonly goodsMinor: number;
}

/** Gifts given so far by rule code, in pieces. A rule without an entry has given none. */
export type GrantedGifts = Readonly<Record<string, { readonly byMember: number; readonly total: number }>>;

export interface DueGift {
  readonly ruleCode: string;
  /** To choose from; the first is the default. */
  readonly products: readonly string[];
  readonly quantity: number;
}

/** The gifts a cart has earned, with a reason for every rule. Near its limit a rule gives what is left of it. */
export function dueGifts(
  programme: Programme,
  cart: GiftCart,
  granted: GrantedGifts,
): { due: readonly DueGift[]; reasons: readonly Reason[] } {
  const judged = programme.freeProducts.map((rule) => judgeRule(rule, cart, granted));
  return { due: judged.flatMap(({ due }) => (due ? [due] : [])), reasons: judged.map((one) => one.reason) };
}

function judgeRule(rule: FreeProductRule, cart: GiftCart, granted: GrantedGifts): { due: DueGift | null; reason: Reason } {
  const none = (code: string, figures: Reason['figures'] = {}) => ({
    due: null,
    reason: reason(code, false, { rule: rule.code, ...figures }),
  });
  const miss = subjectMiss(rule, cart);
  if (miss !== null) return none(`gift_${miss}`, { tier: cart.tier, at: cart.at });
  const minimumMinor = ofCurrency(rule.minimumGoodsMinor, cart.currency);
  if (minimumMinor === null) return none('gift_other_currency', { currency: cart.currency });
  const { goodsMinor } = cart;
  if (goodsMinor < minimumMinor) return none('gift_below_minimum', { goodsMinor, minimumMinor, currency: cart.currency });
  const given = Object.hasOwn(granted, rule.code) ? granted[rule.code] : undefined;
  const leftForMember = (rule.limitPerMember ?? Infinity) - (given?.byMember ?? 0);
  if (leftForMember <= 0) return none('gift_limit_reached', { limitPerMember: rule.limitPerMember });
  const leftInStock = (rule.stock ?? Infinity) - (given?.total ?? 0);
  if (leftInStock <= 0) return none('gift_out_of_stock', { stock: rule.stock });
  const quantity = Math.min(rule.quantity, leftForMember, leftInStock);
  return {
    due: { ruleCode: rule.code, products: rule.products, quantity },
    reason: reason('gift_due', true, { rule: rule.code, goodsMinor, minimumMinor, currency: cart.currency, quantity }),
  };
}
