/** The only place that wires parts. Everything below receives what it needs. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createHttpApp, type MountedRouter } from './api/app';
import type { Backlog } from './api/backlog';
import { createHealthRouter } from './api/health';
import { createLeadsRouter } from './api/pages/leads-page';
import { createReferralQrRouter } from './api/pages/referral-qr';
import { createTakePartRouter } from './api/pages/take-part-page';
import { createTermsRouter } from './api/pages/terms-page';
import { createServer, type SidecarServer } from './api/server';
import { createUnsubscribeRouter } from './api/pages/unsubscribe-page';
import { createAdminPages, type AdminPages } from './api/staff/admin-pages';
import { createStaffSessions, type StaffSessions } from './api/staff/staff-session';
import type { Clock } from './clock';
import type { Config } from './config';
import type { Ids } from './ids';
import { createBatchedInsert } from './inbox/batched-insert';
import { createInboxWorker, type InboxWorker } from './inbox/worker';
import { apiRouters } from './compose-api';
import { composeContext } from './compose-context';
import { composeJobs } from './compose-jobs';
import { explainedHistory } from './compose-history';
import { magentoAdminPage, magentoCheckout, magentoCompanyPage, magentoWishes } from './compose-magento';
import { actionButtons, adminModule, checkoutGateway, storefrontApi } from './compose-shopware';
import { createFollowUp } from './jobs/follow-up';
import { runJob, type RunOutcome } from './jobs/run-job';
import { startSchedule, type Schedule } from './jobs/schedule';
import type { Logger } from './logger';
import { createMetrics, type Metrics } from './metrics';
import { changeShopStatus } from './operations/change-shop-status';
import type { OperationContext } from './operations/context';
import { createMailWorker } from './outgoing/mail-worker';
import type { OutgoingWorker } from './outgoing/polling';
import { createMailSender, type MailSender } from './outgoing/smtp';
import { createOutgoingWorker } from './outgoing/worker';
import { createShopHttp } from './platform/http-client';
import { createMagentoPlatform, type MagentoPlatform } from './platform/magento/magento-platform';
import { parsePairingRequest } from './platform/magento/pairing';
import type { PlatformName, ShopPlatform } from './platform/platform';
import * as shopwareProtocol from './platform/shopware/registration';
import { createShopwarePlatform, type ShopwarePlatform } from './platform/shopware/shopware-platform';
import { createEmailHasher } from './security/identity-hash';
import { createGuardedAgents } from './security/outgoing-url';
import { createRateBuckets } from './security/rate-buckets';
import { createSealer } from './security/sealer';
import { UNSUBSCRIBE_PATH } from './security/unsubscribe-link';
import type { Storage } from './storage/dialect';
import { findShopById, isConnected, openShop } from './stores/shop-store';
import { createGroupHandler } from './sync/handle-group';
import { createAcceptDelivery } from './webhook/accept-delivery';
import { createIntake, INTAKE_PATH } from './webhook/intake';
import { createMagentoPairingRouter } from './webhook/magento-pairing';
import { createShopDirectory, type ShopDirectory } from './webhook/shop-directory';
import { createShopwareRegistrationRouter } from './webhook/shopware-registration';
import { createWritebackWorker, type WritebackWorker } from './writeback/worker';

export interface ComposeOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: Ids;
  /** In [0, 1); spreads retries. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Logger;
  /** Compares every answer of the API with its schema; for tests. */
  readonly checkAnswers?: boolean;
  /** Further routes, for the demo's page. */
  readonly routers?: readonly MountedRouter[];
  /** Where the built admin pages are; for tests. */
  readonly pagesDirectory?: string;
}

export interface Sidecar {
  readonly context: OperationContext;
  readonly server: Server;
  readonly inbox: InboxWorker;
  readonly writeback: WritebackWorker;
  /** Sends outgoing webhooks. */
  readonly outgoing: OutgoingWorker;
  /** Sends mails of ours; null = there is no mail server. */
  readonly mails: OutgoingWorker | null;
  /** Runs a job by name, now. @throws Error when there is no such job */
  runJob(name: string): Promise<RunOutcome>;
  /** Starts workers and schedule. */
  start(): void;
  /** Takes nothing new, finishes what is under way. */
  stop(): Promise<void>;
}

