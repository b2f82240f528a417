-- Written by "npm run schema:snapshot"; do not edit.

-- 0001_programme
create table if not exists programme (
  programme_id text not null,
  name text not null,
  created_at text not null,
  primary key (programme_id)
);

-- 0002_programme_version
create table if not exists programme_version (
  version_id text not null,
  programme_id text not null,
  version_number integer not null,
  status text not null,
  effective_from text,
  document text not null,
  note text not null,
  created_at text not null,
  published_at text,
  primary key (version_id)
);

-- 0002_programme_version_1
create unique index if not exists uq_programme_version_programme_id_version_number on programme_version (programme_id, version_number);

-- 0002_programme_version_2
create index if not exists ix_programme_version_programme_id_effective_from on programme_version (programme_id, effective_from);

-- 0003_shop
create table if not exists shop (
  shop_id text not null,
  platform text not null,
  external_shop_id text not null,
  programme_id text not null,
  url text not null,
  status text not null,
  signing_secret text,
  previous_signing_secret text,
  previous_valid_until text,
  pending_signing_secret text,
  pending_url text,
  api_credentials text,
  settings text not null,
  app_version text,
  created_at text not null,
  updated_at text not null,
  primary key (shop_id)
);

-- 0003_shop_1
create unique index if not exists uq_shop_platform_external_shop_id on shop (platform, external_shop_id);

-- 0003_shop_2
create index if not exists ix_shop_programme_id on shop (programme_id);

-- 0004_pairing_code
create table if not exists pairing_code (
  code_hash text not null,
  programme_id text not null,
  created_at text not null,
  expires_at text not null,
  used_at text,
  shop_id text,
  primary key (code_hash)
);

-- 0005_inbox_message
create table if not exists inbox_message (
  message_id text not null,
  shop_id text not null,
  event_id text not null,
  topic text not null,
  resource_key text not null,
  body text not null,
  received_at text not null,
  status text not null,
  attempts integer not null,
  next_attempt_at text not null,
  lease_owner text,
  lease_until text,
  finished_at text,
  last_error text,
  primary key (message_id)
);

-- 0005_inbox_message_1
create unique index if not exists uq_inbox_message_shop_id_event_id on inbox_message (shop_id, event_id);

-- 0005_inbox_message_2
create index if not exists ix_inbox_message_status_next_attempt_at on inbox_message (status, next_attempt_at);

-- 0005_inbox_message_3
create index if not exists ix_inbox_message_shop_id_resource_key_status on inbox_message (shop_id, resource_key, status);

-- 0006_member
create table if not exists member (
  member_id text not null,
  programme_id text not null,
  tier text,
  tier_since text,
  tier_missed_since text,
  joined_at text not null,
  referral_code text,
  rewarded_referrals integer not null,
  primary key (member_id)
);

-- 0006_member_1
create index if not exists ix_member_programme_id_member_id on member (programme_id, member_id);

-- 0007_member_account
create table if not exists member_account (
  member_id text not null,
  programme_id text not null,
  pending integer not null,
  available integer not null,
  held integer not null,
  debt integer not null,
  entry_count integer not null,
  head_hash text not null,
  version integer not null,
  primary key (member_id),
  check (available >= 0),
  check (held >= 0),
  check (pending >= 0),
  check (debt >= 0)
);

-- 0007_member_account_1
create index if not exists ix_member_account_programme_id_member_id on member_account (programme_id, member_id);

-- 0008_member_identity
create table if not exists member_identity (
  shop_id text not null,
  customer_id text not null,
  programme_id text not null,
  member_id text not null,
  email_hash text,
  customer_group text,
  linked_at text not null,
  primary key (shop_id, customer_id)
);

-- 0008_member_identity_1
create index if not exists ix_member_identity_member_id on member_identity (member_id);

-- 0008_member_identity_2
create index if not exists ix_member_identity_programme_id_email_hash on member_identity (programme_id, email_hash);

-- 0009_ledger_entry
create table if not exists ledger_entry (
  entry_id text not null,
  programme_id text not null,
  member_id text not null,
  seq integer not null,
  kind text not null,
  source_key text not null,
  occurred_at text not null,
  recorded_at text not null,
  shop_id text,
  order_id text,
  hold_id text,
  decision_id text,
  prev_hash text not null,
  hash text not null,
  primary key (entry_id)
);

-- 0009_ledger_entry_1
create unique index if not exists uq_ledger_entry_member_id_seq on ledger_entry (member_id, seq);

-- 0009_ledger_entry_2
create unique index if not exists uq_ledger_entry_programme_id_source_key on ledger_entry (programme_id, source_key);

-- 0010_ledger_posting
create table if not exists ledger_posting (
  entry_id text not null,
  line integer not null,
  programme_id text not null,
  member_id text not null,
  account text not null,
  lot_id text,
  points integer not null,
  primary key (entry_id, line)
);

-- 0010_ledger_posting_1
create index if not exists ix_ledger_posting_member_id_account on ledger_posting (member_id, account);

-- 0011_lot
create table if not exists lot (
  lot_id text not null,
  programme_id text not null,
  member_id text not null,
  pending integer not null,
  available integer not null,
  held integer not null,
  earned_at text not null,
  expires_at text,
  open integer not null,
  primary key (lot_id),
  check (available >= 0),
  check (held >= 0),
  check (pending >= 0)
);

-- 0011_lot_1
create index if not exists ix_lot_member_id_open_expires_at on lot (member_id, open, expires_at);

-- 0011_lot_2
create index if not exists ix_lot_open_expires_at on lot (open, expires_at);

-- 0012_hold
create table if not exists hold (
  hold_id text not null,
  programme_id text not null,
  member_id text not null,
  shop_id text not null,
  cart_ref text not null,
  points integer not null,
  value_minor integer not null,
  currency text not null,
  status text not null,
  placed_at text not null,
  expires_at text not null,
  resolved_at text,
  order_id text,
  idempotency_key text not null,
  primary key (hold_id)
);

-- 0012_hold_1
create unique index if not exists uq_hold_shop_id_idempotency_key on hold (shop_id, idempotency_key);

-- 0012_hold_2
create index if not exists ix_hold_status_expires_at on hold (status, expires_at);

