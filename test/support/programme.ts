import { sequentialIds, type Ids } from '../../sidecar/src/ids';
import { createCustomerHasher } from '../../sidecar/src/security/identity-hash';
import { createPublicLinks } from '../../sidecar/src/security/public-links';
import type { Clock } from '../../sidecar/src/clock';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { publishProgramme, saveDraft } from '../../sidecar/src/operations/publish-programme';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { createProgrammeSource } from '../../sidecar/src/stores/programme-store';

export const PROGRAMME_ID = 'default';

const KEY = Buffer.alloc(32, 7);
const links = createPublicLinks('https://loyalty.example', KEY);
const hashCustomer = createCustomerHasher(KEY);

/** A complete human document; `change` overrides top-level parts. */
export function programmeDocument(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Test programme',
    baseCurrency: 'EUR',
    currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 }, turnoverFactor: 1 } },
    accrual: {
      basis: 'gross',
      pointsPaymentReducesBasis: true,
      rounding: 'down',
      lockDays: 14,
      multipliers: [{ code: 'gold-double', multiplier: 2, scope: { tiers: ['gold'] } }],
    },
    expireAfterDays: 365,
    tiers: {
      metric: 'turnover',
      windowDays: 365,
      graceDays: 30,
      levels: [
        { code: 'silver', name: 'Silver', threshold: 200 },
        { code: 'gold', name: 'Gold', threshold: 500 },
      ],
    },
    redemption: { minimumPoints: 1, stepPoints: 1, maximumSharePercent: 100, holdMinutes: 2880 },
    ...change,
  };
}

export function operationContext(storage: Storage, clock: Clock, ids: Ids = sequentialIds('t')): OperationContext {
  return { db: storage.db, clock, ids, programmes: createProgrammeSource(), hashCustomer, links };
}

/** Publishes a document for the default programme and returns its version id. */
export async function publish(
  context: OperationContext,
  document: unknown,
  effectiveFrom = '2020-01-01T00:00:00.000Z',
  programmeId = PROGRAMME_ID,
): Promise<string> {
  const draft = await saveDraft(context, { programmeId, document, note: '' });
  if (!draft.ok) throw new Error(JSON.stringify(draft.errors));
  const published = await publishProgramme(context, { versionId: draft.value.versionId, effectiveFrom });
  if (!published.ok) throw new Error(published.code);
  return draft.value.versionId;
}
