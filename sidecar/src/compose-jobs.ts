import { partNamed } from './domain/shop-branch';
import type { Parts } from './compose';
import { addDays } from './domain/instant';
import { importDeps } from './compose-imports';
import { runImports } from './imports/run-imports';
import type { Job } from './jobs/job';
import { createJobs } from './jobs/jobs';
import { reconcileShops } from './jobs/reconcile-shops';
import { refreshCatalogue } from './jobs/refresh-catalogue';
import { verifyBooks } from './ledger/verify';
import { applyRetention } from './operations/apply-retention';
import { announceExpiring } from './operations/announce-expiring';
import { announceTierRisk } from './operations/announce-tier-risk';
import { projectPriceLists } from './operations/project-price-lists';
import { projectTerms } from './operations/project-terms';
import { isCustomerCurrent } from './operations/register-customer';
import { expireAdjustments } from './operations/decide-adjustment';
import { endManualTiers } from './operations/end-manual-tier';
import { expireLots } from './operations/expire-lots';
import { grantNextPurchases } from './operations/grant-next-purchase';
import { lapseMemberships } from './operations/lapse-memberships';
import { payDueCashback } from './operations/pay-due-cashback';
import { projectTierPrices } from './operations/project-tier-prices';
import { expireHolds } from './operations/release-hold';
import { resolveReferrals } from './operations/resolve-referrals';
import { reviewParticipation } from './operations/review-participation';
import { reviewSegments } from './operations/review-segments';
import { rollMetrics } from './operations/roll-metrics';
import { reviewTiers } from './operations/review-tiers';
import { rewardOccasions } from './operations/reward-occasions';
import { expireVouchers, remindOfVouchers } from './operations/review-vouchers';
import { expireLeads } from './operations/tend-leads';
import { runWhatIfs } from './operations/run-what-ifs';
import { tendCompanies } from './operations/tend-companies';
import { tendPriceLists } from './operations/tend-price-lists';
import { releaseDuePoints } from './operations/settle-due';
import { canonicalJson } from './storage/canonical-json';
import { inTransaction, type Db } from './storage/transaction';
import { purgeGone, purgeTold } from './stores/desired-state-store';
import { purgeErasedCustomers } from './stores/erasure-store';
import { purgeRuns as purgeImports } from './stores/import-store';
import { purgeDone } from './stores/inbox-store';
import { purgeOpenedAddresses } from './stores/opened-address-store';
import { purgeQueued } from './stores/outgoing-queue';
import { purgePairingCodes } from './stores/pairing-store';
import { findPosition } from './stores/position-store';
import { purgePreviewOrders, purgeReads } from './stores/preview-order-store';
import { connectedShop, openShop, listShops, type ShopRow } from './stores/shop-store';
import { purgeRuns } from './stores/what-if-store';
import { hasAnswered, purgeWishes } from './stores/wish-store';
import { purgeAttempts } from './stores/writeback-attempt-store';
import { readPreviewOrders, type PreviewReadDeps } from './sync/read-preview-orders';
import { syncCustomer } from './sync/sync-customer';
import { showMissingMembers } from './operations/show-missing-members';
import { syncOrder } from './sync/sync-order';

const PURGE_BATCH = 500;
const MAX_PURGE_BATCHES = 200;
/** Longer than a form stays open in a browser. */
const WISH_RETENTION_DAYS = 30;
/** Past orders are there to find the first programme, not to be kept. */
const PREVIEW_RETENTION_DAYS = 30;
/** A report is read while its draft is discussed. */
const WHAT_IF_RETENTION_DAYS = 90;
/** Who asks what became of a file does so by then. */
const IMPORT_RETENTION_DAYS = 90;

/** What names a person in a shop, and goes as soon as no late answer of the shop can ask for it. */
const PERSONAL = ['member', 'friend-code', 'voucher'] as const;