/** Everything the parts share. */
export interface Parts extends ComposeOptions {
  readonly context: OperationContext;
  readonly metrics: Metrics;
  readonly sealer: ReturnType<typeof createSealer>;
  readonly hashEmail: (email: string) => string;
  readonly platformFor: (name: PlatformName) => ShopPlatform;
  readonly shopware: ShopwarePlatform;
  readonly magento: MagentoPlatform;
  readonly directory: ShopDirectory;
  readonly staffSessions: StaffSessions;
  readonly adminPages: AdminPages;
}

export function compose(options: ComposeOptions): Sidecar {
  const parts = composeParts(options);
  const { config, storage, clock, ids, log } = options;
  const jobs = composeJobs(parts);
  const jobDeps = { db: storage.db, clock, ids, log, owner: ids.next() };
  const runNamed = (name: string): Promise<RunOutcome> => {
    const job = jobs.find((candidate) => candidate.name === name);
    if (!job) throw new Error(`there is no job ${name}`);
    return runJob(jobDeps, job);
  };
  const running = { value: false };
  const followUp = (name: string, failure: string): (() => void) =>
    createFollowUp({
      run: () => runNamed(name),
      isRunning: () => running.value,
      onError: (error) => log.error({ error }, failure),
    });
  /** Members find the segments of a new programme at once, not with the next night. */
  const reviewSegments = followUp('review-segments', 'segments could not be reviewed');
  /** Tier prices follow a new shop or programme at once, not with the next night. */
  const refreshCatalogue = followUp('refresh-catalogue', 'the catalogue could not be refreshed');
  const inbox = composeInbox(parts, refreshCatalogue);
  const writeback = composeWriteback(parts);
  const outgoing = composeOutgoing(parts);
  const sender = config.smtpUrl === null ? null : createMailSender({ url: config.smtpUrl, from: config.mailFrom ?? '' });
  const mails = sender && composeMails(parts, sender);
  const batched = createBatchedInsert(storage.db);
  const onPublished = (): void => {
    refreshCatalogue();
    reviewSegments();
  };
  /** Who asked need not wait for the next minute. */
  const onWhatIf = (): void => {
    runNamed('run-what-ifs').catch((error: unknown) => log.error({ error }, 'what-ifs could not be run'));
  };
  const onImport = (): void => {
    runNamed('run-imports').catch((error: unknown) => log.error({ error }, 'imports could not be run'));
  };
  const onPreviewOrders = (): void => {
    runNamed('read-preview-orders').catch((error: unknown) => log.error({ error }, 'past orders could not be read'));
  };
  const hooks = { running, refreshCatalogue, onPublished, onWhatIf, onImport, onPreviewOrders };
  const app = composeApp(parts, inbox, hooks);
  const intake = composeIntake(parts, batched, inbox);
  const http: SidecarServer = createServer({ intakePath: INTAKE_PATH, intake, app });
  let schedule: Schedule | null = null;
  return {
    context: parts.context,
    server: http.server,
    inbox,
    writeback,
    outgoing,
    mails,
    runJob: runNamed,
    start: () => {
      running.value = true;
      inbox.start();
      writeback.start();
      outgoing.start();
      mails?.start();
      schedule = startSchedule(jobs, jobDeps);
    },
    stop: async () => {
      running.value = false;
      await http.drain(config.drainTimeoutMs);
      await batched.drain();
      await schedule?.stop();
      await Promise.all([inbox.stop(), writeback.stop(), outgoing.stop(), mails?.stop()]);
      sender?.close();
    },
  };
}

