/** What members were told, and what they allow. */
import { table, type TableSchema } from '../table-schema';

/** A happening that was announced: once for its kind and key. */
export interface MemberNoticeTable {
  notice_id: string;
  programme_id: string;
  member_id: string;
  kind: string;
  notice_key: string;
  occurred_at: string;
  announced_at: string;
  /** JSON. */
  figures: string;
}

/** Member's consents and withdrawals, one after the other; never changed. */
export interface ConsentRecordTable {
  record_id: string;
  programme_id: string;
  member_id: string;
  purpose: string;
  granted: number;
  /** When the member said so. */
  occurred_at: string;
  recorded_at: string;
  /** Where the member said so, e.g. `checkout`. */
  source: string;
  /** Who entered it. */
  actor: string;
  /** Of the text the member agreed to. */
  text_version: string | null;
  decision_id: string;
}

/** Who was told that they may lose their tier; gone when they no longer may. */
export interface TierRiskTable {
  member_id: string;
  programme_id: string;
  tier: string;
  since: string;
}

/** Where an integrator is told. */
export interface WebhookEndpointTable {
  endpoint_id: string;
  programme_id: string;
  url: string;
  /** JSON list; null = all kinds. */
  kinds: string | null;
  /** Whether what needs consent is told also without it, because the receiver sees to that. */
  without_consent: number;
  /** Sealed. */
  secret: string;
  previous_secret: string | null;
  previous_valid_until: string | null;
  active: number;
  disabled_reason: string | null;
  created_at: string;
  updated_at: string;
}

/** What an endpoint is to be told, written with what happened. */
export interface WebhookDeliveryTable {
  delivery_id: string;
  endpoint_id: string;
  programme_id: string;
  /** Null = a ping. */
  member_id: string | null;
  kind: string;
  /** Exactly as it is sent; sealed where it is about a lead. */
  body: string;
  status: 'pending' | 'done' | 'dead';
  attempts: number;
  next_attempt_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  last_status: number | null;
  last_error: string | null;
  created_at: string;
  finished_at: string | null;
  /** Whose address is in the body, which is sealed then. */
  lead_id: string | null;
}

/** A mail of ours, written with what happened; its words are put together when it is sent. */
export interface MailDeliveryTable {
  mail_id: string;
  programme_id: string;
  /** Whose address the shop is asked for; null = it is in `sealed_address`. */
  member_id: string | null;
  /** The one shop it is about; null = any in which the member has an account. */
  shop_id: string | null;
  /** Of somebody who is no customer yet; gone as soon as the mail is sent or given up. */
  sealed_address: string | null;
  kind: string;
  /** JSON. */
  figures: string;
  /** Null = as the shop says. */
  language: string | null;
  status: 'pending' | 'done' | 'dead' | 'dropped';
  attempts: number;
  next_attempt_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  last_error: string | null;
  occurred_at: string;
  created_at: string;
  finished_at: string | null;
  /** Whose address it is: the mail goes with the lead. */
  lead_id: string | null;
}

/** The language that a member is told things in. */
export interface MemberLanguageTable {
  member_id: string;
  programme_id: string;
  language: 'en' | 'de' | 'es' | 'pt' | 'ru';
  /** The shop that said so, or `api`. */
  told_by: string;
  updated_at: string;
}

export interface MessageTables {
  member_language: MemberLanguageTable;
  mail_delivery: MailDeliveryTable;
  webhook_endpoint: WebhookEndpointTable;
  webhook_delivery: WebhookDeliveryTable;
  tier_risk: TierRiskTable;
  member_notice: MemberNoticeTable;
  consent_record: ConsentRecordTable;
}

export const messageTables: readonly TableSchema[] = [
  table<'webhook_endpoint'>({
    name: 'webhook_endpoint',
    columns: {
      endpoint_id: 'key',
      programme_id: 'key',
      url: 'text',
      kinds: 'text?',
      without_consent: 'flag',
      secret: 'text',
      previous_secret: 'text?',
      previous_valid_until: 'time?',
      active: 'flag',
      disabled_reason: 'name?',
      created_at: 'time',
      updated_at: 'time',
    },
    primaryKey: ['endpoint_id'],
    index: [['programme_id', 'active']],
  }),
  table<'webhook_delivery'>({
    name: 'webhook_delivery',
    columns: {
      delivery_id: 'key',
      endpoint_id: 'key',
      programme_id: 'key',
      member_id: 'key?',
      kind: 'key',
      body: 'text',
      status: 'key',
      attempts: 'int',
      next_attempt_at: 'time',
      lease_owner: 'key?',
      lease_until: 'time?',
      last_status: 'int?',
      last_error: 'text?',
      created_at: 'time',
      finished_at: 'time?',
      lead_id: 'key?',
    },
    added: ['lead_id'],
    addedIndex: [['lead_id']],
    primaryKey: ['delivery_id'],
    index: [
      ['status', 'next_attempt_at'],
      ['endpoint_id', 'status', 'next_attempt_at'],
      ['endpoint_id', 'delivery_id'],
      ['member_id'],
    ],
  }),
  table<'member_language'>({
    name: 'member_language',
    columns: { member_id: 'key', programme_id: 'key', language: 'key', told_by: 'key', updated_at: 'time' },
    primaryKey: ['member_id'],
  }),
  table<'mail_delivery'>({
    name: 'mail_delivery',
    columns: {
      mail_id: 'key',
      programme_id: 'key',
      member_id: 'key?',
      shop_id: 'key?',
      sealed_address: 'text?',
      kind: 'key',
      figures: 'text',
      language: 'key?',
      status: 'key',
      attempts: 'int',
      next_attempt_at: 'time',
      lease_owner: 'key?',
      lease_until: 'time?',
      last_error: 'text?',
      occurred_at: 'time',
      created_at: 'time',
      finished_at: 'time?',
      lead_id: 'key?',
    },
    added: ['lead_id'],
    addedIndex: [['lead_id']],
    primaryKey: ['mail_id'],
    index: [['status', 'next_attempt_at'], ['programme_id', 'mail_id'], ['member_id']],
  }),
  table<'tier_risk'>({
    name: 'tier_risk',
    columns: { member_id: 'key', programme_id: 'key', tier: 'key', since: 'time' },
    primaryKey: ['member_id'],
  }),
  table<'member_notice'>({
    name: 'member_notice',
    columns: {
      notice_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      kind: 'key',
      notice_key: 'longKey',
      occurred_at: 'time',
      announced_at: 'time',
      figures: 'text',
    },
    primaryKey: ['notice_id'],
    unique: [['member_id', 'kind', 'notice_key']],
    index: [['announced_at']],
  }),
  table<'consent_record'>({
    name: 'consent_record',
    columns: {
      record_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      purpose: 'key',
      granted: 'flag',
      occurred_at: 'time',
      recorded_at: 'time',
      source: 'name',
      actor: 'name',
      text_version: 'name?',
      decision_id: 'key',
    },
    primaryKey: ['record_id'],
    index: [['member_id', 'purpose', 'occurred_at']],
  }),
];
