import { addDays } from '../domain/instant';
import { refuse, success, type Result } from '../domain/result';
import { findReadByKey, insertRead, latestRead, type PreviewRead } from '../stores/preview-order-store';
import type { OperationContext } from './context';

export interface PreviewReadWish {
  readonly programmeId: string;
  /** How far back. */
  readonly days: number;
  readonly idempotencyKey: string;
}

/** Notes that the shops are to be asked for their past orders; the job does it. The same key starts one reading. */
export async function startPreviewRead(
  { db, clock, ids }: OperationContext,
  { programmeId, days, idempotencyKey }: PreviewReadWish,
): Promise<Result<{ readonly read: PreviewRead; readonly repeated: boolean }, 'already_running'>> {
  const known = await findReadByKey(db, programmeId, idempotencyKey);
  if (known) return success({ read: known, repeated: true });
  const now = clock.now();
  const read: PreviewRead = {
    read_id: ids.next(),
    programme_id: programmeId,
    idempotency_key: idempotencyKey,
    placed_from: addDays(now, -days),
    status: 'waiting',
    is_open: 1,
    pages: 0,
    orders: 0,
    is_cut: 0,
    shop_done: '',
    page_cursor: null,
    failures: 0,
    fault: null,
    created_at: now,
    ended_at: null,
  };
  if (await insertRead(db, read)) return success({ read, repeated: false });
  const first = await findReadByKey(db, programmeId, idempotencyKey);
  if (first) return success({ read: first, repeated: true });
  const open = await latestRead(db, programmeId);
  return refuse('already_running', { readId: open?.read_id ?? null });
}
