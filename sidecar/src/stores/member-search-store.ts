import type { Db } from '../storage/transaction';

export interface MemberSearch {
  readonly programmeId: string;
  readonly text: string;
  /** Of the text, when it is an address. */
  readonly emailHash: string | null;
}

/** Enough for what people type; more would be no answer to a search. */
const MOST = 50;

/**
 * Ids of members that a text names as a whole: by address, customer id, order number, referral code or member id. Names are not
 * kept, so there is nothing to search in parts.
 */
export async function namedMemberIds(db: Db, { programmeId, text, emailHash }: MemberSearch): Promise<string[]> {
  const inProgramme = db.selectFrom('member').select('member_id').where('programme_id', '=', programmeId);
  const identities = db.selectFrom('member_identity').select('member_id').limit(MOST);
  const codes = db.selectFrom('referral_code').select('member_id').where('programme_id', '=', programmeId);
  const shops = await db.selectFrom('shop').select('shop_id').where('programme_id', '=', programmeId).execute();
  // Named one by one, so that every database looks them up by the whole of an index, however many members there are.
  const shopIds = shops.map(({ shop_id: shopId }) => shopId);
  const inShops = shopIds.length > 0;
  const orders = db.selectFrom('order_position').select('member_id').where('shop_id', 'in', shopIds).limit(MOST);
  const found = await Promise.all([
    inProgramme.where('member_id', '=', text).execute(),
    emailHash === null ? [] : identities.where('programme_id', '=', programmeId).where('email_hash', '=', emailHash).execute(),
    inShops ? identities.where('shop_id', 'in', shopIds).where('customer_id', '=', text).execute() : [],
    inShops ? orders.where('order_number', '=', text).execute() : [],
    codes.where('code', '=', text).execute(),
  ]);
  return [...new Set(found.flat().map(({ member_id: memberId }) => memberId))];
}
