import { hasBudget, standingCampaigns, type Campaign, type CampaignGrant } from '../domain/campaign';
import { entitlement, offersTo, type PinnedTerms } from '../domain/entitlement';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { changeBudget, insertGrant, lockBudgets, ordersOfMember, updateGrant } from '../stores/campaign-store';
import type { OrderInHand, OrderTarget } from './apply-order';

/**
 * What budgets grant an order that is seen for the first time. They are asked once: the grants stay with the order, so that
 * hearing of it again takes nothing more. An order that no campaign with a budget covers costs no statement.
 */
export async function grantCampaigns(
  trx: Trx,
  member: LockedMember,
  terms: PinnedTerms,
  snapshot: OrderSnapshot,
): Promise<CampaignGrant[]> {
  if (!terms.programme.campaigns.some(hasBudget)) return [];
  const offers = offersTo(terms, snapshot);
  const limited = offers.map(({ campaign }) => campaign).filter(hasBudget);
  if (limited.length === 0) return [];
  const room = await roomIn(trx, member, snapshot, limited, []);
  const { standing } = standingCampaigns(offers, (campaign) => (hasBudget(campaign) ? (room.get(campaign.code) ?? 0) : null));
  return standing.flatMap(({ campaign, points }) =>
    hasBudget(campaign) ? [{ campaign: campaign.code, points: campaign.budget.points === null ? null : points, held: 0 }] : [],
  );
}

/**
 * Points that each budget has for the order, beside what the order holds; 0 also where it has no place for it.
 * @param grants of the order, which keeps the places it has
 */
async function roomIn(
  trx: Trx,
  member: LockedMember,
  { shopId, orderId }: OrderSnapshot,
  campaigns: readonly Campaign[],
  grants: readonly CampaignGrant[],
): Promise<ReadonlyMap<string, number>> {
  const codes = (some: (campaign: Campaign) => boolean): string[] => campaigns.filter(some).map(({ code }) => code);
  const shared = codes(isShared);
  const spent = await lockBudgets(trx, member.programmeId, shared);
  const personal = codes(({ budget }) => budget.perMember !== null);
  const own = await ordersOfMember(trx, member.memberId, personal, { shopId, orderId });
  return new Map(
    campaigns.map(({ code, budget }) => {
      const place = grants.some(({ campaign, held }) => campaign === code && held > 0) ? 1 : 0;
      const isFull =
        (spent.get(code)?.orders ?? 0) - place >= (budget.orders ?? Infinity) ||
        (own.get(code) ?? 0) >= (budget.perMember ?? Infinity);
      return [code, isFull ? 0 : Math.max(0, (budget.points ?? Infinity) - (spent.get(code)?.points ?? 0))];
    }),
  );
}

/** Whether members compete for it; orders of one member are alone with each other anyway. */
function isShared({ budget }: Campaign): boolean {
  return budget.points !== null || budget.orders !== null;
}

/**
 * Terms under which an order that was seen before fits into its budgets. What it gave back, because its payment failed, it
 * takes again when it wants it again, as far as others have left it.
 */
export async function withinBudgets({ trx, member, terms, snapshot, before }: OrderInHand): Promise<PinnedTerms> {
  const granted = terms.programme.campaigns.filter(
    (campaign) => hasBudget(campaign) && terms.grants.some((grant) => grant.campaign === campaign.code),
  );
  if (before === null || granted.length === 0 || !wantsMore(terms, snapshot, granted)) return terms;
  const room = await roomIn(trx, member, snapshot, granted, terms.grants);
  // What one campaign loses another may win, so it is computed again; each round lowers a grant for good.
  for (let current = terms; ;) {
    const wanted = pointsByCampaign(current, snapshot);
    const grants = current.grants.map((grant) => {
      const allowed = grant.held + (room.get(grant.campaign) ?? Infinity);
      return (wanted.get(grant.campaign) ?? 0) > allowed ? { ...grant, points: allowed } : grant;
    });
    if (grants.every((grant, i) => grant === current.grants[i])) return current;
    current = { ...current, grants };
  }
}

function wantsMore(terms: PinnedTerms, snapshot: OrderSnapshot, campaigns: readonly Campaign[]): boolean {
  const wanted = pointsByCampaign(terms, snapshot);
  return campaigns.some(({ code }) => (wanted.get(code) ?? 0) > heldOf(terms, code));
}

function pointsByCampaign(terms: PinnedTerms, snapshot: OrderSnapshot): ReadonlyMap<string, number> {
  return new Map(entitlement(terms, snapshot).campaigns.map(({ campaign, earnedPoints }) => [campaign, earnedPoints]));
}

function heldOf({ grants }: PinnedTerms, campaign: string): number {
  return grants.find((grant) => grant.campaign === campaign)?.held ?? 0;
}

/** Campaigns that gave the order something or granted it something, now or before. */
export function campaignsOfOrder({ terms, entitlement: { campaigns } }: OrderTarget): string[] {
  const giving = campaigns.filter(({ earnedPoints }) => earnedPoints > 0);
  return [...new Set([...terms.grants, ...giving].map(({ campaign }) => campaign))].sort();
}

/** Keeps what each campaign gives the order, and makes the budgets equal to it. */
export async function settleCampaigns(order: OrderInHand, target: OrderTarget): Promise<void> {
  for (const code of campaignsOfOrder(target)) {
    const campaign = order.terms.programme.campaigns.find((one) => one.code === code);
    if (!campaign) throw new Error(`the order's version of the programme has no campaign ${code}`);
    await settleCampaign(order, target, campaign);
  }
}

async function settleCampaign(order: OrderInHand, target: OrderTarget, campaign: Campaign): Promise<void> {
  const { trx, member, snapshot, before } = order;
  const { code, budget } = campaign;
  const ofCode = (one: { readonly campaign: string }): boolean => one.campaign === code;
  const stored = before === null ? undefined : order.terms.grants.find(ofCode);
  const granted = target.terms.grants.find(ofCode)?.points ?? null;
  const points = target.entitlement.campaigns.find(ofCode)?.earnedPoints ?? 0;
  const held = stored?.held ?? 0;
  if (points !== held && isShared(campaign)) {
    const orders = Math.sign(points) - Math.sign(held);
    const change = { programmeId: member.programmeId, campaign: code, budget, points: points - held, orders };
    if (!(await changeBudget(trx, change))) throw new Error(`campaign ${code} gives more than its budget has`);
  }
  const row = {
    shop_id: snapshot.shopId,
    order_id: snapshot.orderId,
    campaign: code,
    programme_id: member.programmeId,
    member_id: member.memberId,
    granted,
    points,
  };
  if (!stored) await insertGrant(trx, row);
  else if (points !== held || granted !== stored.points) await updateGrant(trx, row);
}
