/** What members asked for on pages of the shops, each answered once. */
import { table, type TableSchema } from '../table-schema';

export interface MemberWishTable {
  shop_id: string;
  wish_key: string;
  member_id: string;
  kind: 'reward' | 'cancel' | 'cashback' | 'approve' | 'refuse';
  code: string;
  granted: number;
  /** Why it was refused; null = it was granted. */
  reason: string | null;
  /** JSON of the reason's figures. */
  figures: string;
  answered_at: string;
}

export interface WishTables {
  member_wish: MemberWishTable;
}

export const wishTables: readonly TableSchema[] = [
  table<'member_wish'>({
    name: 'member_wish',
    columns: {
      shop_id: 'key',
      wish_key: 'key',
      member_id: 'key',
      kind: 'key',
      code: 'key',
      granted: 'flag',
      reason: 'key?',
      figures: 'text',
      answered_at: 'time',
    },
    primaryKey: ['shop_id', 'wish_key'],
    index: [['member_id', 'answered_at'], ['answered_at']],
  }),
];
