import { z } from 'zod';
import { MAX_RULE_PRIORITY } from '../../domain/shop-settings';
import { AppError, ShopApiError } from '../../errors';
import { changeShopSettings } from '../../operations/change-shop-settings';
import type { OperationContext } from '../../operations/context';
import { withdrawShop } from '../../operations/withdraw-shop';
import type { ShopCurrency } from '../../platform/platform';
import { isConnected, listShops, type ShopRow } from '../../stores/shop-store';
import type { Db } from '../../storage/transaction';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reaches, reachShop } from '../principal';

const settingsSchema = z.strictObject({
  rulePriority: z.int().min(0).max(MAX_RULE_PRIORITY).nullable().optional(),
  salesChannelIds: z
    .array(z.string().regex(/^[0-9a-f]{32}$/, 'must be an id of 32 hexadecimal digits'))
    .min(1)
    .max(500)
    .nullable()
    .optional(),
  useCustomerGroups: z.boolean().nullable().optional(),
});

const shownShop = z.strictObject({
  shopId: z.string(),
  platform: z.enum(['shopware', 'magento']),
  programmeId: z.string(),
  url: z.string(),
  status: z.string(),
  appVersion: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
});

const tag = 'Shops';
const params = z.object({ shopId: storedKey });
const withdrawn = z.record(z.string(), z.unknown());

export interface ShopDeps {
  readonly context: OperationContext;
  /** Asks the shop. @throws ShopApiError when it does not answer */
  readonly currenciesOf: (shop: ShopRow) => Promise<readonly ShopCurrency[]>;
}

/** Connected shops and what the merchant decides about them. */
export function shopEndpoints({ context, currenciesOf }: ShopDeps): Endpoint[] {
  const { db } = context;
  return [
    currencyEndpoint(db, currenciesOf),
    endpoint({
      method: 'get',
      path: '/admin/shops',
      scope: 'shops:read',
      tag,
      summary: 'Lists the shops.',
      answers: { 200: { description: 'All shops', body: z.strictObject({ shops: z.array(shownShop) }) } },
      handle: async ({ principal }) => {
        const shops = await listShops(db);
        return { body: { shops: shops.filter((shop) => reaches(principal, shop.programme_id)).map(shown) } };
      },
    }),
    endpoint({
      method: 'patch',
      path: '/admin/shops/:shopId/settings',
      scope: 'shops:write',
      tag,
      summary: 'Changes settings of a shop; null takes one back to its default.',
      params,
      body: settingsSchema,
      answers: { 200: { description: 'The shop as it is now', body: shownShop } },
      refusals: ['UNKNOWN_SHOP'],
      handle: async ({ params: { shopId }, body, principal }) => {
        await reachShop(db, principal, shopId);
        await changeShopSettings(context, shopId, body);
        return { body: shown(await reachShop(db, principal, shopId)) };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/shops/:shopId/withdraw',
      scope: 'shops:write',
      tag,
      summary: 'Takes everything back that was made in the shop, before the app is uninstalled.',
      params,
      answers: { 202: { description: 'It is being removed', body: withdrawn } },
      refusals: ['UNKNOWN_SHOP', 'SHOP_NOT_ACTIVE'],
      handle: async ({ params: { shopId }, principal }) => {
        const row = await reachShop(db, principal, shopId);
        if (!isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
        return { status: 202, body: await withdrawShop(context, shopId) };
      },
    }),
  ];
}

function currencyEndpoint(db: Db, currenciesOf: ShopDeps['currenciesOf']): Endpoint {
  const shownCurrency = z.strictObject({ currency: z.string(), rate: z.number().nullable() });
  return endpoint({
    method: 'get',
    path: '/admin/shops/:shopId/currencies',
    scope: 'shops:read',
    tag,
    summary: 'What the shop sells in, its own currency first, with units for one unit of that. The shop is asked.',
    params,
    answers: { 200: { description: 'The currencies', body: z.strictObject({ currencies: z.array(shownCurrency) }) } },
    refusals: ['UNKNOWN_SHOP', 'SHOP_NOT_ACTIVE', 'UNAVAILABLE'],
    handle: async ({ params: { shopId }, principal }) => {
      const row = await reachShop(db, principal, shopId);
      if (!isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
      try {
        return { body: { currencies: await currenciesOf(row) } };
      } catch (error) {
        if (error instanceof ShopApiError) throw new AppError('UNAVAILABLE', { reason: 'shop' });
        throw error;
      }
    },
  });
}

/** Without secrets and keys. */
function shown(row: ShopRow): z.input<typeof shownShop> {
  return {
    shopId: row.shop_id,
    platform: row.platform,
    programmeId: row.programme_id,
    url: row.url,
    status: row.status,
    appVersion: row.app_version,
    settings: JSON.parse(row.settings) as Record<string, unknown>,
  };
}
