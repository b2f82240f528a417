import { lastLeft } from '../domain/catalogue-reward';
import type { PublicLinks } from '../security/public-links';
import type { Trx } from '../storage/transaction';
import type { PublishedProgramme } from '../stores/programme-store';
import { takenOfStock } from '../stores/reward-store';
import { projectTerms } from './project-terms';

/** Tells the shops when what they show of a reward's stock changes: the last few, that it is gone, that one is back. */
export async function projectSoldOut(
  trx: Trx,
  { programmeId, versionId, programme }: PublishedProgramme,
  {
    rewardCode,
    movedBy,
    now,
    links,
  }: { readonly rewardCode: string; readonly movedBy: number; readonly now: string; readonly links: PublicLinks },
): Promise<void> {
  const reward = programme.rewards.find(({ code }) => code === rewardCode);
  if (!reward || reward.stock === null || movedBy === 0) return;
  const taken = (await takenOfStock(trx, programmeId)).get(rewardCode) ?? 0;
  if (lastLeft(reward, taken) === lastLeft(reward, taken - movedBy)) return;
  const shops = await trx
    .selectFrom('shop')
    .select('shop_id')
    .where('programme_id', '=', programmeId)
    .where('status', '=', 'active')
    .execute();
  for (const { shop_id: shopId } of shops) {
    await projectTerms(trx, { shopId, programmeVersionId: versionId, programme, now, links });
  }
}
