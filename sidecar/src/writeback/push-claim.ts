import type { DesiredResource, DesiredResourceType } from '../domain/mirror';
import { addMs } from '../domain/instant';
import type { ConnectedShop, PushOutcome } from '../platform/platform';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { inTransaction } from '../storage/transaction';
import {
  acknowledge,
  OUTAGE_PREFIX,
  recordFailures,
  replayDead,
  showLostAgain,
  type DesiredClaim,
  type DesiredRow,
  type PushFailure,
} from '../stores/desired-state-store';
import { recordAttempts, type NewAttempt } from '../stores/writeback-attempt-store';
import { nextWaitMs } from '../retry-schedule';
import type { ShopCircuit } from './shop-circuit';
import type { AttemptOutcome, WritebackContext } from './writeback-context';

export interface PushedClaim {
  /** Rows the shop took. */
  readonly taken: number;
  /** True when the whole batch failed in a way that may pass: the shop, not the rows. */
  readonly shopFailed: boolean;
}

type Failure = Extract<PushOutcome, { ok: false }>;

const MAX_ERROR_LENGTH = 500;

/** Sends one claimed batch to its shop and stores what came of it. No transaction is open while the shop is asked. */
export async function pushClaim(
  context: WritebackContext,
  circuit: ShopCircuit,
  shop: ConnectedShop,
  claim: DesiredClaim,
): Promise<PushedClaim> {
  const startedMs = context.clock.nowMs();
  const outcomes = await askShop(context, shop, claim);
  const durationMs = context.clock.nowMs() - startedMs;
  const failures = outcomes.filter((outcome): outcome is Failure => !outcome.ok);
  const lost = [...new Set(failures.flatMap((failure) => failure.lost ?? []))];
  const shopFailed = failures.length === outcomes.length && failures.every((failure) => failure.retryable && !failure.lost);
  const now = context.clock.now();
  if (shopFailed) {
    circuit.failed(shop.shopId, context.clock.nowMs(), Math.max(...failures.map((failure) => failure.retryAfterMs ?? 0)));
  } else if (circuit.succeeded(shop.shopId)) {
    const replayed = await replayDead(context.db, { shopId: shop.shopId, outageOnly: true }, now);
    if (replayed > 0) context.log.info({ shopId: shop.shopId, replayed }, 'shop is back, its dead letters are due again');
  }
  const outage = shopFailed && circuit.isDown(shop.shopId);
  const settled = claim.rows.map((row, index) => settle(context, row, outcomes[index] ?? NO_ANSWER, outage, now));
  await store(context, { claim, settled, lost }, now, durationMs);
  report(context, claim, settled);
  return { taken: settled.filter((row) => row.outcome === 'ok').length, shopFailed };
}

const NO_ANSWER: Failure = { ok: false, retryable: true, error: 'the platform gave no outcome for this resource' };

/** A platform must not throw for a shop's fault; one that does must not stop the others' write-back either. */
async function askShop(context: WritebackContext, shop: ConnectedShop, claim: DesiredClaim): Promise<readonly PushOutcome[]> {
  const resources = await withHistory(context, claim);
  try {
    const outcomes = await context.platformFor(shop.platform).push(shop, resources, { idempotencyKey: batchKey(claim) });
    return claim.rows.map((_row, index) => outcomes[index] ?? NO_ANSWER);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return claim.rows.map(() => ({ ok: false, retryable: true, error: message }));
  }
}

/** Read now and not with every change of a member, most of which are overtaken by the next before they are shown. */
async function withHistory(context: WritebackContext, claim: DesiredClaim): Promise<DesiredResource[]> {
  const resources = claim.rows.map(
    (row) => ({ type: claim.type, id: row.resourceId, state: JSON.parse(row.desired) as unknown }) as DesiredResource,
  );
  if (claim.type !== 'member') return resources;
  const ids = resources.filter(({ state }) => state !== null).map(({ id }) => id);
  const histories = await context.recentHistory(claim.shopId, ids);
  return resources.map((resource) => {
    const history = histories.get(resource.id);
    if (resource.type !== 'member' || resource.state === null || !history) return resource;
    return { ...resource, state: { ...resource.state, history } };
  });
}

/** The same for every try of the same content. */
function batchKey(claim: DesiredClaim): string {
  return sha256Hex(canonicalJson([claim.shopId, claim.type, claim.rows.map((row) => [row.resourceId, row.desiredHash])]));
}

interface SettledRow {
  readonly row: DesiredRow;
  readonly outcome: AttemptOutcome;
  readonly error: string | null;
  readonly retryAt: string | null;
}

function settle(context: WritebackContext, row: DesiredRow, outcome: PushOutcome, outage: boolean, now: string): SettledRow {
  if (outcome.ok) return { row, outcome: 'ok', error: null, retryAt: null };
  const waitMs = outcome.retryable ? nextWaitMs(row.attempts + 1, context.random, outcome.retryAfterMs) : null;
  return {
    row,
    outcome: waitMs === null ? 'dead' : 'retry',
    error: `${outage ? OUTAGE_PREFIX : ''}${outcome.error}`.slice(0, MAX_ERROR_LENGTH),
    retryAt: waitMs === null ? null : addMs(now, waitMs),
  };
}

interface Settled {
  readonly claim: DesiredClaim;
  readonly settled: readonly SettledRow[];
  /** Types to be shown again. */
  readonly lost: readonly DesiredResourceType[];
}

async function store(
  context: WritebackContext,
  { claim, settled, lost }: Settled,
  now: string,
  durationMs: number,
): Promise<void> {
  const taken = settled.filter((row) => row.outcome === 'ok').map((row) => row.row);
  const failures = settled.flatMap(({ row, error, retryAt }): PushFailure[] => (error === null ? [] : [{ row, error, retryAt }]));
  const attempts = settled.map(({ row, outcome, error }): NewAttempt => ({
    attempt_id: context.ids.next(),
    shop_id: claim.shopId,
    resource_type: claim.type,
    resource_id: row.resourceId,
    desired_hash: row.desiredHash,
    outcome,
    detail: error,
    attempted_at: now,
    duration_ms: durationMs,
  }));
  await inTransaction(context.db, async (trx) => {
    await acknowledge(trx, claim, taken, now);
    await recordFailures(trx, claim, failures, now);
    if (lost.length > 0) await showLostAgain(trx, claim.shopId, lost, now);
    await recordAttempts(trx, attempts);
  });
}

function report(context: WritebackContext, claim: DesiredClaim, settled: readonly SettledRow[]): void {
  for (const outcome of ['ok', 'retry', 'dead'] as const) {
    const rows = settled.filter((row) => row.outcome === outcome);
    if (rows.length === 0) continue;
    context.onOutcome?.(outcome, claim.type, rows.length);
    if (outcome === 'ok') continue;
    context.log.warn(
      { shopId: claim.shopId, type: claim.type, outcome, count: rows.length, firstError: rows[0]?.error },
      outcome === 'dead' ? 'write-back gave up on resources' : 'write-back will be tried again',
    );
  }
}
