/** Starts the sidecar: configuration, schema, listening; drains on SIGTERM and SIGINT. */
import { compose } from './compose';
import { ConfigError, loadConfig, type Config } from './config';
import { systemClock } from './clock';
import { systemIds } from './ids';
import { createLogger } from './logger';
import { createSealer } from './security/sealer';
import { openStorage } from './storage/dialect';
import { migrate } from './storage/migrate';
import { ensureProgramme } from './stores/programme-store';
import { rotateShopSecrets } from './stores/shop-store';

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function main(): Promise<void> {
  const config = configOrExit();
  const log = createLogger(config.logLevel);
  const storage = openStorage({ url: config.databaseUrl, poolSize: config.databasePoolSize });
  const applied = await migrate(storage, systemClock);
  // Shops, keys and staff belong to a programme from the first minute on, before anything is published.
  await ensureProgramme(storage.db, config.defaultProgrammeId, config.defaultProgrammeId, systemClock.now());
  const resealed = await rotateShopSecrets(storage.db, createSealer(config.encryptionKeys));
  if (resealed > 0) log.info({ resealed }, 'secrets were sealed with the first key; the others may go');
  const sidecar = compose({
    config,
    storage,
    log,
    clock: systemClock,
    ids: systemIds,
    random: () => Number.parseInt(systemIds.secret(6), 16) / 2 ** 48,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  await new Promise<void>((resolve, reject) => {
    sidecar.server.once('error', reject);
    sidecar.server.listen(config.port, config.host, resolve);
  });
  sidecar.start();
  log.info({ port: config.port, database: storage.dialect, migrations: applied.length }, 'the sidecar is ready');

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'draining');
    sidecar
      .stop()
      .then(() => storage.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'the drain failed');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** What somebody can do about it, where that is known. */
function faultText(error: unknown): string {
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE') return `Something else listens at ${address}:${port}. Set PORT to a free one, or end the other.`;
  if (code === 'EACCES' && port !== undefined) return `Port ${port} is not ours to listen at. Set PORT to one from 1024 on.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${faultText(error)}\n`);
  process.exit(1);
});