/** Ties the recurring jobs to the operations. */
export function composeJobs(parts: Parts): Job[] {
  const { context, config } = parts;
  return createJobs(
    {
      releaseDuePoints: ({ now }) => releaseDuePoints(context, now),
      expireHolds: ({ now }) => expireHolds(context, now),
      expireLots: ({ now }) => expireLots(context, now),
      resolveReferrals: ({ now }) => resolveReferrals(context, now),
      grantNextPurchases: ({ now }) => grantNextPurchases(context, now),
      remindOfVouchers: ({ now }) => remindOfVouchers(context, now),
      rewardOccasions: async ({ now, signal }) => ({ ...(await rewardOccasions(context, now, () => signal.aborted)) }),
      expireVouchers: ({ now }) => expireVouchers(context, now),
      expireAdjustments: ({ now }) => expireAdjustments(context, now),
      expireLeads: ({ now }) => expireLeads(context, now),
      reviewParticipation: ({ now, signal }) => reviewParticipation(context, now, signal),
      reviewTiers: ({ now }) => reviewTiers(context, now),
      reviewSegments: ({ now }) => reviewSegments(context, now),
      announceExpiring: ({ now }) => announceExpiring(context, now),
      announceTierRisk: ({ now }) => announceTierRisk(context, now),
      endManualTiers: ({ now }) => endManualTiers(context, now),
      lapseMemberships: ({ now }) => lapseMemberships(context, now),
      payDueCashback: ({ now, signal }) => payDueCashback(context, now, signal),
      tendCompanies: ({ now }) => tendCompanies(context, now),
      tendPriceLists: ({ now, signal }) => tendPriceLists(context, now, () => signal.aborted),
      reconcileShops: ({ signal }) => reconcile(parts, signal),
      refreshCatalogues: ({ now, signal }) => refreshCatalogues(parts, now, signal),
      runImports: ({ signal }) => runImports(importDeps(parts), signal),
      runWhatIfs: ({ signal }) => runWhatIfs(context, signal),
      readPreviewOrders: ({ signal }) => readPreviewOrders({ context, signal, shopsOf: readableShops(parts) }),
      rollMetrics: ({ now, signal }) => rollMetrics(context, now, signal),
      checkIntegrity: () => checkIntegrity(parts),
      applyRetention: ({ now, signal }) => applyRetention(context, now, signal),
      purge: ({ now }) => purge(parts, now),
    },
    { cron: { 'reconcile-shops': config.reconcileCron } },
  );
}

function activeShops({ context }: Parts): Promise<ShopRow[]> {
  return listShops(context.db, { status: 'active' });
}

/** Active shops of a programme, with how to ask them. */
function readableShops(parts: Parts): PreviewReadDeps['shopsOf'] {
  return async (programmeId) =>
    Promise.all(
      (await activeShops(parts))
        .filter((row) => row.programme_id === programmeId)
        .map(async (row) => ({
          shop: await openShop(parts.context.db, row, parts.sealer),
          platform: parts.platformFor(row.platform),
        })),
    );
}

function reconcile(parts: Parts, signal: AbortSignal): Promise<Record<string, number>> {
  const { context, platformFor, sealer } = parts;
  return reconcileShops({
    db: context.db,
    clock: parts.clock,
    log: parts.log,
    signal,
    platformFor,
    // What changed in branches is read with their installation.
    activeShops: async () =>
      (await activeShops(parts))
        .filter((row) => row.branch_of === null)
        .map((row) => ({ shop: connectedShop(row, sealer), startAt: row.created_at })),
    syncOrder: async (shop, orderId) => void (await syncOrder(context, platformFor(shop.platform), shop, orderId)),
    syncCustomer: async (shop, customerId) => void (await syncCustomer(context, platformFor(shop.platform), shop, customerId)),
    // Guests are opened by their orders, and who has not confirmed is no customer yet.
    isCustomerCurrent: async (shop, customer) =>
      customer.isGuest ||
      customer.emailState === 'awaited' ||
      ((await hasAnswered(context.db, customer)) &&
        (await isCustomerCurrent(context, {
          programmeId: partNamed(shop, customer.shopId).programmeId,
          ...customer,
          emailVerified: customer.emailState === 'verified',
        }))),
    isOrderCurrent: async (snapshot) =>
      (await findPosition(context.db, snapshot.shopId, snapshot.orderId))?.snapshot === canonicalJson(snapshot),
  });
}

