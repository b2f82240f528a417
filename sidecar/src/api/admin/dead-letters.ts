import { z } from 'zod';
import type { Clock } from '../../clock';
import type { Db } from '../../storage/transaction';
import { deadLetters, replayDead as replayResources } from '../../stores/desired-state-store';
import { deadDeliveries, replayAllDead, replayDead as replayDeliveries } from '../../stores/inbox-store';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';

export interface DeadLettersDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Called after deliveries were replayed, so that the worker looks at once. */
  readonly onReplay: () => void;
}

export const MAX_LISTED = 200;

const replayRequest = z.strictObject({
  /** Message ids as listed, or `all`. */
  deliveries: z.union([z.literal('all'), z.array(storedKey).max(1000)]).optional(),
  /** A shop's resources that could not be written back, or `all`. */
  resources: z.union([z.literal('all'), z.strictObject({ shopId: storedKey })]).optional(),
});

const failed = { attempts: z.int(), lastError: z.string().nullable() };
export const deadSchema = z.strictObject({
  deliveries: z.array(
    z.strictObject({
      messageId: z.string(),
      shopId: z.string(),
      topic: z.string(),
      resourceKey: z.string(),
      receivedAt: z.string(),
      ...failed,
    }),
  ),
  resources: z.array(z.strictObject({ shopId: z.string(), type: z.string(), id: z.string(), updatedAt: z.string(), ...failed })),
});

const tag = 'Health';

/** What was given up, and how it gets its attempts back. */
export function deadLetterEndpoints(deps: DeadLettersDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/dead-letters',
      scope: 'operator',
      tag,
      summary: 'Lists what was given up.',
      answers: { 200: { description: 'Deliveries from shops, and resources of shops', body: deadSchema } },
      handle: async () => {
        const deliveries = await deadDeliveries(deps.db, MAX_LISTED);
        return { body: { deliveries, resources: await deadLetters(deps.db, null, MAX_LISTED) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/dead-letters/replay',
      scope: 'operator',
      tag,
      summary: 'Gives what was given up its attempts back.',
      body: replayRequest,
      answers: {
        200: {
          description: 'How many',
          body: z.strictObject({ replayed: z.strictObject({ deliveries: z.int(), resources: z.int() }) }),
        },
      },
      handle: async ({ body: { deliveries = [], resources } }) => {
        const replayed = {
          deliveries:
            deliveries === 'all'
              ? await replayAllDead(deps.db, null, deps.clock.now())
              : await replayDeliveries(deps.db, deliveries, deps.clock.now()),
          resources:
            resources === undefined
              ? 0
              : await replayResources(deps.db, resources === 'all' ? {} : { shopId: resources.shopId }, deps.clock.now()),
        };
        deps.onReplay();
        return { body: { replayed } };
      },
    }),
  ];
}
