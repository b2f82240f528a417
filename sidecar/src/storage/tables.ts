/**
 * Row types of every table, as Kysely sees them. Times are ISO-8601 UTC text, flags 0|1, JSON is text,
 * because these three bind alike on SQLite and on MySQL's protocol. The columns' SQL is in `schema.ts`.
 */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { AdjustmentTables } from './areas/adjustments';
import type { CampaignTables } from './areas/campaigns';
import type { IdentityTables } from './areas/identity';
import type { ImportTables } from './areas/imports';
import type { LeadAreaTables } from './areas/leads';
import type { MembershipTables } from './areas/memberships';
import type { ChallengeTables } from './areas/challenge';
import type { MeasureTables } from './areas/measures';
import type { MessageTables } from './areas/messages';
import type { OccasionAreaTables } from './areas/occasions';
import type { PriceListTables } from './areas/price-lists';
import type { PreviewOrderTables } from './areas/preview-orders';
import type { PrivacyTables } from './areas/privacy';
import type { VoucherAreaTables } from './areas/vouchers';
import type { WhatIfTables } from './areas/what-if';
import type { WishTables } from './areas/wishes';
import type { ReferralTables } from './areas/referral';
import type { CompanyAreaTables } from './areas/company';
import type { CashbackTables } from './areas/cashback';
import type { RewardTables } from './areas/rewards';
import type { StaffTables } from './areas/staff';

export interface ProgrammeTable {
  programme_id: string;
  name: string;
  created_at: string;
}

export interface ProgrammeVersionTable {
  version_id: string;
  programme_id: string;
  version_number: number;
  status: 'draft' | 'published';
  /** Orders placed from this instant on are computed under this version; null while a draft. */
  effective_from: string | null;
  /** The human document as JSON, exactly as validated. */
  document: string;
  note: string;
  created_at: string;
  published_at: string | null;
  /** Who wrote it and who published it; null = from before that was kept, or nobody in particular. */
  created_by: string | null;
  published_by: string | null;
  /** JSON of the template and the merchant's terms it was made from; null = written by hand. */
  made_from: string | null;
}

export interface ShopTable {
  shop_id: string;
  platform: 'shopware' | 'magento';
  /** The shop's own id: Shopware's shopId; for Magento the id given at pairing. */
  external_shop_id: string;
  programme_id: string;
  url: string;
  /** `leaving`: what we made in the shop is being removed, before the app is uninstalled. */
  status: 'pending' | 'active' | 'leaving' | 'inactive' | 'deleted';
  /** Secrets are sealed (AES-256-GCM), see security/sealer.ts. Null until confirmed. */
  signing_secret: string | null;
  previous_signing_secret: string | null;
  previous_valid_until: string | null;
  pending_signing_secret: string | null;
  pending_url: string | null;
  /** Sealed JSON of API credentials; shape belongs to the platform. */
  api_credentials: string | null;
  /** JSON, not secret: sales channels, group mapping, language. */
  settings: string;
  app_version: string | null;
  created_at: string;
  updated_at: string;
  /** The installation that it is a branch of; null = it is one itself. */
  branch_of: string | null;
  /** When it lost its last sales channel; null = it has some, or is no branch. */
  branch_until: string | null;
}

export interface PairingCodeTable {
  code_hash: string;
  programme_id: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  shop_id: string | null;
}

export interface InboxMessageTable {
  message_id: string;
  shop_id: string;
  /** The sender's event id: unique per shop, so a repeat is refused by the database. */
  event_id: string;
  topic: string;
  /** What the message is about, e.g. `order:0199…`; messages of one resource are handled together. */
  resource_key: string;
  body: string;
  received_at: string;
  status: 'pending' | 'done' | 'dead';
  attempts: number;
  next_attempt_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  finished_at: string | null;
  last_error: string | null;
}

export interface MemberTable {
  member_id: string;
  programme_id: string;
  tier: string | null;
  tier_since: string | null;
  /** When the present tier's threshold was first missed; null while it is met. */
  tier_missed_since: string | null;
  joined_at: string;
  referral_code: string | null;
  /** Friends whose first order has earned this member the reward. */
  rewarded_referrals: number;
  /** Friends whose order is still waiting, or looked at by staff. */
  pending_referrals: number | null;
  /** Points that friends have earned this member. */
  referral_points: number | null;
  /** Of the company they buy for, or whose account this is; null = none. */
  company_id: string | null;
}