/** A shop that cannot be read keeps its catalogue, and the others get theirs. */
async function refreshCatalogues(parts: Parts, now: string, signal: AbortSignal): Promise<Record<string, number>> {
  const { context, platformFor, sealer } = parts;
  const total = { shops: 0, failedShops: 0, products: 0, changed: 0, members: 0 };
  for (const row of await activeShops(parts)) {
    total.shops += 1;
    const published = await context.programmes.effectiveAt(context.db, row.programme_id, now);
    try {
      const shop = await openShop(context.db, row, sealer);
      const platform = platformFor(row.platform);
      const figures = await refreshCatalogue({ db: context.db, clock: parts.clock, log: parts.log, platform, shop, signal });
      total.products += figures.products;
      if (!published) continue;
      const { versionId: programmeVersionId, programme } = published;
      // A newer sidecar may say more of the same terms.
      await inTransaction(context.db, async (trx) => {
        await projectTerms(trx, { shopId: row.shop_id, programmeVersionId, programme, now, links: context.links });
        await projectPriceLists(trx, { shopId: row.shop_id, programmeId: row.programme_id, now });
      });
      const projected = await projectTierPrices(context.db, { shopId: row.shop_id, published, ids: context.ids, now });
      total.changed += projected.changed;
      total.members += await showMissingMembers(context, { shopId: row.shop_id, programmeId: row.programme_id });
    } catch (error) {
      total.failedShops += 1;
      parts.log.warn({ shopId: row.shop_id, error }, 'the catalogue of a shop could not be refreshed');
    }
  }
  return total;
}

async function checkIntegrity(parts: Parts): Promise<Record<string, number>> {
  const result = await verifyBooks(parts.context.db);
  if (!result.ok) throw new Error(`the books do not add up: ${result.difference}`);
  const { members, entries, postings, lots } = result.figures;
  return { members, entries, postings, lots };
}

async function purge(parts: Parts, now: string): Promise<Record<string, number>> {
  const { db } = parts.context;
  const before = addDays(now, -parts.config.inboxRetentionDays);
  return {
    messages: await purgeInBatches((limit) => purgeDone(db, before, limit)),
    attempts: await purgeAttempts(db, before),
    gone: (await purgeGone(db, addDays(now, -1), PERSONAL)) + (await purgeGone(db, before)),
    erasedCustomers: await purgeErasedCustomers(db, now),
    notices: await purgeTold(db, 'notice', before),
    wishes: await purgeInBatches((limit) => purgeWishes(db, addDays(now, -WISH_RETENTION_DAYS), limit)),
    mails: await purgeInBatches((limit) => purgeQueued(db, 'mail_delivery', before, limit)),
    webhooks: await purgeInBatches((limit) => purgeQueued(db, 'webhook_delivery', before, limit)),
    pairingCodes: await purgePairingCodes(db, before),
    openedAddresses: await purgeOpenedAddresses(db, addDays(now, -1)),
    imports: await purgeInBatches((limit) => purgeImports(db, addDays(now, -IMPORT_RETENTION_DAYS), limit)),
    previewOrders: await purgePreview(db, addDays(now, -PREVIEW_RETENTION_DAYS)),
    whatIfs: await purgeInBatches((limit) => purgeRuns(db, addDays(now, -WHAT_IF_RETENTION_DAYS), limit)),
  };
}

async function purgePreview(db: Db, before: string): Promise<number> {
  await purgeReads(db, before);
  return purgeInBatches((limit) => purgePreviewOrders(db, before, limit));
}

async function purgeInBatches(purgeUpTo: (limit: number) => Promise<number>): Promise<number> {
  let purged = 0;
  for (let batch = 0; batch < MAX_PURGE_BATCHES; batch += 1) {
    const deleted = await purgeUpTo(PURGE_BATCH);
    purged += deleted;
    if (deleted < PURGE_BATCH) break;
  }
  return purged;
}
