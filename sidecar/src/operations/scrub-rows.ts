import { scrubbed } from '../domain/scrub';
import { canonicalJson } from '../storage/canonical-json';
import type { Row } from '../storage/tables';
import type { Trx } from '../storage/transaction';
import { deleteLeads } from '../stores/lead-store';
import { erasedKey } from '../stores/member-store';
import { dropPreviewOrders } from '../stores/preview-order-store';

/** What becomes of each table with a member in it when a person is erased. */
export const ERASED: Readonly<Record<string, string>> = {
  member: 'stays, without tier and referral code',
  member_account: 'stays, empty: its chain is proved like any other',
  member_identity: 'loses the e-mail hash and group; a random pseudonym takes the place of the customer id',
  ledger_entry: 'stays: it names nobody, only ids of our own and of orders',
  ledger_posting: 'stays: it names nobody',
  lot: 'stays, empty',
  hold: 'stays resolved, without what the cart was called',
  order_position: 'stays, with amounts, goods and instants; whose it was goes, and nothing of it is due any more',
  gift_grant: 'stays: a product and a quantity',
  campaign_grant: 'stays: an amount of a campaign',
  volume_reward: 'stays: an amount of a window',
  voucher: 'stays, no longer usable',
  next_purchase: 'ends, where it was waiting',
  company: 'stays: its account is nobody, and whoever buys for it leaves it first',
  company_member: 'goes before: whoever buys for a company leaves it first',
  company_tenure: 'stays: ids of our own and instants',
  company_order: 'stays: the order is the company’s, without the customer',
  company_hold: 'stays: ids of our own',
  company_approval: 'stays resolved, without what the cart was called',
  adjustment_request: 'stays as points and answer, without reasons; one that waits is withdrawn',
  cashback_payout: 'stays as an amount, without notes',
  challenge_award: 'stays: an amount and a badge',
  membership_purchase: 'stays: a plan and how long it was bought',
  membership_spell: 'stays, and nothing more is told of it',
  membership_welcome: 'stays: an amount of a plan',
  member_profile: 'goes, and the birthday with it',
  member_language: 'goes',
  occasion_reward: 'goes: its day is the birthday',
  referral_invitation: 'goes',
  reward_redemption: 'stays as reward and amount, without what the member wrote',
  reward_redemption_step: 'stays as state and instant, without notes',
  webhook_delivery: 'goes, also what has yet to be sent',
  mail_delivery: 'goes, also what has yet to be sent',
  referral_code: 'goes, and the code with it',
  referral: 'keeps the ids; one that was open ends without reward',
  decision: 'stays, with figures, codes and instants of its inputs, outcome and reasons',
  tier_change: 'stays: codes and instants',
  manual_tier: 'goes',
  measure_member: 'stays: days on which somebody counts in sums',
  measure_member_month: 'stays: months in which somebody counts in sums',
  measure_due_member: 'stays until the member is counted',
  tier_risk: 'goes',
  member_segment: 'ends',
  member_event: 'stays as kind and instant, without what was said',
  activity_reward: 'stays as an amount, without what it was for',
  member_notice: 'goes',
  signup_lead: 'goes, and what was still to be sent to the address',
  terms_acceptance: 'stays as version, language and instant: proof of what was agreed',
  member_wish: 'goes',
  consent_record: 'stays as purpose, answer and instant: proof of what was allowed',
  member_merge: 'stays: ids of our own',
  member_split: 'loses the customer id, as the account does',
  member_erasure: 'says that it was done',
  erased_customer: 'says so to late words of a shop, by keyed hash',
};

export interface ErasedPerson {
  readonly memberId: string;
  /** Of the member and all who became part of it. */
  readonly ids: readonly string[];
  readonly accounts: readonly Row<'member_identity'>[];
  readonly now: string;
  readonly pseudonym: () => string;
}

const ROWS_A_PAGE = 500;