/** Balances and chain head of a member. Only `ledger/` writes here. */
export interface MemberAccountTable {
  member_id: string;
  programme_id: string;
  pending: number;
  available: number;
  held: number;
  /** Points owed to the programme, as a number >= 0. */
  debt: number;
  entry_count: number;
  head_hash: string;
  version: number;
  /** 1 = lots came from another member: what names such a lot means the one it moved to. */
  moved_lots: Generated<number | null>;
}

export interface MemberIdentityTable {
  shop_id: string;
  customer_id: string;
  programme_id: string;
  member_id: string;
  email_hash: string | null;
  customer_group: string | null;
  linked_at: string;
  /** 1 = the shop has proof that the address is theirs. */
  email_verified: Generated<number | null>;
  /** As the customer wrote it in the shop: a hint for staff, never a title. */
  company_name: string | null;
}

export interface LedgerEntryTable {
  entry_id: string;
  programme_id: string;
  member_id: string;
  /** 1, 2, 3 … without gaps per member. */
  seq: number;
  kind: string;
  /** Idempotency key of the write; unique in the programme. */
  source_key: string;
  /** When it happened in the shop or by the calendar. */
  occurred_at: string;
  recorded_at: string;
  shop_id: string | null;
  order_id: string | null;
  hold_id: string | null;
  decision_id: string | null;
  prev_hash: string;
  hash: string;
}

export interface LedgerPostingTable {
  entry_id: string;
  line: number;
  programme_id: string;
  member_id: string;
  account: string;
  lot_id: string | null;
  points: number;
}

/** Cache of what each lot holds, rebuilt by `verify` from postings. Only `ledger/` writes here. */
export interface LotTable {
  lot_id: string;
  programme_id: string;
  member_id: string;
  pending: number;
  available: number;
  held: number;
  earned_at: string;
  expires_at: string | null;
  /** 1 while the lot holds anything; keeps the expiry scan off the empty ones. */
  open: number;
  /** The lot of another member whose points came here; null = they were earned here. */
  origin_lot_id: Generated<string | null>;
}

export interface HoldTable {
  hold_id: string;
  programme_id: string;
  member_id: string;
  shop_id: string;
  cart_ref: string;
  points: number;
  value_minor: number;
  currency: string;
  status: 'placed' | 'captured' | 'released' | 'expired';
  placed_at: string;
  expires_at: string;
  resolved_at: string | null;
  order_id: string | null;
  idempotency_key: string;
}

export interface HoldLotTable {
  hold_id: string;
  lot_id: string;
  /** Order in which lots were used, from 0. */
  position: number;
  points: number;
}

/** What the ledger has posted for an order so far, and the terms pinned to it. */
export interface OrderPositionTable {
  shop_id: string;
  order_id: string;
  programme_id: string;
  member_id: string;
  order_number: string;
  programme_version_id: string;
  /** Tier and segments pinned at placement, JSON `{tier, segments}`. */
  pinned: string;
  /** Counts converged states; the fence against stale reads of the shop. */
  version: number;
  placed_at: string;
  paid_at: string | null;
  completed_at: string | null;
  order_state: string;
  payment_state: string;
  /** When pending points become available; null while unpaid or nothing earned. */
  release_at: string | null;
  released: number;
  pending_points: number;
  available_points: number;
  redeemed_points: number;
  hold_id: string | null;
  currency: string;
  turnover_minor: number;
  qualifying_orders: number;
  qualifying_items: number;
  qualifying_points: number;
  referral_code: string | null;
  needs_review: number;
  /** What staff entered as refunded, JSON of `StaffRefund`; null = nothing. */
  staff_refunds: string | null;
  /** Last snapshot as JSON (no personal data), so that release and what-if need no shop. */
  snapshot: string;
  decision_id: string | null;
  updated_at: string;
}

/** Which lots an order's redemption was taken from, so that returns go back there. */
export interface OrderRedemptionLotTable {
  shop_id: string;
  order_id: string;
  lot_id: string;
  position: number;
  points: number;
}

export interface TierChangeTable {
  change_id: string;
  programme_id: string;
  member_id: string;
  from_tier: string | null;
  to_tier: string | null;
  effective_from: string;
  decision_id: string | null;
}

