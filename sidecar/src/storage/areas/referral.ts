/** Who was invited by whom, before they have bought anything. */
import { table, type TableSchema } from '../table-schema';

export interface ReferralInvitationTable {
  programme_id: string;
  friend_member_id: string;
  referrer_member_id: string;
  code: string;
  registered_at: string;
}

export interface ReferralTables {
  referral_invitation: ReferralInvitationTable;
}

export const referralTables: readonly TableSchema[] = [
  table<'referral_invitation'>({
    name: 'referral_invitation',
    columns: {
      programme_id: 'key',
      friend_member_id: 'key',
      referrer_member_id: 'key',
      code: 'key',
      registered_at: 'time',
    },
    primaryKey: ['programme_id', 'friend_member_id'],
    index: [['referrer_member_id']],
  }),
];
