/** Addresses that were left in a form, before there is an account. */
import { table, type TableSchema } from '../table-schema';

/** One an address and programme, whatever comes of it: so nothing is given twice. */
export interface LeadTable {
  lead_id: string;
  programme_id: string;
  shop_id: string;
  email_hash: string;
  /** Sealed, until it is confirmed or expired; null afterwards. */
  email: string | null;
  language: string;
  /** Of the text that was agreed to, with its SHA-256. */
  text_version: string;
  text_hash: string;
  source: string;
  status: 'requested' | 'confirmed' | 'joined' | 'expired' | 'withdrawn';
  requested_at: string;
  expires_at: string;
  mails: number;
  mailed_at: string;
  /** Keyed hash of the network address. */
  requested_by: string | null;
  confirmed_at: string | null;
  confirmed_by: string | null;
  /** When it became what it is. */
  updated_at: string;
  /** Who registered with it. */
  member_id: string | null;
}

export interface LeadAreaTables {
  signup_lead: LeadTable;
}

export const leadTables: readonly TableSchema[] = [
  table<'signup_lead'>({
    name: 'signup_lead',
    columns: {
      lead_id: 'key',
      programme_id: 'key',
      shop_id: 'key',
      email_hash: 'key',
      email: 'text?',
      language: 'key',
      text_version: 'name',
      text_hash: 'key',
      source: 'name',
      status: 'key',
      requested_at: 'time',
      expires_at: 'time',
      mails: 'int',
      mailed_at: 'time',
      requested_by: 'key?',
      confirmed_at: 'time?',
      confirmed_by: 'key?',
      updated_at: 'time',
      member_id: 'key?',
    },
    primaryKey: ['lead_id'],
    unique: [['programme_id', 'email_hash']],
    index: [['status', 'expires_at'], ['requested_by', 'mailed_at'], ['status', 'updated_at'], ['member_id']],
  }),
];
