import { z } from 'zod';
import type { FriendCodeMirror, VoucherMirror } from '../../domain/mirror';
import { toMajor } from '../../domain/money';
import { ShopApiError } from '../../errors';
import type { ConnectedShop } from '../platform';
import { searchQuery, type MagentoClient } from './client';
import { friendRuleName, shareRuleName, voucherRuleName } from './names';

const ruleSchema = z.object({ rule_id: z.number(), name: z.string() });
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item).nullish() });
const couponSchema = z.object({ coupon_id: z.number(), rule_id: z.number(), code: z.string() });
const groupSchema = z.object({ id: z.number() });

interface Discount {
  readonly name: string;
  readonly simple_action: 'by_percent' | 'cart_fixed';
  readonly discount_amount: number;
  /** 0 = no limit. Magento copies both limits to every coupon of the rule, whatever the coupon says. */
  readonly uses_per_coupon: number;
  readonly uses_per_customer: number;
  readonly condition?: Condition;
}

/** As Magento's REST writes the conditions of a rule. */
interface Condition {
  readonly condition_type: string;
  readonly aggregator_type?: 'all';
  readonly attribute_name?: string;
  readonly operator?: '>=';
  readonly value: string;
  readonly conditions?: readonly Condition[];
}

/** A rule with one code of our own: one use a customer. Whether it is a first purchase is judged by the sidecar. */
export async function pushFriendCode(client: MagentoClient, shop: ConnectedShop, code: string, state: FriendCodeMirror | null) {
  if (state === null) return deleteCoupon(client, shop, code);
  const { discount } = state;
  const [currency, minor] = discount.kind === 'fixed' ? (Object.entries(discount.priceMinor)[0] ?? ['EUR', 0]) : ['EUR', 0];
  const ruleId = await ensureRule(client, shop, {
    name: friendRuleName(code) + websiteSuffix(shop),
    uses_per_coupon: 0,
    uses_per_customer: 1,
    ...(discount.kind === 'percent'
      ? { simple_action: 'by_percent', discount_amount: discount.percentBps / 100 }
      : { simple_action: 'cart_fixed', discount_amount: toMajor(minor, currency) }),
  });
  await ensureCoupon(client, shop, { rule_id: ruleId, code, is_primary: false, type: 1 });
}

/** One rule a value, minimum and currency, one single-use coupon a voucher. */
export async function pushVoucher(client: MagentoClient, shop: ConnectedShop, code: string, state: VoucherMirror | null) {
  if (state === null) return deleteCoupon(client, shop, code);
  const ruleId = await ensureRule(client, shop, voucherRule(shop, state));
  await ensureCoupon(client, shop, {
    rule_id: ruleId,
    code,
    is_primary: false,
    type: 1,
    ...(state.expiresAt === null ? {} : { expiration_date: state.expiresAt.slice(0, 10) }),
  });
}

function voucherRule(shop: ConnectedShop, { valueMinor, currency, percentBps, minimumMinor = 0 }: VoucherMirror): Discount {
  const minimum = toMajor(minimumMinor, currency);
  const from = minimumMinor > 0 ? ` from ${minimum.toFixed(2)} ${currency}` : '';
  const isShare = percentBps !== null && percentBps !== undefined;
  const value = isShare ? percentBps / 100 : toMajor(valueMinor, currency);
  return {
    name: (isShare ? shareRuleName(value) : voucherRuleName(value.toFixed(2), currency)) + from + websiteSuffix(shop),
    simple_action: isShare ? 'by_percent' : 'cart_fixed',
    discount_amount: value,
    uses_per_coupon: 1,
    // Counted over the whole rule: whoever has two vouchers of a value may use both.
    uses_per_customer: 0,
    ...(minimumMinor > 0 ? { condition: goodsFrom(minimum) } : {}),
  };
}

/** Goods of a value including tax, in the base currency. */
function goodsFrom(minimum: number): Condition {
  return {
    condition_type: 'Magento\\SalesRule\\Model\\Rule\\Condition\\Combine',
    aggregator_type: 'all',
    value: '1',
    conditions: [
      {
        condition_type: 'Magento\\SalesRule\\Model\\Rule\\Condition\\Address',
        attribute_name: 'base_subtotal_total_incl_tax',
        operator: '>=',
        value: String(minimum),
      },
    ],
  };
}

async function ensureRule(client: MagentoClient, shop: ConnectedShop, discount: Discount): Promise<number> {
  const query = searchQuery({ filters: [{ field: 'name', value: discount.name }], pageSize: 1 });
  const found = listOf(ruleSchema).safeParse(await client.get(shop, '/salesRules/search', query));
  const known = found.success ? found.data.items?.[0] : undefined;
  if (known) return known.rule_id;
  const groups = listOf(groupSchema).safeParse(
    await client.get(shop, '/customerGroups/search', searchQuery({ filters: [], pageSize: 500 })),
  );
  const websiteIds = Array.isArray(shop.settings['websiteIds']) ? (shop.settings['websiteIds'] as number[]) : [1];
  const answer = await client.send(shop, 'POST', '/salesRules', {
    rule: {
      ...discount,
      website_ids: websiteIds,
      customer_group_ids: groups.success ? (groups.data.items ?? []).map((group) => group.id) : [0, 1],
      is_active: true,
      stop_rules_processing: false,
      is_advanced: true,
      sort_order: 1,
      discount_qty: 0,
      discount_step: 0,
      apply_to_shipping: false,
      times_used: 0,
      is_rss: false,
      coupon_type: 'SPECIFIC_COUPON',
      use_auto_generation: true,
    },
  });
  const rule = ruleSchema.safeParse(answer);
  if (!rule.success) throw new ShopApiError('the shop made a price rule and did not say which', true);
  return rule.data.rule_id;
}

/** Websites with programmes of their own have rules of their own. */
function websiteSuffix(shop: ConnectedShop): string {
  const { website } = shop.settings;
  return typeof website === 'string' ? ` (${website})` : '';
}

/** After a lost answer the coupon is there already: then it is ours if it hangs on our rule. */
async function ensureCoupon(
  client: MagentoClient,
  shop: ConnectedShop,
  coupon: { rule_id: number; code: string } & Record<string, unknown>,
) {
  const known = await findCoupon(client, shop, coupon.code);
  if (known?.rule_id === coupon.rule_id) return;
  if (known) throw new ShopApiError('the code belongs to another price rule of the shop', false);
  await client.send(shop, 'POST', '/coupons', { coupon });
}

async function findCoupon(client: MagentoClient, shop: ConnectedShop, code: string) {
  const query = searchQuery({ filters: [{ field: 'code', value: code }], pageSize: 1 });
  const parsed = listOf(couponSchema).safeParse(await client.get(shop, '/coupons/search', query));
  return parsed.success ? (parsed.data.items?.[0] ?? null) : null;
}

async function deleteCoupon(client: MagentoClient, shop: ConnectedShop, code: string): Promise<void> {
  await client.send(shop, 'POST', '/coupons/deleteByCodes', { codes: [code], ignoreInvalidCoupons: true });
}