function composeParts(options: ComposeOptions): Parts {
  const { config, storage, clock, ids } = options;
  const http = createShopHttp({
    clock,
    random: options.random,
    sleep: options.sleep,
    agents: createGuardedAgents({ allowPrivate: config.allowPrivateUrls }),
  });
  const hashEmail = createEmailHasher(config.identityKey);
  const shopware = createShopwarePlatform({ http, clock, hashEmail, appName: config.shopwareAppName });
  const magento = createMagentoPlatform({ http, clock, ids, hashEmail });
  const platforms: Record<PlatformName, ShopPlatform> = { shopware, magento };
  const sealer = createSealer(config.encryptionKeys);
  return {
    ...options,
    context: composeContext(config, storage, clock, ids),
    metrics: createMetrics(),
    sealer,
    hashEmail,
    platformFor: (name) => platforms[name],
    shopware,
    magento,
    directory: createShopDirectory(storage.db, sealer, clock),
    staffSessions: createStaffSessions(sealer, clock),
    adminPages: createAdminPages(options.pagesDirectory ?? join(__dirname, '../admin-ui/dist')),
  };
}

function composeInbox(parts: Parts, refreshCatalogue: () => void): InboxWorker {
  const { context, metrics, platformFor, sealer, directory } = parts;
  const handle = createGroupHandler({
    context,
    loadShop: async (shopId) => {
      const row = await findShopById(context.db, shopId);
      return row ? { shop: await openShop(context.db, row, sealer), platform: platformFor(row.platform) } : null;
    },
    onErased: (resource) => metrics.erasedIgnored.inc({ resource }),
    onShopChanged: (shopId) => {
      directory.forget(shopId);
      // A Shopware app gets no API token before it is activated.
      refreshCatalogue();
    },
  });
  return createInboxWorker({
    db: context.db,
    clock: parts.clock,
    ids: parts.ids,
    log: parts.log,
    random: parts.random,
    concurrency: parts.config.workerConcurrency,
    handle: async (group) => {
      const measured = metrics.processDuration.startTimer();
      await handle(group).finally(measured);
    },
    onOutcome: (result, count) => metrics.inboxProcessed.inc({ result }, count),
  });
}

function composeWriteback(parts: Parts): WritebackWorker {
  const { context, metrics, sealer } = parts;
  return createWritebackWorker({
    db: context.db,
    clock: parts.clock,
    ids: parts.ids,
    log: parts.log,
    random: parts.random,
    platformFor: parts.platformFor,
    loadShop: async (shopId) => {
      const row = await findShopById(context.db, shopId);
      return row && isConnected(row.status) ? await openShop(context.db, row, sealer) : null;
    },
    recentHistory: explainedHistory(context),
    onOutcome: (result, type, count) => metrics.writebacks.inc({ type, result }, count),
  });
}

/** What integrators answer is not read beyond this; nobody needs it. */
const MAX_ANSWER_BYTES = 65_536;

function composeOutgoing(parts: Parts): OutgoingWorker {
  const { clock, config, context, ids, log, random, sealer } = parts;
  const agents = createGuardedAgents({ allowPrivate: config.allowPrivateUrls });
  const http = createShopHttp({ clock, random, sleep: parts.sleep, agents, maxResponseBytes: MAX_ANSWER_BYTES });
  return createOutgoingWorker({ db: context.db, clock, ids, log, random, sealer, http });
}

function composeMails(parts: Parts, sender: MailSender): OutgoingWorker {
  const { clock, config, context, ids, log, metrics, random, sealer } = parts;
  return createMailWorker({
    db: context.db,
    clock,
    ids,
    log,
    random,
    sealer,
    sender,
    links: context.links,
    programmes: context.programmes,
    loadShop: async (shopId) => {
      const row = await findShopById(context.db, shopId);
      if (!row || !isConnected(row.status)) return null;
      return { shop: await openShop(context.db, row, sealer), platform: parts.platformFor(row.platform) };
    },
    rate: createRateBuckets(config.mailRatePerSecond, clock),
    onOutcome: (result) => metrics.mails.inc({ result }),
  });
}

function composeIntake(parts: Parts, batched: ReturnType<typeof createBatchedInsert>, inbox: InboxWorker) {
  const { config, clock, ids, log, metrics, directory, platformFor } = parts;
  return createIntake({
    platforms: [platformFor('shopware'), platformFor('magento')],
    accept: createAcceptDelivery({
      directory,
      inbox: batched,
      clock,
      ids,
      log,
      rate: createRateBuckets(config.intakeRatePerSecond, clock),
      onStored: () => inbox.wake(),
    }),
    ids,
    log,
    bodyLimitBytes: config.bodyLimitBytes,
    onDelivery: (platform) => {
      const measured = metrics.intakeDuration.startTimer({ platform });
      return (result) => {
        measured();
        metrics.deliveries.inc({ platform, result });
      };
    },
  });
}

