/** Which units of a file are about the same people: what an earlier one does bears on the later ones. */
import { findNamedMember, type MemberRef } from '../operations/find-member';
import type { Db } from '../storage/transaction';
import { nextUnits, type ImportRun, type ImportUnit } from '../stores/import-store';
import { rowsOf } from './apply-unit';

const UNITS_A_READ = 1000;
/** Of one transaction, so that it keeps nobody waiting for long; what comes behind begins anew. */
export const MAX_CHAIN = 200;

/** Numbers of the units that are left, those about the same people together, each list in the order of the file. */
export async function chainsOf(db: Db, run: ImportRun): Promise<number[][]> {
  const chains = new Chains();
  for (let after = 0; ;) {
    const units = await nextUnits(db, run.run_id, UNITS_A_READ, after);
    for (const unit of units) chains.add(unit.unit_number, await peopleOf(db, run, unit));
    const last = units.at(-1);
    if (!last || units.length < UNITS_A_READ) return chains.all().flatMap(inParts);
    after = last.unit_number;
  }
}

/** Units by their numbers, joined where they have a person in common. */
export class Chains {
  /** An earlier unit of the same chain, or the unit itself. */
  private readonly before = new Map<number, number>();
  private readonly lastAbout = new Map<string, number>();

  add(unit: number, people: readonly string[]): void {
    this.before.set(unit, unit);
    for (const person of people) {
      const other = this.lastAbout.get(person);
      if (other !== undefined) this.join(other, unit);
      this.lastAbout.set(person, unit);
    }
  }

  all(): number[][] {
    const chains = new Map<number, number[]>();
    for (const unit of this.before.keys()) {
      const first = this.firstOf(unit);
      const chain = chains.get(first);
      if (chain) chain.push(unit);
      else chains.set(first, [unit]);
    }
    return [...chains.values()];
  }

  private join(one: number, other: number): void {
    const [a, b] = [this.firstOf(one), this.firstOf(other)];
    this.before.set(Math.max(a, b), Math.min(a, b));
  }

  private firstOf(unit: number): number {
    let found = unit;
    for (;;) {
      const earlier = this.before.get(found) ?? found;
      if (earlier === found) return found;
      // The next search has half the way.
      this.before.set(found, this.before.get(earlier) ?? earlier);
      found = earlier;
    }
  }
}

function inParts(chain: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(chain.length / MAX_CHAIN) }, (_, part) =>
    chain.slice(part * MAX_CHAIN, (part + 1) * MAX_CHAIN),
  );
}

/** By every name that rows have for them; a member who is there already has one more, whatever the name. */
async function peopleOf(db: Db, run: ImportRun, unit: ImportUnit): Promise<string[]> {
  const refs = new Map(rowsOf(unit).flatMap(({ values }) => refsOf(values, run.shop_id).map((ref) => [nameOf(ref), ref])));
  const members = await Promise.all([...refs.values()].map((ref) => findNamedMember(db, run.programme_id, ref)));
  const known = members.flatMap((found) => (found.ok ? [nameOf({ memberId: found.value })] : []));
  return [...new Set([...refs.keys(), ...known])];
}

function refsOf({ memberId, customerId, emailHash }: Readonly<Record<string, unknown>>, shopId: string | null): MemberRef[] {
  return [
    ...(typeof memberId === 'string' ? [{ memberId }] : []),
    ...(typeof customerId === 'string' && shopId !== null ? [{ shopId, customerId }] : []),
    ...(typeof emailHash === 'string' ? [{ emailHash }] : []),
  ];
}

function nameOf(ref: MemberRef): string {
  if ('memberId' in ref) return `member:${ref.memberId}`;
  return 'customerId' in ref ? `customer:${ref.customerId}` : `email:${ref.emailHash}`;
}
