import { calendarSpan } from '../domain/calendar';
import { cashbackUnit, type CashbackRule } from '../domain/cashback';
import { addMs } from '../domain/instant';
import { completePeriod, isPeriodPaid, membersWithPoints } from '../stores/cashback-store';
import type { PublishedProgramme } from '../stores/programme-store';
import type { OperationContext } from './context';
import { payOut } from './pay-cashback';

const MEMBERS_PER_PAGE = 200;

/**
 * Pays what is due without being asked for, for the calendar period that ended last: under the programme that was in force
 * at its end, each member once. A period is looked at until one run came through to its end, and then never again.
 */
export async function payDueCashback(
  context: OperationContext,
  now: string,
  signal: AbortSignal,
): Promise<{ periods: number; payouts: number }> {
  const total = { periods: 0, payouts: 0 };
  const programmes = await context.db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of programmes) {
    const current = await context.programmes.effectiveAt(context.db, programmeId, now);
    for (const { code, every } of current?.programme.cashback ?? []) {
      if (!current || every === null) continue;
      const { start, end } = calendarSpan(every, now, current.programme.timeZone, -1);
      const published = await context.programmes.effectiveAt(context.db, programmeId, addMs(end, -1));
      const rule = published?.programme.cashback.find((one) => one.code === code && one.every === every);
      if (!published || !rule || (await isPeriodPaid(context.db, programmeId, code, start))) continue;
      const payouts = await payPeriod(context, published, rule, start, signal);
      total.payouts += payouts;
      if (signal.aborted) return total;
      const period = { programme_id: programmeId, cashback_code: code, period_start: start };
      await completePeriod(context.db, { ...period, completed_at: context.clock.now(), payouts });
      total.periods += 1;
    }
  }
  return total;
}

async function payPeriod(
  context: OperationContext,
  published: PublishedProgramme,
  rule: CashbackRule,
  periodStart: string,
  signal: AbortSignal,
): Promise<number> {
  const { programmeId, programme } = published;
  const points = Math.max(rule.minimumPoints, cashbackUnit(programme, rule)?.points ?? 0);
  let payouts = 0;
  for (let after = ''; ;) {
    const page = await membersWithPoints(context.db, { programmeId, points, after, limit: MEMBERS_PER_PAGE });
    for (const memberId of page) {
      if (signal.aborted) return payouts;
      const key = `period:${rule.code}:${periodStart}:${memberId}`;
      // Who has no account for a voucher, or only points that expire now, goes without.
      const paid = await payOut(context, {
        published,
        rule,
        member: { memberId },
        points: null,
        actor: 'calendar',
        key,
        periodStart,
      });
      if (paid.ok && !paid.value.repeated) payouts += 1;
    }
    if (page.length < MEMBERS_PER_PAGE) return payouts;
    after = page.at(-1) ?? after;
  }
}