/** Tables whose rows of the person go. */
const GOING = [
  'manual_tier',
  'tier_risk',
  'member_notice',
  'referral_code',
  'member_profile',
  'member_language',
  'occasion_reward',
  'webhook_delivery',
  'member_wish',
  'mail_delivery',
] as const;

/** Takes the person out of every row that stays. The member is locked, the points are written off. */
export async function scrubRows(trx: Trx, person: ErasedPerson): Promise<void> {
  const { ids } = person;
  await scrubOrders(trx, person);
  await scrubCompanyOrders(trx, person);
  await scrubDecisions(trx, person);
  await trx.updateTable('company_approval').set({ cart_ref: 'erased' }).where('member_id', 'in', ids).execute();
  await forgetRequests(trx, ids);
  await trx.updateTable('hold').set({ cart_ref: 'erased' }).where('member_id', 'in', ids).execute();
  const nothingSaid = { data: '{}', subject: null, content_hash: 'erased', recommends: null };
  await trx.updateTable('member_event').set(nothingSaid).where('member_id', 'in', ids).execute();
  await trx.updateTable('activity_reward').set({ subject: null }).where('member_id', 'in', ids).execute();
  await trx.updateTable('terms_acceptance').set({ source: 'erased', actor: 'erased' }).where('member_id', 'in', ids).execute();
  await trx.updateTable('consent_record').set({ source: 'erased', actor: 'erased' }).where('member_id', 'in', ids).execute();
  await forgetLeads(trx, person);
  await scrubRewards(trx, ids);
  await endMembership(trx, person);
  await scrubAccounts(trx, person);
}

/** Nothing is given to whoever is gone. */
async function forgetRequests(trx: Trx, ids: readonly string[]): Promise<void> {
  const requests = trx.updateTable('adjustment_request').where('member_id', 'in', ids);
  await requests.set({ status: 'withdrawn' }).where('status', '=', 'pending').execute();
  await requests.set({ reason: 'erased', decided_reason: null }).execute();
}

/** Also one they have not joined by, under an address that a shop knows. */
async function forgetLeads(trx: Trx, { ids, accounts }: ErasedPerson): Promise<void> {
  const joined = await trx.selectFrom('signup_lead').select('email_hash').where('member_id', 'in', ids).execute();
  const known = [...joined, ...accounts].flatMap(({ email_hash: hash }) => (hash === null ? [] : [hash]));
  const programmeId = accounts[0]?.programme_id;
  if (programmeId !== undefined) await deleteLeads(trx, programmeId, known);
}

/** What they took for points, and what was written about it. */
async function scrubRewards(trx: Trx, ids: readonly string[]): Promise<void> {
  await trx.updateTable('reward_redemption').set({ note: null, content_hash: 'erased' }).where('member_id', 'in', ids).execute();
  await trx.updateTable('reward_redemption_step').set({ note: null }).where('member_id', 'in', ids).execute();
  await trx
    .updateTable('cashback_payout')
    .set({ settled_note: null, content_hash: 'erased' })
    .where('member_id', 'in', ids)
    .execute();
  await trx.updateTable('membership_spell').set({ lapsed: 1, ending_told: 1 }).where('member_id', 'in', ids).execute();
}

async function endMembership(trx: Trx, { ids, now }: ErasedPerson): Promise<void> {
  for (const table of GOING) {
    await trx.deleteFrom(table).where('member_id', 'in', ids).execute();
  }
  await trx
    .updateTable('member_segment')
    .set({ left_at: now })
    .where('member_id', 'in', ids)
    .where('left_at', 'is', null)
    .execute();
  await trx
    .updateTable('next_purchase')
    .set({ status: 'withdrawn', due_at: null })
    .where('member_id', 'in', ids)
    .where('status', '=', 'waiting')
    .execute();
  const member = { tier: null, tier_since: null, tier_missed_since: null, referral_code: null };
  await trx.updateTable('member').set(member).where('member_id', 'in', ids).execute();
  for (const side of ['friend_member_id', 'referrer_member_id'] as const) {
    await trx
      .updateTable('referral')
      .set({ status: 'refused', reason: null, due_at: null, resolved_at: now })
      .where(side, 'in', ids)
      .where('status', 'in', ['open', 'review'])
      .execute();
    await trx.deleteFrom('referral_invitation').where(side, 'in', ids).execute();
    await trx.updateTable('referral').set({ code: 'erased', verdict_reason: null, counted: 1 }).where(side, 'in', ids).execute();
  }
}

