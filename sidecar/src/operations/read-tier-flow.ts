import { addToDate } from '../domain/calendar';
import { tierOfMeasure, type MeasureCode } from '../key-figures/measure';
import { spanOf, type Period } from '../key-figures/period';
import { tierFlows, type TierFlows } from '../key-figures/tier-flow';
import type { Db } from '../storage/transaction';
import { measuredMembers } from '../stores/measure-member-store';
import { inChunks, sumsOf } from '../stores/measure-store';
import { tierMoves } from '../stores/tier-flow-store';
import type { MeasuredProgramme } from './measured-programme';

const JOINED: MeasureCode = 'joined';

/** Where members were when a period began, and where they went. Whoever became part of another was never there. */
export async function readTierFlow(db: Db, { programmeId, timeZone }: MeasuredProgramme, period: Period): Promise<TierFlows> {
  const scope = { programmeId, shopId: null };
  const dayBefore = addToDate(period.from, -1);
  const { until } = await sumsOf(db, scope, { from: dayBefore, to: dayBefore });
  const within = (await sumsOf(db, scope, period)).period;
  const start = new Map<string | null, number>();
  for (const [measure, members] of until) {
    const tier = tierOfMeasure(measure);
    if (tier !== null) start.set(tier, members);
  }
  const inTiers = [...start.values()].reduce((sum, members) => sum + members, 0);
  start.set(null, (until.get(JOINED) ?? 0) - inTiers);
  const moves = await tierMoves(db, programmeId, spanOf(period, timeZone));
  const joinedDays = new Map<string, string | null>();
  for (const chunk of inChunks(moves.map(({ memberId }) => memberId))) {
    for (const row of await measuredMembers(db, chunk)) if (row.shop_id === '') joinedDays.set(row.member_id, row.joined_day);
  }
  return tierFlows(
    start,
    within.get(JOINED) ?? 0,
    moves.map(({ memberId, from, to }) => ({ from, to, isNew: (joinedDays.get(memberId) ?? '') >= period.from })),
  );
}