interface AppHooks {
  readonly running: { readonly value: boolean };
  readonly refreshCatalogue: () => void;
  readonly onPublished: () => void;
  readonly onWhatIf: () => void;
  readonly onImport: () => void;
  readonly onPreviewOrders: () => void;
}

function composeApp(parts: Parts, inbox: InboxWorker, { running, refreshCatalogue, ...hooks }: AppHooks) {
  const { config, storage, clock, log, ids, metrics } = parts;
  const onBacklog = (backlog: Backlog): void => {
    metrics.inboxPending.set(backlog.inbox.pending);
    metrics.inboxLag.set(backlog.inbox.lagSeconds);
    metrics.writebackPending.set(backlog.writeback.pending);
    metrics.deadLetters.set({ queue: 'inbox' }, backlog.inbox.dead);
    metrics.deadLetters.set({ queue: 'writeback' }, backlog.writeback.dead);
    for (const queue of ['webhooks', 'mails'] as const) {
      metrics.deadLetters.set({ queue }, backlog[queue].dead);
      metrics.outgoingPending.set({ queue }, backlog[queue].pending);
    }
  };
  return createHttpApp({
    ids,
    log,
    health: createHealthRouter({
      db: storage.db,
      dialect: storage.dialect,
      clock,
      log,
      workers: { inbox, writeback: { isRunning: () => running.value } },
      registry: metrics.registry,
      onBacklog,
      metricsToken: config.metricsToken,
    }),
    signedRouters: [
      checkoutGateway(parts),
      actionButtons(parts),
      magentoCheckout(parts),
      magentoWishes(parts),
      magentoCompanyPage(parts),
    ],
    files: [{ path: '/ui/assets', router: parts.adminPages.files }],
    routers: [
      storefrontApi(parts),
      adminModule(parts),
      magentoAdminPage(parts),
      { path: '/leads', router: createLeadsRouter({ ...parts.context, sealer: parts.sealer, hashEmail: parts.hashEmail }) },
      { path: '/terms', router: createTermsRouter(parts.context) },
      { path: '/referral-qr', router: createReferralQrRouter(parts.context.db) },
      { path: '/take-part', router: createTakePartRouter(parts.context) },
      { path: UNSUBSCRIBE_PATH, router: createUnsubscribeRouter(parts.context) },
      ...connectionRouters(parts, refreshCatalogue),
      ...apiRouters(parts, { onReplay: () => inbox.wake(), ...hooks }),
      ...(parts.routers ?? []),
    ],
    ratePerMinute: config.apiRatePerMinute,
    trustedProxies: config.trustedProxies,
  });
}

/** How shops become known. */
function connectionRouters(parts: Parts, refreshCatalogue: () => void): MountedRouter[] {
  const { config, clock, ids, log, sealer, context, directory } = parts;
  const shared = {
    db: context.db,
    sealer,
    clock,
    ids,
    log,
    publicUrl: config.publicUrl,
    allowPrivateUrls: config.allowPrivateUrls,
    bodyLimitBytes: config.bodyLimitBytes,
    onConnected: async (shopId: string) => {
      directory.forget(shopId);
      await changeShopStatus(context, { shopId, status: 'active', appVersion: null, receivedAt: clock.now(), messageIds: [] });
      refreshCatalogue();
    },
  };
  const magento = { path: '/magento', router: createMagentoPairingRouter({ ...shared, parsePairingRequest }) };
  if (config.shopwareAppSecret === null) return [magento];
  const shopware = createShopwareRegistrationRouter({
    ...shared,
    protocol: shopwareProtocol,
    appName: config.shopwareAppName,
    appSecret: config.shopwareAppSecret,
    programmeId: config.defaultProgrammeId,
    allowUnsignedReregistration: config.allowUnsignedReregistration,
  });
  return [magento, { path: '/shopware', router: shopware }];
}
