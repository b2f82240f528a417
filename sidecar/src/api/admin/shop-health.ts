import { z } from 'zod';
import type { OperationContext } from '../../operations/context';
import { deadLetters, removalsLeft, replayDead } from '../../stores/desired-state-store';
import type { Db } from '../../storage/transaction';
import { deadDeliveries, replayAllDead } from '../../stores/inbox-store';
import { jobStatuses } from '../../stores/job-lease-store';
import { shopHealth } from '../../stores/shop-health-store';
import { listShops } from '../../stores/shop-store';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reaches, reachShop } from '../principal';
import { deadSchema, MAX_LISTED } from './dead-letters';

const tag = 'Health';
const params = z.object({ shopId: storedKey });
const refusals = ['UNKNOWN_SHOP'] as const;

const queue = z.strictObject({ waiting: z.int(), dead: z.int(), oldestAt: z.string().nullable() });

const shownHealth = z.strictObject({
  now: z.string(),
  shops: z.array(
    z.strictObject({
      shopId: z.string(),
      platform: z.enum(['shopware', 'magento']),
      url: z.string(),
      status: z.string(),
      inbox: queue,
      writeback: queue,
      reconciledUntil: z.string().nullable(),
      /** Among the last thousand deliveries of all shops, and the last thousand pushes; null = none. */
      receivedAt: z.string().nullable(),
      writtenAt: z.string().nullable(),
      /** Of a shop that is being left: what we made there and is yet to be removed. */
      removalsLeft: z.int().nullable(),
    }),
  ),
  /** What recurs, for all shops of the sidecar. */
  jobs: z.array(
    z.strictObject({
      job: z.string(),
      running: z.boolean(),
      lastStartedAt: z.string().nullable(),
      lastFinishedAt: z.string().nullable(),
      lastResult: z.unknown(),
    }),
  ),
});

export interface ShopHealthDeps {
  readonly context: OperationContext;
  /** Called after deliveries were replayed, so that the worker looks at once. */
  readonly onReplay: () => void;
}

/** How it stands with each shop, and what to do when something was given up. */
export function shopHealthEndpoints({ context: { db, clock }, onReplay }: ShopHealthDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/health',
      scope: 'health:read',
      tag,
      summary: 'What waits and what was given up, shop by shop, and when the jobs last ran.',
      answers: { 200: { description: 'The state now', body: shownHealth } },
      handle: async ({ principal }) => {
        const shops = (await listShops(db)).filter((shop) => reaches(principal, shop.programme_id));
        const states = new Map(
          (
            await shopHealth(
              db,
              shops.map(({ shop_id }) => shop_id),
            )
          ).map((state) => [state.shopId, state]),
        );
        const shown = await Promise.all(
          shops.flatMap(({ shop_id: shopId, platform, url, status }) => {
            const state = states.get(shopId);
            return state === undefined ? [] : [withRemovals(db, { platform, url, status, ...state })];
          }),
        );
        return { body: { now: clock.now(), shops: shown, jobs: await jobStatuses(db, clock.now()) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/shops/:shopId/dead-letters',
      scope: 'health:read',
      tag,
      summary: 'What was given up of a shop.',
      params,
      answers: { 200: { description: 'Deliveries from the shop, and resources of it', body: deadSchema } },
      refusals,
      handle: async ({ params: { shopId }, principal }) => {
        await reachShop(db, principal, shopId);
        const deliveries = await deadDeliveries(db, MAX_LISTED, shopId);
        return { body: { deliveries, resources: await deadLetters(db, shopId, MAX_LISTED) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/shops/:shopId/dead-letters/replay',
      scope: 'health:write',
      tag,
      summary: 'Gives what was given up of a shop its attempts back.',
      params,
      answers: { 200: { description: 'How many', body: z.strictObject({ deliveries: z.int(), resources: z.int() }) } },
      refusals,
      handle: async ({ params: { shopId }, principal }) => {
        await reachShop(db, principal, shopId);
        const resources = await replayDead(db, { shopId }, clock.now());
        const deliveries = await replayAllDead(db, shopId, clock.now());
        onReplay();
        return { body: { deliveries, resources } };
      },
    }),
  ];
}

async function withRemovals<Shop extends { readonly shopId: string; readonly status: string }>(db: Db, shop: Shop) {
  return { ...shop, removalsLeft: shop.status === 'leaving' ? await removalsLeft(db, shop.shopId) : null };
}
