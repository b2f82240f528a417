import type { Trx } from '../storage/transaction';
import type { PublishedProgramme } from '../stores/programme-store';
import { takenOfStock } from '../stores/reward-store';
import { projectTerms } from './project-terms';

/** Tells the shops that the last one of a reward is gone, or that one is back; other moves of its stock they need not know. */
export async function projectSoldOut(
  trx: Trx,
  { programmeId, versionId, programme }: PublishedProgramme,
  { rewardCode, movedBy, now }: { readonly rewardCode: string; readonly movedBy: number; readonly now: string },
): Promise<void> {
  const stock = programme.rewards.find(({ code }) => code === rewardCode)?.stock ?? null;
  if (stock === null || movedBy === 0) return;
  const taken = (await takenOfStock(trx, programmeId)).get(rewardCode) ?? 0;
  if (taken >= stock === taken - movedBy >= stock) return;
  const shops = await trx
    .selectFrom('shop')
    .select('shop_id')
    .where('programme_id', '=', programmeId)
    .where('status', '=', 'active')
    .execute();
  for (const { shop_id: shopId } of shops) {
    await projectTerms(trx, { shopId, programmeVersionId: versionId, programme, now });
  }
}
