import { inTransaction, type Trx } from '../storage/transaction';
import { markDone } from '../stores/inbox-store';
import { branchRows, setBranchStatus } from '../stores/shop-store';
import { projectPriceLists } from './project-price-lists';
import { projectTerms } from './project-terms';
import type { OperationContext } from './context';

export interface ShopStatusInput {
  readonly shopId: string;
  readonly status: 'active' | 'inactive' | 'deleted';
  /** The app's version as the shop reports it; null when it does not. */
  readonly appVersion: string | null;
  /** When the shop said so; a registration confirmed later than this outweighs it. */
  readonly receivedAt: string;
  readonly messageIds: readonly string[];
}

/**
 * What the shop says about our app: installed and activated make it active again with fresh terms, deactivated stops
 * write-backs, deleted also drops its API credentials. The books stay: the shop may come back.
 */
export async function changeShopStatus(context: OperationContext, input: ShopStatusInput): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const now = context.clock.now();
    const updated = await trx
      .updateTable('shop')
      .set({
        status: input.status,
        updated_at: input.receivedAt,
        ...(input.appVersion === null ? {} : { app_version: input.appVersion }),
        ...(input.status === 'deleted' ? { api_credentials: null } : {}),
      })
      .where('shop_id', '=', input.shopId)
      .where('updated_at', '<=', input.receivedAt)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 1n) {
      await setBranchStatus(trx, input.shopId, input.status, input.receivedAt);
      const branches = await branchRows(trx, input.shopId);
      const shops = [input.shopId, ...branches.map((branch) => branch.shop_id)];
      if (input.status === 'active') for (const shopId of shops) await refreshTerms(trx, context, shopId, now);
    }
    await markDone(trx, input.messageIds, now);
  });
}

/** States what a shop should know of its programme, which it may not have yet. */
export async function refreshTerms(trx: Trx, context: OperationContext, shopId: string, now: string): Promise<void> {
  const shop = await trx.selectFrom('shop').select('programme_id').where('shop_id', '=', shopId).executeTakeFirst();
  if (!shop) return;
  const published = await context.programmes.effectiveAt(trx, shop.programme_id, now);
  if (!published) return;
  const { versionId: programmeVersionId, programme } = published;
  await projectTerms(trx, { shopId, programmeVersionId, programme, now, links: context.links });
  await projectPriceLists(trx, { shopId, programmeId: shop.programme_id, now });
}
