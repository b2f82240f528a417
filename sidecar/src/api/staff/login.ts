import express, { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { logInStaff } from '../../operations/log-in-staff';
import { parseBody } from '../parse-body';
import { roleSchema } from './role';
import type { StaffSessions } from './staff-session';

export interface LoginDeps {
  readonly context: OperationContext;
  readonly sessions: StaffSessions;
}

const credentials = z.strictObject({ name: z.string().max(200), password: z.string().max(200) });

/** Of one address, and wrong: each costs us a tenth of a second and 64 MB. Right ones are none, many people share an office's address. */
const GUESSES_A_MINUTE = 10;

/** Name and password for a session. Whoever is let in by a shop's administration needs neither. */
export function createLoginRouter({ context, sessions }: LoginDeps): Router {
  const router = Router();
  router.post(
    '/',
    rateLimit({
      windowMs: 60_000,
      limit: GUESSES_A_MINUTE,
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, _response, next) => next(new AppError('RATE_LIMITED')),
    }),
    express.json({ limit: '2kb' }),
    async (request, response) => {
      const entered = await logInStaff(context, parseBody(credentials, request.body ?? {}));
      if (!entered.ok) throw new AppError('UNAUTHORIZED');
      const { programme_id: programmeId, name, role } = entered.value;
      const session = { programmeId, shopId: null, role: roleSchema.parse(role), actor: name, isPerson: true };
      response.setHeader('cache-control', 'no-store');
      response.json(sessions.start(session));
    },
  );
  return router;
}
