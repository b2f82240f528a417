/** What commands that write into the books need: the configuration of the sidecar, and its parts. */
import { systemClock } from '../clock';
import { composeContext } from '../compose-context';
import { loadConfig } from '../config';
import { systemIds } from '../ids';
import type { OperationContext } from '../operations/context';
import { createEmailHasher } from '../security/identity-hash';
import { openStorage, type Storage } from '../storage/dialect';

export interface OpenBooks {
  readonly storage: Storage;
  readonly context: OperationContext;
  readonly hashEmail: (email: string) => string;
}

/** @throws ConfigError */
export function openBooks(env: Readonly<Record<string, string | undefined>>): OpenBooks {
  const config = loadConfig(env);
  const storage = openStorage({ url: config.databaseUrl, poolSize: config.databasePoolSize });
  const context = composeContext(config, storage, systemClock, systemIds);
  return { storage, context, hashEmail: createEmailHasher(config.identityKey) };
}
