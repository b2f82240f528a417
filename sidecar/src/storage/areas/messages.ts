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

export interface MessageTables {
  tier_risk: TierRiskTable;
  member_notice: MemberNoticeTable;
  consent_record: ConsentRecordTable;
}

export const messageTables: readonly TableSchema[] = [
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