/** A tier that staff gave. While it lasts no review moves the member; afterwards the automatic standing goes on. */
export interface ManualTierTable {
  member_id: string;
  programme_id: string;
  tier: string;
  set_at: string;
  /** Null = until somebody ends it. */
  ends_at: string | null;
  /** The standing that it stands in front of. */
  automatic_tier: string | null;
  automatic_since: string | null;
  automatic_missed_since: string | null;
  decision_id: string;
}

/** What an incentive for volume has paid a member in one window so far. */
export interface VolumeRewardTable {
  member_id: string;
  incentive_code: string;
  window_start: string;
  programme_id: string;
  /** Whose bands hold for this window, for ever: the one that paid first. */
  programme_version_id: string;
  points: number;
  decision_id: string;
  updated_at: string;
}

export interface DecisionTable {
  decision_id: string;
  programme_id: string;
  member_id: string | null;
  kind: string;
  subject: string;
  programme_version_id: string | null;
  decided_at: string;
  /** JSON: inputs, outcome and reasons. */
  inputs: string;
  outcome: string;
  reasons: string;
}

export interface ReferralCodeTable {
  programme_id: string;
  code: string;
  member_id: string;
  created_at: string;
}

export interface ReferralTable {
  programme_id: string;
  friend_member_id: string;
  referrer_member_id: string;
  code: string;
  shop_id: string;
  order_id: string;
  status: 'open' | 'review' | 'rewarded' | 'refused' | 'reversed';
  reason: string | null;
  due_at: string | null;
  resolved_at: string | null;
  /** Points posted to the referrer so far; the target may fall back to 0. */
  rewarded_points: number;
  voucher_id: string | null;
  created_at: string;
  friend_points: number | null;
  friend_voucher_id: string | null;
  /** Which of the referrer's rewards it is, and since when; null without a reward. */
  reward_number: number | null;
  rewarded_at: string | null;
  fraud_score: number | null;
  /** Of the latest judgement. */
  decision_id: string | null;
  /** What staff said. */
  verdict: 'approve' | 'refuse' | null;
  verdict_by: string | null;
  verdict_reason: string | null;
  verdict_at: string | null;
  /** 1 = it is among the figures that the referrer's shops show. */
  counted: number | null;
}

export interface GiftGrantTable {
  shop_id: string;
  order_id: string;
  rule_code: string;
  programme_id: string;
  member_id: string;
  product_number: string;
  quantity: number;
}

export type VoucherStatus = 'active' | 'used' | 'expired' | 'revoked';
export type VoucherOrigin = 'referral' | 'next-purchase' | 'welcome' | 'occasion' | 'lead' | 'reward' | 'cashback';

export interface VoucherTable {
  voucher_id: string;
  programme_id: string;
  member_id: string;
  shop_id: string;
  code: string;
  value_minor: number;
  currency: string;
  status: VoucherStatus;
  source_key: string;
  created_at: string;
  /** The last moment of its last day; null = it has no end. */
  expires_at: string | null;
  /** What it was granted for. */
  origin: VoucherOrigin | null;
  /** Null = an amount, `value_minor`. */
  percent_bps: number | null;
  /** Goods it asks for, in `currency`. */
  minimum_minor: number | null;
  /** When its owner is to be reminded; null = not, or not again. */
  remind_at: string | null;
  /** Days before its end that its rule asks for; null = as the programme reminds of all vouchers. */
  reminder_days: number | null;
  /** When its code is to leave the shop; null = it has left, or stays. */
  remove_at: string | null;
  used_at: string | null;
  used_shop_id: string | null;
  used_order_id: string | null;
  /** Taken back, perhaps after it was used: should it come back from a cancelled order, it is not given again. */
  withdrawn_at: string | null;
}

export interface DesiredStateTable {
  shop_id: string;
  resource_type: string;
  resource_id: string;
  /** JSON of what the shop should show; `null` (JSON) = the resource should be gone. */
  desired: string;
  desired_hash: string;
  acknowledged_hash: string | null;
  /** 1 while desired differs from acknowledged; the worker's index. */
  dirty: number;
  dead: number;
  attempts: number;
  next_attempt_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  last_error: string | null;
  updated_at: string;
}

export interface WritebackAttemptTable {
  attempt_id: string;
  shop_id: string;
  resource_type: string;
  resource_id: string;
  desired_hash: string;
  outcome: 'ok' | 'retry' | 'dead';
  detail: string | null;
  attempted_at: string;
  duration_ms: number;
}