-- 0012_hold_3
create index if not exists ix_hold_member_id_status on hold (member_id, status);

-- 0013_hold_lot
create table if not exists hold_lot (
  hold_id text not null,
  lot_id text not null,
  position integer not null,
  points integer not null,
  primary key (hold_id, lot_id)
);

-- 0014_order_position
create table if not exists order_position (
  shop_id text not null,
  order_id text not null,
  programme_id text not null,
  member_id text not null,
  order_number text not null,
  programme_version_id text not null,
  pinned text not null,
  version integer not null,
  placed_at text not null,
  paid_at text,
  completed_at text,
  order_state text not null,
  payment_state text not null,
  release_at text,
  released integer not null,
  pending_points integer not null,
  available_points integer not null,
  redeemed_points integer not null,
  hold_id text,
  currency text not null,
  turnover_minor integer not null,
  qualifying_orders integer not null,
  qualifying_items integer not null,
  qualifying_points integer not null,
  referral_code text,
  needs_review integer not null,
  staff_refunds text,
  snapshot text not null,
  decision_id text,
  updated_at text not null,
  primary key (shop_id, order_id)
);

-- 0014_order_position_1
create index if not exists ix_order_position_released_release_at on order_position (released, release_at);

-- 0014_order_position_2
create index if not exists ix_order_position_member_id_release_at on order_position (member_id, release_at);

-- 0014_order_position_3
create index if not exists ix_order_position_member_id_placed_at on order_position (member_id, placed_at);

-- 0014_order_position_4
create index if not exists ix_order_position_shop_id_order_number on order_position (shop_id, order_number);

-- 0015_order_redemption_lot
create table if not exists order_redemption_lot (
  shop_id text not null,
  order_id text not null,
  lot_id text not null,
  position integer not null,
  points integer not null,
  primary key (shop_id, order_id, lot_id)
);

-- 0016_tier_change
create table if not exists tier_change (
  change_id text not null,
  programme_id text not null,
  member_id text not null,
  from_tier text,
  to_tier text,
  effective_from text not null,
  decision_id text,
  primary key (change_id)
);

-- 0016_tier_change_1
create index if not exists ix_tier_change_member_id_effective_from on tier_change (member_id, effective_from);

-- 0017_decision
create table if not exists decision (
  decision_id text not null,
  programme_id text not null,
  member_id text,
  kind text not null,
  subject text not null,
  programme_version_id text,
  decided_at text not null,
  inputs text not null,
  outcome text not null,
  reasons text not null,
  primary key (decision_id)
);

-- 0017_decision_1
create index if not exists ix_decision_programme_id_subject on decision (programme_id, subject);

-- 0017_decision_2
create index if not exists ix_decision_member_id_decided_at on decision (member_id, decided_at);

-- 0018_referral_code
create table if not exists referral_code (
  programme_id text not null,
  code text not null,
  member_id text not null,
  created_at text not null,
  primary key (programme_id, code)
);

-- 0018_referral_code_1
create unique index if not exists uq_referral_code_member_id on referral_code (member_id);

-- 0019_referral
create table if not exists referral (
  programme_id text not null,
  friend_member_id text not null,
  referrer_member_id text not null,
  code text not null,
  shop_id text not null,
  order_id text not null,
  status text not null,
  reason text,
  due_at text,
  resolved_at text,
  rewarded_points integer not null,
  voucher_id text,
  created_at text not null,
  primary key (programme_id, friend_member_id)
);

-- 0019_referral_1
create index if not exists ix_referral_status_due_at on referral (status, due_at);

-- 0019_referral_2
create index if not exists ix_referral_referrer_member_id_status on referral (referrer_member_id, status);

-- 0019_referral_3
create index if not exists ix_referral_shop_id_order_id on referral (shop_id, order_id);

-- 0020_gift_grant
create table if not exists gift_grant (
  shop_id text not null,
  order_id text not null,
  rule_code text not null,
  programme_id text not null,
  member_id text not null,
  product_number text not null,
  quantity integer not null,
  primary key (shop_id, order_id, rule_code)
);

-- 0020_gift_grant_1
create index if not exists ix_gift_grant_programme_id_rule_code_member_id on gift_grant (programme_id, rule_code, member_id);

-- 0021_voucher
create table if not exists voucher (
  voucher_id text not null,
  programme_id text not null,
  member_id text not null,
  shop_id text not null,
  code text not null,
  value_minor integer not null,
  currency text not null,
  status text not null,
  source_key text not null,
  created_at text not null,
  expires_at text,
  primary key (voucher_id)
);

-- 0021_voucher_1
create unique index if not exists uq_voucher_programme_id_source_key on voucher (programme_id, source_key);

-- 0021_voucher_2
create unique index if not exists uq_voucher_programme_id_code on voucher (programme_id, code);

-- 0021_voucher_3
create index if not exists ix_voucher_member_id_status on voucher (member_id, status);

-- 0022_desired_state
create table if not exists desired_state (
  shop_id text not null,
  resource_type text not null,
  resource_id text not null,
  desired text not null,
  desired_hash text not null,
  acknowledged_hash text,
  dirty integer not null,
  dead integer not null,
  attempts integer not null,
  next_attempt_at text not null,
  lease_owner text,
  lease_until text,
  last_error text,
  updated_at text not null,
  primary key (shop_id, resource_type, resource_id)
);

-- 0022_desired_state_1
create index if not exists ix_desired_state_dirty_dead_shop_id_next_attempt_at on desired_state (dirty, dead, shop_id, next_attempt_at);

-- 0023_writeback_attempt
create table if not exists writeback_attempt (
  attempt_id text not null,
  shop_id text not null,
  resource_type text not null,
  resource_id text not null,
  desired_hash text not null,
  outcome text not null,
  detail text,
  attempted_at text not null,
  duration_ms integer not null,
  primary key (attempt_id)
);

-- 0023_writeback_attempt_1
create index if not exists ix_writeback_attempt_shop_id_resource_type_resource_id on writeback_attempt (shop_id, resource_type, resource_id);

-- 0023_writeback_attempt_2
create index if not exists ix_writeback_attempt_attempted_at on writeback_attempt (attempted_at);

