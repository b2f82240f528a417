import { sql } from 'kysely';
import { addDays } from '../domain/instant';
import { reminderStep } from '../domain/milestone';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, toInteger, type Db, type Trx } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import { knownNotices, noticeIndex } from '../stores/notice-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { unlessErased } from './unless-erased';

const DAYS_PER_PAGE = 500;

interface ExpiringDay {
  readonly memberId: string;
  /** Date in UTC on which some of the member's points expire. */
  readonly day: string;
  /** Of the first of them. */
  readonly expiresAt: string;
}

/**
 * Tells members of points that are about to expire: for each date once at each of the programme's steps. A member whose points
 * come within several steps at once hears of the nearest only. A page costs two reads; only those who are told are locked.
 */
export async function announceExpiring(context: OperationContext, now: string): Promise<{ announced: number }> {
  let announced = 0;
  const programmes = await context.db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of programmes) {
    const steps = (await context.programmes.effectiveAt(context.db, programmeId, now))?.programme.messages.expiringDays ?? [];
    const [longest] = steps;
    if (longest === undefined) continue;
    const span = { programmeId, now, until: addDays(now, longest) };
    for await (const page of expiringDays(context.db, span)) {
      const due = page.flatMap((one) => {
        const days = reminderStep(steps, one.expiresAt, now);
        return days === null ? [] : [{ ...one, days, key: `${one.day}:${days}` }];
      });
      const told = await knownNotices(context.db, 'points_expiring', due);
      for (const one of due.filter(({ memberId, key }) => !told.has(noticeIndex(memberId, key)))) {
        const work = inTransaction(context.db, (trx) => announceDay(trx, context, one, now));
        if (await unlessErased(work, false)) announced += 1;
      }
    }
  }
  return { announced };
}

interface Span {
  readonly programmeId: string;
  readonly now: string;
  readonly until: string;
}

async function* expiringDays(db: Db, { programmeId, now, until }: Span): AsyncGenerator<ExpiringDay[]> {
  const day = sql<string>`substr(expires_at, 1, 10)`;
  let after = { memberId: '', day: '' };
  for (;;) {
    const rows = await db
      .selectFrom('lot')
      .select((eb) => ['member_id', day.as('day'), eb.fn.min('expires_at').as('expires_at')])
      .where('programme_id', '=', programmeId)
      .where('open', '=', 1)
      .where('available', '>', 0)
      .where('expires_at', '>', now)
      .where('expires_at', '<=', until)
      .where((eb) =>
        eb.or([
          eb('member_id', '>', after.memberId),
          eb.and([eb('member_id', '=', after.memberId), sql<boolean>`substr(expires_at, 1, 10) > ${after.day}`]),
        ]),
      )
      .groupBy(['member_id', day])
      .orderBy('member_id')
      .orderBy(day)
      .limit(DAYS_PER_PAGE)
      .execute();
    const page = rows.map((row) => ({ memberId: row.member_id, day: row.day, expiresAt: row.expires_at ?? until }));
    yield page;
    after = page[DAYS_PER_PAGE - 1] ?? after;
    if (page.length < DAYS_PER_PAGE) return;
  }
}

async function announceDay(
  trx: Trx,
  context: OperationContext,
  { memberId: seenId, day, expiresAt, days, key }: ExpiringDay & { readonly days: number; readonly key: string },
  now: string,
): Promise<boolean> {
  const { memberId } = await lockMember(trx, await presentMemberId(trx, seenId));
  const left = await trx
    .selectFrom('lot')
    .select((eb) => eb.fn.sum('available').as('points'))
    .where('member_id', '=', memberId)
    .where('open', '=', 1)
    .where('expires_at', '>', now)
    .where('expires_at', '>=', `${day}T00:00:00.000Z`)
    .where('expires_at', '<=', `${day}T23:59:59.999Z`)
    .executeTakeFirst();
  const points = toInteger(left?.points);
  // Spent meanwhile.
  if (points === 0) return false;
  return announce(trx, context, {
    memberId,
    kind: 'points_expiring',
    key,
    occurredAt: now,
    figures: { points, expiresAt, days },
  });
}
