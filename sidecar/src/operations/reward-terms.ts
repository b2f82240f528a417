import { cashbackUnit, type CashbackRule } from '../domain/cashback';
import type { CatalogueReward } from '../domain/catalogue-reward';
import type { CashbackTerms, RewardTerms, TermsMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import type { Trx } from '../storage/transaction';
import { takenOfStock } from '../stores/reward-store';
import { findShopById } from '../stores/shop-store';

/** What pages show of ways to spend points besides orders; a programme without them says nothing. */
export async function rewardTerms(
  trx: Trx,
  shopId: string,
  programme: Programme,
): Promise<Pick<TermsMirror, 'rewards' | 'cashback'>> {
  const soldOut = await soldOutRewards(trx, shopId, programme);
  const rewards = programme.rewards.map((reward) => offeredReward(reward, soldOut.has(reward.code)));
  const cashback = programme.cashback.flatMap((rule) => cashbackTerms(programme, rule) ?? []);
  return { ...(rewards.length > 0 && { rewards }), ...(cashback.length > 0 && { cashback }) };
}

function cashbackTerms(programme: Programme, rule: CashbackRule): CashbackTerms | null {
  const unit = cashbackUnit(programme, rule);
  const { code, name, minimumPoints, payout } = rule;
  return unit && { code, name, minimumPoints, unitPoints: unit.points, unitMinor: unit.valueMinor, payout };
}

/** How many are left is the sidecar's to know. */
function offeredReward(reward: CatalogueReward, isSoldOut: boolean): RewardTerms {
  const { code, name, description, kind, pointsPrice, perMember, scope, image } = reward;
  const { tiers = null, segments = null, from = null, until = null } = scope;
  return { code, name, description, kind, pointsPrice, perMember, tiers, segments, from, until, image, isSoldOut };
}

/** A programme without limited rewards costs no statement. */
async function soldOutRewards(trx: Trx, shopId: string, { rewards }: Programme): Promise<ReadonlySet<string>> {
  const limited = rewards.filter(({ stock }) => stock !== null);
  if (limited.length === 0) return new Set();
  const shop = await findShopById(trx, shopId);
  const taken = await takenOfStock(trx, shop?.programme_id ?? '');
  return new Set(limited.filter(({ code, stock }) => (taken.get(code) ?? 0) >= (stock ?? 0)).map(({ code }) => code));
}
