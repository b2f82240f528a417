import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { createPairingCode, PAIRING_CODE_MINUTES } from '../../stores/pairing-store';
import { endpoint, type Endpoint } from '../endpoint';
import { requireProgramme } from '../existing-programme';
import { storedKey } from '../parse-body';

/** A code with which one Magento shop joins a programme. */
export function pairingCodeEndpoints(
  { db, ids, clock }: Pick<OperationContext, 'db' | 'ids' | 'clock'>,
  defaultProgrammeId: string,
): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/admin/pairing-codes',
      scope: 'shops:write',
      tag: 'Shops',
      summary: 'Creates a code with which one Magento shop joins a programme; it is shown this once.',
      body: z.strictObject({ programmeId: storedKey.optional() }),
      answers: {
        201: {
          description: 'The code',
          body: z.strictObject({ code: z.string(), programmeId: z.string(), validMinutes: z.int() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ body, principal }) => {
        const own = principal.kind === 'operator' ? defaultProgrammeId : principal.programmeId;
        const { programmeId = own } = body;
        if (principal.kind !== 'operator' && programmeId !== own) throw new AppError('NOT_FOUND', { programmeId });
        await requireProgramme(db, programmeId);
        const code = await createPairingCode(db, ids, clock, programmeId);
        return {
          status: 201,
          body: { code, programmeId, validMinutes: PAIRING_CODE_MINUTES },
          headers: { 'cache-control': 'no-store' },
        };
      },
    }),
  ];
}