-- 0024_job_lease
create table if not exists job_lease (
  job text not null,
  owner text,
  lease_until text,
  last_started_at text,
  last_finished_at text,
  last_result text,
  primary key (job)
);

-- 0025_catalog_product
create table if not exists catalog_product (
  shop_id text not null,
  product_id text not null,
  product_number text not null,
  category_ids text not null,
  prices text not null,
  content_hash text not null,
  seen_at text not null,
  primary key (shop_id, product_id)
);

-- 0025_catalog_product_1
create index if not exists ix_catalog_product_shop_id_product_number on catalog_product (shop_id, product_number);

-- 0026_reconciliation_cursor
create table if not exists reconciliation_cursor (
  shop_id text not null,
  resource text not null,
  cursor_at text not null,
  last_run_at text,
  last_result text,
  primary key (shop_id, resource)
);

-- 0027_member_segment
create table if not exists member_segment (
  programme_id text not null,
  member_id text not null,
  code text not null,
  entered_at text not null,
  left_at text,
  decision_id text not null,
  primary key (member_id, code, entered_at)
);

-- 0027_member_segment_1
create index if not exists ix_member_segment_programme_id_code_left_at on member_segment (programme_id, code, left_at);

-- 0028_manual_tier
create table if not exists manual_tier (
  member_id text not null,
  programme_id text not null,
  tier text not null,
  set_at text not null,
  ends_at text,
  automatic_tier text,
  automatic_since text,
  automatic_missed_since text,
  decision_id text not null,
  primary key (member_id)
);

-- 0028_manual_tier_1
create index if not exists ix_manual_tier_ends_at on manual_tier (ends_at);

-- 0029_volume_reward
create table if not exists volume_reward (
  member_id text not null,
  incentive_code text not null,
  window_start text not null,
  programme_id text not null,
  programme_version_id text not null,
  points integer not null,
  decision_id text not null,
  updated_at text not null,
  primary key (member_id, incentive_code, window_start)
);

-- 0030_api_key
create table if not exists api_key (
  key_id text not null,
  programme_id text not null,
  name text not null,
  secret_hash text not null,
  scopes text not null,
  created_at text not null,
  expires_at text,
  revoked_at text,
  last_used_at text,
  primary key (key_id)
);

-- 0030_api_key_1
create unique index if not exists uq_api_key_secret_hash on api_key (secret_hash);

-- 0031_member_event
create table if not exists member_event (
  programme_id text not null,
  event_id text not null,
  member_id text not null,
  shop_id text,
  kind text not null,
  activity text,
  subject text,
  occurred_at text not null,
  received_at text not null,
  content_hash text not null,
  data text not null,
  recommends integer,
  decision_id text not null,
  revoked_at text,
  primary key (programme_id, event_id)
);

-- 0031_member_event_1
create index if not exists ix_member_event_member_id_kind_activity on member_event (member_id, kind, activity);

-- 0031_member_event_2
create index if not exists ix_member_event_shop_id_kind_subject on member_event (shop_id, kind, subject);

-- 0031_member_event_3
create index if not exists ix_member_event_programme_id_received_at on member_event (programme_id, received_at);

-- 0032_activity_reward
create table if not exists activity_reward (
  programme_id text not null,
  event_id text not null,
  activity text not null,
  member_id text not null,
  subject text,
  local_day text not null,
  points integer not null,
  primary key (programme_id, event_id, activity)
);

-- 0032_activity_reward_1
create index if not exists ix_activity_reward_member_id_activity_local_day on activity_reward (member_id, activity, local_day);

-- 0033_activity_total
create table if not exists activity_total (
  programme_id text not null,
  activity text not null,
  given integer not null,
  primary key (programme_id, activity)
);

-- table_adjustment_request
create table if not exists adjustment_request (
  request_id text not null,
  programme_id text not null,
  member_id text not null,
  points integer not null,
  reason text not null,
  requested_by text not null,
  requester text not null,
  idempotency_key text not null,
  status text not null,
  requested_at text not null,
  expires_at text not null,
  decided_at text,
  decided_by text,
  decided_reason text,
  entry_id text,
  primary key (request_id)
);

-- table_adjustment_request_1
create unique index if not exists uq_adjustment_request_programme_id_idempotency_key on adjustment_request (programme_id, idempotency_key);

-- table_adjustment_request_2
create index if not exists ix_adjustment_request_programme_id_status_request_id on adjustment_request (programme_id, status, request_id);

-- table_adjustment_request_3
create index if not exists ix_adjustment_request_member_id_request_id on adjustment_request (member_id, request_id);

-- table_adjustment_request_4
create index if not exists ix_adjustment_request_status_expires_at on adjustment_request (status, expires_at);

-- table_campaign_budget
create table if not exists campaign_budget (
  programme_id text not null,
  campaign text not null,
  points integer not null,
  orders integer not null,
  version integer not null,
  primary key (programme_id, campaign),
  check (points >= 0),
  check (orders >= 0)
);

-- table_campaign_grant
create table if not exists campaign_grant (
  shop_id text not null,
  order_id text not null,
  campaign text not null,
  programme_id text not null,
  member_id text not null,
  granted integer,
  points integer not null,
  primary key (shop_id, order_id, campaign),
  check (points >= 0)
);

-- table_campaign_grant_1
create index if not exists ix_campaign_grant_programme_id_campaign_points on campaign_grant (programme_id, campaign, points);

-- table_campaign_grant_2
create index if not exists ix_campaign_grant_member_id_campaign on campaign_grant (member_id, campaign);

-- table_cashback_payout
create table if not exists cashback_payout (
  payout_id text not null,
  programme_id text not null,
  member_id text not null,
  cashback_code text not null,
  cashback_name text not null,
  points integer not null,
  value_minor integer not null,
  currency text not null,
  kind text not null,
  state text not null,
  voucher_id text,
  period_start text,
  idempotency_key text not null,
  content_hash text not null,
  decision_id text not null,
  requested_at text not null,
  settled_at text,
  settled_by text,
  settled_note text,
  primary key (payout_id),
  check (points > 0),
  check (value_minor > 0)
);

-- table_cashback_payout_1
create unique index if not exists uq_cashback_payout_programme_id_idempotency_key on cashback_payout (programme_id, idempotency_key);

