import type { MemberMirror } from '../domain/mirror';
import { spentIntent } from '../ledger/hold';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { findMember, shownAccounts } from '../stores/member-store';
import type { OperationContext } from './context';
import { personalMirror, standingMirror, vouchersByShop } from './member-mirror';
import { projectCompany } from './project-company';
import { shownActivities } from './shown-activities';
import { shownTerms } from './shown-terms';

/** States what every shop of a member should show of them. The worker brings it there, after this transaction. */
export async function projectMember(trx: Trx, context: OperationContext, member: LockedMember): Promise<void> {
  const { memberId, programmeId, pending, available, held, debt } = member;
  const row = await findMember(trx, memberId);
  if (row.company_id !== null) {
    await projectCompany(trx, context, member, row.company_id);
    return;
  }
  const accounts = await shownAccounts(trx, [memberId]);
  if (accounts.length === 0) return;
  const now = context.clock.now();
  const programme = (await context.programmes.effectiveAt(trx, programmeId, now))?.programme ?? null;
  const account = { member_id: memberId, programme_id: programmeId, pending, available, held, debt };
  const mirror: Omit<MemberMirror, 'customerId' | 'vouchers'> = {
    ...(await standingMirror(trx, { account, ranked: row, programme, now })),
    ...(await personalMirror(trx, row, programme, now)),
    spentIntent: await spentIntent(trx, memberId),
    company: null,
    redeemLimit: null,
    version: member.version,
  };
  const termsIn = await shownTerms(trx, context, programme, row, now);
  const activitiesIn = shownActivities(context, programme, row);
  const vouchersIn = await vouchersByShop(trx, memberId, now);
  for (const { shop_id: shopId, customer_id: customerId } of accounts) {
    const pages = { ...termsIn(shopId), ...activitiesIn(shopId) };
    const state = { ...mirror, ...pages, vouchers: vouchersIn(shopId), customerId } satisfies MemberMirror;
    await setDesired(trx, { shopId, type: 'member', id: customerId, state }, now);
  }
}
