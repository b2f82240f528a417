import { localDate } from '../domain/calendar';
import type { ChallengeFacts, ChallengeOrder } from '../domain/challenge';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

export type ChallengeAward = Row<'challenge_award'>;

/** Also those that were taken back. */
export async function challengeAwards(db: Db, memberId: string): Promise<ChallengeAward[]> {
  return db
    .selectFrom('challenge_award')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('completed_at', 'desc')
    .orderBy('challenge')
    .execute();
}

/** The member's lock is held, so what was read still holds. */
export async function saveAward(trx: Trx, award: ChallengeAward, isNew: boolean): Promise<void> {
  if (isNew) {
    await trx.insertInto('challenge_award').values(award).execute();
    return;
  }
  const { member_id: memberId, challenge, window_start: windowStart, ...changes } = award;
  await trx
    .updateTable('challenge_award')
    .set(changes)
    .where('member_id', '=', memberId)
    .where('challenge', '=', challenge)
    .where('window_start', '=', windowStart)
    .execute();
}

export interface FactsQuery {
  readonly memberId: string;
  readonly baseCurrency: string;
  readonly timeZone: string;
  /** Local day from which on the facts are wanted; '' = all. */
  readonly since: string;
  readonly withGoods: boolean;
  readonly withPlaces: boolean;
}

/** What a member did that challenges count. Not limited: each order counts. */
export async function challengeFacts(db: Db, query: FactsQuery): Promise<ChallengeFacts> {
  const { memberId, baseCurrency, timeZone, since } = query;
  const activities = await db
    .selectFrom('activity_reward as reward')
    .innerJoin('member_event as event', (join) =>
      join.onRef('event.programme_id', '=', 'reward.programme_id').onRef('event.event_id', '=', 'reward.event_id'),
    )
    .select(['reward.activity', 'reward.local_day', 'event.shop_id', 'event.channel_id'])
    .where('reward.member_id', '=', memberId)
    .where('reward.local_day', '>=', since)
    .execute();
  const referrals = await db
    .selectFrom('referral')
    .select('resolved_at')
    .where('referrer_member_id', '=', memberId)
    .where('status', '=', 'rewarded')
    .execute();
  return {
    baseCurrency,
    orders: await finalOrders(db, query),
    activities: activities.map((row) => ({
      activity: row.activity,
      localDay: row.local_day,
      place: { shopId: row.shop_id, channelId: row.channel_id },
    })),
    referrals: referrals.flatMap(({ resolved_at: at }) => (at === null ? [] : localDate(at, timeZone))),
  };
}

async function finalOrders(db: Db, { memberId, timeZone, since, withGoods, withPlaces }: FactsQuery): Promise<ChallengeOrder[]> {
  const rows = await db
    .selectFrom('order_position')
    .select(['placed_at', 'turnover_minor', 'qualifying_items'])
    .$if(withGoods || withPlaces, (query) => query.select('snapshot'))
    .where('member_id', '=', memberId)
    .where('released', '=', 1)
    .where('qualifying_orders', '>', 0)
    // A local day begins at most 14 hours before the day of the same name in UTC.
    .where('placed_at', '>=', since === '' ? '' : new Date(Date.parse(`${since}T00:00:00.000Z`) - 86_400_000).toISOString())
    .orderBy('placed_at')
    .execute();
  return rows.map((row) => {
    const snapshot = row.snapshot === undefined ? null : (JSON.parse(row.snapshot) as OrderSnapshot);
    return {
      localDay: localDate(row.placed_at, timeZone),
      ...(snapshot && { place: { shopId: snapshot.shopId, channelId: snapshot.channelId ?? null } }),
      turnoverMinor: row.turnover_minor,
      items: row.qualifying_items,
      goods: snapshot && withGoods ? goodsOf(snapshot) : [],
    };
  });
}

function goodsOf({ lines }: OrderSnapshot): ChallengeOrder['goods'] {
  return lines
    .filter(({ kind }) => kind === 'product')
    .map(({ productNumber, categoryIds, quantityMilli, refundedMilli }) => ({
      productNumber,
      categoryIds,
      units: Math.floor((quantityMilli - refundedMilli) / 1000),
    }));
}
