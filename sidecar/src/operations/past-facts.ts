import type { OrderSnapshot } from '../domain/order-snapshot';
import { NO_FACTS, type PastEvent, type PastFacts, type PastReferral, type PastSegment } from '../replay/past-member';
import type { Db } from '../storage/transaction';
import { shownAccounts } from '../stores/member-store';
import { birthdays, manualTiers, pastEvents, pastReferrals, pastSegments } from '../stores/past-fact-store';
import type { PastOrders } from '../stores/past-order-store';

/** What is known of members beside their orders; those of whom nothing is known are absent. What we stored ourselves needs no check. */
export async function pastFacts(db: Db, memberIds: readonly string[], past: PastOrders): Promise<ReadonlyMap<string, PastFacts>> {
  const facts = new Map<string, PastFacts>();
  if (memberIds.length === 0) return facts;
  const add = (memberId: string, change: (before: PastFacts) => Partial<PastFacts>): void => {
    const before = facts.get(memberId) ?? NO_FACTS;
    facts.set(memberId, { ...before, ...change(before) });
  };
  for (const row of await shownAccounts(db, memberIds)) add(row.member_id, () => ({ hasAccount: true }));
  for (const row of await birthdays(db, memberIds)) {
    add(row.member_id, () => ({ birthday: { month: row.birth_month, day: row.birth_day } }));
  }
  for (const row of await manualTiers(db, memberIds)) {
    add(row.member_id, () => ({ manualTier: { tier: row.tier, setAt: row.set_at, endsAt: row.ends_at } }));
  }
  for (const row of await pastSegments(db, memberIds)) {
    const segment: PastSegment = { code: row.code, from: row.entered_at, until: row.left_at };
    add(row.member_id, ({ segments }) => ({ segments: [...segments, segment] }));
  }
  for (const row of await pastEvents(db, memberIds, past)) {
    add(row.member_id, ({ events }) => ({ events: [...events, eventOf(row)] }));
  }
  for (const side of ['referrer', 'friend'] as const) {
    for (const row of await pastReferrals(db, memberIds, side, past)) {
      add(row.owner, ({ referrals }) => ({ referrals: [...referrals, referralOf(side, row)] }));
    }
  }
  return facts;
}

function eventOf(row: Awaited<ReturnType<typeof pastEvents>>[number]): PastEvent {
  return {
    eventId: row.event_id,
    kind: row.kind,
    activity: row.activity,
    subject: row.subject,
    shopId: row.shop_id,
    channelId: row.channel_id,
    occurredAt: row.occurred_at,
    data: JSON.parse(row.data),
    isRevoked: row.revoked_at !== null,
  };
}

function referralOf(side: PastReferral['side'], row: Awaited<ReturnType<typeof pastReferrals>>[number]): PastReferral {
  return {
    side,
    friendId: row.friend_member_id,
    createdAt: row.created_at,
    snapshot: JSON.parse(row.snapshot) as OrderSnapshot,
    isGone: row.qualifying_orders === 0,
    score: row.fraud_score,
    verdict: row.verdict,
  };
}
