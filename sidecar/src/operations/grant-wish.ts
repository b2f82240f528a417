import type { FulfilmentState } from '../domain/catalogue-reward';
import { refuse, type Result } from '../domain/result';
import { isStaleWish, shownFigures, type Wish, type WishAnswer, type WishKind } from '../domain/wish';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { findBuyer } from '../stores/company-store';
import { findRedemption } from '../stores/reward-store';
import { findWish, insertWish, shownAnswer, type WishRow } from '../stores/wish-store';
import type { OperationContext } from './context';
import { decideApproval, type ApprovalDecision } from './decide-approval';
import { findNamedMember } from './find-member';
import { moveRedemption } from './move-redemption';
import { payCashback } from './pay-cashback';
import { projectMember } from './project-member';
import { redeemReward } from './redeem-reward';

export interface AskedWish {
  readonly programmeId: string;
  readonly shopId: string;
  readonly customerId: string;
  readonly wish: Wish;
}

/** What a member may take back by themselves: nobody has begun to hand it over. */
const MEMBERS_CANCEL: readonly FulfilmentState[] = ['requested'];
const ACTOR = 'member';

/** Does what a member asked for on a page of their shop, once, and keeps the answer for the page. Asked again, it answers the same. */
export async function grantWish(context: OperationContext, asked: AskedWish): Promise<WishAnswer> {
  const { db, clock } = context;
  const { programmeId, shopId, customerId, wish } = asked;
  const named = await findNamedMember(db, programmeId, { shopId, customerId });
  if (!named.ok) return answered(asked, named, clock.now());
  const known = await findWish(db, shopId, wish.key);
  if (known) return knownAnswer(asked, known, named.value, clock.now());
  const result = isStaleWish(wish, clock.now()) ? refuse('wish_too_old') : await GRANTS[wish.kind](context, asked, named.value);
  return inTransaction(db, async (trx) => {
    const member = await lockMember(trx, named.value);
    const answer = answered(asked, result, clock.now());
    const row: WishRow = {
      shop_id: shopId,
      wish_key: wish.key,
      member_id: member.memberId,
      kind: wish.kind,
      code: wish.code,
      granted: answer.isGranted ? 1 : 0,
      reason: answer.reason,
      figures: JSON.stringify(answer.figures),
      answered_at: answer.at,
    };
    if (await insertWish(trx, row)) await projectMember(trx, context, member);
    return answer;
  });
}

type Grant = (context: OperationContext, asked: AskedWish, memberId: string) => Promise<Result<unknown>>;

const GRANTS: Readonly<Record<WishKind, Grant>> = {
  reward: (context, asked) => {
    const { programmeId, shopId, wish } = asked;
    const request = { programmeId, shopId, rewardCode: wish.code, quantity: 1, note: null };
    return redeemReward(context, { ...request, ...asking(asked) });
  },
  cancel: async (context, { wish }, memberId) => {
    const redemption = await findRedemption(context.db, wish.code);
    if (redemption?.member_id !== memberId) return refuse('unknown_redemption');
    const move = { redemptionId: wish.code, state: 'cancelled' as const, actor: ACTOR, note: null };
    return moveRedemption(context, { ...move, onlyFrom: MEMBERS_CANCEL });
  },
  cashback: (context, asked) =>
    payCashback(context, { programmeId: asked.programmeId, code: asked.wish.code, points: null, ...asking(asked) }),
  approve: answering('approved'),
  refuse: answering('refused'),
};

/** Whether the member may answer the request at all, the decision itself looks at. */
function answering(decision: ApprovalDecision['decision']): Grant {
  return async (context, { wish }, memberId) => {
    const approver = await findBuyer(context.db, memberId);
    if (!approver) return refuse('not_an_approver');
    const answer = { companyId: approver.company_id, approvalId: wish.code, approverId: memberId, decision };
    return decideApproval(context, { ...answer, reason: 'answered on the account page', actor: ACTOR });
  };
}

/** The books know a wish by its key too, so that one broken off before it was answered is not granted twice. */
function asking({ shopId, customerId, wish }: AskedWish) {
  return { member: { shopId, customerId }, actor: ACTOR, idempotencyKey: `wish:${shopId}:${wish.key}` };
}

function knownAnswer(asked: AskedWish, known: WishRow, memberId: string, now: string): WishAnswer {
  const { kind, code } = asked.wish;
  const isSame = known.member_id === memberId && known.kind === kind && known.code === code;
  return isSame ? shownAnswer(known) : answered(asked, refuse('idempotency_mismatch'), now);
}

function answered({ wish: { key, kind, code } }: AskedWish, result: Result<unknown>, at: string): WishAnswer {
  const about = { key, kind, code, at };
  if (result.ok) return { ...about, isGranted: true, reason: null, figures: {} };
  const { reason: why } = result.details;
  const reason = typeof why === 'string' && why !== '' ? why : result.code;
  return { ...about, isGranted: false, reason, figures: shownFigures(result.details) };
}
