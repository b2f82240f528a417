import { createHash } from 'node:crypto';
import type { DesiredResourceType } from '../domain/mirror';
import { refuse, success, type Result } from '../domain/result';
import { BRANCHES, OFFERED, offeredProgrammes, type ShopBranch } from '../domain/shop-branch';
import { inTransaction, type Trx } from '../storage/transaction';
import { showAllAgain } from '../stores/desired-state-store';
import {
  branchRows,
  changeSettings,
  findShop,
  findShopById,
  insertBranch,
  installedShop,
  setBranchChannels,
  type ShopRow,
} from '../stores/shop-store';
import { refreshTerms } from './change-shop-status';
import type { OperationContext } from './context';
import { withdrawShop } from './withdraw-shop';

export interface ChannelsOfProgramme {
  readonly programmeId: string;
  readonly channelIds: readonly string[];
}

export interface AssignChannelsInput {
  /** The installation. */
  readonly shopId: string;
  /** All programmes that have channels of their own; a channel belongs to one. */
  readonly programmes: readonly ChannelsOfProgramme[];
  /** Programmes that are named are offered to the installation's staff from then on, no others; false = only what is offered counts. */
  readonly offers: boolean;
}

export type AssignChannelsRefusal = 'unknown_shop' | 'no_sales_channels' | 'unknown_programme' | 'own_programme';

/** What names sales channels in the shop. */
const DEPENDING: readonly DesiredResourceType[] = ['terms', 'tier', 'price-list', 'friend-code', 'voucher'];

/**
 * Says which sales channels of an installation belong to which programme; all others belong to its own. The same again
 * changes nothing. What a programme has in the shop goes when it has no channel any more; its books stay.
 */
export async function assignChannels(
  context: OperationContext,
  input: AssignChannelsInput,
): Promise<Result<readonly ShopBranch[], AssignChannelsRefusal>> {
  const assigned = await inTransaction(context.db, (trx) => assign(trx, context, input));
  if (!assigned.ok) return assigned;
  for (const shopId of assigned.value.ended) await withdrawShop(context, shopId);
  return success(assigned.value.branches);
}

interface Assigned {
  readonly branches: readonly ShopBranch[];
  /** Branches that have lost their last channel. */
  readonly ended: readonly string[];
}

async function assign(
  trx: Trx,
  context: OperationContext,
  { shopId, programmes, offers }: AssignChannelsInput,
): Promise<Result<Assigned, AssignChannelsRefusal>> {
  const now = context.clock.now();
  const shop = await findShopById(trx, shopId);
  if (!shop) return refuse('unknown_shop');
  if (shop.platform !== 'shopware' || shop.branch_of !== null) return refuse('no_sales_channels');
  const offered = offeredProgrammes(installedShop(shop).settings);
  for (const { programmeId } of programmes) {
    if (!offers && !offered.includes(programmeId)) return refuse('unknown_programme', { programmeId });
    if (programmeId === shop.programme_id) return refuse('own_programme', { programmeId });
    if (!(await context.programmes.effectiveAt(trx, programmeId, now))) return refuse('unknown_programme', { programmeId });
  }
  // First of all writes: whoever else assigns channels of the shop waits here.
  await changeSettings(trx, shopId, {}, now);
  const branches: ShopBranch[] = [];
  for (const { programmeId, channelIds } of programmes.filter((one) => one.channelIds.length > 0)) {
    const branch = await branchFor(trx, context, shop, programmeId, now);
    await setBranchChannels(trx, branch, shop, channelIds, now);
    await refreshTerms(trx, context, branch.shop_id, now);
    await showAllAgain(trx, branch.shop_id, DEPENDING, now);
    branches.push({ shopId: branch.shop_id, programmeId, channelIds });
  }
  const ended = (await branchRows(trx, shopId)).filter((row) => !branches.some((one) => one.shopId === row.shop_id));
  for (const branch of ended) await setBranchChannels(trx, branch, shop, [], now);
  const named = offers ? programmes.map(({ programmeId }) => programmeId) : offered;
  const said = { [BRANCHES]: branches, [OFFERED]: named };
  await changeSettings(
    trx,
    shopId,
    Object.fromEntries(Object.entries(said).map(([key, all]) => [key, all.length > 0 ? all : null])),
    now,
  );
  await showAllAgain(trx, shopId, DEPENDING, now);
  return success({ branches, ended: ended.map((row) => row.shop_id) });
}

/** One for each programme, for ever: whoever comes back finds their books. */
async function branchFor(trx: Trx, context: OperationContext, shop: ShopRow, programmeId: string, now: string): Promise<ShopRow> {
  const externalShopId = createHash('sha256').update(`${shop.external_shop_id}\n${programmeId}`).digest('hex').slice(0, 32);
  const { platform, url } = shop;
  await insertBranch(trx, { shopId: context.ids.next(), platform, externalShopId, programmeId, url }, shop, now);
  const branch = await findShop(trx, platform, externalShopId);
  if (!branch) throw new Error(`the branch of programme ${programmeId} vanished while it was made`);
  return branch;
}
