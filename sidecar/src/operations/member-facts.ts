import { windowKey, windowOpensAfter, type MemberFacts, type QualifyingTotals } from '../domain/qualifying';
import type { Programme } from '../domain/programme';
import { tierWindows } from '../domain/tier';
import type { Db } from '../storage/transaction';
import { qualifyingTotals } from '../stores/position-store';

interface Joined {
  readonly member_id: string;
  readonly joined_at: string;
}

/** What the levels of a programme look at, of one member at an instant: a read for each window of time they name. */
export async function memberFacts(db: Db, programme: Programme, member: Joined, asOf: string): Promise<MemberFacts> {
  const facts = (await membersFacts(db, programme, [member], asOf)).get(member.member_id);
  if (!facts) throw new Error(`member ${member.member_id} lost its facts`);
  return facts;
}

/** The same for several members with as many reads as for one. */
export async function membersFacts(
  db: Db,
  { tiers, timeZone }: Programme,
  members: readonly Joined[],
  asOf: string,
): Promise<ReadonlyMap<string, MemberFacts>> {
  const ids = members.map((member) => member.member_id);
  const read: { key: string; totals: ReadonlyMap<string, QualifyingTotals> }[] = [];
  for (const window of tierWindows(tiers)) {
    const after = windowOpensAfter(window, asOf, timeZone);
    read.push({ key: windowKey(window), totals: await qualifyingTotals(db, ids, after, asOf) });
  }
  return new Map(
    members.map(({ member_id: memberId, joined_at: joinedAt }) => {
      const totals = read.flatMap(({ key, totals: found }): [string, QualifyingTotals][] => {
        const own = found.get(memberId);
        return own ? [[key, own]] : [];
      });
      return [memberId, { asOf, timeZone, joinedAt, totals: new Map(totals) }];
    }),
  );
}
