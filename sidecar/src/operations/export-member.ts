import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { idsOfPerson } from '../stores/identity-store';

/** Rows of one table that say something about a person, as they are stored; JSON columns are opened. */
export interface ExportedPart {
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const PAGE = 500;

/** Tables with a member in them, and what makes their order certain. */
export const PARTS = [
  { name: 'accounts', table: 'member_identity', order: ['shop_id', 'customer_id'] },
  { name: 'balance', table: 'member_account', order: ['member_id'] },
  { name: 'adjustmentRequests', table: 'adjustment_request', order: ['request_id'] },
  { name: 'tiers', table: 'tier_change', order: ['effective_from', 'change_id'] },
  { name: 'segments', table: 'member_segment', order: ['code', 'entered_at'] },
  { name: 'manualTier', table: 'manual_tier', order: ['member_id'] },
  { name: 'entries', table: 'ledger_entry', order: ['member_id', 'seq'] },
  { name: 'postings', table: 'ledger_posting', order: ['entry_id', 'line'] },
  { name: 'lots', table: 'lot', order: ['lot_id'] },
  { name: 'holds', table: 'hold', order: ['hold_id'] },
  { name: 'orders', table: 'order_position', order: ['shop_id', 'order_id'] },
  { name: 'company', table: 'company_member', order: ['member_id'] },
  { name: 'companies', table: 'company_tenure', order: ['joined_at', 'tenure_id'] },
  { name: 'companyOrders', table: 'company_order', order: ['shop_id', 'order_id'] },
  { name: 'companyHolds', table: 'company_hold', order: ['hold_id'] },
  { name: 'approvals', table: 'company_approval', order: ['approval_id'] },
  { name: 'gifts', table: 'gift_grant', order: ['shop_id', 'order_id', 'rule_code'] },
  { name: 'campaigns', table: 'campaign_grant', order: ['shop_id', 'order_id', 'campaign'] },
  { name: 'vouchers', table: 'voucher', order: ['voucher_id'] },
  { name: 'profile', table: 'member_profile', order: ['member_id'] },
  { name: 'language', table: 'member_language', order: ['member_id'] },
  { name: 'occasions', table: 'occasion_reward', order: ['occasion', 'year'] },
  { name: 'nextPurchases', table: 'next_purchase', order: ['shop_id', 'order_id', 'rule_code'] },
  { name: 'rewardRedemptions', table: 'reward_redemption', order: ['redemption_id'] },
  { name: 'rewardSteps', table: 'reward_redemption_step', order: ['redemption_id', 'position'] },
  { name: 'membershipPurchases', table: 'membership_purchase', order: ['shop_id', 'order_id', 'plan_code'] },
  { name: 'memberships', table: 'membership_spell', order: ['plan_code', 'starts_at'] },
  { name: 'membershipWelcomes', table: 'membership_welcome', order: ['plan_code'] },
  { name: 'wishes', table: 'member_wish', order: ['answered_at', 'wish_key'] },
  { name: 'cashback', table: 'cashback_payout', order: ['payout_id'] },
  { name: 'referralCodes', table: 'referral_code', order: ['code'] },
  { name: 'notices', table: 'member_notice', order: ['announced_at', 'notice_id'] },
  { name: 'webhookDeliveries', table: 'webhook_delivery', order: ['created_at', 'delivery_id'] },
  { name: 'mails', table: 'mail_delivery', order: ['created_at', 'mail_id'] },
  { name: 'consents', table: 'consent_record', order: ['occurred_at', 'record_id'] },
  { name: 'termsAcceptances', table: 'terms_acceptance', order: ['accepted_at', 'acceptance_id'] },
  { name: 'leads', table: 'signup_lead', order: ['lead_id'] },
  { name: 'events', table: 'member_event', order: ['programme_id', 'event_id'] },
  { name: 'rewards', table: 'activity_reward', order: ['programme_id', 'event_id', 'activity'] },
  { name: 'volumeRewards', table: 'volume_reward', order: ['member_id', 'incentive_code', 'window_start'] },
  { name: 'links', table: 'member_merge', order: ['merged_at', 'absorbed_member_id'] },
  { name: 'partings', table: 'member_split', order: ['split_at', 'member_id'] },
  { name: 'challenges', table: 'challenge_award', order: ['challenge', 'window_start'] },
  { name: 'erasures', table: 'member_erasure', order: ['member_id'] },
  { name: 'decisions', table: 'decision', order: ['decided_at', 'decision_id'] },
] as const;

const JSON_COLUMNS = new Set([
  'pinned',
  'staff_refunds',
  'snapshot',
  'inputs',
  'outcome',
  'reasons',
  'data',
  'figures',
  'reward_grant',
]);

/** Everything that is known of a person, over all shops, a page of rows at a time; a part may come several times. */
export async function* exportMember(db: Db, member: Row<'member'>): AsyncGenerator<ExportedPart> {
  const ids = await idsOfPerson(db, member.member_id);
  const known = await db.selectFrom('member').selectAll().where('member_id', 'in', ids).orderBy('member_id').execute();
  const absorbed = known.filter((row) => row.member_id !== member.member_id);
  yield { name: 'member', rows: [member, ...absorbed].map((row) => ({ ...row })) };
  for (const { name, table, order } of PARTS) {
    for (let offset = 0; ; offset += PAGE) {
      const rows = await page(db, { table, order, ids, offset });
      yield { name, rows: rows.map(opened) };
      if (rows.length < PAGE) break;
    }
  }
  const referrals = await db
    .selectFrom('referral')
    .selectAll()
    .where((eb) => eb.or([eb('friend_member_id', 'in', ids), eb('referrer_member_id', 'in', ids)]))
    .orderBy('created_at')
    .orderBy('friend_member_id')
    .execute();
  const ownSide = referrals.map(({ friend_member_id: friendId, ...row }) => {
    // The other side is another person.
    const own = Object.entries(row).filter(([column]) => column !== 'referrer_member_id');
    return { ...Object.fromEntries(own), role: ids.includes(friendId) ? 'friend' : 'referrer' };
  });
  yield { name: 'referrals', rows: ownSide };
  const invitations = await db
    .selectFrom('referral_invitation')
    .select(['code', 'registered_at'])
    .where('friend_member_id', 'in', ids)
    .execute();
  yield { name: 'referralInvitations', rows: invitations };
  const previewed = await db
    .selectFrom('preview_order')
    .innerJoin('member_identity', (join) =>
      join
        .onRef('member_identity.shop_id', '=', 'preview_order.shop_id')
        .onRef('member_identity.customer_id', '=', 'preview_order.customer_id'),
    )
    .selectAll('preview_order')
    .where('member_identity.member_id', 'in', ids)
    .orderBy('preview_order.placed_at')
    .orderBy('preview_order.order_id')
    .execute();
  yield { name: 'previewOrders', rows: previewed.map(opened) };
}

interface PageQuery {
  readonly table: (typeof PARTS)[number]['table'];
  readonly order: readonly string[];
  readonly ids: readonly string[];
  readonly offset: number;
}

async function page(db: Db, { table, order, ids, offset }: PageQuery): Promise<Readonly<Record<string, unknown>>[]> {
  let query = db.selectFrom(table).selectAll().where('member_id', 'in', ids);
  for (const column of order) query = query.orderBy(db.dynamic.ref(column));
  return query.limit(PAGE).offset(offset).execute();
}

function opened(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      JSON_COLUMNS.has(column) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
