import type { Job, JobContext } from './job';

/** One run of something recurring; returns figures for log and status. */
export type JobOperation = (context: JobContext) => Promise<Readonly<Record<string, number>>>;

/** What the jobs do, given by compose.ts. Each may break off anywhere and be repeated. */
export interface JobOperations {
  readonly releaseDuePoints: JobOperation;
  readonly expireHolds: JobOperation;
  readonly expireLots: JobOperation;
  readonly resolveReferrals: JobOperation;
  readonly grantNextPurchases: JobOperation;
  readonly remindOfVouchers: JobOperation;
  readonly expireVouchers: JobOperation;
  readonly rewardOccasions: JobOperation;
  readonly expireLeads: JobOperation;
  /** Requests of points by hand that nobody answered. */
  readonly expireAdjustments: JobOperation;
  readonly reviewParticipation: JobOperation;
  readonly reviewTiers: JobOperation;
  readonly reviewSegments: JobOperation;
  readonly announceExpiring: JobOperation;
  readonly announceTierRisk: JobOperation;
  readonly endManualTiers: JobOperation;
  readonly payDueCashback: JobOperation;
  readonly lapseMemberships: JobOperation;
  readonly tendCompanies: JobOperation;
  readonly tendPriceLists: JobOperation;
  readonly reconcileShops: JobOperation;
  /** Reads every shop's products, then projects its tier prices. */
  readonly refreshCatalogues: JobOperation;
  /** Applies tables that came in. */
  readonly runImports: JobOperation;
  /** Replays past orders that somebody asked for. */
  readonly runWhatIfs: JobOperation;
  /** Asks shops for past orders that somebody wants to try a draft on. */
  readonly readPreviewOrders: JobOperation;
  /** Keeps the sums of days equal to the rows. */
  readonly rollMetrics: JobOperation;
  /** Throws when the books do not add up. */
  readonly checkIntegrity: JobOperation;
  readonly purge: JobOperation;
  /** Forgets what programmes keep no longer. */
  readonly applyRetention: JobOperation;
}

/** Cron expressions by job name, where they differ from the defaults. */
export interface JobsConfig {
  readonly cron?: Readonly<Record<string, string>>;
}

/** Longer than a process that lives may go without renewing it; shorter than anyone waits for a dead one's job. */
const LEASE_MS = 180_000;

/** Every recurring job. Times are UTC; minutes are spread so that jobs do not all start at once. */
export function createJobs(operations: JobOperations, config: JobsConfig = {}): Job[] {
  const job = (name: string, cron: string, run: JobOperation): Job => ({
    name,
    cron: config.cron?.[name] ?? cron,
    leaseMs: LEASE_MS,
    run,
  });
  return [
    job('expire-holds', '* * * * *', operations.expireHolds),
    job('release-due-points', '*/5 * * * *', operations.releaseDuePoints),
    job('reconcile-shops', '3-59/15 * * * *', operations.reconcileShops),
    job('resolve-referrals', '12 * * * *', operations.resolveReferrals),
    job('grant-next-purchases', '2-59/5 * * * *', operations.grantNextPurchases),
    job('remind-of-vouchers', '32 * * * *', operations.remindOfVouchers),
    job('reward-occasions', '4 * * * *', operations.rewardOccasions),
    job('expire-vouchers', '8 * * * *', operations.expireVouchers),
    job('expire-lots', '22 * * * *', operations.expireLots),
    job('end-manual-tiers', '1-59/5 * * * *', operations.endManualTiers),
    job('lapse-memberships', '2-59/5 * * * *', operations.lapseMemberships),
    job('pay-cashback', '42 * * * *', operations.payDueCashback),
    job('tend-companies', '*/10 * * * *', operations.tendCompanies),
    job('expire-adjustments', '17 * * * *', operations.expireAdjustments),
    job('expire-leads', '27 * * * *', operations.expireLeads),
    job('tend-price-lists', '* * * * *', operations.tendPriceLists),
    job('review-terms', '52 * * * *', operations.reviewParticipation),
    job('review-tiers', '0 2 * * *', operations.reviewTiers),
    job('review-segments', '20 2 * * *', operations.reviewSegments),
    job('announce-tier-risk', '0 6 * * *', operations.announceTierRisk),
    job('announce-expiring', '15 6 * * *', operations.announceExpiring),
    job('refresh-catalogue', '30 2 * * *', operations.refreshCatalogues),
    job('run-imports', '* * * * *', operations.runImports),
    job('run-what-ifs', '* * * * *', operations.runWhatIfs),
    job('read-preview-orders', '* * * * *', operations.readPreviewOrders),
    job('roll-metrics', '4-59/5 * * * *', operations.rollMetrics),
    job('integrity-check', '0 4 * * *', operations.checkIntegrity),
    job('purge', '30 4 * * *', operations.purge),
    job('retention', '45 4 * * *', operations.applyRetention),
  ];
}
