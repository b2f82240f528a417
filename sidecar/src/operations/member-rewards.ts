import type { MemberRewards } from '../domain/mirror';
import { isBefore } from '../domain/instant';
import type { Db } from '../storage/transaction';
import { latestRedemptions, takenByMember, type RewardRedemption } from '../stores/reward-store';
import { grantOf, voucherCodes } from './reward-grants';

/** Shown on the shop's own page. */
const LATEST_SHOWN = 10;
/** Accesses are looked for among so many. */
const LATEST_READ = 100;

/** What pages show of a member's rewards; null, after one statement, of whoever never took one. */
export async function memberRewards(db: Db, memberId: string, now: string): Promise<MemberRewards | null> {
  const redemptions = await latestRedemptions(db, memberId, LATEST_READ);
  if (redemptions.length === 0) return null;
  const latest: MemberRewards['latest'][number][] = [];
  for (const redemption of redemptions.slice(0, LATEST_SHOWN)) {
    const { redemption_id: id, reward_code: code, reward_name: name, quantity, points, state, requested_at: at } = redemption;
    latest.push({ id, code, name, quantity, points, state, at, vouchers: await voucherCodes(db, redemption) });
  }
  return {
    taken: Object.fromEntries(await takenByMember(db, memberId)),
    latest,
    access: redemptions.flatMap((redemption) => accessOf(redemption, now)),
  };
}

/** There while the redemption is fulfilled and the access has not ended. */
function accessOf(redemption: RewardRedemption, now: string): MemberRewards['access'][number][] {
  const grant = grantOf(redemption);
  if (redemption.state !== 'fulfilled' || grant?.kind !== 'access') return [];
  const { code, from, until } = grant;
  return until !== null && !isBefore(now, until) ? [] : [{ code, from, until }];
}
