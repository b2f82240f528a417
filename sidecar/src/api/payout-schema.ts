import { z } from 'zod';
import { PAYOUT_STATES } from '../domain/cashback';
import type { Payout } from '../stores/cashback-store';

export const payoutState = z.enum(PAYOUT_STATES);

export const shownPayout = z.strictObject({
  payoutId: z.string(),
  programmeId: z.string(),
  memberId: z.string(),
  cashback: z.string(),
  name: z.string(),
  points: z.int(),
  valueMinor: z.int(),
  currency: z.string(),
  kind: z.enum(['voucher', 'credit']),
  state: payoutState,
  voucherId: z.string().nullable(),
  /** Of the calendar period it was paid for; null = the member asked. */
  periodStart: z.string().nullable(),
  requestedAt: z.string(),
  settledAt: z.string().nullable(),
  settledBy: z.string().nullable(),
  note: z.string().nullable(),
  decisionId: z.string(),
});

/** A payout as the API shows it. */
export function showPayout(row: Payout): z.input<typeof shownPayout> {
  return {
    payoutId: row.payout_id,
    programmeId: row.programme_id,
    memberId: row.member_id,
    cashback: row.cashback_code,
    name: row.cashback_name,
    points: row.points,
    valueMinor: row.value_minor,
    currency: row.currency,
    kind: row.kind,
    state: row.state,
    voucherId: row.voucher_id,
    periodStart: row.period_start,
    requestedAt: row.requested_at,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
    note: row.settled_note,
    decisionId: row.decision_id,
  };
}
