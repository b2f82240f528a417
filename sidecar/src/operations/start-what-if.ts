import { refuse, success, type Result } from '../domain/result';
import { parseProgramme } from '../programme-document/programme-document';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { countPastMembers } from '../stores/past-order-store';
import { findVersion } from '../stores/programme-store';
import { findRunByKey, insertRun, openRun, type WhatIfRun } from '../stores/what-if-store';
import type { OperationContext } from './context';

export interface WhatIfWish {
  readonly programmeId: string;
  /** A draft or a published version. */
  readonly versionId: string;
  /** Null = orders of all shops. */
  readonly shopId: string | null;
  /** Both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Whether it is compared with the version in effect at `to`. */
  readonly compare: boolean;
  readonly idempotencyKey: string;
  /** Also over orders that were read from the shops for it; absent = those of the books alone. */
  readonly previewOrders?: true;
}

/**
 * - `invalid_version`: it was valid once; the fields say what is no longer
 * - `nothing_published`: there is nothing to compare with
 * - `already_running`: the programme has one under way
 */
export type WhatIfRefusal =
  'unknown_version' | 'invalid_version' | 'nothing_published' | 'already_running' | 'idempotency_mismatch';

/** Notes that past orders are to be replayed; the job does it. The same key starts one run. */
export async function startWhatIf(
  context: OperationContext,
  wish: WhatIfWish,
): Promise<Result<{ readonly run: WhatIfRun; readonly repeated: boolean }, WhatIfRefusal>> {
  const { db, clock, ids, programmes } = context;
  const { programmeId, versionId, idempotencyKey } = wish;
  const contentHash = sha256Hex(canonicalJson(wish));
  const answerOf = (run: WhatIfRun) =>
    run.content_hash === contentHash ? success({ run, repeated: true }) : refuse('idempotency_mismatch');
  const known = await findRunByKey(db, programmeId, idempotencyKey);
  if (known) return answerOf(known);
  const version = await findVersion(db, programmeId, versionId);
  if (!version) return refuse('unknown_version');
  const parsed = parseProgramme(JSON.parse(version.document));
  if (!parsed.ok) return refuse('invalid_version', { fields: parsed.errors.map(({ field }) => field).join(', ') });
  const published = wish.compare ? await programmes.effectiveAt(db, programmeId, wish.to) : null;
  if (wish.compare && !published) return refuse('nothing_published', { to: wish.to });
  const withPreview = wish.previewOrders === true;
  const past = { programmeId, shopId: wish.shopId, from: wish.from, to: wish.to, withPreview };
  const run: WhatIfRun = {
    run_id: ids.next(),
    programme_id: programmeId,
    idempotency_key: idempotencyKey,
    content_hash: contentHash,
    version_id: versionId,
    published_version_id: published?.versionId ?? null,
    shop_id: wish.shopId,
    placed_from: wish.from,
    placed_to: wish.to,
    status: 'waiting',
    is_open: 1,
    members_total: await countPastMembers(db, past),
    members_done: 0,
    reached: '',
    sums: null,
    report: null,
    fault: null,
    created_at: clock.now(),
    ended_at: null,
    with_preview: withPreview ? 1 : null,
  };
  if (await insertRun(db, run)) return success({ run, repeated: false });
  const first = await findRunByKey(db, programmeId, idempotencyKey);
  if (first) return answerOf(first);
  const open = await openRun(db, programmeId);
  return refuse('already_running', { runId: open?.run_id ?? null });
}
