import { dropUnits, endRun } from '../stores/import-store';
import type { OperationContext } from '../operations/context';

/** What was applied stays; what waits is removed. One that is over stays as it is. */
export async function cancelImport({ db, clock }: OperationContext, runId: string): Promise<void> {
  if (await endRun(db, runId, { status: 'cancelled', now: clock.now() })) await dropUnits(db, runId);
}
