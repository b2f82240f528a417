import { validate } from 'node-cron';
import { createJobs, type JobOperations } from '../../../sidecar/src/jobs/jobs';

const OPERATIONS = [
  'releaseDuePoints',
  'expireHolds',
  'expireLots',
  'resolveReferrals',
  'grantNextPurchases',
  'remindOfVouchers',
  'expireVouchers',
  'rewardOccasions',
  'expireAdjustments',
  'expireLeads',
  'reviewParticipation',
  'reviewTiers',
  'reviewSegments',
  'announceExpiring',
  'announceTierRisk',
  'endManualTiers',
  'payDueCashback',
  'lapseMemberships',
  'tendCompanies',
  'tendPriceLists',
  'reconcileShops',
  'refreshCatalogues',
  'runImports',
  'runWhatIfs',
  'readPreviewOrders',
  'rollMetrics',
  'checkIntegrity',
  'applyRetention',
  'purge',
] as const satisfies (keyof JobOperations)[];

describe('jobs', () => {
  const called: string[] = [];
  const operations = Object.fromEntries(
    OPERATIONS.map((name) => [name, () => Promise.resolve(called.push(name)).then(() => ({}))]),
  ) as unknown as JobOperations;

  it('each run one operation of their own, at times cron understands', async () => {
    const jobs = createJobs(operations);
    for (const job of jobs) {
      expect(validate(job.cron)).toBe(true);
      expect(job.leaseMs).toBeGreaterThan(60_000);
      await job.run({ now: '2026-03-01T10:00:00.000Z', signal: new AbortController().signal });
    }
    expect(called.sort()).toEqual([...OPERATIONS].sort());
    expect(new Set(jobs.map((job) => job.name)).size).toBe(OPERATIONS.length);
  });

  it('can be moved to other times', () => {
    const jobs = createJobs(operations, { cron: { purge: '5 5 * * *' } });
    expect(jobs.find((job) => job.name === 'purge')?.cron).toBe('5 5 * * *');
    expect(jobs.find((job) => job.name === 'expire-holds')?.cron).toBe('* * * * *');
  });
});
