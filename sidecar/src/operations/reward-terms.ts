import { cashbackUnit, type CashbackRule } from '../domain/cashback';
import { lastLeft, type CatalogueReward } from '../domain/catalogue-reward';
import { membershipSegment, type MembershipPlan } from '../domain/membership';
import type { CashbackTerms, MembershipTerms, RewardTerms, TermsMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import type { Trx } from '../storage/transaction';
import { takenOfStock } from '../stores/reward-store';
import { findShopById } from '../stores/shop-store';

/** What pages show of ways to spend points besides orders; a programme without them says nothing. */
export async function rewardTerms(
  trx: Trx,
  shopId: string,
  programme: Programme,
): Promise<Pick<TermsMirror, 'rewards' | 'cashback' | 'memberships'>> {
  const taken = await takenOfLimited(trx, shopId, programme);
  const rewards = programme.rewards.map((reward) => offeredReward(reward, taken.get(reward.code) ?? 0));
  const cashback = programme.cashback.flatMap((rule) => cashbackTerms(programme, rule) ?? []);
  const memberships = programme.memberships.map((plan) => membershipTerms(programme, plan));
  return {
    ...(rewards.length > 0 && { rewards }),
    ...(cashback.length > 0 && { cashback }),
    ...(memberships.length > 0 && { memberships }),
  };
}

function cashbackTerms(programme: Programme, rule: CashbackRule): CashbackTerms | null {
  const unit = cashbackUnit(programme, rule);
  const { code, name, minimumPoints, payout, every } = rule;
  return unit && { code, name, minimumPoints, unitPoints: unit.points, unitMinor: unit.valueMinor, payout, every };
}

function membershipTerms({ accrual }: Programme, plan: MembershipPlan): MembershipTerms {
  const { code, name, products, term, tier, welcomePoints } = plan;
  const own = accrual.multipliers.find((rule) => rule.code === membershipSegment(code));
  return { code, name, products, ...term, tier, multiplierBps: own?.multiplierBps ?? null, welcomePoints };
}

function offeredReward(reward: CatalogueReward, taken: number): RewardTerms {
  const { code, name, description, kind, pointsPrice, perMember, scope, image, texts } = reward;
  const left = lastLeft(reward, taken);
  const { tiers = null, segments = null, from = null, until = null } = scope;
  const shown = { code, name, description, kind, pointsPrice, perMember, tiers, segments, from, until, image };
  return { ...shown, isSoldOut: left === 0, left, ...(texts && { texts }) };
}

/** A programme without limited rewards costs no statement. */
async function takenOfLimited(trx: Trx, shopId: string, { rewards }: Programme): Promise<ReadonlyMap<string, number>> {
  if (rewards.every(({ stock }) => stock === null)) return new Map();
  const shop = await findShopById(trx, shopId);
  return takenOfStock(trx, shop?.programme_id ?? '');
}
