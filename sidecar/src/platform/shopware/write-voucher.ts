import type { VoucherMirror } from '../../domain/mirror';
import { formatMinor, toMajor } from '../../domain/money';
import type { PriceEffect } from '../../domain/programme';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { Fields } from './fields';
import { ownId } from './names';
import { discountRow, salesChannelRows } from './promotion';
import { all, any, ruleRow, type Condition, type RuleText } from './rule';
import type { Currencies, ShopFacts } from './shop-facts';

interface DesiredVoucher {
  readonly id: string;
  readonly state: VoucherMirror | null;
}

/**
 * A voucher is an individual code, which works once, of a promotion that vouchers of the same value, minimum and last day share.
 * @throws ShopApiError
 */
export async function planVouchers(
  facts: ShopFacts,
  shop: ConnectedShop,
  vouchers: readonly DesiredVoucher[],
): Promise<PlannedWrite[]> {
  const needsFacts = vouchers.some(({ state }) => state !== null);
  const currencies: Currencies = needsFacts ? await facts.currencies(shop) : { idOf: new Map(), isoOf: new Map() };
  const salesChannelIds = needsFacts ? await facts.salesChannelIds(shop) : [];
  return vouchers.map(({ id, state }) => {
    const codeId = ownId(shop.shopId, 'voucher-code', id);
    if (state === null) {
      return { operations: [{ entity: 'promotion_individual_code', action: 'delete', payload: [{ id: codeId }] }] };
    }
    const currencyId = currencies.idOf.get(state.currency);
    if (currencyId === undefined) {
      return { outcome: { ok: false, retryable: false, error: `the shop has no currency ${state.currency}` } };
    }
    const rules = cartRules(shop, state, currencyId);
    const promotion = voucherPromotion(shop, state, currencies, salesChannelIds, rules);
    const code = { id: codeId, promotionId: promotion['id'], code: state.code };
    return {
      operations: [
        { entity: 'rule', action: 'upsert', payload: rules.map((rule) => ruleRow(shop.shopId, rule)) },
        { entity: 'promotion', action: 'upsert', payload: [promotion] },
        { entity: 'promotion_individual_code', action: 'upsert', payload: [code] },
      ],
    };
  });
}

/** An amount or a minimum holds in its own currency only; a share without a minimum in all of them. */
function cartRules(
  shop: ConnectedShop,
  { currency, percentBps, minimumMinor = 0 }: VoucherMirror,
  currencyId: string,
): RuleText[] {
  const pays: Condition = { type: 'currency', value: { operator: '=', currencyIds: [currencyId] } };
  if (minimumMinor > 0) {
    const amount = toMajor(minimumMinor, currency);
    return [
      {
        id: ownId(shop.shopId, 'rule', 'voucher-minimum', currency, minimumMinor),
        name: `Loyalty: goods for ${formatMinor(minimumMinor, currency)}`,
        priority: 1,
        condition: any(all(pays, { type: 'cartGoodsPrice', value: { operator: '>=', amount } })),
      },
    ];
  }
  if (isShare(percentBps)) return [];
  return [
    {
      id: ownId(shop.shopId, 'rule', 'currency', currency),
      name: `Loyalty: pays in ${currency}`,
      priority: 1,
      condition: any(all(pays)),
    },
  ];
}

function isShare(percentBps: VoucherMirror['percentBps']): percentBps is number {
  return percentBps !== null && percentBps !== undefined;
}

function voucherPromotion(
  shop: ConnectedShop,
  { valueMinor, currency, percentBps, minimumMinor = 0, expiresAt }: VoucherMirror,
  currencies: Currencies,
  salesChannelIds: readonly string[],
  rules: readonly RuleText[],
): Fields {
  const lastDay = expiresAt?.slice(0, 10) ?? null;
  const value = isShare(percentBps) ? `${percentBps / 100} %` : `${valueMinor} ${currency}`;
  // What vouchers had in common before they could have more stays their id.
  const kind = isShare(percentBps) ? ['percent', percentBps] : [currency, valueMinor];
  const minimum = minimumMinor > 0 ? ['minimum', currency, minimumMinor] : [];
  const id = ownId(shop.shopId, 'voucher-promotion', ...kind, lastDay ?? 'for ever', ...minimum);
  const from = minimumMinor > 0 ? ` from ${formatMinor(minimumMinor, currency)}` : '';
  const effect: PriceEffect = isShare(percentBps)
    ? { kind: 'percent', percentBps }
    : { kind: 'fixed', priceMinor: { [currency]: valueMinor } };
  return {
    id,
    name: `Loyalty voucher ${value}${from}${lastDay === null ? '' : ` until ${lastDay}`}`,
    active: true,
    useCodes: true,
    useIndividualCodes: true,
    priority: 1,
    exclusive: false,
    useSetGroups: false,
    customerRestriction: false,
    preventCombination: false,
    // To the end of the day, in the member's favour.
    validUntil: lastDay === null ? null : `${lastDay} 23:59:59.000`,
    salesChannels: salesChannelRows(shop, id, salesChannelIds),
    discounts: [discountRow(shop, id, effect, currencies)],
    cartRules: rules.map((rule) => ({ id: rule.id })),
  };
}
