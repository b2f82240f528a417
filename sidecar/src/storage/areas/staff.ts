/** Who works on the admin pages: accounts for those without a shop around them, and addresses that a shop signed. */
import { table, type TableSchema } from '../table-schema';

export interface StaffAccountTable {
  staff_id: string;
  programme_id: string;
  /** As typed at the login, in lower case; one of a kind in all programmes. */
  name: string;
  role: string;
  /** Salted and slow, see security/password-hash.ts. */
  password_hash: string;
  /** Failed logins in a row. */
  failures: number;
  /** No login before. */
  locked_until: string | null;
  disabled: number;
  created_at: string;
  updated_at: string;
}

/** An address that has opened the pages, and does not do so again. */
export interface OpenedAddressTable {
  shop_id: string;
  nonce: string;
  /** When it is too old by itself. */
  expires_at: string;
}

export interface StaffTables {
  staff_account: StaffAccountTable;
  opened_address: OpenedAddressTable;
}

export const staffTables: readonly TableSchema[] = [
  table({
    name: 'staff_account',
    columns: {
      staff_id: 'key',
      programme_id: 'key',
      name: 'key',
      role: 'key',
      password_hash: 'text',
      failures: 'int',
      locked_until: 'time?',
      disabled: 'flag',
      created_at: 'time',
      updated_at: 'time',
    },
    primaryKey: ['staff_id'],
    unique: [['name']],
    index: [['programme_id', 'name']],
  }),
  table<'opened_address'>({
    name: 'opened_address',
    columns: { shop_id: 'key', nonce: 'key', expires_at: 'time' },
    primaryKey: ['shop_id', 'nonce'],
    index: [['expires_at']],
  }),
];
