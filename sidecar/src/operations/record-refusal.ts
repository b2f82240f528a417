import type { Reason } from '../domain/reason';
import type { Db } from '../storage/transaction';
import { decisionIdOf, recordDecisionOnce } from '../stores/decision-store';
import { findIdentity } from '../stores/member-store';
import type { OperationContext } from './context';

export interface RefusedWish {
  readonly kind: 'hold_refused' | 'checkout_refused';
  readonly programmeId: string;
  readonly shopId: string;
  /** Null for guests. */
  readonly customerId: string | null;
  readonly subject: string;
  /** What makes the wish itself, however often it is uttered. */
  readonly wish: string;
  readonly inputs: unknown;
  readonly reason: Reason;
}

/** Keeps why a wish was refused. A cart asks again with every page: the same refusal of the same wish is kept once. */
export async function recordRefusal(db: Db, context: OperationContext, refused: RefusedWish): Promise<void> {
  const { kind, programmeId, shopId, customerId, subject } = refused;
  const now = context.clock.now();
  const identity = customerId === null ? undefined : await findIdentity(db, shopId, customerId);
  const published = await context.programmes.effectiveAt(db, programmeId, now);
  await recordDecisionOnce(db, {
    decisionId: decisionIdOf([kind, shopId, customerId, refused.wish, refused.reason.code]),
    programmeId,
    memberId: identity?.member_id ?? null,
    kind,
    subject,
    programmeVersionId: published?.versionId ?? null,
    decidedAt: now,
    inputs: refused.inputs,
    outcome: { refused: true },
    reasons: [refused.reason],
  });
}
