import { daySpan, localDate } from '../domain/calendar';
import { addMinutes } from '../domain/instant';
import { inTransaction, type Db } from '../storage/transaction';
import {
  CHANGE_SOURCES,
  loadChangeCursor,
  saveChangeCursor,
  type Change,
  type ChangeCursor,
  type ChangeKey,
  type ChangeSource,
} from '../stores/measure-change-store';
import { measuresOfDay } from '../stores/measure-day-store';
import { countMembers, measuredMembers, replaceMembers, type MeasuredMember } from '../stores/measure-member-store';
import { replaceMonths } from '../stores/measure-month-store';
import {
  dueDays,
  dueMembers,
  findMeasuredProgramme,
  isCountedAnew,
  markDays,
  markMembers,
  replaceDay,
  restartProgramme,
  saveComputedUntil,
  takeDueDay,
  takeDueMembers,
} from '../stores/measure-store';
import type { OperationContext } from './context';

const ROWS_A_PAGE = 500;
const MEMBERS_A_PAGE = 50;
const DAYS_A_PAGE = 50;
/** Longer than a transaction may last and clocks may differ: a row that was written before it is visible by now. */
const SETTLING_MINUTES = 15;

export interface RollLimits {
  /** Pages of changed rows of one source. */
  readonly pages: number;
  readonly members: number;
  readonly days: number;
}

/** What a run does at most; the next one goes on from there. */
const RUN_LIMITS: RollLimits = { pages: 400, members: 50_000, days: 5000 };

type TimeZones = ReadonlyMap<string, string>;

interface Run {
  readonly context: OperationContext;
  readonly now: string;
  readonly signal: AbortSignal;
  readonly limits: RollLimits;
  readonly zones: TimeZones;
}

/** A type and not an interface, so that it is also a record of figures. */
export type RollFigures = { changes: number; members: number; days: number; complete: number };

/**
 * Keeps the sums of days equal to the rows: finds what changed, and sums up the days it touches anew, those only. Nothing is
 * added to a sum, so a run may break off or be repeated anywhere.
 */
export async function rollMetrics(
  context: OperationContext,
  now: string,
  signal: AbortSignal,
  limits: RollLimits = RUN_LIMITS,
): Promise<RollFigures> {
  const run: Run = { context, now, signal, limits, zones: await settleTimeZones(context, now) };
  const figures: RollFigures = { changes: 0, members: 0, days: 0, complete: 0 };
  let isRead = true;
  for (const source of CHANGE_SOURCES) {
    const { changes, isAtEnd } = await readChanges(run, source);
    figures.changes += changes;
    isRead &&= isAtEnd;
  }
  figures.members = await countDueMembers(run);
  figures.days = await sumDueDays(run);
  if (isRead && (await isNothingDue(context.db))) {
    await saveComputedUntil(context.db, now);
    figures.complete = 1;
  }
  return figures;
}

/** Days are those of the programme's clock: where it was changed, all of them are others. */
async function settleTimeZones({ db, programmes }: OperationContext, now: string): Promise<TimeZones> {
  const zones = new Map<string, string>();
  const rows = await db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of rows) {
    const timeZone = (await programmes.effectiveAt(db, programmeId, now))?.programme.timeZone ?? 'UTC';
    zones.set(programmeId, timeZone);
    const known = await findMeasuredProgramme(db, programmeId);
    if (isCountedAnew(known, timeZone)) await inTransaction(db, (trx) => restartProgramme(trx, programmeId, timeZone));
  }
  return zones;
}

function zoneOf(zones: TimeZones, programmeId: string): string {
  return zones.get(programmeId) ?? 'UTC';
}

/** Marks the days and members that changed rows touch, a page a transaction. */
async function readChanges(run: Run, source: ChangeSource): Promise<{ changes: number; isAtEnd: boolean }> {
  const { db } = run.context;
  let cursor = await loadChangeCursor(db, source.name);
  let changes = 0;
  for (let page = 0; page < run.limits.pages && !run.signal.aborted; page += 1) {
    const found = await source.page(db, cursor.pass ?? cursor.settled, ROWS_A_PAGE);
    changes += found.length;
    const isAtEnd = found.length < ROWS_A_PAGE;
    const settled = (isAtEnd && (await source.settledAt?.(db))) || settledAfter(cursor, found, run, source);
    const next: ChangeCursor = { settled, pass: isAtEnd ? null : (found.at(-1)?.key ?? null) };
    if (found.length > 0 || cursor.pass !== null) await inTransaction(db, (trx) => markChanges(trx, run, source, found, next));
    if (isAtEnd) return { changes, isAtEnd };
    cursor = next;
  }
  return { changes, isAtEnd: false };
}

