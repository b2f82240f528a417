/** Rows that changed, in an order in which what is new comes last: where the days that must be counted anew are found. */
import type { Db } from '../storage/transaction';
import { isCounted } from './measure-member-store';

/** A place in the order of a source; lists compare part by part. */
export type ChangeKey = readonly string[];

export interface ChangeCursor {
  /** No row up to here can turn up any more. */
  readonly settled: ChangeKey;
  /** Where a pass that broke off goes on. */
  readonly pass: ChangeKey | null;
}

export interface Change {
  readonly key: ChangeKey;
  /** When the row was written; null = long ago. */
  readonly writtenAt: string | null;
  readonly programmeId: string;
  /** Moments whose days are to be counted anew. */
  readonly moments: readonly string[];
  /** Members whose days are to be looked at anew. */
  readonly members: readonly string[];
}

export interface ChangeSource {
  readonly name: string;
  /** Changes behind a place, in order. */
  page(db: Db, after: ChangeKey, limit: number): Promise<Change[]>;
  /** Where rows carry no time of their writing: a place that is surely settled; null = there is none yet. */
  settledAt?(db: Db): Promise<ChangeKey | null>;
}

/** More members than are opened while any transaction lasts. */
const UNSETTLED_MEMBERS = 2000;

const newMembers: ChangeSource = {
  name: 'member',
  async page(db, [after = ''], limit) {
    const rows = await db
      .selectFrom('member')
      .leftJoin('measure_member', (join) =>
        join.onRef('measure_member.member_id', '=', 'member.member_id').on('measure_member.shop_id', '=', ''),
      )
      .select(['member.member_id', 'member.programme_id', 'measure_member.joined_day'])
      .where(isCounted)
      .where('member.member_id', '>', after)
      .orderBy('member.member_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      key: [row.member_id],
      writtenAt: null,
      programmeId: row.programme_id,
      moments: [],
      members: row.joined_day === null ? [row.member_id] : [],
    }));
  },
  async settledAt(db) {
    const row = await db
      .selectFrom('member')
      .select('member_id')
      .orderBy('member_id', 'desc')
      .offset(UNSETTLED_MEMBERS)
      .limit(1)
      .executeTakeFirst();
    return row ? [row.member_id] : null;
  },
};

const entries: ChangeSource = {
  name: 'entry',
  async page(db, [after = ''], limit) {
    const rows = await db
      .selectFrom('ledger_entry')
      .select(['entry_id', 'programme_id', 'occurred_at', 'recorded_at'])
      .where('entry_id', '>', after)
      .orderBy('entry_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      key: [row.entry_id],
      writtenAt: row.recorded_at,
      programmeId: row.programme_id,
      moments: [row.occurred_at],
      members: [],
    }));
  },
};

const orders: ChangeSource = {
  name: 'order',
  async page(db, [updatedAt = '', shopId = '', orderId = ''], limit) {
    const rows = await db
      .selectFrom('order_position')
      .select(['shop_id', 'order_id', 'programme_id', 'member_id', 'placed_at', 'updated_at'])
      .where('updated_at', '>=', updatedAt)
      .where((eb) =>
        eb.or([
          eb('updated_at', '>', updatedAt),
          eb('shop_id', '>', shopId),
          eb.and([eb('shop_id', '=', shopId), eb('order_id', '>', orderId)]),
        ]),
      )
      .orderBy('updated_at')
      .orderBy('shop_id')
      .orderBy('order_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      key: [row.updated_at, row.shop_id, row.order_id],
      writtenAt: row.updated_at,
      programmeId: row.programme_id,
      moments: [row.placed_at],
      members: [row.member_id],
    }));
  },
};

const tierChanges: ChangeSource = {
  name: 'tier_change',
  async page(db, [after = ''], limit) {
    const rows = await db
      .selectFrom('tier_change')
      .leftJoin('decision', 'decision.decision_id', 'tier_change.decision_id')
      .select(['change_id', 'tier_change.programme_id', 'tier_change.member_id', 'effective_from', 'decided_at'])
      .where('change_id', '>', after)
      .orderBy('change_id')
      .limit(limit)
      .execute();
    const moments = await tierMoments(db, [...new Set(rows.map((row) => row.member_id))]);
    return rows.map((row) => ({
      key: [row.change_id],
      writtenAt: row.decided_at,
      programmeId: row.programme_id,
      // The next move of the member starts from another tier now.
      moments: (moments.get(row.member_id) ?? []).filter((at) => at >= row.effective_from),
      members: [],
    }));
  },
};

const merges: ChangeSource = {
  name: 'merge',
  async page(db, [mergedAt = '', absorbedId = ''], limit) {
    const rows = await db
      .selectFrom('member_merge')
      .select(['absorbed_member_id', 'member_id', 'programme_id', 'merged_at'])
      .where('merged_at', '>=', mergedAt)
      .where((eb) => eb.or([eb('merged_at', '>', mergedAt), eb('absorbed_member_id', '>', absorbedId)]))
      .orderBy('merged_at')
      .orderBy('absorbed_member_id')
      .limit(limit)
      .execute();
    const moments = await tierMoments(
      db,
      rows.map((row) => row.absorbed_member_id),
    );
    return rows.map((row) => ({
      key: [row.merged_at, row.absorbed_member_id],
      writtenAt: row.merged_at,
      programmeId: row.programme_id,
      // Whoever became part of another was in no tier of their own.
      moments: moments.get(row.absorbed_member_id) ?? [],
      members: [row.member_id, row.absorbed_member_id],
    }));
  },
};

const splits: ChangeSource = {
  name: 'split',
  async page(db, [splitAt = '', memberId = ''], limit) {
    const rows = await db
      .selectFrom('member_split')
      .select(['member_id', 'from_member_id', 'programme_id', 'split_at'])
      .where('split_at', '>=', splitAt)
      .where((eb) => eb.or([eb('split_at', '>', splitAt), eb('member_id', '>', memberId)]))
      .orderBy('split_at')
      .orderBy('member_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      key: [row.split_at, row.member_id],
      writtenAt: row.split_at,
      programmeId: row.programme_id,
      moments: [],
      members: [row.member_id, row.from_member_id],
    }));
  },
};

export const CHANGE_SOURCES: readonly ChangeSource[] = [newMembers, entries, orders, tierChanges, merges, splits];

/** When members moved between tiers. */
async function tierMoments(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>();
  if (memberIds.length === 0) return found;
  const rows = await db
    .selectFrom('tier_change')
    .select(['member_id', 'effective_from'])
    .where('member_id', 'in', memberIds)
    .execute();
  for (const row of rows) found.set(row.member_id, [...(found.get(row.member_id) ?? []), row.effective_from]);
  return found;
}

export async function loadChangeCursor(db: Db, source: string): Promise<ChangeCursor> {
  const row = await db.selectFrom('measure_cursor').selectAll().where('source', '=', source).executeTakeFirst();
  if (!row) return { settled: [], pass: null };
  return {
    settled: JSON.parse(row.settled) as string[],
    pass: row.pass === null ? null : (JSON.parse(row.pass) as string[]),
  };
}

export async function saveChangeCursor(db: Db, source: string, { settled, pass }: ChangeCursor): Promise<void> {
  await db.deleteFrom('measure_cursor').where('source', '=', source).execute();
  await db
    .insertInto('measure_cursor')
    .values({ source, settled: JSON.stringify(settled), pass: pass && JSON.stringify(pass) })
    .execute();
}
