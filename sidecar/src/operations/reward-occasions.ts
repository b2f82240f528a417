import { localDate, startOfDate } from '../domain/calendar';
import { addMs } from '../domain/instant';
import { addToDate, celebratedOn, isHolidayOn, isLeapYear, type OccasionRule } from '../domain/occasion';
import type { Db } from '../storage/transaction';
import {
  firstJoinedAt,
  memberIdsAfter,
  membersBornOn,
  membersJoinedIn,
  moveRunCursor,
  runCursor,
  type DayQuery,
  type Span,
} from '../stores/occasion-store';
import type { PublishedProgramme } from '../stores/programme-store';
import type { OperationContext } from './context';
import { rewardOccasion, type DueOccasion } from './reward-occasion';
import { unlessErased } from './unless-erased';

const MEMBERS_PER_PAGE = 200;
/** An occasion is made up for when the job did not run; later it would be a surprise. */
const CATCH_UP_DAYS = 7;
const HALF_DAY_MS = 43_200_000;

export interface OccasionCounts {
  readonly rewarded: number;
  readonly refused: number;
}

/**
 * Rewards the members whose day is today in their programme's time zone, and whose day was within the last week and passed over.
 * @param shouldStop asked between members; what is left is done by the next run
 */
export async function rewardOccasions(
  context: OperationContext,
  now: string,
  shouldStop: () => boolean = () => false,
): Promise<OccasionCounts> {
  const counts = { rewarded: 0, refused: 0 };
  const programmes = await context.db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of programmes) {
    const present = await context.programmes.effectiveAt(context.db, programmeId, now);
    if (!present) continue;
    const today = localDate(now, present.programme.timeZone);
    for (let days = CATCH_UP_DAYS; days >= 0; days -= 1) {
      const dueOn = addToDate(today, -days);
      // The programme in force as the day ended, wherever on earth that was, or now.
      const end = addMs(`${addToDate(dueOn, 1)}T00:00:00.000Z`, HALF_DAY_MS);
      const published = await context.programmes.effectiveAt(context.db, programmeId, end < now ? end : now);
      for (const rule of published?.programme.occasions ?? []) {
        if (!published) continue;
        for await (const memberId of membersOf(context.db, published, rule, dueOn)) {
          if (shouldStop()) return counts;
          const outcome = await unlessErased(rewardOccasion(context, due(published, rule, dueOn), memberId), null);
          if (outcome !== null) counts[outcome] += 1;
        }
      }
    }
  }
  return counts;
}

function due(published: PublishedProgramme, rule: OccasionRule, dueOn: string): DueOccasion {
  return { published, rule, dueOn, year: Number(addToDate(dueOn, rule.daysBefore).slice(0, 4)) };
}

/** Members whose occasion it is, a page at a time. */
function membersOf(db: Db, published: PublishedProgramme, rule: OccasionRule, dueOn: string): AsyncIterable<string> {
  const { programmeId, programme } = published;
  const on = addToDate(dueOn, rule.daysBefore);
  const query = { programmeId, occasion: rule.code, year: Number(on.slice(0, 4)), limit: MEMBERS_PER_PAGE };
  switch (rule.kind) {
    case 'birthday':
      return pages((after) => membersBornOn(db, celebratedOn(on), { ...query, after }));
    case 'anniversary':
      return anniversaries(db, programme.timeZone, on, query);
    case 'holiday':
      return isHolidayOn(rule.dates, on)
        ? everybody(db, { programme_id: programmeId, occasion: rule.code, due_on: dueOn })
        : pages(nobody);
  }
}

async function nobody(): Promise<string[]> {
  return Promise.resolve([]);
}

async function* pages(read: (after: string) => Promise<string[]>): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const page = await read(after);
    yield* page;
    after = page.at(-1) ?? after;
    if (page.length < MEMBERS_PER_PAGE) return;
  }
}

/** Who joined on this day of an earlier year. */
async function* anniversaries(db: Db, timeZone: string, on: string, query: Omit<DayQuery, 'after'>): AsyncGenerator<string> {
  const first = await firstJoinedAt(db, query.programmeId);
  if (first === null) return;
  const spans: Span[] = [];
  for (let year = query.year - 1; year >= Number(first.slice(0, 4)) - 1; year -= 1) {
    for (const { month, day } of celebratedOn(on)) {
      if (month === 2 && day === 29 && !isLeapYear(year)) continue;
      const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      spans.push({ start: startOfDate(date, timeZone), end: startOfDate(addToDate(date, 1), timeZone) });
    }
  }
  yield* pages((after) => membersJoinedIn(db, spans, { ...query, after }));
}

/** A holiday goes through everybody once; its cursor stays, and who joins meanwhile comes behind it. */
async function* everybody(db: Db, run: Parameters<typeof runCursor>[1]): AsyncGenerator<string> {
  let after = await runCursor(db, run);
  for (;;) {
    const page = await memberIdsAfter(db, run.programme_id, after, MEMBERS_PER_PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    await moveRunCursor(db, run, last);
    after = last;
  }
}
