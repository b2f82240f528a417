import { z } from 'zod';
import { FULFILMENT_STATES } from '../domain/catalogue-reward';
import { voucherCodes } from '../operations/reward-grants';
import type { Db } from '../storage/transaction';
import type { RewardRedemption } from '../stores/reward-store';

export const fulfilmentState = z.enum(FULFILMENT_STATES);

export const shownRedemption = z.strictObject({
  redemptionId: z.string(),
  programmeId: z.string(),
  memberId: z.string(),
  reward: z.string(),
  name: z.string(),
  quantity: z.int(),
  points: z.int(),
  state: fulfilmentState,
  shopId: z.string().nullable(),
  note: z.string().nullable(),
  requestedAt: z.string(),
  updatedAt: z.string(),
  decisionId: z.string(),
  /** Codes of vouchers that were handed over and still count. */
  vouchers: z.array(z.string()),
});

/** A redemption as the API shows it. */
export async function showRedemption(db: Db, row: RewardRedemption): Promise<z.input<typeof shownRedemption>> {
  return {
    redemptionId: row.redemption_id,
    programmeId: row.programme_id,
    memberId: row.member_id,
    reward: row.reward_code,
    name: row.reward_name,
    quantity: row.quantity,
    points: row.points,
    state: row.state,
    shopId: row.shop_id,
    note: row.note,
    requestedAt: row.requested_at,
    updatedAt: row.updated_at,
    decisionId: row.decision_id,
    vouchers: await voucherCodes(db, row),
  };
}
