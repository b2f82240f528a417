/** Endpoints as they stand in a sidecar: authenticated, with parsed bodies, every answer compared with its schema. */
import express from 'express';
import type { MountedRouter } from '../../sidecar/src/api/app';
import { authenticate, type FindKey } from '../../sidecar/src/api/authenticate';
import { mountEndpoints, type Endpoint } from '../../sidecar/src/api/endpoint';

export function guardedApi(
  endpoints: readonly Endpoint[],
  token: string,
  { bodyLimit = 100_000, findKey = () => Promise.resolve(null) }: { bodyLimit?: number; findKey?: FindKey } = {},
): MountedRouter {
  const router = express.Router();
  router.use(['/admin', '/v1'], authenticate([token], findKey), express.json({ limit: bodyLimit }));
  router.use(mountEndpoints(endpoints, { checkAnswers: true }));
  return { path: '/', router };
}
