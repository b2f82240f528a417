import type { Clock } from '../clock';
import type { Ids } from '../ids';
import type { Trx } from '../storage/transaction';
import { isLotAccount, type LotAccount, type MemberAccount } from './account';
import { entryHash, type Entry } from './entry';
import type { LockedMember } from './locked-member';
import { inMovedLots, movedLots, type MovedLot } from './present-lot';

export interface LotTimes {
  readonly earnedAt: string;
  readonly expiresAt: string | null;
}

export interface PostContext {
  readonly clock: Clock;
  readonly ids: Ids;
}

type AccountDeltas = Record<MemberAccount, number>;
type LotDeltas = Map<string, Record<LotAccount, number>>;

const MAX_POSTINGS = 2000;

/**
 * The single writer of the ledger: checks the entry, moves the balances under a guard, links the chain, stores entry,
 * postings and lots. `lots` gives the times of lots that may be new or whose expiry is being set. A lot whose points came
 * from another member may be named as it was called there.
 * @throws Error when the entry is not balanced or would overdraw: callers decide within the balance they locked
 */
export async function postEntry(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  entry: Omit<Entry, 'memberId' | 'programmeId'>,
  lots: ReadonlyMap<string, LotTimes> = new Map(),
): Promise<string> {
  const named = entry.postings.flatMap(({ lotId }) => (lotId === null ? [] : [lotId]));
  const moved = await movedLots(trx, member, named);
  const postings = inMovedLots(entry.postings, moved);
  const full: Entry = { ...entry, postings, memberId: member.memberId, programmeId: member.programmeId };
  assertBalanced(full);
  const deltas = accountDeltas(full);
  const seq = member.entryCount + 1;
  const hash = entryHash(member.headHash, seq, full);
  await moveBalances(trx, member, deltas, hash);
  const entryId = context.ids.next();
  await insertEntry(trx, context, full, { entryId, seq, prevHash: member.headHash, hash });
  await moveLots(trx, member, lotDeltas(full), lotDates(full.occurredAt, lots, moved));
  member.pending += deltas.pending;
  member.available += deltas.available;
  member.held += deltas.held;
  member.debt -= deltas.debt;
  member.entryCount = seq;
  member.headHash = hash;
  return entryId;
}

function assertBalanced(entry: Entry): void {
  if (entry.postings.length < 2 || entry.postings.length > MAX_POSTINGS) {
    throw new Error(`entry ${entry.sourceKey} has ${entry.postings.length} postings`);
  }
  let sum = 0;
  for (const posting of entry.postings) {
    if (!Number.isSafeInteger(posting.points) || posting.points === 0) {
      throw new Error(`entry ${entry.sourceKey} posts ${posting.points} to ${posting.account}`);
    }
    if (isLotAccount(posting.account) !== (posting.lotId !== null)) {
      throw new Error(
        `entry ${entry.sourceKey}: posting to ${posting.account} ${posting.lotId === null ? 'lacks a' : 'has a'} lot`,
      );
    }
    sum += posting.points;
  }
  if (sum !== 0) throw new Error(`entry ${entry.sourceKey} sums to ${sum}`);
}

function accountDeltas(entry: Entry): AccountDeltas {
  const deltas: AccountDeltas = { pending: 0, available: 0, held: 0, debt: 0 };
  for (const posting of entry.postings) {
    if (posting.account in deltas) deltas[posting.account as MemberAccount] += posting.points;
  }
  return deltas;
}

function lotDeltas(entry: Entry): LotDeltas {
  const deltas: LotDeltas = new Map();
  for (const posting of entry.postings) {
    if (posting.lotId === null || !isLotAccount(posting.account)) continue;
    const lot = deltas.get(posting.lotId) ?? { pending: 0, available: 0, held: 0 };
    lot[posting.account] += posting.points;
    deltas.set(posting.lotId, lot);
  }
  return deltas;
}