/** Orders keep what they were; what was to come of them has been written off. */
async function scrubOrders(trx: Trx, { ids, accounts, now }: ErasedPerson): Promise<void> {
  let after = { shop_id: '', order_id: '' };
  for (;;) {
    const page = await trx
      .selectFrom('order_position')
      .select(['shop_id', 'order_id', 'snapshot'])
      .where('member_id', 'in', ids)
      .where((eb) =>
        eb.or([
          eb('shop_id', '>', after.shop_id),
          eb.and([eb('shop_id', '=', after.shop_id), eb('order_id', '>', after.order_id)]),
        ]),
      )
      .orderBy('shop_id')
      .orderBy('order_id')
      .limit(ROWS_A_PAGE)
      .execute();
    for (const { shop_id: shopId, order_id: orderId, snapshot } of page) {
      await trx
        .updateTable('order_position')
        .set({
          snapshot: canonicalJson(scrubbed(JSON.parse(snapshot))),
          staff_refunds: null,
          released: 1,
          pending_points: 0,
          available_points: 0,
          updated_at: now,
        })
        .where('shop_id', '=', shopId)
        .where('order_id', '=', orderId)
        .execute();
    }
    await forgetOrders(trx, page, accounts);
    after = page[ROWS_A_PAGE - 1] ?? after;
    if (page.length < ROWS_A_PAGE) return;
  }
}

/** What the person ordered for a company is the company's; only that it was them goes. */
async function scrubCompanyOrders(trx: Trx, { ids, accounts }: ErasedPerson): Promise<void> {
  let after = { shop_id: '', order_id: '' };
  for (;;) {
    const page = await trx
      .selectFrom('company_order')
      .innerJoin('order_position', (join) =>
        join
          .onRef('order_position.shop_id', '=', 'company_order.shop_id')
          .onRef('order_position.order_id', '=', 'company_order.order_id'),
      )
      .select(['company_order.shop_id', 'company_order.order_id', 'order_position.snapshot'])
      .where('company_order.member_id', 'in', ids)
      .where((eb) =>
        eb.or([
          eb('company_order.shop_id', '>', after.shop_id),
          eb.and([eb('company_order.shop_id', '=', after.shop_id), eb('company_order.order_id', '>', after.order_id)]),
        ]),
      )
      .orderBy('company_order.shop_id')
      .orderBy('company_order.order_id')
      .limit(ROWS_A_PAGE)
      .execute();
    for (const { shop_id: shopId, order_id: orderId, snapshot } of page) {
      await trx
        .updateTable('order_position')
        .set({ snapshot: canonicalJson(scrubbed(JSON.parse(snapshot))) })
        .where('shop_id', '=', shopId)
        .where('order_id', '=', orderId)
        .execute();
    }
    await forgetOrders(trx, page, accounts);
    after = page[ROWS_A_PAGE - 1] ?? after;
    if (page.length < ROWS_A_PAGE) return;
  }
}

