/** Persons who were erased, and what keeps them from coming back by a late word of a shop. */
import { table, type TableSchema } from '../table-schema';

/** A member of whom nothing personal is kept any more. Their entries and amounts stay, under the same pseudonymous id. */
export interface MemberErasureTable {
  member_id: string;
  programme_id: string;
  /** What asked for it, once: `staff:…` or `shop:…`. */
  source_key: string;
  decision_id: string;
  erased_at: string;
}

/** A shop account of somebody who was erased, recognised by a keyed hash alone. */
export interface ErasedCustomerTable {
  shop_id: string;
  customer_hash: string;
  member_id: string;
  erased_at: string;
  /** Afterwards the shop account would be a new member. */
  keep_until: string;
}

/** What a member accepted; never changed. */
export interface TermsAcceptanceTable {
  acceptance_id: string;
  programme_id: string;
  member_id: string;
  version: string;
  language: string;
  /** SHA-256 of the text, or of the address of the merchant's page. */
  text_hash: string;
  /** When the member said so. */
  accepted_at: string;
  recorded_at: string;
  /** Where the member said so, e.g. `account`. */
  source: string;
  /** Who entered it. */
  actor: string;
  decision_id: string;
  /** The shop whose own terms they are; null = the programme's. */
  shop_id: string | null;
}

/** How far shops were told of a moment of the terms: a version begins, or its notice ends. */
export interface TermsRunTable {
  programme_id: string;
  moment: string;
  after_member: string;
}

export interface PrivacyTables {
  terms_acceptance: TermsAcceptanceTable;
  terms_run: TermsRunTable;
  member_erasure: MemberErasureTable;
  erased_customer: ErasedCustomerTable;
}

export const privacyTables: readonly TableSchema[] = [
  table<'terms_acceptance'>({
    name: 'terms_acceptance',
    columns: {
      acceptance_id: 'key',
      programme_id: 'key',
      member_id: 'key',
      version: 'key',
      language: 'key',
      text_hash: 'key',
      accepted_at: 'time',
      recorded_at: 'time',
      source: 'name',
      actor: 'name',
      decision_id: 'key',
      shop_id: 'key?',
    },
    added: ['shop_id'],
    primaryKey: ['acceptance_id'],
    index: [['member_id', 'accepted_at']],
  }),
  table<'terms_run'>({
    name: 'terms_run',
    columns: { programme_id: 'key', moment: 'key', after_member: 'key' },
    primaryKey: ['programme_id', 'moment'],
  }),
  table<'member_erasure'>({
    name: 'member_erasure',
    columns: { member_id: 'key', programme_id: 'key', source_key: 'longKey', decision_id: 'key', erased_at: 'time' },
    primaryKey: ['member_id'],
    unique: [['programme_id', 'source_key']],
  }),
  table<'erased_customer'>({
    name: 'erased_customer',
    columns: { shop_id: 'key', customer_hash: 'key', member_id: 'key', erased_at: 'time', keep_until: 'time' },
    primaryKey: ['shop_id', 'customer_hash'],
    index: [['member_id'], ['keep_until']],
  }),
];