-- table_cashback_payout_2
create index if not exists ix_cashback_payout_programme_id_state_payout_id on cashback_payout (programme_id, state, payout_id);

-- table_cashback_payout_3
create index if not exists ix_cashback_payout_member_id_payout_id on cashback_payout (member_id, payout_id);

-- table_cashback_period
create table if not exists cashback_period (
  programme_id text not null,
  cashback_code text not null,
  period_start text not null,
  completed_at text not null,
  payouts integer not null,
  primary key (programme_id, cashback_code, period_start)
);

-- table_company
create table if not exists company (
  company_id text not null,
  programme_id text not null,
  name text not null,
  external_ref text,
  status text not null,
  points_mode text not null,
  tier_mode text not null,
  account_member_id text not null,
  approval_days integer not null,
  idempotency_key text not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  primary key (company_id)
);

-- table_company_1
create unique index if not exists uq_company_programme_id_idempotency_key on company (programme_id, idempotency_key);

-- table_company_2
create unique index if not exists uq_company_programme_id_external_ref on company (programme_id, external_ref);

-- table_company_3
create unique index if not exists uq_company_account_member_id on company (account_member_id);

-- table_company_member
create table if not exists company_member (
  member_id text not null,
  company_id text not null,
  programme_id text not null,
  role text not null,
  points_per_order integer,
  points_per_month integer,
  approval_above integer,
  joined_at text not null,
  tenure_id text not null,
  spent_intent text,
  shown_month text,
  primary key (member_id)
);

-- table_company_member_1
create index if not exists ix_company_member_company_id_member_id on company_member (company_id, member_id);

-- table_company_member_2
create index if not exists ix_company_member_shown_month_member_id on company_member (shown_month, member_id);

-- table_company_tenure
create table if not exists company_tenure (
  tenure_id text not null,
  member_id text not null,
  company_id text not null,
  programme_id text not null,
  points_mode text not null,
  tier_mode text not null,
  account_member_id text not null,
  joined_at text not null,
  left_at text,
  primary key (tenure_id)
);

-- table_company_tenure_1
create index if not exists ix_company_tenure_member_id_joined_at on company_tenure (member_id, joined_at);

-- table_company_tenure_2
create index if not exists ix_company_tenure_company_id on company_tenure (company_id);

-- table_company_order
create table if not exists company_order (
  shop_id text not null,
  order_id text not null,
  company_id text not null,
  programme_id text not null,
  member_id text not null,
  placed_at text not null,
  primary key (shop_id, order_id)
);

-- table_company_order_1
create index if not exists ix_company_order_member_id_placed_at on company_order (member_id, placed_at);

-- table_company_order_2
create index if not exists ix_company_order_company_id on company_order (company_id);

-- table_company_hold
create table if not exists company_hold (
  hold_id text not null,
  company_id text not null,
  programme_id text not null,
  member_id text not null,
  placed_at text not null,
  primary key (hold_id)
);

-- table_company_hold_1
create index if not exists ix_company_hold_member_id_placed_at on company_hold (member_id, placed_at);

-- table_company_approval
create table if not exists company_approval (
  approval_id text not null,
  company_id text not null,
  programme_id text not null,
  member_id text not null,
  shop_id text not null,
  cart_ref text not null,
  points integer not null,
  status text not null,
  requested_at text not null,
  expires_at text not null,
  decided_at text,
  decided_by text,
  hold_id text,
  primary key (approval_id)
);

-- table_company_approval_1
create index if not exists ix_company_approval_company_id_status_approval_id on company_approval (company_id, status, approval_id);

-- table_company_approval_2
create index if not exists ix_company_approval_member_id_status on company_approval (member_id, status);

-- table_company_approval_3
create index if not exists ix_company_approval_status_expires_at on company_approval (status, expires_at);

-- table_company_approval_4
create index if not exists ix_company_approval_hold_id on company_approval (hold_id);

-- table_member_merge
create table if not exists member_merge (
  absorbed_member_id text not null,
  member_id text not null,
  programme_id text not null,
  source_key text not null,
  decision_id text not null,
  merged_at text not null,
  primary key (absorbed_member_id)
);

-- table_member_merge_1
create unique index if not exists uq_member_merge_programme_id_source_key on member_merge (programme_id, source_key);

-- table_member_merge_2
create index if not exists ix_member_merge_member_id on member_merge (member_id);

-- table_member_split
create table if not exists member_split (
  member_id text not null,
  from_member_id text not null,
  programme_id text not null,
  shop_id text not null,
  customer_id text not null,
  source_key text not null,
  content_hash text not null,
  decision_id text not null,
  split_at text not null,
  primary key (member_id)
);

-- table_member_split_1
create unique index if not exists uq_member_split_programme_id_source_key on member_split (programme_id, source_key);

-- table_member_split_2
create index if not exists ix_member_split_from_member_id on member_split (from_member_id);

-- table_member_split_3
create index if not exists ix_member_split_shop_id_customer_id on member_split (shop_id, customer_id);

-- table_signup_lead
create table if not exists signup_lead (
  lead_id text not null,
  programme_id text not null,
  shop_id text not null,
  email_hash text not null,
  email text,
  language text not null,
  text_version text not null,
  text_hash text not null,
  source text not null,
  status text not null,
  requested_at text not null,
  expires_at text not null,
  mails integer not null,
  mailed_at text not null,
  requested_by text,
  confirmed_at text,
  confirmed_by text,
  updated_at text not null,
  member_id text,
  primary key (lead_id)
);

-- table_signup_lead_1
create unique index if not exists uq_signup_lead_programme_id_email_hash on signup_lead (programme_id, email_hash);

-- table_signup_lead_2
create index if not exists ix_signup_lead_status_expires_at on signup_lead (status, expires_at);

-- table_signup_lead_3
create index if not exists ix_signup_lead_requested_by_mailed_at on signup_lead (requested_by, mailed_at);

-- table_signup_lead_4
create index if not exists ix_signup_lead_status_updated_at on signup_lead (status, updated_at);

-- table_signup_lead_5
create index if not exists ix_signup_lead_member_id on signup_lead (member_id);

