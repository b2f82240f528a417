import { addDays } from '../domain/instant';
import { isNews } from '../domain/milestone';
import { reason } from '../domain/reason';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { endingSpells, lapsingSpells, markSpell, spellsOf, type SpellRow } from '../stores/membership-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const SPELLS_PER_PAGE = 200;

/** Takes memberships that are over out of the shops, and tells members whose membership will end; a member a transaction. */
export async function lapseMemberships(context: OperationContext, now: string): Promise<{ lapsed: number; told: number }> {
  let lapsed = 0;
  for (;;) {
    const page = await lapsingSpells(context.db, now, SPELLS_PER_PAGE);
    for (const spell of page) if (await unlessErased(lapse(context, spell), false)) lapsed += 1;
    if (page.length < SPELLS_PER_PAGE) break;
  }
  return { lapsed, told: await tellEnding(context, now) };
}

async function lapse(context: OperationContext, spell: SpellRow): Promise<boolean> {
  return inTransaction(context.db, async (trx) => {
    const member = await lockMember(trx, spell.member_id);
    if (!(await markSpell(trx, spell, 'lapsed'))) return false;
    const { plan_code: plan, starts_at: from, ends_at: until } = spell;
    await recordDecision(trx, {
      decisionId: context.ids.next(),
      programmeId: member.programmeId,
      memberId: member.memberId,
      kind: 'membership_lapsed',
      subject: `member:${member.memberId}`,
      programmeVersionId: null,
      decidedAt: context.clock.now(),
      inputs: { plan },
      outcome: { endsAt: until },
      reasons: [reason('membership_lapsed', true, { plan, from, until })],
    });
    // Whoever bought it anew meanwhile lost nothing.
    const now = context.clock.now();
    const lasts = (await spellsOf(trx, spell.member_id, plan)).some((one) => one.grace_ends_at > now);
    if (!lasts && isNews(spell.grace_ends_at, now)) {
      const { member_id: memberId, plan_name: name } = spell;
      const told = { memberId, kind: 'membership_ended' as const, key: `${plan}:${until}`, occurredAt: spell.grace_ends_at };
      await announce(trx, context, { ...told, figures: { plan: name, endedAt: until } });
    }
    await projectMember(trx, context, member);
    return true;
  });
}

/** As many days ahead as the programme in force says. */
async function tellEnding(context: OperationContext, now: string): Promise<number> {
  let told = 0;
  const programmes = await context.db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of programmes) {
    const published = await context.programmes.effectiveAt(context.db, programmeId, now);
    for (const { code: planCode, endingNoticeDays } of published?.programme.memberships ?? []) {
      if (endingNoticeDays === null) continue;
      const until = addDays(now, endingNoticeDays);
      for (;;) {
        const page = await endingSpells(context.db, { programmeId, planCode, now, until, limit: SPELLS_PER_PAGE });
        for (const spell of page) if (await unlessErased(tell(context, spell, now), false)) told += 1;
        if (page.length < SPELLS_PER_PAGE) break;
      }
    }
  }
  return told;
}

async function tell(context: OperationContext, spell: SpellRow, now: string): Promise<boolean> {
  const { member_id: memberId, plan_code: code, plan_name: plan, ends_at: endsAt } = spell;
  return inTransaction(context.db, async (trx) => {
    await lockMember(trx, memberId);
    if (!(await markSpell(trx, spell, 'ending_told'))) return false;
    const said = { memberId, kind: 'membership_ending' as const, key: `${code}:${endsAt}`, occurredAt: now };
    await announce(trx, context, { ...said, figures: { plan, endsAt } });
    return true;
  });
}
