import { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';
import type { Ids } from '../../ids';
import type { Db } from '../../storage/transaction';
import { createPairingCode, PAIRING_CODE_MINUTES, programmeExists } from '../../stores/pairing-store';
import { parseBody, storedKey } from '../parse-body';

export interface PairingCodesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly defaultProgrammeId: string;
}

const newCode = z.strictObject({ programmeId: storedKey.optional() });

/** `POST /pairing-codes`: a code with which one Magento shop joins a programme; shown this once. Expects parsed JSON bodies. */
export function createPairingCodesRouter(deps: PairingCodesDeps): Router {
  const router = Router();
  router.post('/pairing-codes', async (request, response) => {
    const { programmeId = deps.defaultProgrammeId } = parseBody(newCode, request.body ?? {});
    if (!(await programmeExists(deps.db, programmeId))) throw new AppError('NOT_FOUND', { programmeId });
    const code = await createPairingCode(deps.db, deps.ids, deps.clock, programmeId);
    response.status(201).set('cache-control', 'no-store').json({ code, programmeId, validMinutes: PAIRING_CODE_MINUTES });
  });
  return router;
}
