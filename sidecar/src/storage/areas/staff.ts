/** Who works on the admin pages without a shop around them. */
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

export interface StaffTables {
  staff_account: StaffAccountTable;
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
];
