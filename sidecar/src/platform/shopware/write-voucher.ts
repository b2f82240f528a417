import type { VoucherMirror } from '../../domain/mirror';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { Fields } from './fields';
import { ownId } from './names';
import { discountRow, salesChannelRows } from './promotion';
import { all, any, ruleRow } from './rule';
import type { Currencies, ShopFacts } from './shop-facts';

interface DesiredVoucher {
  readonly id: string;
  readonly state: VoucherMirror | null;
}

/**
 * A voucher is an individual code, which works once, of a promotion that vouchers of the same value and last day share.
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
    const rule = {
      id: ownId(shop.shopId, 'rule', 'currency', state.currency),
      name: `Loyalty: pays in ${state.currency}`,
      priority: 1,
      condition: any(all({ type: 'currency', value: { operator: '=', currencyIds: [currencyId] } })),
    };
    const promotion = voucherPromotion(shop, state, currencies, salesChannelIds, rule.id);
    const code = { id: codeId, promotionId: promotion['id'], code: state.code };
    return {
      operations: [
        { entity: 'rule', action: 'upsert', payload: [ruleRow(shop.shopId, rule)] },
        { entity: 'promotion', action: 'upsert', payload: [promotion] },
        { entity: 'promotion_individual_code', action: 'upsert', payload: [code] },
      ],
    };
  });
}

function voucherPromotion(
  shop: ConnectedShop,
  { valueMinor, currency, expiresAt }: VoucherMirror,
  currencies: Currencies,
  salesChannelIds: readonly string[],
  ruleId: string,
): Fields {
  const lastDay = expiresAt?.slice(0, 10) ?? null;
  const id = ownId(shop.shopId, 'voucher-promotion', currency, valueMinor, lastDay ?? 'for ever');
  return {
    id,
    name: `Loyalty voucher ${valueMinor} ${currency}${lastDay === null ? '' : ` until ${lastDay}`}`,
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
    discounts: [discountRow(shop, id, { kind: 'fixed', priceMinor: { [currency]: valueMinor } }, currencies)],
    cartRules: [{ id: ruleId }],
  };
}
