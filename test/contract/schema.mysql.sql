-- Written by "npm run schema:snapshot"; do not edit.

-- 0001_programme
create table if not exists programme (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  primary key (programme_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0002_programme_version
create table if not exists programme_version (
  version_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  version_number bigint not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  effective_from char(24) character set ascii collate ascii_bin,
  document mediumtext not null,
  note varchar(255) not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  published_at char(24) character set ascii collate ascii_bin,
  primary key (version_id),
  unique key uq_programme_version_programme_id_version_number (programme_id, version_number),
  key ix_programme_version_programme_id_effective_from (programme_id, effective_from)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0003_shop
create table if not exists shop (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  platform varchar(64) character set ascii collate ascii_bin not null,
  external_shop_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  url varchar(255) not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  signing_secret mediumtext,
  previous_signing_secret mediumtext,
  previous_valid_until char(24) character set ascii collate ascii_bin,
  pending_signing_secret mediumtext,
  pending_url varchar(255),
  api_credentials mediumtext,
  settings mediumtext not null,
  app_version varchar(255),
  created_at char(24) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id),
  unique key uq_shop_platform_external_shop_id (platform, external_shop_id),
  key ix_shop_programme_id (programme_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0004_pairing_code
create table if not exists pairing_code (
  code_hash varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin not null,
  used_at char(24) character set ascii collate ascii_bin,
  shop_id varchar(64) character set ascii collate ascii_bin,
  primary key (code_hash)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0005_inbox_message
create table if not exists inbox_message (
  message_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  event_id varchar(191) character set ascii collate ascii_bin not null,
  topic varchar(191) character set ascii collate ascii_bin not null,
  resource_key varchar(191) character set ascii collate ascii_bin not null,
  body mediumtext not null,
  received_at char(24) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  attempts bigint not null,
  next_attempt_at char(24) character set ascii collate ascii_bin not null,
  lease_owner varchar(64) character set ascii collate ascii_bin,
  lease_until char(24) character set ascii collate ascii_bin,
  finished_at char(24) character set ascii collate ascii_bin,
  last_error mediumtext,
  primary key (message_id),
  unique key uq_inbox_message_shop_id_event_id (shop_id, event_id),
  key ix_inbox_message_status_next_attempt_at (status, next_attempt_at),
  key ix_inbox_message_shop_id_resource_key_status (shop_id, resource_key, status)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0006_member
create table if not exists member (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  tier varchar(64) character set ascii collate ascii_bin,
  tier_since char(24) character set ascii collate ascii_bin,
  tier_missed_since char(24) character set ascii collate ascii_bin,
  joined_at char(24) character set ascii collate ascii_bin not null,
  referral_code varchar(64) character set ascii collate ascii_bin,
  rewarded_referrals bigint not null,
  primary key (member_id),
  key ix_member_programme_id_member_id (programme_id, member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0007_member_account
create table if not exists member_account (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  pending bigint not null,
  available bigint not null,
  held bigint not null,
  debt bigint not null,
  entry_count bigint not null,
  head_hash varchar(64) character set ascii collate ascii_bin not null,
  version bigint not null,
  primary key (member_id),
  check (available >= 0),
  check (held >= 0),
  check (pending >= 0),
  check (debt >= 0),
  key ix_member_account_programme_id_member_id (programme_id, member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0008_member_identity
create table if not exists member_identity (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  customer_id varchar(191) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  email_hash varchar(64) character set ascii collate ascii_bin,
  customer_group varchar(191) character set ascii collate ascii_bin,
  linked_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, customer_id),
  key ix_member_identity_member_id (member_id),
  key ix_member_identity_programme_id_email_hash (programme_id, email_hash)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0009_ledger_entry
create table if not exists ledger_entry (
  entry_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  seq bigint not null,
  kind varchar(64) character set ascii collate ascii_bin not null,
  source_key varchar(191) character set ascii collate ascii_bin not null,
  occurred_at char(24) character set ascii collate ascii_bin not null,
  recorded_at char(24) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin,
  order_id varchar(191) character set ascii collate ascii_bin,
  hold_id varchar(64) character set ascii collate ascii_bin,
  decision_id varchar(64) character set ascii collate ascii_bin,
  prev_hash varchar(64) character set ascii collate ascii_bin not null,
  hash varchar(64) character set ascii collate ascii_bin not null,
  primary key (entry_id),
  unique key uq_ledger_entry_member_id_seq (member_id, seq),
  unique key uq_ledger_entry_programme_id_source_key (programme_id, source_key)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0010_ledger_posting
create table if not exists ledger_posting (
  entry_id varchar(64) character set ascii collate ascii_bin not null,
  line bigint not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  account varchar(64) character set ascii collate ascii_bin not null,
  lot_id varchar(191) character set ascii collate ascii_bin,
  points bigint not null,
  primary key (entry_id, line),
  key ix_ledger_posting_member_id_account (member_id, account)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0011_lot
create table if not exists lot (
  lot_id varchar(191) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  pending bigint not null,
  available bigint not null,
  held bigint not null,
  earned_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin,
  open tinyint not null,
  primary key (lot_id),
  check (available >= 0),
  check (held >= 0),
  check (pending >= 0),
  key ix_lot_member_id_open_expires_at (member_id, open, expires_at),
  key ix_lot_open_expires_at (open, expires_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0012_hold
create table if not exists hold (
  hold_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  cart_ref varchar(191) character set ascii collate ascii_bin not null,
  points bigint not null,
  value_minor bigint not null,
  currency varchar(64) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  placed_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin not null,
  resolved_at char(24) character set ascii collate ascii_bin,
  order_id varchar(191) character set ascii collate ascii_bin,
  idempotency_key varchar(191) character set ascii collate ascii_bin not null,
  primary key (hold_id),
  unique key uq_hold_shop_id_idempotency_key (shop_id, idempotency_key),
  key ix_hold_status_expires_at (status, expires_at),
  key ix_hold_member_id_status (member_id, status)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0013_hold_lot
create table if not exists hold_lot (
  hold_id varchar(64) character set ascii collate ascii_bin not null,
  lot_id varchar(191) character set ascii collate ascii_bin not null,
  position bigint not null,
  points bigint not null,
  primary key (hold_id, lot_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0014_order_position
create table if not exists order_position (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  order_number varchar(191) character set ascii collate ascii_bin not null,
  programme_version_id varchar(64) character set ascii collate ascii_bin not null,
  pinned mediumtext not null,
  version bigint not null,
  placed_at char(24) character set ascii collate ascii_bin not null,
  paid_at char(24) character set ascii collate ascii_bin,
  completed_at char(24) character set ascii collate ascii_bin,
  order_state varchar(64) character set ascii collate ascii_bin not null,
  payment_state varchar(64) character set ascii collate ascii_bin not null,
  release_at char(24) character set ascii collate ascii_bin,
  released tinyint not null,
  pending_points bigint not null,
  available_points bigint not null,
  redeemed_points bigint not null,
  hold_id varchar(64) character set ascii collate ascii_bin,
  currency varchar(64) character set ascii collate ascii_bin not null,
  turnover_minor bigint not null,
  qualifying_orders bigint not null,
  qualifying_items bigint not null,
  qualifying_points bigint not null,
  referral_code varchar(191) character set ascii collate ascii_bin,
  needs_review tinyint not null,
  staff_refunds mediumtext,
  snapshot mediumtext not null,
  decision_id varchar(64) character set ascii collate ascii_bin,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, order_id),
  key ix_order_position_released_release_at (released, release_at),
  key ix_order_position_member_id_release_at (member_id, release_at),
  key ix_order_position_member_id_placed_at (member_id, placed_at),
  key ix_order_position_shop_id_order_number (shop_id, order_number)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0015_order_redemption_lot
create table if not exists order_redemption_lot (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  lot_id varchar(191) character set ascii collate ascii_bin not null,
  position bigint not null,
  points bigint not null,
  primary key (shop_id, order_id, lot_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0016_tier_change
create table if not exists tier_change (
  change_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  from_tier varchar(64) character set ascii collate ascii_bin,
  to_tier varchar(64) character set ascii collate ascii_bin,
  effective_from char(24) character set ascii collate ascii_bin not null,
  decision_id varchar(64) character set ascii collate ascii_bin,
  primary key (change_id),
  key ix_tier_change_member_id_effective_from (member_id, effective_from)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0017_decision
create table if not exists decision (
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin,
  kind varchar(64) character set ascii collate ascii_bin not null,
  subject varchar(191) character set ascii collate ascii_bin not null,
  programme_version_id varchar(64) character set ascii collate ascii_bin,
  decided_at char(24) character set ascii collate ascii_bin not null,
  inputs mediumtext not null,
  outcome mediumtext not null,
  reasons mediumtext not null,
  primary key (decision_id),
  key ix_decision_programme_id_subject (programme_id, subject),
  key ix_decision_member_id_decided_at (member_id, decided_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0018_referral_code
create table if not exists referral_code (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  primary key (programme_id, code),
  unique key uq_referral_code_member_id (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0019_referral
create table if not exists referral (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  friend_member_id varchar(64) character set ascii collate ascii_bin not null,
  referrer_member_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  reason varchar(64) character set ascii collate ascii_bin,
  due_at char(24) character set ascii collate ascii_bin,
  resolved_at char(24) character set ascii collate ascii_bin,
  rewarded_points bigint not null,
  voucher_id varchar(64) character set ascii collate ascii_bin,
  created_at char(24) character set ascii collate ascii_bin not null,
  primary key (programme_id, friend_member_id),
  key ix_referral_status_due_at (status, due_at),
  key ix_referral_referrer_member_id_status (referrer_member_id, status),
  key ix_referral_shop_id_order_id (shop_id, order_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0020_gift_grant
create table if not exists gift_grant (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  rule_code varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  product_number varchar(255) not null,
  quantity bigint not null,
  primary key (shop_id, order_id, rule_code),
  key ix_gift_grant_programme_id_rule_code_member_id (programme_id, rule_code, member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0021_voucher
create table if not exists voucher (
  voucher_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  value_minor bigint not null,
  currency varchar(64) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  source_key varchar(191) character set ascii collate ascii_bin not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin,
  primary key (voucher_id),
  unique key uq_voucher_programme_id_source_key (programme_id, source_key),
  unique key uq_voucher_programme_id_code (programme_id, code),
  key ix_voucher_member_id_status (member_id, status)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0022_desired_state
create table if not exists desired_state (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  resource_type varchar(64) character set ascii collate ascii_bin not null,
  resource_id varchar(191) character set ascii collate ascii_bin not null,
  desired mediumtext not null,
  desired_hash varchar(64) character set ascii collate ascii_bin not null,
  acknowledged_hash varchar(64) character set ascii collate ascii_bin,
  dirty tinyint not null,
  dead tinyint not null,
  attempts bigint not null,
  next_attempt_at char(24) character set ascii collate ascii_bin not null,
  lease_owner varchar(64) character set ascii collate ascii_bin,
  lease_until char(24) character set ascii collate ascii_bin,
  last_error mediumtext,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, resource_type, resource_id),
  key ix_desired_state_dirty_dead_shop_id_next_attempt_at (dirty, dead, shop_id, next_attempt_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0023_writeback_attempt
create table if not exists writeback_attempt (
  attempt_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  resource_type varchar(64) character set ascii collate ascii_bin not null,
  resource_id varchar(191) character set ascii collate ascii_bin not null,
  desired_hash varchar(64) character set ascii collate ascii_bin not null,
  outcome varchar(64) character set ascii collate ascii_bin not null,
  detail mediumtext,
  attempted_at char(24) character set ascii collate ascii_bin not null,
  duration_ms bigint not null,
  primary key (attempt_id),
  key ix_writeback_attempt_shop_id_resource_type_resource_id (shop_id, resource_type, resource_id),
  key ix_writeback_attempt_attempted_at (attempted_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0024_job_lease
create table if not exists job_lease (
  job varchar(64) character set ascii collate ascii_bin not null,
  owner varchar(64) character set ascii collate ascii_bin,
  lease_until char(24) character set ascii collate ascii_bin,
  last_started_at char(24) character set ascii collate ascii_bin,
  last_finished_at char(24) character set ascii collate ascii_bin,
  last_result mediumtext,
  primary key (job)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0025_catalog_product
create table if not exists catalog_product (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  product_id varchar(191) character set ascii collate ascii_bin not null,
  product_number varchar(255) not null,
  category_ids mediumtext not null,
  prices mediumtext not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  seen_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, product_id),
  key ix_catalog_product_shop_id_product_number (shop_id, product_number)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0026_reconciliation_cursor
create table if not exists reconciliation_cursor (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  resource varchar(64) character set ascii collate ascii_bin not null,
  cursor_at char(24) character set ascii collate ascii_bin not null,
  last_run_at char(24) character set ascii collate ascii_bin,
  last_result mediumtext,
  primary key (shop_id, resource)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0027_member_segment
create table if not exists member_segment (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  entered_at char(24) character set ascii collate ascii_bin not null,
  left_at char(24) character set ascii collate ascii_bin,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id, code, entered_at),
  key ix_member_segment_programme_id_code_left_at (programme_id, code, left_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0028_manual_tier
create table if not exists manual_tier (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  tier varchar(64) character set ascii collate ascii_bin not null,
  set_at char(24) character set ascii collate ascii_bin not null,
  ends_at char(24) character set ascii collate ascii_bin,
  automatic_tier varchar(64) character set ascii collate ascii_bin,
  automatic_since char(24) character set ascii collate ascii_bin,
  automatic_missed_since char(24) character set ascii collate ascii_bin,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id),
  key ix_manual_tier_ends_at (ends_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0029_volume_reward
create table if not exists volume_reward (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  incentive_code varchar(64) character set ascii collate ascii_bin not null,
  window_start char(24) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  programme_version_id varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (member_id, incentive_code, window_start)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0030_api_key
create table if not exists api_key (
  key_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  secret_hash varchar(64) character set ascii collate ascii_bin not null,
  scopes mediumtext not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin,
  revoked_at char(24) character set ascii collate ascii_bin,
  last_used_at char(24) character set ascii collate ascii_bin,
  primary key (key_id),
  unique key uq_api_key_secret_hash (secret_hash)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0031_member_event
create table if not exists member_event (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  event_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin,
  kind varchar(64) character set ascii collate ascii_bin not null,
  activity varchar(64) character set ascii collate ascii_bin,
  subject varchar(191) character set ascii collate ascii_bin,
  occurred_at char(24) character set ascii collate ascii_bin not null,
  received_at char(24) character set ascii collate ascii_bin not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  data mediumtext not null,
  recommends bigint,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  revoked_at char(24) character set ascii collate ascii_bin,
  primary key (programme_id, event_id),
  key ix_member_event_member_id_kind_activity (member_id, kind, activity),
  key ix_member_event_shop_id_kind_subject (shop_id, kind, subject),
  key ix_member_event_programme_id_received_at (programme_id, received_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0032_activity_reward
create table if not exists activity_reward (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  event_id varchar(64) character set ascii collate ascii_bin not null,
  activity varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  subject varchar(191) character set ascii collate ascii_bin,
  local_day varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  primary key (programme_id, event_id, activity),
  key ix_activity_reward_member_id_activity_local_day (member_id, activity, local_day)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 0033_activity_total
create table if not exists activity_total (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  activity varchar(64) character set ascii collate ascii_bin not null,
  given bigint not null,
  primary key (programme_id, activity)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_adjustment_request
create table if not exists adjustment_request (
  request_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  reason mediumtext not null,
  requested_by varchar(255) not null,
  requester varchar(191) character set ascii collate ascii_bin not null,
  idempotency_key varchar(191) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  requested_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin not null,
  decided_at char(24) character set ascii collate ascii_bin,
  decided_by varchar(255),
  decided_reason mediumtext,
  entry_id varchar(64) character set ascii collate ascii_bin,
  primary key (request_id),
  unique key uq_adjustment_request_programme_id_idempotency_key (programme_id, idempotency_key),
  key ix_adjustment_request_programme_id_status_request_id (programme_id, status, request_id),
  key ix_adjustment_request_member_id_request_id (member_id, request_id),
  key ix_adjustment_request_status_expires_at (status, expires_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_campaign_budget
create table if not exists campaign_budget (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  campaign varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  orders bigint not null,
  version bigint not null,
  primary key (programme_id, campaign),
  check (points >= 0),
  check (orders >= 0)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_campaign_grant
create table if not exists campaign_grant (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  campaign varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  granted bigint,
  points bigint not null,
  primary key (shop_id, order_id, campaign),
  check (points >= 0),
  key ix_campaign_grant_programme_id_campaign_points (programme_id, campaign, points),
  key ix_campaign_grant_member_id_campaign (member_id, campaign)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_cashback_payout
create table if not exists cashback_payout (
  payout_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  cashback_code varchar(64) character set ascii collate ascii_bin not null,
  cashback_name varchar(255) not null,
  points bigint not null,
  value_minor bigint not null,
  currency varchar(64) character set ascii collate ascii_bin not null,
  kind varchar(64) character set ascii collate ascii_bin not null,
  state varchar(64) character set ascii collate ascii_bin not null,
  voucher_id varchar(64) character set ascii collate ascii_bin,
  period_start char(24) character set ascii collate ascii_bin,
  idempotency_key varchar(191) character set ascii collate ascii_bin not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  requested_at char(24) character set ascii collate ascii_bin not null,
  settled_at char(24) character set ascii collate ascii_bin,
  settled_by varchar(255),
  settled_note mediumtext,
  primary key (payout_id),
  check (points > 0),
  check (value_minor > 0),
  unique key uq_cashback_payout_programme_id_idempotency_key (programme_id, idempotency_key),
  key ix_cashback_payout_programme_id_state_payout_id (programme_id, state, payout_id),
  key ix_cashback_payout_member_id_payout_id (member_id, payout_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_cashback_period
create table if not exists cashback_period (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  cashback_code varchar(64) character set ascii collate ascii_bin not null,
  period_start char(24) character set ascii collate ascii_bin not null,
  completed_at char(24) character set ascii collate ascii_bin not null,
  payouts bigint not null,
  primary key (programme_id, cashback_code, period_start)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_company
create table if not exists company (
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  external_ref varchar(191) character set ascii collate ascii_bin,
  status varchar(64) character set ascii collate ascii_bin not null,
  points_mode varchar(64) character set ascii collate ascii_bin not null,
  tier_mode varchar(64) character set ascii collate ascii_bin not null,
  account_member_id varchar(64) character set ascii collate ascii_bin not null,
  approval_days bigint not null,
  idempotency_key varchar(191) character set ascii collate ascii_bin not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (company_id),
  unique key uq_company_programme_id_idempotency_key (programme_id, idempotency_key),
  unique key uq_company_programme_id_external_ref (programme_id, external_ref),
  unique key uq_company_account_member_id (account_member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_company_member
create table if not exists company_member (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  role varchar(64) character set ascii collate ascii_bin not null,
  points_per_order bigint,
  points_per_month bigint,
  approval_above bigint,
  joined_at char(24) character set ascii collate ascii_bin not null,
  tenure_id varchar(64) character set ascii collate ascii_bin not null,
  spent_intent varchar(191) character set ascii collate ascii_bin,
  shown_month char(24) character set ascii collate ascii_bin,
  primary key (member_id),
  key ix_company_member_company_id_member_id (company_id, member_id),
  key ix_company_member_shown_month_member_id (shown_month, member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_company_tenure
create table if not exists company_tenure (
  tenure_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  points_mode varchar(64) character set ascii collate ascii_bin not null,
  tier_mode varchar(64) character set ascii collate ascii_bin not null,
  account_member_id varchar(64) character set ascii collate ascii_bin not null,
  joined_at char(24) character set ascii collate ascii_bin not null,
  left_at char(24) character set ascii collate ascii_bin,
  primary key (tenure_id),
  key ix_company_tenure_member_id_joined_at (member_id, joined_at),
  key ix_company_tenure_company_id (company_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_company_order
create table if not exists company_order (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  placed_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, order_id),
  key ix_company_order_member_id_placed_at (member_id, placed_at),
  key ix_company_order_company_id (company_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_company_hold
create table if not exists company_hold (
  hold_id varchar(64) character set ascii collate ascii_bin not null,
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  placed_at char(24) character set ascii collate ascii_bin not null,
  primary key (hold_id),
  key ix_company_hold_member_id_placed_at (member_id, placed_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_company_approval
create table if not exists company_approval (
  approval_id varchar(64) character set ascii collate ascii_bin not null,
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  cart_ref varchar(191) character set ascii collate ascii_bin not null,
  points bigint not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  requested_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin not null,
  decided_at char(24) character set ascii collate ascii_bin,
  decided_by varchar(64) character set ascii collate ascii_bin,
  hold_id varchar(64) character set ascii collate ascii_bin,
  primary key (approval_id),
  key ix_company_approval_company_id_status_approval_id (company_id, status, approval_id),
  key ix_company_approval_member_id_status (member_id, status),
  key ix_company_approval_status_expires_at (status, expires_at),
  key ix_company_approval_hold_id (hold_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_merge
create table if not exists member_merge (
  absorbed_member_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  source_key varchar(191) character set ascii collate ascii_bin not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  merged_at char(24) character set ascii collate ascii_bin not null,
  primary key (absorbed_member_id),
  unique key uq_member_merge_programme_id_source_key (programme_id, source_key),
  key ix_member_merge_member_id (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_split
create table if not exists member_split (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  from_member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  customer_id varchar(191) character set ascii collate ascii_bin not null,
  source_key varchar(191) character set ascii collate ascii_bin not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  split_at char(24) character set ascii collate ascii_bin not null,
  primary key (member_id),
  unique key uq_member_split_programme_id_source_key (programme_id, source_key),
  key ix_member_split_from_member_id (from_member_id),
  key ix_member_split_shop_id_customer_id (shop_id, customer_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_signup_lead
create table if not exists signup_lead (
  lead_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  email_hash varchar(64) character set ascii collate ascii_bin not null,
  email mediumtext,
  language varchar(64) character set ascii collate ascii_bin not null,
  text_version varchar(255) not null,
  text_hash varchar(64) character set ascii collate ascii_bin not null,
  source varchar(255) not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  requested_at char(24) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin not null,
  mails bigint not null,
  mailed_at char(24) character set ascii collate ascii_bin not null,
  requested_by varchar(64) character set ascii collate ascii_bin,
  confirmed_at char(24) character set ascii collate ascii_bin,
  confirmed_by varchar(64) character set ascii collate ascii_bin,
  updated_at char(24) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin,
  primary key (lead_id),
  unique key uq_signup_lead_programme_id_email_hash (programme_id, email_hash),
  key ix_signup_lead_status_expires_at (status, expires_at),
  key ix_signup_lead_requested_by_mailed_at (requested_by, mailed_at),
  key ix_signup_lead_status_updated_at (status, updated_at),
  key ix_signup_lead_member_id (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_day
create table if not exists measure_day (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  local_day varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  measure varchar(191) character set ascii collate ascii_bin not null,
  value bigint not null,
  primary key (programme_id, local_day, shop_id, measure)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_member
create table if not exists measure_member (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  joined_day varchar(64) character set ascii collate ascii_bin,
  first_day varchar(64) character set ascii collate ascii_bin,
  second_day varchar(64) character set ascii collate ascii_bin,
  primary key (member_id, shop_id),
  key ix_measure_member_programme_id_joined_day (programme_id, joined_day),
  key ix_measure_member_programme_id_first_day (programme_id, first_day),
  key ix_measure_member_programme_id_second_day (programme_id, second_day)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_due_day
create table if not exists measure_due_day (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  local_day varchar(64) character set ascii collate ascii_bin not null,
  primary key (programme_id, local_day)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_due_member
create table if not exists measure_due_member (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_cursor
create table if not exists measure_cursor (
  source varchar(64) character set ascii collate ascii_bin not null,
  settled mediumtext not null,
  pass mediumtext,
  primary key (source)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_programme
create table if not exists measure_programme (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  time_zone varchar(255) not null,
  computed_until char(24) character set ascii collate ascii_bin,
  primary key (programme_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_measure_member_month
create table if not exists measure_member_month (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  first_month varchar(64) character set ascii collate ascii_bin not null,
  month varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id, month),
  key ix_measure_member_month_programme_id_first_month_month (programme_id, first_month, month)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_membership_purchase
create table if not exists membership_purchase (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  plan_code varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  paid_at char(24) character set ascii collate ascii_bin not null,
  units bigint not null,
  months bigint not null,
  days bigint not null,
  grace_days bigint not null,
  primary key (shop_id, order_id, plan_code),
  check (units > 0),
  key ix_membership_purchase_member_id_plan_code (member_id, plan_code)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_membership_spell
create table if not exists membership_spell (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  plan_code varchar(64) character set ascii collate ascii_bin not null,
  starts_at char(24) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  plan_name varchar(255) not null,
  segment_code varchar(64) character set ascii collate ascii_bin not null,
  ends_at char(24) character set ascii collate ascii_bin not null,
  grace_ends_at char(24) character set ascii collate ascii_bin not null,
  lapsed tinyint not null,
  ending_told tinyint not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id, plan_code, starts_at),
  key ix_membership_spell_lapsed_grace_ends_at (lapsed, grace_ends_at),
  key ix_membership_spell_ending_told_ends_at (ending_told, ends_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_membership_welcome
create table if not exists membership_welcome (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  plan_code varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id, plan_code)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_webhook_endpoint
create table if not exists webhook_endpoint (
  endpoint_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  url mediumtext not null,
  kinds mediumtext,
  without_consent tinyint not null,
  secret mediumtext not null,
  previous_secret mediumtext,
  previous_valid_until char(24) character set ascii collate ascii_bin,
  active tinyint not null,
  disabled_reason varchar(255),
  created_at char(24) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (endpoint_id),
  key ix_webhook_endpoint_programme_id_active (programme_id, active)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_webhook_delivery
create table if not exists webhook_delivery (
  delivery_id varchar(64) character set ascii collate ascii_bin not null,
  endpoint_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin,
  kind varchar(64) character set ascii collate ascii_bin not null,
  body mediumtext not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  attempts bigint not null,
  next_attempt_at char(24) character set ascii collate ascii_bin not null,
  lease_owner varchar(64) character set ascii collate ascii_bin,
  lease_until char(24) character set ascii collate ascii_bin,
  last_status bigint,
  last_error mediumtext,
  created_at char(24) character set ascii collate ascii_bin not null,
  finished_at char(24) character set ascii collate ascii_bin,
  primary key (delivery_id),
  key ix_webhook_delivery_status_next_attempt_at (status, next_attempt_at),
  key ix_webhook_delivery_endpoint_id_status_next_attempt_at (endpoint_id, status, next_attempt_at),
  key ix_webhook_delivery_endpoint_id_delivery_id (endpoint_id, delivery_id),
  key ix_webhook_delivery_member_id (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_language
create table if not exists member_language (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  language varchar(64) character set ascii collate ascii_bin not null,
  told_by varchar(64) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_mail_delivery
create table if not exists mail_delivery (
  mail_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin,
  shop_id varchar(64) character set ascii collate ascii_bin,
  sealed_address mediumtext,
  kind varchar(64) character set ascii collate ascii_bin not null,
  figures mediumtext not null,
  language varchar(64) character set ascii collate ascii_bin,
  status varchar(64) character set ascii collate ascii_bin not null,
  attempts bigint not null,
  next_attempt_at char(24) character set ascii collate ascii_bin not null,
  lease_owner varchar(64) character set ascii collate ascii_bin,
  lease_until char(24) character set ascii collate ascii_bin,
  last_error mediumtext,
  occurred_at char(24) character set ascii collate ascii_bin not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  finished_at char(24) character set ascii collate ascii_bin,
  primary key (mail_id),
  key ix_mail_delivery_status_next_attempt_at (status, next_attempt_at),
  key ix_mail_delivery_programme_id_mail_id (programme_id, mail_id),
  key ix_mail_delivery_member_id (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_tier_risk
create table if not exists tier_risk (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  tier varchar(64) character set ascii collate ascii_bin not null,
  since char(24) character set ascii collate ascii_bin not null,
  primary key (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_notice
create table if not exists member_notice (
  notice_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  kind varchar(64) character set ascii collate ascii_bin not null,
  notice_key varchar(191) character set ascii collate ascii_bin not null,
  occurred_at char(24) character set ascii collate ascii_bin not null,
  announced_at char(24) character set ascii collate ascii_bin not null,
  figures mediumtext not null,
  primary key (notice_id),
  unique key uq_member_notice_member_id_kind_notice_key (member_id, kind, notice_key),
  key ix_member_notice_announced_at (announced_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_consent_record
create table if not exists consent_record (
  record_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  purpose varchar(64) character set ascii collate ascii_bin not null,
  granted tinyint not null,
  occurred_at char(24) character set ascii collate ascii_bin not null,
  recorded_at char(24) character set ascii collate ascii_bin not null,
  source varchar(255) not null,
  actor varchar(255) not null,
  text_version varchar(255),
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (record_id),
  key ix_consent_record_member_id_purpose_occurred_at (member_id, purpose, occurred_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_profile
create table if not exists member_profile (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  birth_month bigint not null,
  birth_day bigint not null,
  told_by varchar(64) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (member_id),
  key ix_member_profile_programme_id_birth_month_birth_day_member_id (programme_id, birth_month, birth_day, member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_occasion_reward
create table if not exists occasion_reward (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  occasion varchar(64) character set ascii collate ascii_bin not null,
  year bigint not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  due_on varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  voucher_id varchar(64) character set ascii collate ascii_bin,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id, occasion, year)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_occasion_run
create table if not exists occasion_run (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  occasion varchar(64) character set ascii collate ascii_bin not null,
  due_on varchar(64) character set ascii collate ascii_bin not null,
  after_member varchar(64) character set ascii collate ascii_bin not null,
  primary key (programme_id, occasion, due_on)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_preview_read
create table if not exists preview_read (
  read_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  idempotency_key varchar(191) character set ascii collate ascii_bin not null,
  placed_from char(24) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  is_open tinyint,
  pages bigint not null,
  orders bigint not null,
  is_cut tinyint not null,
  shop_done varchar(64) character set ascii collate ascii_bin not null,
  page_cursor mediumtext,
  failures bigint not null,
  fault mediumtext,
  created_at char(24) character set ascii collate ascii_bin not null,
  ended_at char(24) character set ascii collate ascii_bin,
  primary key (read_id),
  unique key uq_preview_read_programme_id_idempotency_key (programme_id, idempotency_key),
  unique key uq_preview_read_programme_id_is_open (programme_id, is_open),
  key ix_preview_read_status_created_at (status, created_at),
  key ix_preview_read_ended_at (ended_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_preview_order
create table if not exists preview_order (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  customer_id varchar(191) character set ascii collate ascii_bin not null,
  person varchar(64) character set ascii collate ascii_bin not null,
  placed_at char(24) character set ascii collate ascii_bin not null,
  snapshot mediumtext not null,
  read_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, order_id),
  key ix_preview_order_programme_id_person (programme_id, person),
  key ix_preview_order_shop_id_customer_id (shop_id, customer_id),
  key ix_preview_order_read_at (read_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_terms_acceptance
create table if not exists terms_acceptance (
  acceptance_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  version varchar(64) character set ascii collate ascii_bin not null,
  language varchar(64) character set ascii collate ascii_bin not null,
  text_hash varchar(64) character set ascii collate ascii_bin not null,
  accepted_at char(24) character set ascii collate ascii_bin not null,
  recorded_at char(24) character set ascii collate ascii_bin not null,
  source varchar(255) not null,
  actor varchar(255) not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (acceptance_id),
  key ix_terms_acceptance_member_id_accepted_at (member_id, accepted_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_terms_run
create table if not exists terms_run (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  moment varchar(64) character set ascii collate ascii_bin not null,
  after_member varchar(64) character set ascii collate ascii_bin not null,
  primary key (programme_id, moment)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_erasure
create table if not exists member_erasure (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  source_key varchar(191) character set ascii collate ascii_bin not null,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  erased_at char(24) character set ascii collate ascii_bin not null,
  primary key (member_id),
  unique key uq_member_erasure_programme_id_source_key (programme_id, source_key)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_erased_customer
create table if not exists erased_customer (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  customer_hash varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  erased_at char(24) character set ascii collate ascii_bin not null,
  keep_until char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, customer_hash),
  key ix_erased_customer_member_id (member_id),
  key ix_erased_customer_keep_until (keep_until)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_referral_invitation
create table if not exists referral_invitation (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  friend_member_id varchar(64) character set ascii collate ascii_bin not null,
  referrer_member_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  registered_at char(24) character set ascii collate ascii_bin not null,
  primary key (programme_id, friend_member_id),
  key ix_referral_invitation_referrer_member_id (referrer_member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_reward_redemption
create table if not exists reward_redemption (
  redemption_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  reward_code varchar(64) character set ascii collate ascii_bin not null,
  reward_name varchar(255) not null,
  quantity bigint not null,
  points bigint not null,
  from_stock tinyint not null,
  state varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin,
  note mediumtext,
  idempotency_key varchar(64) character set ascii collate ascii_bin not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  reward_grant mediumtext,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  requested_at char(24) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (redemption_id),
  check (quantity > 0),
  check (points > 0),
  unique key uq_reward_redemption_programme_id_idempotency_key (programme_id, idempotency_key),
  key ix_reward_redemption_programme_id_state_redemption_id (programme_id, state, redemption_id),
  key ix_reward_redemption_member_id_redemption_id (member_id, redemption_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_reward_redemption_step
create table if not exists reward_redemption_step (
  redemption_id varchar(64) character set ascii collate ascii_bin not null,
  position bigint not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  state varchar(64) character set ascii collate ascii_bin not null,
  actor varchar(255) not null,
  note mediumtext,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  at char(24) character set ascii collate ascii_bin not null,
  primary key (redemption_id, position),
  key ix_reward_redemption_step_member_id (member_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_reward_stock
create table if not exists reward_stock (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  reward_code varchar(64) character set ascii collate ascii_bin not null,
  taken bigint not null,
  primary key (programme_id, reward_code),
  check (taken >= 0)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_staff_account
create table if not exists staff_account (
  staff_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  name varchar(64) character set ascii collate ascii_bin not null,
  role varchar(64) character set ascii collate ascii_bin not null,
  password_hash mediumtext not null,
  failures bigint not null,
  locked_until char(24) character set ascii collate ascii_bin,
  disabled tinyint not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (staff_id),
  unique key uq_staff_account_name (name),
  key ix_staff_account_programme_id_name (programme_id, name)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_opened_address
create table if not exists opened_address (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  nonce varchar(64) character set ascii collate ascii_bin not null,
  expires_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, nonce),
  key ix_opened_address_expires_at (expires_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_next_purchase
create table if not exists next_purchase (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  order_id varchar(191) character set ascii collate ascii_bin not null,
  rule_code varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  due_at char(24) character set ascii collate ascii_bin,
  status varchar(64) character set ascii collate ascii_bin not null,
  voucher_id varchar(64) character set ascii collate ascii_bin,
  decision_id varchar(64) character set ascii collate ascii_bin,
  primary key (shop_id, order_id, rule_code),
  key ix_next_purchase_status_due_at (status, due_at),
  key ix_next_purchase_member_id_rule_code_status (member_id, rule_code, status)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_retired_voucher_code
create table if not exists retired_voucher_code (
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  voucher_id varchar(64) character set ascii collate ascii_bin not null,
  retired_at char(24) character set ascii collate ascii_bin not null,
  primary key (programme_id, code),
  key ix_retired_voucher_code_voucher_id (voucher_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_challenge_award
create table if not exists challenge_award (
  member_id varchar(64) character set ascii collate ascii_bin not null,
  challenge varchar(64) character set ascii collate ascii_bin not null,
  window_start varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  programme_version_id varchar(64) character set ascii collate ascii_bin not null,
  points bigint not null,
  lot_id varchar(191) character set ascii collate ascii_bin not null,
  badge varchar(64) character set ascii collate ascii_bin,
  badge_name varchar(255),
  badge_image mediumtext,
  completed_at char(24) character set ascii collate ascii_bin not null,
  taken_back_at char(24) character set ascii collate ascii_bin,
  decision_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (member_id, challenge, window_start),
  key ix_challenge_award_programme_id_challenge_completed_at (programme_id, challenge, completed_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_what_if_run
create table if not exists what_if_run (
  run_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  idempotency_key varchar(191) character set ascii collate ascii_bin not null,
  content_hash varchar(64) character set ascii collate ascii_bin not null,
  version_id varchar(64) character set ascii collate ascii_bin not null,
  published_version_id varchar(64) character set ascii collate ascii_bin,
  shop_id varchar(64) character set ascii collate ascii_bin,
  placed_from char(24) character set ascii collate ascii_bin not null,
  placed_to char(24) character set ascii collate ascii_bin not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  is_open tinyint,
  members_total bigint not null,
  members_done bigint not null,
  reached varchar(64) character set ascii collate ascii_bin not null,
  sums mediumtext,
  report mediumtext,
  fault mediumtext,
  created_at char(24) character set ascii collate ascii_bin not null,
  ended_at char(24) character set ascii collate ascii_bin,
  primary key (run_id),
  check (members_done >= 0),
  unique key uq_what_if_run_programme_id_idempotency_key (programme_id, idempotency_key),
  unique key uq_what_if_run_programme_id_is_open (programme_id, is_open),
  key ix_what_if_run_status_created_at (status, created_at),
  key ix_what_if_run_ended_at (ended_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_member_wish
create table if not exists member_wish (
  shop_id varchar(64) character set ascii collate ascii_bin not null,
  wish_key varchar(64) character set ascii collate ascii_bin not null,
  member_id varchar(64) character set ascii collate ascii_bin not null,
  kind varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  granted tinyint not null,
  reason varchar(64) character set ascii collate ascii_bin,
  figures mediumtext not null,
  answered_at char(24) character set ascii collate ascii_bin not null,
  primary key (shop_id, wish_key),
  key ix_member_wish_member_id_answered_at (member_id, answered_at),
  key ix_member_wish_answered_at (answered_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_price_list
create table if not exists price_list (
  list_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  code varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  currency varchar(64) character set ascii collate ascii_bin not null,
  basis varchar(64) character set ascii collate ascii_bin not null,
  priority bigint not null,
  list_number bigint not null,
  valid_from char(24) character set ascii collate ascii_bin,
  valid_until char(24) character set ascii collate ascii_bin,
  turns_at char(24) character set ascii collate ascii_bin,
  prices bigint not null,
  changes bigint not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  updated_at char(24) character set ascii collate ascii_bin not null,
  primary key (list_id),
  unique key uq_price_list_programme_id_code (programme_id, code),
  unique key uq_price_list_programme_id_list_number (programme_id, list_number),
  key ix_price_list_turns_at (turns_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_price_list_row
create table if not exists price_list_row (
  list_id varchar(64) character set ascii collate ascii_bin not null,
  product_number varchar(255) not null,
  quantity_from bigint not null,
  price_minor bigint not null,
  primary key (list_id, product_number, quantity_from),
  check (quantity_from >= 1),
  check (price_minor >= 0)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_price_list_discount
create table if not exists price_list_discount (
  list_id varchar(64) character set ascii collate ascii_bin not null,
  goods varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  quantity_from bigint not null,
  percent_bps bigint not null,
  primary key (list_id, goods, name, quantity_from),
  check (quantity_from >= 1),
  check (percent_bps >= 0),
  check (percent_bps <= 10000)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_price_list_company
create table if not exists price_list_company (
  list_id varchar(64) character set ascii collate ascii_bin not null,
  company_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  assigned_at char(24) character set ascii collate ascii_bin not null,
  due tinyint not null,
  primary key (list_id, company_id),
  key ix_price_list_company_company_id (company_id),
  key ix_price_list_company_due_company_id (due, company_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_price_list_due
create table if not exists price_list_due (
  due_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  product_number varchar(255) not null,
  primary key (due_id)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_import_run
create table if not exists import_run (
  run_id varchar(64) character set ascii collate ascii_bin not null,
  programme_id varchar(64) character set ascii collate ascii_bin not null,
  kind varchar(64) character set ascii collate ascii_bin not null,
  shop_id varchar(64) character set ascii collate ascii_bin,
  price_list varchar(64) character set ascii collate ascii_bin,
  is_dry tinyint not null,
  idempotency_key varchar(191) character set ascii collate ascii_bin,
  content_hash varchar(64) character set ascii collate ascii_bin,
  actor varchar(255) not null,
  reason mediumtext not null,
  status varchar(64) character set ascii collate ascii_bin not null,
  slot bigint,
  rows_total bigint not null,
  units_total bigint not null,
  units_done bigint not null,
  units_failed bigint not null,
  units_created bigint not null,
  units_changed bigint not null,
  points bigint not null,
  faults bigint not null,
  created_at char(24) character set ascii collate ascii_bin not null,
  ended_at char(24) character set ascii collate ascii_bin,
  primary key (run_id),
  check (units_done + units_failed <= units_total),
  unique key uq_import_run_programme_id_idempotency_key (programme_id, idempotency_key),
  unique key uq_import_run_programme_id_slot (programme_id, slot),
  key ix_import_run_status_run_id (status, run_id),
  key ix_import_run_ended_at (ended_at)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_import_unit
create table if not exists import_unit (
  run_id varchar(64) character set ascii collate ascii_bin not null,
  unit_number bigint not null,
  subject varchar(191) character set ascii collate ascii_bin not null,
  first_row bigint not null,
  content mediumtext not null,
  attempts bigint not null,
  primary key (run_id, unit_number),
  unique key uq_import_unit_run_id_subject (run_id, subject)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- table_import_fault
create table if not exists import_fault (
  run_id varchar(64) character set ascii collate ascii_bin not null,
  fault_number bigint not null,
  at_row bigint not null,
  column_name varchar(255),
  value varchar(255),
  message mediumtext not null,
  primary key (run_id, fault_number)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- column_programme_version_created_by
alter table programme_version add column created_by varchar(255);

-- column_programme_version_published_by
alter table programme_version add column published_by varchar(255);

-- column_programme_version_made_from
alter table programme_version add column made_from mediumtext;

-- column_shop_branch_of
alter table shop add column branch_of varchar(64) character set ascii collate ascii_bin;

-- column_shop_branch_until
alter table shop add column branch_until char(24) character set ascii collate ascii_bin;

-- column_member_pending_referrals
alter table member add column pending_referrals bigint;

-- column_member_referral_points
alter table member add column referral_points bigint;

-- column_member_company_id
alter table member add column company_id varchar(64) character set ascii collate ascii_bin;

-- column_member_account_moved_lots
alter table member_account add column moved_lots tinyint;

-- column_member_identity_email_verified
alter table member_identity add column email_verified tinyint;

-- column_member_identity_company_name
alter table member_identity add column company_name varchar(255);

-- column_lot_origin_lot_id
alter table lot add column origin_lot_id varchar(191) character set ascii collate ascii_bin;

-- column_referral_friend_points
alter table referral add column friend_points bigint;

-- column_referral_friend_voucher_id
alter table referral add column friend_voucher_id varchar(64) character set ascii collate ascii_bin;

-- column_referral_reward_number
alter table referral add column reward_number bigint;

-- column_referral_rewarded_at
alter table referral add column rewarded_at char(24) character set ascii collate ascii_bin;

-- column_referral_fraud_score
alter table referral add column fraud_score bigint;

-- column_referral_decision_id
alter table referral add column decision_id varchar(64) character set ascii collate ascii_bin;

-- column_referral_verdict
alter table referral add column verdict varchar(64) character set ascii collate ascii_bin;

-- column_referral_verdict_by
alter table referral add column verdict_by varchar(255);

-- column_referral_verdict_reason
alter table referral add column verdict_reason mediumtext;

-- column_referral_verdict_at
alter table referral add column verdict_at char(24) character set ascii collate ascii_bin;

-- column_referral_counted
alter table referral add column counted tinyint;

-- column_voucher_origin
alter table voucher add column origin varchar(64) character set ascii collate ascii_bin;

-- column_voucher_percent_bps
alter table voucher add column percent_bps bigint;

-- column_voucher_minimum_minor
alter table voucher add column minimum_minor bigint;

-- column_voucher_remind_at
alter table voucher add column remind_at char(24) character set ascii collate ascii_bin;

-- column_voucher_reminder_days
alter table voucher add column reminder_days bigint;

-- column_voucher_remove_at
alter table voucher add column remove_at char(24) character set ascii collate ascii_bin;

-- column_voucher_used_at
alter table voucher add column used_at char(24) character set ascii collate ascii_bin;

-- column_voucher_used_shop_id
alter table voucher add column used_shop_id varchar(64) character set ascii collate ascii_bin;

-- column_voucher_used_order_id
alter table voucher add column used_order_id varchar(191) character set ascii collate ascii_bin;

-- column_voucher_withdrawn_at
alter table voucher add column withdrawn_at char(24) character set ascii collate ascii_bin;

-- column_member_event_channel_id
alter table member_event add column channel_id varchar(64) character set ascii collate ascii_bin;

-- column_measure_programme_counted_by
alter table measure_programme add column counted_by bigint;

-- column_webhook_delivery_lead_id
alter table webhook_delivery add column lead_id varchar(64) character set ascii collate ascii_bin;

-- column_mail_delivery_lead_id
alter table mail_delivery add column lead_id varchar(64) character set ascii collate ascii_bin;

-- column_terms_acceptance_shop_id
alter table terms_acceptance add column shop_id varchar(64) character set ascii collate ascii_bin;

-- column_what_if_run_with_preview
alter table what_if_run add column with_preview tinyint;

-- index_member_programme_id_joined_at
create index ix_member_programme_id_joined_at on member (programme_id, joined_at);

-- index_ledger_entry_programme_id_occurred_at
create index ix_ledger_entry_programme_id_occurred_at on ledger_entry (programme_id, occurred_at);

-- index_order_position_programme_id_placed_at
create index ix_order_position_programme_id_placed_at on order_position (programme_id, placed_at);

-- index_order_position_updated_at
create index ix_order_position_updated_at on order_position (updated_at);

-- index_tier_change_programme_id_effective_from
create index ix_tier_change_programme_id_effective_from on tier_change (programme_id, effective_from);

-- index_voucher_remind_at
create index ix_voucher_remind_at on voucher (remind_at);

-- index_voucher_remove_at
create index ix_voucher_remove_at on voucher (remove_at);

-- index_member_event_programme_id_recommends
create index ix_member_event_programme_id_recommends on member_event (programme_id, recommends);

-- index_company_approval_programme_id_status_approval_id
create index ix_company_approval_programme_id_status_approval_id on company_approval (programme_id, status, approval_id);

-- index_member_merge_merged_at
create index ix_member_merge_merged_at on member_merge (merged_at);

-- index_member_split_split_at
create index ix_member_split_split_at on member_split (split_at);

-- index_webhook_delivery_lead_id
create index ix_webhook_delivery_lead_id on webhook_delivery (lead_id);

-- index_mail_delivery_lead_id
create index ix_mail_delivery_lead_id on mail_delivery (lead_id);
