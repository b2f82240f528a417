import type { MemberMirror } from '../../domain/mirror';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { ShopwareClient, SyncOperation } from './client';
import { mapOf, mapsOf, numberOf, textOf, type Fields } from './fields';
import { customerFields as field, ownId, ownPrefix } from './names';
import { listRuleId, listTagId } from './write-price-list';
import { tierRuleId } from './write-tier';

interface DesiredMember {
  readonly id: string;
  readonly state: MemberMirror | null;
}

/** Custom fields of customers, and the tags of their tier and price lists. Tags that are not ours stay as they are. @throws ShopApiError */
export async function planMembers(
  client: ShopwareClient,
  shop: ConnectedShop,
  members: readonly DesiredMember[],
): Promise<PlannedWrite[]> {
  const rows = await client.search(shop, 'customer', {
    ids: members.map((member) => member.id),
    limit: members.length,
    associations: { tags: {} },
    includes: { customer: ['id', 'customFields', 'tags'], tag: ['id'] },
  });
  const byId = new Map(rows.map((row) => [textOf(row['id']), row]));
  return members.map((member) => planMember(shop, member, byId.get(member.id)));
}

function planMember(shop: ConnectedShop, { id, state }: DesiredMember, customer: Fields | undefined): PlannedWrite {
  if (!customer) {
    // Who is gone shows nothing, which is all that "nothing" asks for.
    if (state === null) return { outcome: { ok: true } };
    return { outcome: { ok: false, retryable: false, error: `the shop has no customer ${id}` } };
  }
  const shown = numberOf(mapOf(customer['customFields'])[field.version]) ?? 0;
  // Another process has already written something newer.
  if (state !== null && shown > state.version) return { outcome: { ok: true } };
  const wanted = wantedTags(shop, state);
  const present = mapsOf(customer['tags'])
    .flatMap((tag) => textOf(tag['id']) ?? [])
    .filter((tagId) => tagId.startsWith(ownPrefix(shop.shopId, 'tag')));
  const link = (tagId: string) => ({ customerId: id, tagId });
  const operations: SyncOperation[] = [
    { entity: 'customer', action: 'upsert', payload: [{ id, customFields: customFields(shop, state) }] },
    { entity: 'customer_tag', action: 'delete', payload: present.filter((tagId) => !wanted.includes(tagId)).map(link) },
    { entity: 'customer_tag', action: 'upsert', payload: wanted.filter((tagId) => !present.includes(tagId)).map(link) },
  ];
  return { operations };
}

function wantedTags({ shopId }: ConnectedShop, state: MemberMirror | null): string[] {
  const tier = state?.tier ?? null;
  const lists = (state?.priceLists ?? []).map((code) => listTagId(shopId, code));
  return tier === null ? lists : [ownId(shopId, 'tag', tier), ...lists];
}

/** What each of our rules that may price goods for the member stands for, so that pages can say why a price is what it is. */
function priceRules({ shopId }: ConnectedShop, { tier, priceLists = [] }: MemberMirror): Fields | null {
  const lists = priceLists.map((code) => [listRuleId(shopId, code), 'contract'] as const);
  const rules = tier === null ? lists : [...lists, [tierRuleId(shopId, tier), 'tier'] as const];
  return rules.length === 0 ? null : Object.fromEntries(rules);
}

/** Shopware merges custom fields, so what should be gone is written as null. */
function customFields(shop: ConnectedShop, state: MemberMirror | null): Fields {
  return {
    [field.points]: state?.availablePoints ?? null,
    [field.pending]: state?.pendingPoints ?? null,
    [field.debt]: state?.debtPoints ?? null,
    [field.held]: state?.heldPoints ?? null,
    [field.spentIntent]: state?.spentIntent ?? null,
    [field.tier]: state?.tier ?? null,
    [field.nextTier]: state?.nextTier?.code ?? null,
    [field.nextTierMissing]: state?.nextTier?.missing ?? null,
    [field.nextTierConditions]: state?.nextTier?.conditions ?? null,
    [field.volume]: state?.volume ?? null,
    [field.rewards]: state?.rewards ?? null,
    [field.cashback]: state?.cashback ?? null,
    [field.memberships]: state?.memberships ?? null,
    [field.endedMemberships]: state?.endedMemberships ?? null,
    [field.wishAnswers]: state?.wishes ?? null,
    [field.expiringPoints]: state?.nextExpiry?.points ?? null,
    [field.expiringAt]: state?.nextExpiry?.at ?? null,
    [field.referralCode]: state?.referralCode ?? null,
    [field.referrals]: state?.rewardedReferrals ?? null,
    [field.referralFigures]: state?.referralFigures ?? null,
    [field.givenGifts]: state?.givenGifts ?? null,
    [field.segments]: state?.segments ?? null,
    // A member shown before there were vouchers has none.
    [field.vouchers]: state?.vouchers ?? null,
    [field.challenges]: state?.challenges ?? null,
    [field.badges]: state?.badges ?? null,
    [field.terms]: state?.terms ?? null,
    [field.activities]: state?.activities ?? null,
    [field.company]: state?.company ?? null,
    [field.redeemLimit]: state?.redeemLimit ?? null,
    [field.priceRules]: state && priceRules(shop, state),
    [field.history]: state?.history ?? null,
    [field.version]: state?.version ?? null,
  };
}
