/** A file comes in: its rows are checked one by one and kept in units, ready to be applied. */
import { createHash, type Hash } from 'node:crypto';
import { readRows } from '../csv/read-rows';
import { refuse, success, type Result } from '../domain/result';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { completeRun, dropRun, findRunByKey, openRun, type ImportRun } from '../stores/import-store';
import type { ImportDeps } from './deps';
import { importKindOf } from './registry';
import { Receipt } from './receipt';

export interface ImportWish {
  readonly kind: string;
  readonly programmeId: string;
  readonly shopId: string | null;
  readonly priceList: string | null;
  /** Whether it is only tried. */
  readonly isDry: boolean;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

/** `too_many_open`: the programme has as many under way as it may. */
export type ImportRefusal = 'idempotency_mismatch' | 'too_many_open';

type Received = Result<{ readonly run: ImportRun; readonly repeated: boolean }, ImportRefusal>;

/**
 * Takes a file in, and changes nothing else; `runImports` applies it. The same key takes one file in.
 * @throws AppError INVALID_INPUT when the file as a whole cannot be read; then nothing of it is kept
 */
export async function receiveImport(deps: ImportDeps, wish: ImportWish, bytes: AsyncIterable<Uint8Array>): Promise<Received> {
  const { db, clock, ids } = deps.context;
  const known = await findRunByKey(db, wish.programmeId, wish.idempotencyKey);
  const hash = createHash('sha256').update(sha256Hex(canonicalJson({ ...wish, actor: null })));
  if (known) {
    // Whether it is the same is seen when all of it was.
    for await (const chunk of bytes) hash.update(chunk);
    return sameRun(known, hash.digest('hex'));
  }
  const runId = ids.next();
  if (!(await openRun(db, newRun(wish, runId, clock.now())))) return refuse('too_many_open');
  const completed = await takeIn(deps, wish, runId, hashed(bytes, hash)).catch(async (error: unknown) => {
    await dropRun(db, runId);
    throw error;
  });
  const contentHash = hash.digest('hex');
  const isFirst = await completeRun(db, runId, { ...completed, idempotency_key: wish.idempotencyKey, content_hash: contentHash });
  if (!isFirst) await dropRun(db, runId);
  const run = await findRunByKey(db, wish.programmeId, wish.idempotencyKey);
  if (!run) throw new Error(`import ${runId} vanished`);
  return isFirst ? success({ run, repeated: false }) : sameRun(run, contentHash);
}

function sameRun(known: ImportRun, contentHash: string): Received {
  return known.content_hash === contentHash ? success({ run: known, repeated: true }) : refuse('idempotency_mismatch');
}

async function takeIn(deps: ImportDeps, { kind: code }: ImportWish, runId: string, bytes: AsyncIterable<Uint8Array>) {
  const kind = importKindOf(code);
  const receipt = new Receipt(deps, kind, runId);
  for await (const row of readRows(bytes, kind.columns, kind.maxRows)) await receipt.add(row);
  return receipt.end();
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

function newRun(wish: ImportWish, runId: string, now: string): Omit<ImportRun, 'slot'> {
  return {
    run_id: runId,
    programme_id: wish.programmeId,
    kind: wish.kind,
    shop_id: wish.shopId,
    price_list: wish.priceList,
    is_dry: wish.isDry ? 1 : 0,
    idempotency_key: null,
    content_hash: null,
    actor: wish.actor,
    reason: wish.reason,
    status: 'receiving',
    rows_total: 0,
    units_total: 0,
    units_done: 0,
    units_failed: 0,
    units_created: 0,
    units_changed: 0,
    points: 0,
    faults: 0,
    created_at: now,
    ended_at: null,
  };
}
