/** What has become old: rows that no book needs, and members who are gone but for their name. */
import { toInteger, type Db } from '../storage/transaction';

export interface InactiveQuery {
  readonly programmeId: string;
  /** Nothing happened since. */
  readonly since: string;
  /** One member alone; absent = all. */
  readonly memberId?: string;
  /** The last one of the page before; empty = from the beginning. */
  readonly after: string;
  readonly limit: number;
}

/** Members with whom nothing happened since an instant, and who would lose nothing: no points, debt, voucher, membership, company. */
export async function inactiveMembers(db: Db, { programmeId, since, memberId, after, limit }: InactiveQuery): Promise<string[]> {
  let query = db
    .selectFrom('member')
    .innerJoin('member_account', 'member_account.member_id', 'member.member_id')
    .select('member.member_id')
    .where('member.programme_id', '=', programmeId)
    .where('member.member_id', '>', after)
    .where('member.joined_at', '<', since)
    .where('member.company_id', 'is', null)
    .where('available', '=', 0)
    .where('pending', '=', 0)
    .where('held', '=', 0)
    .where('debt', '=', 0)
    .where((eb) => {
      const none = (table: (typeof LASTING)[number]) =>
        eb.not(eb.exists(eb.selectFrom(table).select('member_id').whereRef('member_id', '=', 'member.member_id')));
      const quiet = Object.entries(MOVES).map(([table, column]) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom(table as keyof typeof MOVES)
              .select('member_id')
              .whereRef('member_id', '=', 'member.member_id')
              .where(column as 'occurred_at', '>=', since),
          ),
        ),
      );
      const usable = eb.selectFrom('voucher').select('member_id').whereRef('member_id', '=', 'member.member_id');
      const paid = eb.selectFrom('membership_spell').select('member_id').whereRef('member_id', '=', 'member.member_id');
      const absorbed = eb.selectFrom('member_merge').select('member_id').whereRef('absorbed_member_id', '=', 'member.member_id');
      return eb.and([
        ...LASTING.map(none),
        ...quiet,
        eb.not(eb.exists(usable.where('status', '=', 'active'))),
        eb.not(eb.exists(paid.where('lapsed', '=', 0))),
        eb.not(eb.exists(absorbed)),
      ]);
    })
    .orderBy('member.member_id')
    .limit(limit);
  if (memberId !== undefined) query = query.where('member.member_id', '=', memberId);
  return (await query.execute()).map((row) => row.member_id);
}

/** Whoever is in one of these is kept. */
const LASTING = ['company_member', 'manual_tier', 'member_erasure'] as const;

/** What members do, and when it happened. */
const MOVES = {
  ledger_entry: 'occurred_at',
  order_position: 'placed_at',
  company_order: 'placed_at',
  company_tenure: 'left_at',
  member_event: 'occurred_at',
  consent_record: 'recorded_at',
  terms_acceptance: 'recorded_at',
} as const;

/** Forgets up to `limit` deliveries of a programme that ended before an instant; returns how many. */
export async function purgeProgrammeDeliveries(db: Db, programmeId: string, before: string, limit: number): Promise<number> {
  const old = await db
    .selectFrom('webhook_delivery')
    .select('delivery_id')
    .where('programme_id', '=', programmeId)
    .where('status', 'in', ['done', 'dead'])
    .where('finished_at', '<', before)
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map((row) => row.delivery_id);
  return toInteger((await db.deleteFrom('webhook_delivery').where('delivery_id', 'in', ids).executeTakeFirst()).numDeletedRows);
}

/** The same of what members of a programme were told before an instant. */
export async function purgeProgrammeNotices(db: Db, programmeId: string, before: string, limit: number): Promise<number> {
  const old = await db
    .selectFrom('member_notice')
    .select('notice_id')
    .where('programme_id', '=', programmeId)
    .where('announced_at', '<', before)
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map((row) => row.notice_id);
  return toInteger((await db.deleteFrom('member_notice').where('notice_id', 'in', ids).executeTakeFirst()).numDeletedRows);
}