export interface JobLeaseTable {
  job: string;
  owner: string | null;
  lease_until: string | null;
  last_started_at: string | null;
  last_finished_at: string | null;
  last_result: string | null;
}

export interface CatalogProductTable {
  shop_id: string;
  product_id: string;
  product_number: string;
  /** JSON list of category ids. */
  category_ids: string;
  /** JSON: `{ EUR: { grossMinor, netMinor } }`. */
  prices: string;
  content_hash: string;
  seen_at: string;
}

export interface ReconciliationCursorTable {
  shop_id: string;
  resource: string;
  cursor_at: string;
  last_run_at: string | null;
  last_result: string | null;
}

/** Spells of members in segments. */
export interface MemberSegmentTable {
  programme_id: string;
  member_id: string;
  code: string;
  entered_at: string;
  /** Null while the member belongs to it. */
  left_at: string | null;
  decision_id: string;
}

/** What an integrator told of a member, once. */
export interface MemberEventTable {
  programme_id: string;
  /** Chosen by the sender. */
  event_id: string;
  member_id: string;
  shop_id: string | null;
  /** Sales channel or store view, where the sender said one. */
  channel_id: string | null;
  kind: string;
  /** The activity it names. */
  activity: string | null;
  /** What it is about, within its kind. */
  subject: string | null;
  occurred_at: string;
  received_at: string;
  /** Of everything that was sent, so that the id cannot come to mean something else. */
  content_hash: string;
  data: string;
  /** 0 to 10, how likely the member recommends the shop. */
  recommends: number | null;
  decision_id: string;
  revoked_at: string | null;
}

/** What an event was rewarded with, by activity. */
export interface ActivityRewardTable {
  programme_id: string;
  event_id: string;
  activity: string;
  member_id: string;
  subject: string | null;
  /** Date in the programme's time zone. */
  local_day: string;
  points: number;
}

/** Rewards that are limited altogether. */
export interface ActivityTotalTable {
  programme_id: string;
  activity: string;
  given: number;
}

/** Keys of integrators; of the secret only its hash. */
export interface ApiKeyTable {
  key_id: string;
  programme_id: string;
  name: string;
  secret_hash: string;
  /** JSON list. */
  scopes: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** To the hour. */
  last_used_at: string | null;
}

export interface SchemaMigrationTable {
  name: string;
  applied_at: string;
}

export interface Tables
  extends
    AdjustmentTables,
    CampaignTables,
    CashbackTables,
    CompanyAreaTables,
    IdentityTables,
    LeadAreaTables,
    MeasureTables,
    MembershipTables,
    MessageTables,
    OccasionAreaTables,
    PreviewOrderTables,
    PrivacyTables,
    ReferralTables,
    RewardTables,
    StaffTables,
    VoucherAreaTables,
    ChallengeTables,
    WhatIfTables,
    WishTables,
    PriceListTables,
    ImportTables {
  programme: ProgrammeTable;
  programme_version: ProgrammeVersionTable;
  shop: ShopTable;
  pairing_code: PairingCodeTable;
  inbox_message: InboxMessageTable;
  member: MemberTable;
  member_account: MemberAccountTable;
  member_identity: MemberIdentityTable;
  ledger_entry: LedgerEntryTable;
  ledger_posting: LedgerPostingTable;
  lot: LotTable;
  hold: HoldTable;
  hold_lot: HoldLotTable;
  order_position: OrderPositionTable;
  order_redemption_lot: OrderRedemptionLotTable;
  tier_change: TierChangeTable;
  decision: DecisionTable;
  referral_code: ReferralCodeTable;
  referral: ReferralTable;
  gift_grant: GiftGrantTable;
  voucher: VoucherTable;
  desired_state: DesiredStateTable;
  writeback_attempt: WritebackAttemptTable;
  job_lease: JobLeaseTable;
  catalog_product: CatalogProductTable;
  reconciliation_cursor: ReconciliationCursorTable;
  member_segment: MemberSegmentTable;
  manual_tier: ManualTierTable;
  volume_reward: VolumeRewardTable;
  api_key: ApiKeyTable;
  member_event: MemberEventTable;
  activity_reward: ActivityRewardTable;
  activity_total: ActivityTotalTable;
  schema_migration: SchemaMigrationTable;
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