/** As far as rows were written long enough ago, without a gap. */
function settledAfter({ settled, pass }: ChangeCursor, found: readonly Change[], { now }: Run, source: ChangeSource): ChangeKey {
  if (source.settledAt || (pass !== null && JSON.stringify(pass) !== JSON.stringify(settled))) return settled;
  const oldest = addMinutes(now, -SETTLING_MINUTES);
  const unsettled = found.findIndex(({ writtenAt }) => writtenAt !== null && writtenAt > oldest);
  const last = unsettled < 0 ? found.at(-1) : found[unsettled - 1];
  return last?.key ?? settled;
}

async function markChanges(
  trx: Parameters<typeof markDays>[0],
  { zones }: Run,
  source: ChangeSource,
  found: readonly Change[],
  next: ChangeCursor,
): Promise<void> {
  await markDays(
    trx,
    found.flatMap(({ programmeId, moments }) =>
      moments.map((at) => ({ programme_id: programmeId, local_day: localDate(at, zoneOf(zones, programmeId)) })),
    ),
  );
  await markMembers(
    trx,
    found.flatMap(({ programmeId, members }) => members.map((memberId) => ({ member_id: memberId, programme_id: programmeId }))),
  );
  await saveChangeCursor(trx, source.name, next);
}

async function countDueMembers({ context: { db }, signal, limits, zones }: Run): Promise<number> {
  let counted = 0;
  while (counted < limits.members && !signal.aborted) {
    const due = await dueMembers(db, Math.min(MEMBERS_A_PAGE, limits.members - counted));
    if (due.length === 0) break;
    const memberIds = due.map((row) => row.member_id);
    await inTransaction(db, async (trx) => {
      await takeDueMembers(trx, memberIds);
      const before = await measuredMembers(trx, memberIds);
      const { members: after, months } = await countMembers(trx, memberIds, (programmeId) => zoneOf(zones, programmeId));
      const gone = without(before, after);
      const come = without(after, before);
      await replaceMembers(trx, gone, come);
      await replaceMonths(trx, memberIds, months);
      await markDays(trx, [...gone, ...come].flatMap(daysOf));
    });
    counted += due.length;
  }
  return counted;
}

function without(rows: readonly MeasuredMember[], others: readonly MeasuredMember[]): MeasuredMember[] {
  const text = (row: MeasuredMember): string =>
    JSON.stringify([row.member_id, row.shop_id, row.programme_id, row.joined_day, row.first_day, row.second_day]);
  const known = new Set(others.map(text));
  return rows.filter((row) => !known.has(text(row)));
}

function daysOf({ programme_id, joined_day, first_day, second_day }: MeasuredMember) {
  return [joined_day, first_day, second_day].flatMap((day) => (day === null ? [] : { programme_id, local_day: day }));
}

async function sumDueDays({ context: { db }, signal, limits, zones }: Run): Promise<number> {
  let summed = 0;
  while (summed < limits.days && !signal.aborted) {
    const due = await dueDays(db, Math.min(DAYS_A_PAGE, limits.days - summed));
    if (due.length === 0) break;
    for (const dueDay of due) {
      const { programme_id: programmeId, local_day: day } = dueDay;
      const span = daySpan(day, zoneOf(zones, programmeId));
      await inTransaction(db, async (trx) => {
        // First the mark: whoever changes a row from now on marks the day again.
        if (await takeDueDay(trx, dueDay)) {
          await replaceDay(trx, programmeId, day, await measuresOfDay(trx, { programmeId, day, span }));
        }
      });
    }
    summed += due.length;
  }
  return summed;
}

async function isNothingDue(db: Db): Promise<boolean> {
  return (await dueMembers(db, 1)).length === 0 && (await dueDays(db, 1)).length === 0;
}
