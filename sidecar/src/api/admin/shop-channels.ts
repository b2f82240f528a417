import { z } from 'zod';
import { branchesOf, offeredProgrammes, partOf } from '../../domain/shop-branch';
import { AppError, ShopApiError } from '../../errors';
import { assignChannels } from '../../operations/assign-channels';
import type { OperationContext } from '../../operations/context';
import type { SalesChannel } from '../../platform/platform';
import { installedShop, isConnected, type ShopRow } from '../../stores/shop-store';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachShop } from '../principal';

const tag = 'Shops';
const params = z.object({ shopId: storedKey });

export interface ShopChannelDeps {
  readonly context: OperationContext;
  /** Asks the shop. @throws ShopApiError when it does not answer */
  readonly salesChannelsOf: (shop: ShopRow) => Promise<readonly SalesChannel[]>;
  /** Called after sales channels went to other programmes. */
  readonly onAssigned: () => void;
}

const channelId = z.string().regex(/^[0-9a-f]{32}$/, 'must be an id of 32 hexadecimal digits');
const assignedSchema = z.strictObject({
  programmes: z
    .array(z.strictObject({ programmeId: storedKey, channelIds: z.array(channelId).max(500) }))
    .max(100)
    .superRefine((programmes, check) => {
      const seen = new Set<string>();
      const once = (key: string, path: (string | number)[], message: string): void => {
        if (seen.has(key)) check.addIssue({ code: 'custom', path, message });
        seen.add(key);
      };
      programmes.forEach(({ programmeId, channelIds }, i) => {
        once(`programme ${programmeId}`, [i, 'programmeId'], 'is listed twice');
        channelIds.forEach((id, j) => once(id, [i, 'channelIds', j], 'belongs to a programme already'));
      });
    }),
});
const shownBranches = z.strictObject({
  programmes: z.array(z.strictObject({ programmeId: z.string(), shopId: z.string(), channelIds: z.array(z.string()) })),
});

/** Sales channels of one Shopware installation that belong to other programmes than its own. */
export function shopChannelEndpoints(deps: ShopChannelDeps): Endpoint[] {
  const { db } = deps.context;
  return [
    knownEndpoint(deps),
    endpoint({
      method: 'get',
      path: '/admin/shops/:shopId/channels',
      scope: 'shops:read',
      tag,
      summary: 'Programmes that have sales channels of the shop to themselves. All other channels belong to its own.',
      params,
      answers: { 200: { description: 'Programmes with their channels', body: shownBranches } },
      refusals: ['UNKNOWN_SHOP'],
      handle: async ({ params: { shopId }, principal }) => {
        const { settings } = installedShop(await reachShop(db, principal, shopId));
        return { body: { programmes: branchesOf(settings).map((one) => ({ ...one, channelIds: [...one.channelIds] })) } };
      },
    }),
    assignEndpoint(deps),
  ];
}

function assignEndpoint({ context, onAssigned }: ShopChannelDeps): Endpoint {
  const { db } = context;
  return endpoint({
    method: 'put',
    path: '/admin/shops/:shopId/channels',
    scope: 'shops:write',
    tag,
    summary: 'Says which sales channels belong to which programme, in the place of what was said before.',
    params,
    body: assignedSchema,
    answers: { 200: { description: 'Programmes with their channels', body: shownBranches } },
    refusals: ['UNKNOWN_SHOP', 'NOT_FOUND', 'CONFLICT'],
    handle: async ({ params: { shopId }, body: { programmes }, principal }) => {
      await reachShop(db, principal, shopId);
      // Who reaches one programme gives channels to those alone that the operator offered.
      const assigned = await assignChannels(context, { shopId, programmes, offers: principal.kind === 'operator' });
      if (!assigned.ok) {
        const { code, details } = assigned;
        throw new AppError(code.startsWith('unknown') ? 'NOT_FOUND' : 'CONFLICT', { reason: code, ...details });
      }
      onAssigned();
      return { body: { programmes: assigned.value.map((one) => ({ ...one, channelIds: [...one.channelIds] })) } };
    },
  });
}

const knownSchema = z.strictObject({
  channels: z.array(z.strictObject({ channelId: z.string(), name: z.string().nullable(), programmeId: z.string() })),
  programmes: z.array(z.strictObject({ programmeId: z.string(), name: z.string() })),
});

function knownEndpoint({ context, salesChannelsOf }: ShopChannelDeps): Endpoint {
  return endpoint({
    method: 'get',
    path: '/admin/shops/:shopId/sales-channels',
    scope: 'shops:read',
    tag,
    summary:
      'Sales channels of a Shopware shop, each with its programme, and the programmes there are to choose from. The shop is asked.',
    params,
    answers: { 200: { description: "The channels by name; the shop's own programme first", body: knownSchema } },
    refusals: ['UNKNOWN_SHOP', 'SHOP_NOT_ACTIVE', 'UNAVAILABLE', 'CONFLICT'],
    handle: async ({ params: { shopId }, principal }) => {
      const row = await reachShop(context.db, principal, shopId);
      if (row.platform !== 'shopware' || row.branch_of !== null) throw new AppError('CONFLICT', { reason: 'no_sales_channels' });
      if (!isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
      const known = await salesChannelsOf(row).catch((error: unknown) => {
        if (error instanceof ShopApiError) throw new AppError('UNAVAILABLE', { reason: 'shop' });
        throw error;
      });
      return { body: { channels: withProgrammes(row, known), programmes: await namedProgrammes(context, row) } };
    },
  });
}

/** Also those that belong to a programme and are not in the shop any more. */
function withProgrammes(row: ShopRow, known: readonly SalesChannel[]): z.input<typeof knownSchema>['channels'] {
  const shop = installedShop(row);
  const ids = new Set(known.map(({ channelId }) => channelId));
  const gone = branchesOf(shop.settings).flatMap(({ channelIds }) => channelIds.filter((id) => !ids.has(id)));
  return [...known, ...gone.map((channelId) => ({ channelId, name: null }))].map((channel) => ({
    ...channel,
    programmeId: partOf(shop, channel.channelId).programmeId,
  }));
}

async function namedProgrammes(context: OperationContext, row: ShopRow): Promise<z.input<typeof knownSchema>['programmes']> {
  const { programmeId: own, settings } = installedShop(row);
  const now = context.clock.now();
  const named: z.input<typeof knownSchema>['programmes'] = [];
  for (const programmeId of [own, ...offeredProgrammes(settings)]) {
    const published = await context.programmes.effectiveAt(context.db, programmeId, now);
    named.push({ programmeId, name: published?.programme.name ?? programmeId });
  }
  return named;
}