-- table_measure_day
create table if not exists measure_day (
  programme_id text not null,
  local_day text not null,
  shop_id text not null,
  measure text not null,
  value integer not null,
  primary key (programme_id, local_day, shop_id, measure)
);

-- table_measure_member
create table if not exists measure_member (
  member_id text not null,
  shop_id text not null,
  programme_id text not null,
  joined_day text,
  first_day text,
  second_day text,
  primary key (member_id, shop_id)
);

-- table_measure_member_1
create index if not exists ix_measure_member_programme_id_joined_day on measure_member (programme_id, joined_day);

-- table_measure_member_2
create index if not exists ix_measure_member_programme_id_first_day on measure_member (programme_id, first_day);

-- table_measure_member_3
create index if not exists ix_measure_member_programme_id_second_day on measure_member (programme_id, second_day);

-- table_measure_due_day
create table if not exists measure_due_day (
  programme_id text not null,
  local_day text not null,
  primary key (programme_id, local_day)
);

-- table_measure_due_member
create table if not exists measure_due_member (
  member_id text not null,
  programme_id text not null,
  primary key (member_id)
);

-- table_measure_cursor
create table if not exists measure_cursor (
  source text not null,
  settled text not null,
  pass text,
  primary key (source)
);

-- table_measure_programme
create table if not exists measure_programme (
  programme_id text not null,
  time_zone text not null,
  computed_until text,
  primary key (programme_id)
);

-- table_measure_member_month
create table if not exists measure_member_month (
  member_id text not null,
  programme_id text not null,
  first_month text not null,
  month text not null,
  primary key (member_id, month)
);

-- table_measure_member_month_1
create index if not exists ix_measure_member_month_programme_id_first_month_month on measure_member_month (programme_id, first_month, month);

-- table_membership_purchase
create table if not exists membership_purchase (
  shop_id text not null,
  order_id text not null,
  plan_code text not null,
  programme_id text not null,
  member_id text not null,
  paid_at text not null,
  units integer not null,
  months integer not null,
  days integer not null,
  grace_days integer not null,
  primary key (shop_id, order_id, plan_code),
  check (units > 0)
);

-- table_membership_purchase_1
create index if not exists ix_membership_purchase_member_id_plan_code on membership_purchase (member_id, plan_code);

-- table_membership_spell
create table if not exists membership_spell (
  member_id text not null,
  plan_code text not null,
  starts_at text not null,
  programme_id text not null,
  plan_name text not null,
  segment_code text not null,
  ends_at text not null,
  grace_ends_at text not null,
  lapsed integer not null,
  ending_told integer not null,
  decision_id text not null,
  primary key (member_id, plan_code, starts_at)
);

-- table_membership_spell_1
create index if not exists ix_membership_spell_lapsed_grace_ends_at on membership_spell (lapsed, grace_ends_at);

-- table_membership_spell_2
create index if not exists ix_membership_spell_ending_told_ends_at on membership_spell (ending_told, ends_at);

-- table_membership_welcome
create table if not exists membership_welcome (
  member_id text not null,
  plan_code text not null,
  programme_id text not null,
  points integer not null,
  decision_id text not null,
  primary key (member_id, plan_code)
);

-- table_webhook_endpoint
create table if not exists webhook_endpoint (
  endpoint_id text not null,
  programme_id text not null,
  url text not null,
  kinds text,
  without_consent integer not null,
  secret text not null,
  previous_secret text,
  previous_valid_until text,
  active integer not null,
  disabled_reason text,
  created_at text not null,
  updated_at text not null,
  primary key (endpoint_id)
);

-- table_webhook_endpoint_1
create index if not exists ix_webhook_endpoint_programme_id_active on webhook_endpoint (programme_id, active);

-- table_webhook_delivery
create table if not exists webhook_delivery (
  delivery_id text not null,
  endpoint_id text not null,
  programme_id text not null,
  member_id text,
  kind text not null,
  body text not null,
  status text not null,
  attempts integer not null,
  next_attempt_at text not null,
  lease_owner text,
  lease_until text,
  last_status integer,
  last_error text,
  created_at text not null,
  finished_at text,
  primary key (delivery_id)
);

-- table_webhook_delivery_1
create index if not exists ix_webhook_delivery_status_next_attempt_at on webhook_delivery (status, next_attempt_at);

-- table_webhook_delivery_2
create index if not exists ix_webhook_delivery_endpoint_id_status_next_attempt_at on webhook_delivery (endpoint_id, status, next_attempt_at);

-- table_webhook_delivery_3
create index if not exists ix_webhook_delivery_endpoint_id_delivery_id on webhook_delivery (endpoint_id, delivery_id);

-- table_webhook_delivery_4
create index if not exists ix_webhook_delivery_member_id on webhook_delivery (member_id);

-- table_member_language
create table if not exists member_language (
  member_id text not null,
  programme_id text not null,
  language text not null,
  told_by text not null,
  updated_at text not null,
  primary key (member_id)
);

-- table_mail_delivery
create table if not exists mail_delivery (
  mail_id text not null,
  programme_id text not null,
  member_id text,
  shop_id text,
  sealed_address text,
  kind text not null,
  figures text not null,
  language text,
  status text not null,
  attempts integer not null,
  next_attempt_at text not null,
  lease_owner text,
  lease_until text,
  last_error text,
  occurred_at text not null,
  created_at text not null,
  finished_at text,
  primary key (mail_id)
);

-- table_mail_delivery_1
create index if not exists ix_mail_delivery_status_next_attempt_at on mail_delivery (status, next_attempt_at);

-- table_mail_delivery_2
create index if not exists ix_mail_delivery_programme_id_mail_id on mail_delivery (programme_id, mail_id);

-- table_mail_delivery_3
create index if not exists ix_mail_delivery_member_id on mail_delivery (member_id);

-- table_tier_risk
create table if not exists tier_risk (
  member_id text not null,
  programme_id text not null,
  tier text not null,
  since text not null,
  primary key (member_id)
);

-- table_member_notice
create table if not exists member_notice (
  notice_id text not null,
  programme_id text not null,
  member_id text not null,
  kind text not null,
  notice_key text not null,
  occurred_at text not null,
  announced_at text not null,
  figures text not null,
  primary key (notice_id)
);

