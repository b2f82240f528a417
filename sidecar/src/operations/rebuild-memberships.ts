import { membershipSpells } from '../domain/membership';
import type { Trx } from '../storage/transaction';
import { purchasesOf, replaceSpells, spellsOf, type SpellRow } from '../stores/membership-store';
import { spellTimes } from './converge-membership';

/** After orders went from one member to another: the times of memberships follow from the purchases that each has now. Both are locked. */
export async function rebuildMemberships(trx: Trx, memberIds: readonly string[], now: string): Promise<void> {
  const known: SpellRow[] = [];
  for (const memberId of memberIds) known.push(...(await spellsOf(trx, memberId)));
  const plans = new Map(known.map((row) => [row.plan_code, row]));
  for (const memberId of memberIds) {
    for (const [planCode, model] of plans) {
      const spells = membershipSpells(await purchasesOf(trx, memberId, planCode));
      const rows = spells.map((spell): SpellRow => ({ ...model, member_id: memberId, ...spellTimes(spell, known, now) }));
      await replaceSpells(trx, memberId, planCode, rows);
    }
  }
}