/** What was decided about them, under whichever member they were then, and what shops said of them. */
async function forgetOrders(
  trx: Trx,
  orders: readonly Pick<Row<'order_position'>, 'shop_id' | 'order_id'>[],
  accounts: readonly Row<'member_identity'>[],
): Promise<void> {
  const programmeId = accounts[0]?.programme_id;
  for (const shopId of new Set(orders.map((order) => order.shop_id))) {
    const keys = orders.filter((order) => order.shop_id === shopId).map((order) => `order:${order.order_id}`);
    await trx.deleteFrom('inbox_message').where('shop_id', '=', shopId).where('resource_key', 'in', keys).execute();
  }
  if (programmeId === undefined || orders.length === 0) return;
  const subjects = orders.map(({ shop_id: shopId, order_id: orderId }) => `order:${shopId}:${orderId}`);
  const decisions = await trx
    .selectFrom('decision')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('subject', 'in', subjects)
    .where('kind', '=', 'order_entitlement')
    .execute();
  for (const decision of decisions) await scrubDecision(trx, decision);
}

/** All of the person's own, and of members an account was parted from those that name it. */
async function scrubDecisions(trx: Trx, { ids, accounts }: ErasedPerson): Promise<void> {
  await eachDecision(trx, ids, (decision) => scrubDecision(trx, decision));
  const splits = await trx.selectFrom('member_split').selectAll().where('member_id', 'in', ids).execute();
  const former = splits.map((split) => split.from_member_id);
  if (former.length === 0) return;
  const merged = await trx.selectFrom('member_merge').select('absorbed_member_id').where('member_id', 'in', former).execute();
  const named = accounts.flatMap((account) => [
    account.customer_id,
    ...(account.email_hash === null ? [] : [account.email_hash]),
  ]);
  await eachDecision(trx, [...former, ...merged.map((row) => row.absorbed_member_id)], async (decision) => {
    const text = decision.inputs + decision.outcome + decision.reasons;
    if (named.some((name) => text.includes(JSON.stringify(name)))) await scrubDecision(trx, decision);
  });
}

async function eachDecision(
  trx: Trx,
  ids: readonly string[],
  apply: (decision: Row<'decision'>) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const page = await trx
      .selectFrom('decision')
      .selectAll()
      .where('member_id', 'in', ids)
      .where('decision_id', '>', after)
      .orderBy('decision_id')
      .limit(ROWS_A_PAGE)
      .execute();
    for (const decision of page) await apply(decision);
    after = page[ROWS_A_PAGE - 1]?.decision_id ?? after;
    if (page.length < ROWS_A_PAGE) return;
  }
}

export async function scrubDecision(trx: Trx, decision: Row<'decision'>): Promise<void> {
  const scrub = (text: string): string => JSON.stringify(scrubbed(JSON.parse(text)));
  await trx
    .updateTable('decision')
    .set({ inputs: scrub(decision.inputs), outcome: scrub(decision.outcome), reasons: scrub(decision.reasons) })
    .where('decision_id', '=', decision.decision_id)
    .execute();
}

async function scrubAccounts(trx: Trx, { accounts, pseudonym }: ErasedPerson): Promise<void> {
  for (const { shop_id: shopId, customer_id: customerId } of accounts) {
    await scrubAccount(trx, shopId, customerId, pseudonym());
  }
}

/** One account: the row stays under a name that means nothing, and what the shop said of the customer goes. */
export async function scrubAccount(trx: Trx, shopId: string, customerId: string, pseudonym: string): Promise<void> {
  const key = erasedKey(pseudonym);
  await dropPreviewOrders(trx, shopId, customerId);
  await trx
    .updateTable('member_identity')
    .set({ customer_id: key, email_hash: null, customer_group: null, email_verified: 0, company_name: null })
    .where('shop_id', '=', shopId)
    .where('customer_id', '=', customerId)
    .execute();
  await trx
    .updateTable('member_split')
    .set({ customer_id: key, content_hash: 'erased' })
    .where('shop_id', '=', shopId)
    .where('customer_id', '=', customerId)
    .execute();
  await trx
    .deleteFrom('inbox_message')
    .where('shop_id', '=', shopId)
    .where('resource_key', '=', `customer:${customerId}`)
    .execute();
  await trx
    .deleteFrom('writeback_attempt')
    .where('shop_id', '=', shopId)
    .where('resource_type', '=', 'member')
    .where('resource_id', '=', customerId)
    .execute();
}
