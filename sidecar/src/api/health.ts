import { Router } from 'express';
import type { Clock } from '../clock';
import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import type { DialectName } from '../storage/dialect';
import { migrations } from '../storage/migrate';
import type { Db } from '../storage/transaction';
import { requireBearer } from './authenticate';
import { readBacklog, type Backlog } from './backlog';

export interface HealthDeps {
  readonly db: Db;
  readonly dialect: DialectName;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Workers by name; the process is ready while all of them run. */
  readonly workers: Readonly<Record<string, { isRunning(): boolean }>>;
  readonly registry: Metrics['registry'];
  /** Called with fresh figures before metrics are read. */
  readonly onBacklog: (backlog: Backlog) => void;
  /** Null = `/metrics` is open. */
  readonly metricsToken: string | null;
}

interface Readiness {
  readonly status: 'ready' | 'not_ready';
  readonly checks: {
    readonly database: { readonly ok: boolean };
    readonly migrations: { readonly ok: boolean; readonly missing: number | null };
    readonly workers: { readonly ok: boolean; readonly stopped: readonly string[] };
  };
  /** Null when the database does not answer. A backlog does not make the process unready: it must go on to work it off. */
  readonly backlog: Backlog | null;
}

/** `GET /health` (the process lives), `GET /ready` (it can do its work), `GET /metrics` (Prometheus). */
export function createHealthRouter(deps: HealthDeps): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const readiness = await readReadiness(deps);
    response.status(readiness.status === 'ready' ? 200 : 503).json(readiness);
  });
  if (deps.metricsToken !== null) router.get('/metrics', requireBearer([deps.metricsToken]));
  router.get('/metrics', async (_request, response) => {
    // Without a database the other figures matter all the more.
    const backlog = await backlogOrNull(deps);
    if (backlog) deps.onBacklog(backlog);
    response.type(deps.registry.contentType).send(await deps.registry.metrics());
  });
  return router;
}

async function readReadiness(deps: HealthDeps): Promise<Readiness> {
  const missing = await missingMigrations(deps);
  const backlog = missing === 0 ? await backlogOrNull(deps) : null;
  const stopped = Object.entries(deps.workers)
    .filter(([, worker]) => !worker.isRunning())
    .map(([name]) => name);
  const checks = {
    database: { ok: missing !== null },
    migrations: { ok: missing === 0, missing },
    workers: { ok: stopped.length === 0, stopped },
  };
  const isReady = Object.values(checks).every((check) => check.ok);
  return { status: isReady ? 'ready' : 'not_ready', checks, backlog };
}

/** Null when the database does not answer. */
async function missingMigrations(deps: HealthDeps): Promise<number | null> {
  try {
    const rows = await deps.db.selectFrom('schema_migration').select('name').execute();
    const applied = new Set(rows.map((row) => row.name));
    return migrations(deps.dialect).filter(({ name }) => !applied.has(name)).length;
  } catch (error) {
    deps.log.warn({ error }, 'the database did not answer a readiness check');
    return null;
  }
}

async function backlogOrNull(deps: HealthDeps): Promise<Backlog | null> {
  try {
    return await readBacklog(deps.db, deps.clock);
  } catch (error) {
    deps.log.warn({ error }, 'the backlog could not be counted');
    return null;
  }
}
