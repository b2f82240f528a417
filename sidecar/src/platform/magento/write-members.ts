import { z } from 'zod';
import type { MemberMirror, ShownVoucher } from '../../domain/mirror';
import { toMajor } from '../../domain/money';
import { ShopApiError } from '../../errors';
import type { ConnectedShop, PushOutcome } from '../platform';
import type { MagentoClient } from './client';
import { groupMode, ShopGroups } from './customer-groups';
import { groupCode, priceListKey } from './names';

interface MemberResource {
  readonly id: string;
  readonly state: MemberMirror | null;
}

const answerSchema = z.array(
  z.object({
    customer_id: z.number(),
    status: z.enum(['ok', 'stale', 'unknown_customer', 'error']),
    message: z.string().nullish(),
  }),
);
const customerSchema = z.object({ group_id: z.number() });

/** The mirror in one call to our module, then the customer groups that differ. */
export async function pushMembers(
  client: MagentoClient,
  shop: ConnectedShop,
  resources: readonly MemberResource[],
): Promise<PushOutcome[]> {
  const body = { shopId: shop.externalShopId, members: resources.map(memberBody) };
  const answer = await client.send(shop, 'PUT', '/loyalty/members', body);
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw new ShopApiError('the module answered something else than a list of members', true);
  const statuses = new Map(parsed.data.map((row) => [String(row.customer_id), row]));
  const groups = groupMode(shop) === null ? null : await ShopGroups.read(client, shop);
  const outcomes: PushOutcome[] = [];
  for (const resource of resources) {
    const row = statuses.get(resource.id);
    // `stale`: the shop has a newer mirror already, which is what was wanted.
    if (row?.status === 'ok' || row?.status === 'stale') outcomes.push(await pushGroup(client, shop, resource, groups));
    else if (row?.status === 'unknown_customer') outcomes.push(gone(resource));
    else outcomes.push({ ok: false, retryable: true, error: row?.message ?? 'the module did not answer for this customer' });
  }
  return outcomes;
}

function gone(resource: MemberResource): PushOutcome {
  return resource.state === null ? { ok: true } : { ok: false, retryable: false, error: 'the shop has no such customer' };
}

function memberBody({ id, state }: MemberResource): Record<string, unknown> {
  if (state === null) return { customer_id: Number(id), deleted: true };
  return {
    customer_id: Number(id),
    available_points: state.availablePoints,
    pending_points: state.pendingPoints,
    debt_points: state.debtPoints,
    held_points: state.heldPoints,
    spent_intent: state.spentIntent,
    tier: state.tier,
    next_tier: state.nextTier?.code ?? null,
    next_tier_missing: state.nextTier?.missing ?? null,
    expiring_points: state.nextExpiry?.points ?? null,
    expiring_at: state.nextExpiry?.at ?? null,
    referral_code: state.referralCode,
    rewarded_referrals: state.rewardedReferrals,
    given_gifts: state.givenGifts,
    segments: state.segments,
    history: (state.history ?? []).map(({ at, kind, points, releasedPoints, orderNumber, why }) => ({
      at,
      kind,
      points,
      released: releasedPoints,
      order: orderNumber,
      ...(why && { why }),
    })),
    details: details(state),
    version: state.version,
  };
}

/** What pages show besides; the module keeps it as it comes. Nothing at all is `null`. */
function details(state: MemberMirror): Record<string, unknown> | null {
  const { volume, nextTier, vouchers, referralFigures: referrals, rewards, cashback, memberships } = state;
  const { endedMemberships, challenges = [], badges = [], company, redeemLimit, terms, activities, priceLists } = state;
  const conditions = nextTier?.conditions ?? [];
  const shown = {
    ...(volume.length > 0 && { volume }),
    ...(challenges.length > 0 && { challenges }),
    ...(badges.length > 0 && { badges }),
    ...(conditions.length > 0 && { next_tier_conditions: conditions }),
    // A mirror from before there were vouchers has none.
    ...((vouchers ?? []).length > 0 && { vouchers: vouchers.map(voucherRow) }),
    ...(referrals && { referrals }),
    ...(rewards && { rewards }),
    ...(cashback && { cashback }),
    ...(memberships && { memberships }),
    ...(terms && { terms }),
    ...(activities && { activities }),
    ...(endedMemberships && { ended_memberships: endedMemberships }),
    ...(priceLists && { price_keys: priceLists.map(priceListKey) }),
    // Its page asks for requests when it is opened.
    ...(company && { company: { ...company, requests: undefined, redeemLimit } }),
  };
  return Object.keys(shown).length > 0 ? shown : null;
}

function voucherRow({ code, valueMinor, percentBps, currency, minimumMinor, expiresAt }: ShownVoucher) {
  return {
    code,
    value: toMajor(valueMinor, currency),
    percent: percentBps === null ? null : percentBps / 100,
    currency,
    minimum: toMajor(minimumMinor, currency),
    until: expiresAt,
  };
}

/** From the merchant's group to the tier's twin of it, and back. */
async function pushGroup(
  client: MagentoClient,
  shop: ConnectedShop,
  { id, state }: MemberResource,
  groups: ShopGroups | null,
): Promise<PushOutcome> {
  if (groups === null) return { ok: true };
  const customer = customerSchema.safeParse(await client.get(shop, `/customers/${encodeURIComponent(id)}`));
  if (!customer.success) return gone({ id, state });
  const present = customer.data.group_id;
  const base = groups.baseOf(present);
  const tier = groupMode(shop) === true ? (state?.tier ?? null) : null;
  const target = tier === null ? base : groups.find(groupCode(tier, base))?.id;
  if (target === undefined) {
    const error = `customer group "${groupCode(tier ?? '', base)}" is missing; set useCustomerGroups again to have it made`;
    return { ok: false, retryable: true, error };
  }
  if (present === target) return { ok: true };
  await client.send(shop, 'PUT', `/customers/${encodeURIComponent(id)}`, { customer: { id: Number(id), group_id: target } });
  return { ok: true };
}