-- table_member_notice_1
create unique index if not exists uq_member_notice_member_id_kind_notice_key on member_notice (member_id, kind, notice_key);

-- table_member_notice_2
create index if not exists ix_member_notice_announced_at on member_notice (announced_at);

-- table_consent_record
create table if not exists consent_record (
  record_id text not null,
  programme_id text not null,
  member_id text not null,
  purpose text not null,
  granted integer not null,
  occurred_at text not null,
  recorded_at text not null,
  source text not null,
  actor text not null,
  text_version text,
  decision_id text not null,
  primary key (record_id)
);

-- table_consent_record_1
create index if not exists ix_consent_record_member_id_purpose_occurred_at on consent_record (member_id, purpose, occurred_at);

-- table_member_profile
create table if not exists member_profile (
  member_id text not null,
  programme_id text not null,
  birth_month integer not null,
  birth_day integer not null,
  told_by text not null,
  updated_at text not null,
  primary key (member_id)
);

-- table_member_profile_1
create index if not exists ix_member_profile_programme_id_birth_month_birth_day_member_id on member_profile (programme_id, birth_month, birth_day, member_id);

-- table_occasion_reward
create table if not exists occasion_reward (
  member_id text not null,
  occasion text not null,
  year integer not null,
  programme_id text not null,
  status text not null,
  due_on text not null,
  points integer not null,
  voucher_id text,
  decision_id text not null,
  primary key (member_id, occasion, year)
);

-- table_occasion_run
create table if not exists occasion_run (
  programme_id text not null,
  occasion text not null,
  due_on text not null,
  after_member text not null,
  primary key (programme_id, occasion, due_on)
);

-- table_preview_read
create table if not exists preview_read (
  read_id text not null,
  programme_id text not null,
  idempotency_key text not null,
  placed_from text not null,
  status text not null,
  is_open integer,
  pages integer not null,
  orders integer not null,
  is_cut integer not null,
  shop_done text not null,
  page_cursor text,
  failures integer not null,
  fault text,
  created_at text not null,
  ended_at text,
  primary key (read_id)
);

-- table_preview_read_1
create unique index if not exists uq_preview_read_programme_id_idempotency_key on preview_read (programme_id, idempotency_key);

-- table_preview_read_2
create unique index if not exists uq_preview_read_programme_id_is_open on preview_read (programme_id, is_open);

-- table_preview_read_3
create index if not exists ix_preview_read_status_created_at on preview_read (status, created_at);

-- table_preview_read_4
create index if not exists ix_preview_read_ended_at on preview_read (ended_at);

-- table_preview_order
create table if not exists preview_order (
  shop_id text not null,
  order_id text not null,
  programme_id text not null,
  customer_id text not null,
  person text not null,
  placed_at text not null,
  snapshot text not null,
  read_at text not null,
  primary key (shop_id, order_id)
);

-- table_preview_order_1
create index if not exists ix_preview_order_programme_id_person on preview_order (programme_id, person);

-- table_preview_order_2
create index if not exists ix_preview_order_shop_id_customer_id on preview_order (shop_id, customer_id);

-- table_preview_order_3
create index if not exists ix_preview_order_read_at on preview_order (read_at);

-- table_terms_acceptance
create table if not exists terms_acceptance (
  acceptance_id text not null,
  programme_id text not null,
  member_id text not null,
  version text not null,
  language text not null,
  text_hash text not null,
  accepted_at text not null,
  recorded_at text not null,
  source text not null,
  actor text not null,
  decision_id text not null,
  primary key (acceptance_id)
);

-- table_terms_acceptance_1
create index if not exists ix_terms_acceptance_member_id_accepted_at on terms_acceptance (member_id, accepted_at);

-- table_terms_run
create table if not exists terms_run (
  programme_id text not null,
  moment text not null,
  after_member text not null,
  primary key (programme_id, moment)
);

-- table_member_erasure
create table if not exists member_erasure (
  member_id text not null,
  programme_id text not null,
  source_key text not null,
  decision_id text not null,
  erased_at text not null,
  primary key (member_id)
);

-- table_member_erasure_1
create unique index if not exists uq_member_erasure_programme_id_source_key on member_erasure (programme_id, source_key);

-- table_erased_customer
create table if not exists erased_customer (
  shop_id text not null,
  customer_hash text not null,
  member_id text not null,
  erased_at text not null,
  keep_until text not null,
  primary key (shop_id, customer_hash)
);

-- table_erased_customer_1
create index if not exists ix_erased_customer_member_id on erased_customer (member_id);

-- table_erased_customer_2
create index if not exists ix_erased_customer_keep_until on erased_customer (keep_until);

-- table_referral_invitation
create table if not exists referral_invitation (
  programme_id text not null,
  friend_member_id text not null,
  referrer_member_id text not null,
  code text not null,
  registered_at text not null,
  primary key (programme_id, friend_member_id)
);

-- table_referral_invitation_1
create index if not exists ix_referral_invitation_referrer_member_id on referral_invitation (referrer_member_id);

-- table_reward_redemption
create table if not exists reward_redemption (
  redemption_id text not null,
  programme_id text not null,
  member_id text not null,
  reward_code text not null,
  reward_name text not null,
  quantity integer not null,
  points integer not null,
  from_stock integer not null,
  state text not null,
  shop_id text,
  note text,
  idempotency_key text not null,
  content_hash text not null,
  reward_grant text,
  decision_id text not null,
  requested_at text not null,
  updated_at text not null,
  primary key (redemption_id),
  check (quantity > 0),
  check (points > 0)
);

-- table_reward_redemption_1
create unique index if not exists uq_reward_redemption_programme_id_idempotency_key on reward_redemption (programme_id, idempotency_key);

-- table_reward_redemption_2
create index if not exists ix_reward_redemption_programme_id_state_redemption_id on reward_redemption (programme_id, state, redemption_id);

-- table_reward_redemption_3
create index if not exists ix_reward_redemption_member_id_redemption_id on reward_redemption (member_id, redemption_id);

