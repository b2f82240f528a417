import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly deliveries: Counter<'platform' | 'result'>;
  readonly inboxProcessed: Counter<'result'>;
  readonly writebacks: Counter<'type' | 'result'>;
  readonly erasedIgnored: Counter<'resource'>;
  readonly jobRuns: Counter<'job' | 'result'>;
  readonly inboxPending: Gauge;
  /** Seconds the oldest waiting delivery has waited. */
  readonly inboxLag: Gauge;
  readonly writebackPending: Gauge;
  readonly outgoingPending: Gauge<'queue'>;
  readonly mails: Counter<'result'>;
  readonly deadLetters: Gauge<'queue'>;
  readonly intakeDuration: Histogram<'platform'>;
  readonly processDuration: Histogram;
  readonly checkoutDuration: Histogram<'result'>;
}

const INTAKE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const PROCESS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A registry of its own, so that several sidecars fit into one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    deliveries: new Counter({
      name: 'deliveries_total',
      help: 'Webhooks received, by platform and result (accepted, duplicate, or an error code).',
      labelNames: ['platform', 'result'],
      registers,
    }),
    inboxProcessed: new Counter({
      name: 'inbox_processed_total',
      help: 'Stored deliveries worked on, by result (done, retry, dead).',
      labelNames: ['result'],
      registers,
    }),
    writebacks: new Counter({
      name: 'writeback_total',
      help: 'Resources pushed to shops, by type and result (ok, retry, dead).',
      labelNames: ['type', 'result'],
      registers,
    }),
    erasedIgnored: new Counter({
      name: 'erased_ignored_total',
      help: 'What shops said of persons who were erased and was not listened to, by resource (order, customer).',
      labelNames: ['resource'],
      registers,
    }),
    mails: new Counter({
      name: 'mails_total',
      help: 'Mails of ours that were tried, by result (done, dropped, retry, dead).',
      labelNames: ['result'],
      registers,
    }),
    jobRuns: new Counter({
      name: 'job_runs_total',
      help: 'Runs of recurring jobs, by job and result.',
      labelNames: ['job', 'result'],
      registers,
    }),
    ...backlogGauges(registers),
    intakeDuration: new Histogram({
      name: 'intake_duration_seconds',
      help: 'From the head of a webhook to its answer.',
      labelNames: ['platform'],
      buckets: INTAKE_BUCKETS,
      registers,
    }),
    checkoutDuration: new Histogram({
      name: 'checkout_duration_seconds',
      help: 'Time to answer a checkout, by result (allowed, denied, late, failed).',
      labelNames: ['result'],
      buckets: INTAKE_BUCKETS,
      registers,
    }),
    processDuration: new Histogram({
      name: 'process_duration_seconds',
      help: 'Working off the deliveries of one resource.',
      buckets: PROCESS_BUCKETS,
      registers,
    }),
  };
}

/** What waits and what was given up, set before they are read. */
function backlogGauges(registers: Registry[]) {
  return {
    inboxPending: new Gauge({ name: 'inbox_pending', help: 'Stored deliveries that wait.', registers }),
    inboxLag: new Gauge({ name: 'inbox_lag_seconds', help: 'Age of the oldest delivery that waits.', registers }),
    writebackPending: new Gauge({ name: 'writeback_pending', help: 'Resources that shops do not show yet.', registers }),
    outgoingPending: new Gauge({
      name: 'outgoing_pending',
      help: 'What is to be sent to integrators and members, by queue (webhooks, mails).',
      labelNames: ['queue'],
      registers,
    }),
    deadLetters: new Gauge({
      name: 'dead_letters',
      help: 'What was given up and can be replayed, by queue (inbox, writeback, webhooks, mails).',
      labelNames: ['queue'],
      registers,
    }),
  } satisfies Partial<Metrics>;
}
