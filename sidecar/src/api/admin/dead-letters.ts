import { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../clock';
import type { Db } from '../../storage/transaction';
import { deadLetters, replayDead as replayResources } from '../../stores/desired-state-store';
import { deadDeliveries, replayDead as replayDeliveries } from '../../stores/inbox-store';
import { parseBody, storedKey } from '../parse-body';

export interface DeadLettersDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Called after deliveries were replayed, so that the worker looks at once. */
  readonly onReplay: () => void;
}

const MAX_LISTED = 200;

const replayRequest = z.strictObject({
  /** Message ids as listed, or `all`. */
  deliveries: z.union([z.literal('all'), z.array(storedKey).max(1000)]).optional(),
  /** A shop's resources that could not be written back, or `all`. */
  resources: z.union([z.literal('all'), z.strictObject({ shopId: storedKey })]).optional(),
});

/** `GET /dead-letters` lists what was given up, `POST /dead-letters/replay` gives it its attempts back. Expects parsed JSON bodies. */
export function createDeadLettersRouter(deps: DeadLettersDeps): Router {
  const router = Router();
  router.get('/dead-letters', async (_request, response) => {
    const deliveries = await deadDeliveries(deps.db, MAX_LISTED);
    const resources = await deadLetters(deps.db, null, MAX_LISTED);
    response.json({ deliveries, resources });
  });
  router.post('/dead-letters/replay', async (request, response) => {
    const { deliveries = [], resources } = parseBody(replayRequest, request.body ?? {});
    const replayed = {
      deliveries: deliveries === 'all' ? await replayAll(deps) : await replayDeliveries(deps.db, deliveries, deps.clock.now()),
      resources:
        resources === undefined
          ? 0
          : await replayResources(deps.db, resources === 'all' ? {} : { shopId: resources.shopId }, deps.clock.now()),
    };
    deps.onReplay();
    response.json({ replayed });
  });
  return router;
}

async function replayAll(deps: DeadLettersDeps): Promise<number> {
  let replayed = 0;
  for (;;) {
    const dead = await deadDeliveries(deps.db, MAX_LISTED);
    if (dead.length === 0) return replayed;
    replayed += await replayDeliveries(
      deps.db,
      dead.map(({ messageId }) => messageId),
      deps.clock.now(),
    );
  }
}
