import { windowKey, windowOpensAfter, type MemberFacts, type QualifyingTotals } from '../domain/qualifying';
import type { Programme } from '../domain/programme';
import { tierWindows } from '../domain/tier';
import type { Db } from '../storage/transaction';
import { findCompanies } from '../stores/company-store';
import { companyTotals } from '../stores/company-use-store';
import { qualifyingTotals } from '../stores/position-store';

interface Joined {
  readonly member_id: string;
  readonly joined_at: string;
  readonly company_id: string | null;
}

/** What the levels of a programme look at, of one member at an instant: a read for each window of time they name. */
export async function memberFacts(db: Db, programme: Programme, member: Joined, asOf: string): Promise<MemberFacts> {
  const facts = (await membersFacts(db, programme, [member], asOf)).get(member.member_id);
  if (!facts) throw new Error(`member ${member.member_id} lost its facts`);
  return facts;
}

/** The same for several members with as many reads as for one. The account of a company counts what its buyers order. */
export async function membersFacts(
  db: Db,
  { tiers, timeZone }: Programme,
  members: readonly Joined[],
  asOf: string,
): Promise<ReadonlyMap<string, MemberFacts>> {
  const ids = members.map((member) => member.member_id);
  const companies = await companiesOf(db, members);
  const companyIds = [...companies.values()];
  const read: { key: string; totals: ReadonlyMap<string, QualifyingTotals> }[] = [];
  for (const window of tierWindows(tiers)) {
    const after = windowOpensAfter(window, asOf, timeZone);
    const own = await qualifyingTotals(db, ids, after, asOf);
    const ofCompanies = await companyTotals(db, companyIds, after, asOf);
    read.push({ key: windowKey(window), totals: new Map([...own, ...byAccount(companies, ofCompanies)]) });
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

/** Companies by the member that stands for them; members who buy for themselves cost no read. */
async function companiesOf(db: Db, members: readonly Joined[]): Promise<ReadonlyMap<string, string>> {
  const companyIds = [...new Set(members.flatMap(({ company_id: id }) => id ?? []))];
  const companies = await findCompanies(db, companyIds);
  return new Map(companies.map((company) => [company.account_member_id, company.company_id]));
}

function byAccount(
  companies: ReadonlyMap<string, string>,
  totals: ReadonlyMap<string, QualifyingTotals>,
): [string, QualifyingTotals][] {
  return [...companies].flatMap(([memberId, companyId]): [string, QualifyingTotals][] => {
    const found = totals.get(companyId);
    return found ? [[memberId, found]] : [];
  });
}