/** The guard is in the statement, not only in the caller: a balance can't go below zero whatever was read before. */
async function moveBalances(trx: Trx, member: LockedMember, deltas: AccountDeltas, hash: string): Promise<void> {
  const updated = await trx
    .updateTable('member_account')
    .set((eb) => ({
      pending: eb('pending', '+', deltas.pending),
      available: eb('available', '+', deltas.available),
      held: eb('held', '+', deltas.held),
      debt: eb('debt', '-', deltas.debt),
      entry_count: eb('entry_count', '+', 1),
      head_hash: hash,
    }))
    .where('member_id', '=', member.memberId)
    .where('entry_count', '=', member.entryCount)
    .where('pending', '>=', -deltas.pending)
    .where('available', '>=', -deltas.available)
    .where('held', '>=', -deltas.held)
    .where('debt', '>=', deltas.debt)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) {
    throw new Error(`posting to member ${member.memberId} refused: balance or chain head differ from what was read`);
  }
}

async function insertEntry(
  trx: Trx,
  context: PostContext,
  entry: Entry,
  link: { entryId: string; seq: number; prevHash: string; hash: string },
): Promise<void> {
  await trx
    .insertInto('ledger_entry')
    .values({
      entry_id: link.entryId,
      programme_id: entry.programmeId,
      member_id: entry.memberId,
      seq: link.seq,
      kind: entry.kind,
      source_key: entry.sourceKey,
      occurred_at: entry.occurredAt,
      recorded_at: context.clock.now(),
      shop_id: entry.shopId,
      order_id: entry.orderId,
      hold_id: entry.holdId,
      decision_id: entry.decisionId,
      prev_hash: link.prevHash,
      hash: link.hash,
    })
    .execute();
  await trx
    .insertInto('ledger_posting')
    .values(
      entry.postings.map((posting, line) => ({
        entry_id: link.entryId,
        line,
        programme_id: entry.programmeId,
        member_id: entry.memberId,
        account: posting.account,
        lot_id: posting.lotId,
        points: posting.points,
      })),
    )
    .execute();
}

interface LotDates {
  /** Of lots whose expiry is being set. */
  readonly set: ReadonlyMap<string, LotTimes>;
  readonly moved: ReadonlyMap<string, MovedLot>;
  readonly occurredAt: string;
}

function lotDates(occurredAt: string, lots: ReadonlyMap<string, LotTimes>, moved: ReadonlyMap<string, MovedLot>): LotDates {
  return {
    set: new Map([...lots].map(([lotId, times]) => [moved.get(lotId)?.lotId ?? lotId, times])),
    moved: new Map([...moved.values()].map((lot) => [lot.lotId, lot])),
    occurredAt,
  };
}

async function moveLots(trx: Trx, member: LockedMember, deltas: LotDeltas, { set, moved, occurredAt }: LotDates): Promise<void> {
  for (const [lotId, delta] of deltas) {
    const lotTimes = set.get(lotId);
    const updated = await trx
      .updateTable('lot')
      .set((eb) => ({
        pending: eb('pending', '+', delta.pending),
        available: eb('available', '+', delta.available),
        held: eb('held', '+', delta.held),
        open: 1,
        ...(lotTimes ? { expires_at: lotTimes.expiresAt } : {}),
      }))
      .where('lot_id', '=', lotId)
      .where('member_id', '=', member.memberId)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) {
      const from = moved.get(lotId);
      const times = lotTimes ?? from;
      await trx
        .insertInto('lot')
        .values({
          lot_id: lotId,
          programme_id: member.programmeId,
          member_id: member.memberId,
          ...delta,
          earned_at: times?.earnedAt ?? occurredAt,
          expires_at: times?.expiresAt ?? null,
          open: 1,
          origin_lot_id: from && from.originLotId !== lotId ? from.originLotId : null,
        })
        .execute();
    }
    if (delta.pending < 0 || delta.available < 0 || delta.held < 0) await closeIfEmpty(trx, lotId);
  }
}

/** A statement of its own: MySQL would see the new values within one UPDATE, SQLite the old ones. */
async function closeIfEmpty(trx: Trx, lotId: string): Promise<void> {
  await trx
    .updateTable('lot')
    .set({ open: 0 })
    .where('lot_id', '=', lotId)
    .where('pending', '=', 0)
    .where('available', '=', 0)
    .where('held', '=', 0)
    .execute();
}
