import type { FriendCodeMirror } from '../../domain/mirror';
import { toMajor } from '../../domain/money';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { ShopwareClient, SyncOperation } from './client';
import { ownId } from './names';
import { currencyIdsOf, discountRow, salesChannelRows } from './promotion';
import { all, any, ruleRow, staleConditions, type Condition, type RuleText } from './rule';
import type { Currencies, ShopFacts } from './shop-facts';

interface DesiredFriendCode {
  readonly id: string;
  readonly state: FriendCodeMirror | null;
}

/** One promotion a referral code, for the first order of a customer with an account. @throws ShopApiError */
export async function planFriendCodes(
  deps: { readonly client: ShopwareClient; readonly facts: ShopFacts },
  shop: ConnectedShop,
  codes: readonly DesiredFriendCode[],
): Promise<PlannedWrite[]> {
  const present = codes.flatMap(({ state }) => state ?? []);
  if (present.length === 0) return codes.map(({ id }) => ({ operations: [deletion(shop, id)] }));
  const currencies = await deps.facts.currencies(shop);
  const salesChannelIds = await deps.facts.salesChannelIds(shop);
  const rules = new Map(present.map((state) => [minimumRuleId(shop, state), minimumRule(shop, state, currencies)]));
  const stale = await staleConditions(deps.client, shop, [...rules.values()]);
  return codes.map(({ id, state }) => {
    if (state === null) return { operations: [deletion(shop, id)] };
    const minimum = minimumRule(shop, state, currencies);
    const promotion = {
      id: promotionId(shop, id),
      name: `Loyalty: recommended with ${state.code}`,
      active: true,
      useCodes: true,
      useIndividualCodes: false,
      code: state.code,
      maxRedemptionsPerCustomer: 1,
      priority: 1,
      exclusive: false,
      useSetGroups: false,
      customerRestriction: false,
      // Two friends' codes must not add up.
      preventCombination: true,
      salesChannels: salesChannelRows(shop, promotionId(shop, id), salesChannelIds),
      discounts: [discountRow(shop, promotionId(shop, id), state.discount, currencies)],
      personaRules: [{ id: firstOrderRule(shop).id }],
      cartRules: [{ id: minimum.id }],
    };
    return {
      operations: [
        { entity: 'rule_condition', action: 'delete', payload: stale.map((conditionId) => ({ id: conditionId })) },
        { entity: 'rule', action: 'upsert', payload: [firstOrderRule(shop), minimum].map((rule) => ruleRow(shop.shopId, rule)) },
        { entity: 'promotion', action: 'upsert', payload: [promotion] },
      ],
    };
  });
}

function promotionId(shop: ConnectedShop, code: string): string {
  return ownId(shop.shopId, 'friend-promotion', code);
}

function deletion(shop: ConnectedShop, code: string): SyncOperation {
  return { entity: 'promotion', action: 'delete', payload: [{ id: promotionId(shop, code) }] };
}

/** Guests have a new customer row with each order, so every order of theirs would be the first. */
function firstOrderRule(shop: ConnectedShop): RuleText {
  return {
    id: ownId(shop.shopId, 'rule', 'first-order'),
    name: 'Loyalty: first order of a customer',
    priority: 1,
    condition: any(
      all(
        { type: 'customerOrderCount', value: { operator: '=', count: 0 } },
        { type: 'customerIsGuest', value: { isGuest: false } },
      ),
    ),
  };
}

/** Shared by all codes of the same kind of discount, so that a new minimum holds for all of them at once. */
function minimumRuleId(shop: ConnectedShop, { discount }: FriendCodeMirror): string {
  return ownId(shop.shopId, 'rule', 'friend-minimum', discount.kind);
}

/** Goods of the minimum value; in a currency without one, of any. An amount off holds in its own currencies only. */
function minimumRule(shop: ConnectedShop, state: FriendCodeMirror, currencies: Currencies): RuleText {
  const goods = (amount: number): Condition => ({ type: 'cartGoodsPrice', value: { operator: '>=', amount } });
  const inCurrency = (operator: '=' | '!=', currencyIds: readonly string[]): Condition => ({
    type: 'currency',
    value: { operator, currencyIds },
  });
  const offered = currencyIdsOf(state.discount, currencies);
  const minimums = Object.entries(state.minimumMinor).flatMap(([currency, minor]) => {
    const id = currencies.idOf.get(currency);
    return id === undefined || offered?.includes(id) === false ? [] : [{ id, amount: toMajor(minor, currency) }];
  });
  const named = minimums.map(({ id }) => id);
  const others = offered?.filter((id) => !named.includes(id)) ?? null;
  const withoutMinimum =
    others === null
      ? [all(...(named.length > 0 ? [inCurrency('!=', named)] : []), goods(0))]
      : others.length > 0
        ? [all(inCurrency('=', others), goods(0))]
        : [];
  return {
    id: minimumRuleId(shop, state),
    name: `Loyalty: minimum value for recommended friends (${state.discount.kind})`,
    priority: 1,
    condition: any(...minimums.map(({ id, amount }) => all(inCurrency('=', [id]), goods(amount))), ...withoutMinimum),
  };
}