-- table_reward_redemption_step
create table if not exists reward_redemption_step (
  redemption_id text not null,
  position integer not null,
  member_id text not null,
  state text not null,
  actor text not null,
  note text,
  decision_id text not null,
  at text not null,
  primary key (redemption_id, position)
);

-- table_reward_redemption_step_1
create index if not exists ix_reward_redemption_step_member_id on reward_redemption_step (member_id);

-- table_reward_stock
create table if not exists reward_stock (
  programme_id text not null,
  reward_code text not null,
  taken integer not null,
  primary key (programme_id, reward_code),
  check (taken >= 0)
);

-- table_staff_account
create table if not exists staff_account (
  staff_id text not null,
  programme_id text not null,
  name text not null,
  role text not null,
  password_hash text not null,
  failures integer not null,
  locked_until text,
  disabled integer not null,
  created_at text not null,
  updated_at text not null,
  primary key (staff_id)
);

-- table_staff_account_1
create unique index if not exists uq_staff_account_name on staff_account (name);

-- table_staff_account_2
create index if not exists ix_staff_account_programme_id_name on staff_account (programme_id, name);

-- table_opened_address
create table if not exists opened_address (
  shop_id text not null,
  nonce text not null,
  expires_at text not null,
  primary key (shop_id, nonce)
);

-- table_opened_address_1
create index if not exists ix_opened_address_expires_at on opened_address (expires_at);

-- table_next_purchase
create table if not exists next_purchase (
  shop_id text not null,
  order_id text not null,
  rule_code text not null,
  programme_id text not null,
  member_id text not null,
  due_at text,
  status text not null,
  voucher_id text,
  decision_id text,
  primary key (shop_id, order_id, rule_code)
);

-- table_next_purchase_1
create index if not exists ix_next_purchase_status_due_at on next_purchase (status, due_at);

-- table_next_purchase_2
create index if not exists ix_next_purchase_member_id_rule_code_status on next_purchase (member_id, rule_code, status);

-- table_retired_voucher_code
create table if not exists retired_voucher_code (
  programme_id text not null,
  code text not null,
  voucher_id text not null,
  retired_at text not null,
  primary key (programme_id, code)
);

-- table_retired_voucher_code_1
create index if not exists ix_retired_voucher_code_voucher_id on retired_voucher_code (voucher_id);

-- table_challenge_award
create table if not exists challenge_award (
  member_id text not null,
  challenge text not null,
  window_start text not null,
  programme_id text not null,
  programme_version_id text not null,
  points integer not null,
  lot_id text not null,
  badge text,
  badge_name text,
  badge_image text,
  completed_at text not null,
  taken_back_at text,
  decision_id text not null,
  primary key (member_id, challenge, window_start)
);

-- table_challenge_award_1
create index if not exists ix_challenge_award_programme_id_challenge_completed_at on challenge_award (programme_id, challenge, completed_at);

-- table_what_if_run
create table if not exists what_if_run (
  run_id text not null,
  programme_id text not null,
  idempotency_key text not null,
  content_hash text not null,
  version_id text not null,
  published_version_id text,
  shop_id text,
  placed_from text not null,
  placed_to text not null,
  status text not null,
  is_open integer,
  members_total integer not null,
  members_done integer not null,
  reached text not null,
  sums text,
  report text,
  fault text,
  created_at text not null,
  ended_at text,
  primary key (run_id),
  check (members_done >= 0)
);

-- table_what_if_run_1
create unique index if not exists uq_what_if_run_programme_id_idempotency_key on what_if_run (programme_id, idempotency_key);

-- table_what_if_run_2
create unique index if not exists uq_what_if_run_programme_id_is_open on what_if_run (programme_id, is_open);

-- table_what_if_run_3
create index if not exists ix_what_if_run_status_created_at on what_if_run (status, created_at);

-- table_what_if_run_4
create index if not exists ix_what_if_run_ended_at on what_if_run (ended_at);

-- table_member_wish
create table if not exists member_wish (
  shop_id text not null,
  wish_key text not null,
  member_id text not null,
  kind text not null,
  code text not null,
  granted integer not null,
  reason text,
  figures text not null,
  answered_at text not null,
  primary key (shop_id, wish_key)
);

-- table_member_wish_1
create index if not exists ix_member_wish_member_id_answered_at on member_wish (member_id, answered_at);

-- table_member_wish_2
create index if not exists ix_member_wish_answered_at on member_wish (answered_at);

-- table_price_list
create table if not exists price_list (
  list_id text not null,
  programme_id text not null,
  code text not null,
  name text not null,
  currency text not null,
  basis text not null,
  priority integer not null,
  list_number integer not null,
  valid_from text,
  valid_until text,
  turns_at text,
  prices integer not null,
  changes integer not null,
  created_at text not null,
  updated_at text not null,
  primary key (list_id)
);

-- table_price_list_1
create unique index if not exists uq_price_list_programme_id_code on price_list (programme_id, code);

-- table_price_list_2
create unique index if not exists uq_price_list_programme_id_list_number on price_list (programme_id, list_number);

-- table_price_list_3
create index if not exists ix_price_list_turns_at on price_list (turns_at);

-- table_price_list_row
create table if not exists price_list_row (
  list_id text not null,
  product_number text not null,
  quantity_from integer not null,
  price_minor integer not null,
  primary key (list_id, product_number, quantity_from),
  check (quantity_from >= 1),
  check (price_minor >= 0)
);

-- table_price_list_discount
create table if not exists price_list_discount (
  list_id text not null,
  goods text not null,
  name text not null,
  quantity_from integer not null,
  percent_bps integer not null,
  primary key (list_id, goods, name, quantity_from),
  check (quantity_from >= 1),
  check (percent_bps >= 0),
  check (percent_bps <= 10000)
);

-- table_price_list_company
create table if not exists price_list_company (
  list_id text not null,
  company_id text not null,
  programme_id text not null,
  assigned_at text not null,
  due integer not null,
  primary key (list_id, company_id)
);

-- table_price_list_company_1
create index if not exists ix_price_list_company_company_id on price_list_company (company_id);

-- table_price_list_company_2
create index if not exists ix_price_list_company_due_company_id on price_list_company (due, company_id);

-- table_price_list_due
create table if not exists price_list_due (
  due_id text not null,
  programme_id text not null,
  product_number text not null,
  primary key (due_id)
);

