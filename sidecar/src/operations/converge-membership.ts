import { isBefore } from '../domain/instant';
import {
  membershipSegment,
  membershipSpells,
  membershipUnits,
  type MembershipPlan,
  type MembershipSpell,
} from '../domain/membership';
import { isNews } from '../domain/milestone';
import { reason } from '../domain/reason';
import { recordDecision } from '../stores/decision-store';
import {
  purchasesOf,
  replaceSpells,
  savePurchase,
  saveWelcome,
  spellsOf,
  welcomeOf,
  type SpellRow,
} from '../stores/membership-store';
import { announce } from './announce';
import type { OrderInHand } from './apply-order';
import { postReward } from './post-reward';

/**
 * Makes a member's memberships equal to what their orders have bought, paid and kept. Orders placed under a programme without
 * memberships cost nothing.
 */
export async function convergeMembership(order: OrderInHand): Promise<void> {
  for (const plan of order.terms.programme.memberships) {
    const { trx, member, snapshot } = order;
    const isNew = await savePurchase(trx, {
      shop_id: snapshot.shopId,
      order_id: snapshot.orderId,
      plan_code: plan.code,
      programme_id: member.programmeId,
      member_id: member.memberId,
      paid_at: snapshot.paidAt ?? snapshot.placedAt,
      units: membershipUnits(plan, snapshot),
      months: plan.term.months,
      days: plan.term.days,
      grace_days: plan.graceDays,
    });
    if (isNew) await convergePlan(order, plan);
  }
}

async function convergePlan(order: OrderInHand, plan: MembershipPlan): Promise<void> {
  const { trx, context, member, snapshot } = order;
  const { memberId, programmeId } = member;
  const present = await spellsOf(trx, memberId, plan.code);
  const spells = membershipSpells(await purchasesOf(trx, memberId, plan.code));
  const welcome = (await welcomeOf(trx, memberId, plan.code))?.points ?? 0;
  const welcomeDue = spells.length === 0 ? 0 : welcome || plan.welcomePoints;
  const decisionId = context.ids.next();
  const now = context.clock.now();
  const endsAt = spells.at(-1)?.endsAt ?? null;
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'membership',
    subject: `order:${snapshot.shopId}:${snapshot.orderId}`,
    programmeVersionId: order.terms.programmeVersionId,
    decidedAt: now,
    inputs: { plan: plan.code, before: present.at(-1)?.ends_at ?? null },
    outcome: { endsAt, points: welcomeDue - welcome },
    reasons:
      spells.length === 0
        ? [reason('membership_none', false, { plan: plan.code })]
        : spells.map((spell) =>
            reason('membership_bought', true, { plan: plan.code, from: spell.startsAt, until: spell.endsAt }),
          ),
  });
  const rows = spells.map((spell) => spellRow(order, plan, spell, { present, decisionId, now }));
  await replaceSpells(trx, memberId, plan.code, rows);
  if (welcomeDue !== welcome) await postWelcome(order, plan, { points: welcomeDue - welcome, due: welcomeDue, decisionId });
  for (const { starts_at: startsAt, ends_at: spellEndsAt, lapsed } of rows) {
    if (lapsed === 1 || present.some((row) => row.starts_at === startsAt) || !isNews(startsAt, now)) continue;
    const told = { memberId, kind: 'membership_started' as const, key: `${plan.code}:${startsAt}`, occurredAt: startsAt };
    await announce(trx, context, { ...told, figures: { plan: plan.name, endsAt: spellEndsAt } });
  }
}

function spellRow(
  { member }: OrderInHand,
  plan: MembershipPlan,
  spell: MembershipSpell,
  { present, decisionId, now }: { readonly present: readonly SpellRow[]; readonly decisionId: string; readonly now: string },
): SpellRow {
  return {
    member_id: member.memberId,
    plan_code: plan.code,
    programme_id: member.programmeId,
    plan_name: plan.name,
    segment_code: membershipSegment(plan.code),
    decision_id: decisionId,
    ...spellTimes(spell, present, now),
  };
}

/** @param present spells as they were before, which know what was told of them */
export function spellTimes({ startsAt, endsAt, graceEndsAt }: MembershipSpell, present: readonly SpellRow[], now: string) {
  const same = present.find((row) => row.starts_at === startsAt && row.ends_at === endsAt);
  return {
    starts_at: startsAt,
    ends_at: endsAt,
    grace_ends_at: graceEndsAt,
    // Whoever projects the member after this says so to the shops.
    lapsed: isBefore(now, graceEndsAt) ? 0 : 1,
    ending_told: same?.ending_told ?? 0,
  };
}

async function postWelcome(
  order: OrderInHand,
  plan: MembershipPlan,
  { points, due, decisionId }: { readonly points: number; readonly due: number; readonly decisionId: string },
): Promise<void> {
  const { trx, context, member, snapshot } = order;
  const { memberId, programmeId } = member;
  const lotId = `membership:${memberId}:${plan.code}`;
  await saveWelcome(trx, {
    member_id: memberId,
    plan_code: plan.code,
    programme_id: programmeId,
    points: due,
    decision_id: decisionId,
  });
  await postReward(trx, context, member, {
    kind: 'membership_welcome',
    sourceKey: `${lotId}:${decisionId}`,
    lotId,
    points,
    occurredAt: order.asOf,
    expireAfterDays: order.terms.programme.expireAfterDays,
    shopId: snapshot.shopId,
    orderId: snapshot.orderId,
    decisionId,
  });
}
