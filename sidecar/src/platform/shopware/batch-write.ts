/**
 * Writes many resources with few calls. A sync call is atomic, so one bad resource fails its whole batch; the batch is then
 * halved until the bad one stands alone, within a bound of calls.
 */
import { ShopApiError } from '../../errors';
import type { PushOutcome } from '../platform';
import type { SyncOperation } from './client';

/** What one resource needs, or why it cannot be written at all. */
export type PlannedWrite = { readonly operations: readonly SyncOperation[] } | { readonly outcome: PushOutcome };

type SyncCall = (operations: readonly SyncOperation[]) => Promise<void>;

const MAX_CALLS = 40;
const SERVER_FAULT = 500;
const WRITTEN: PushOutcome = { ok: true };
const NOT_TRIED: PushOutcome = {
  ok: false,
  retryable: true,
  error: 'not tried: too many other resources of the batch were refused',
};

/** @returns outcomes in the order of the writes */
export async function writeBatch(sync: SyncCall, writes: readonly PlannedWrite[]): Promise<PushOutcome[]> {
  const outcomes = writes.map((write) => ('outcome' in write ? write.outcome : WRITTEN));
  const pending = writes.flatMap((write, index) => ('operations' in write ? [{ index, operations: write.operations }] : []));
  const settle = (group: readonly { index: number }[], outcome: PushOutcome): void => {
    for (const { index } of group) outcomes[index] = outcome;
  };
  const groups = [pending];
  let anyTaken = false;
  for (let calls = 0; groups.length > 0; calls += 1) {
    const group = groups.pop() ?? [];
    if (calls >= MAX_CALLS) {
      settle(group, NOT_TRIED);
      continue;
    }
    const error = await failureOf(sync, merged(group.flatMap((write) => write.operations)));
    anyTaken ||= error === null;
    if (error === null) continue;
    // A few bad resources have neighbours that can be written; a shop that takes none of them is out of order itself.
    const isOutOfOrder = error.status === SERVER_FAULT && !anyTaken && calls + 1 >= patience(pending.length);
    if (isOutOfOrder || !isAboutContent(error)) {
      for (const each of [group, ...groups]) settle(each, outcomeOf(error));
      break;
    }
    if (group.length === 1) settle(group, outcomeOf(error));
    else groups.push(...halves(group).reverse());
  }
  return outcomes;
}

function halves<T>(group: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(group.length / 2);
  return [group.slice(0, middle), group.slice(middle)];
}

/** What a fault of the shop means for a resource. @throws anything that is not the shop's fault */
export function outcomeOf(error: unknown): PushOutcome {
  if (!(error instanceof ShopApiError)) throw error;
  const { message, retryAfterMs } = error;
  // Keys that are refused now may be in force again after a re-registration; nothing about the resource is wrong.
  const retryable = error.retryable || error.status === 401;
  return { ok: false, retryable, error: message, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

/**
 * Refused because of what was written, and not because of who writes (401, 403) or when (429). A 500 may be about content
 * as well: Shopware answers it when a row names another that is gone.
 */
function isAboutContent({ status, retryable }: ShopApiError): boolean {
  if (status === SERVER_FAULT) return true;
  return !retryable && status !== null && status >= 400 && status < 500 && status !== 401 && status !== 403;
}

/** Calls without any success after which the shop is to blame: twice the way from a whole batch to one resource. */
function patience(size: number): number {
  return 2 * (Math.ceil(Math.log2(Math.max(1, size))) + 1);
}

async function failureOf(sync: SyncCall, operations: readonly SyncOperation[]): Promise<ShopApiError | null> {
  if (operations.length === 0) return null;
  try {
    await sync(operations);
    return null;
  } catch (error) {
    if (error instanceof ShopApiError) return error;
    throw error;
  }
}

/** One operation for each entity and action, in the order they first occur; rows that several resources share once. */
function merged(operations: readonly SyncOperation[]): SyncOperation[] {
  const groups = new Map<string, { operation: SyncOperation; rows: Map<string, SyncOperation['payload'][number]> }>();
  for (const operation of operations) {
    const key = `${operation.action} ${operation.entity}`;
    const group = groups.get(key) ?? { operation, rows: new Map() };
    groups.set(key, group);
    for (const row of operation.payload) group.rows.set(JSON.stringify(row), row);
  }
  return [...groups.values()]
    .filter(({ rows }) => rows.size > 0)
    .map(({ operation, rows }) => ({ ...operation, payload: [...rows.values()] }));
}