-- table_import_run
create table if not exists import_run (
  run_id text not null,
  programme_id text not null,
  kind text not null,
  shop_id text,
  price_list text,
  is_dry integer not null,
  idempotency_key text,
  content_hash text,
  actor text not null,
  reason text not null,
  status text not null,
  slot integer,
  rows_total integer not null,
  units_total integer not null,
  units_done integer not null,
  units_failed integer not null,
  units_created integer not null,
  units_changed integer not null,
  points integer not null,
  faults integer not null,
  created_at text not null,
  ended_at text,
  primary key (run_id),
  check (units_done + units_failed <= units_total)
);

-- table_import_run_1
create unique index if not exists uq_import_run_programme_id_idempotency_key on import_run (programme_id, idempotency_key);

-- table_import_run_2
create unique index if not exists uq_import_run_programme_id_slot on import_run (programme_id, slot);

-- table_import_run_3
create index if not exists ix_import_run_status_run_id on import_run (status, run_id);

-- table_import_run_4
create index if not exists ix_import_run_ended_at on import_run (ended_at);

-- table_import_unit
create table if not exists import_unit (
  run_id text not null,
  unit_number integer not null,
  subject text not null,
  first_row integer not null,
  content text not null,
  attempts integer not null,
  primary key (run_id, unit_number)
);

-- table_import_unit_1
create unique index if not exists uq_import_unit_run_id_subject on import_unit (run_id, subject);

-- table_import_fault
create table if not exists import_fault (
  run_id text not null,
  fault_number integer not null,
  at_row integer not null,
  column_name text,
  value text,
  message text not null,
  primary key (run_id, fault_number)
);

-- column_programme_version_created_by
alter table programme_version add column created_by text;

-- column_programme_version_published_by
alter table programme_version add column published_by text;

-- column_programme_version_made_from
alter table programme_version add column made_from text;

-- column_shop_branch_of
alter table shop add column branch_of text;

-- column_shop_branch_until
alter table shop add column branch_until text;

-- column_member_pending_referrals
alter table member add column pending_referrals integer;

-- column_member_referral_points
alter table member add column referral_points integer;

-- column_member_company_id
alter table member add column company_id text;

-- column_member_account_moved_lots
alter table member_account add column moved_lots integer;

-- column_member_identity_email_verified
alter table member_identity add column email_verified integer;

-- column_member_identity_company_name
alter table member_identity add column company_name text;

-- column_lot_origin_lot_id
alter table lot add column origin_lot_id text;

-- column_referral_friend_points
alter table referral add column friend_points integer;

-- column_referral_friend_voucher_id
alter table referral add column friend_voucher_id text;

-- column_referral_reward_number
alter table referral add column reward_number integer;

-- column_referral_rewarded_at
alter table referral add column rewarded_at text;

-- column_referral_fraud_score
alter table referral add column fraud_score integer;

-- column_referral_decision_id
alter table referral add column decision_id text;

-- column_referral_verdict
alter table referral add column verdict text;

-- column_referral_verdict_by
alter table referral add column verdict_by text;

-- column_referral_verdict_reason
alter table referral add column verdict_reason text;

-- column_referral_verdict_at
alter table referral add column verdict_at text;

-- column_referral_counted
alter table referral add column counted integer;

-- column_voucher_origin
alter table voucher add column origin text;

-- column_voucher_percent_bps
alter table voucher add column percent_bps integer;

-- column_voucher_minimum_minor
alter table voucher add column minimum_minor integer;

-- column_voucher_remind_at
alter table voucher add column remind_at text;

-- column_voucher_reminder_days
alter table voucher add column reminder_days integer;

-- column_voucher_remove_at
alter table voucher add column remove_at text;

-- column_voucher_used_at
alter table voucher add column used_at text;

-- column_voucher_used_shop_id
alter table voucher add column used_shop_id text;

-- column_voucher_used_order_id
alter table voucher add column used_order_id text;

-- column_voucher_withdrawn_at
alter table voucher add column withdrawn_at text;

-- column_member_event_channel_id
alter table member_event add column channel_id text;

-- column_measure_programme_counted_by
alter table measure_programme add column counted_by integer;

-- column_webhook_delivery_lead_id
alter table webhook_delivery add column lead_id text;

-- column_mail_delivery_lead_id
alter table mail_delivery add column lead_id text;

-- column_terms_acceptance_shop_id
alter table terms_acceptance add column shop_id text;

-- column_what_if_run_with_preview
alter table what_if_run add column with_preview integer;

-- index_member_programme_id_joined_at
create index if not exists ix_member_programme_id_joined_at on member (programme_id, joined_at);

-- index_ledger_entry_programme_id_occurred_at
create index if not exists ix_ledger_entry_programme_id_occurred_at on ledger_entry (programme_id, occurred_at);

-- index_order_position_programme_id_placed_at
create index if not exists ix_order_position_programme_id_placed_at on order_position (programme_id, placed_at);

-- index_order_position_updated_at
create index if not exists ix_order_position_updated_at on order_position (updated_at);

-- index_tier_change_programme_id_effective_from
create index if not exists ix_tier_change_programme_id_effective_from on tier_change (programme_id, effective_from);

-- index_voucher_remind_at
create index if not exists ix_voucher_remind_at on voucher (remind_at);

-- index_voucher_remove_at
create index if not exists ix_voucher_remove_at on voucher (remove_at);

-- index_member_event_programme_id_recommends
create index if not exists ix_member_event_programme_id_recommends on member_event (programme_id, recommends);

-- index_company_approval_programme_id_status_approval_id
create index if not exists ix_company_approval_programme_id_status_approval_id on company_approval (programme_id, status, approval_id);

-- index_member_merge_merged_at
create index if not exists ix_member_merge_merged_at on member_merge (merged_at);

-- index_member_split_split_at
create index if not exists ix_member_split_split_at on member_split (split_at);

-- index_webhook_delivery_lead_id
create index if not exists ix_webhook_delivery_lead_id on webhook_delivery (lead_id);

-- index_mail_delivery_lead_id
create index if not exists ix_mail_delivery_lead_id on mail_delivery (lead_id);
