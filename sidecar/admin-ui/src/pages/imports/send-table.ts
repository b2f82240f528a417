import { answer, api } from '../../api/client';
import type { TableKind } from './tables';

interface About {
  readonly programmeId: string;
  readonly shopId: string | null;
  readonly priceList: string;
}

/** Sends the bytes as they are: what is no UTF-8 is for the sidecar to see. Returns the run's id. @throws ApiFault */
export async function sendTable(kind: TableKind, about: About, content: ArrayBuffer, isDry: boolean): Promise<string> {
  const { programmeId, shopId, priceList } = about;
  const common = { programmeId, dryRun: isDry ? ('true' as const) : ('false' as const), idempotencyKey: crypto.randomUUID() };
  const bytes = { body: '', bodySerializer: () => content, headers: { 'content-type': 'text/csv' } };
  if (kind === 'prices') {
    const query = { ...common, priceList };
    return (await answer(api.POST('/v1/imports/prices', { params: { query }, ...bytes }))).runId;
  }
  const query = shopId === null ? common : { ...common, shopId };
  return (await answer(api.POST(`/v1/imports/${kind}`, { params: { query }, ...bytes }))).runId;
}
