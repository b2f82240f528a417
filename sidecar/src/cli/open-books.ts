/** What commands that write into the books need: the configuration of the sidecar, and its parts. */
import { systemClock } from '../clock';
import { loadConfig } from '../config';
import { systemIds } from '../ids';
import type { OperationContext } from '../operations/context';
import { createCustomerHasher, createEmailHasher } from '../security/identity-hash';
import { createPublicLinks } from '../security/public-links';
import { openStorage, type Storage } from '../storage/dialect';
import { createProgrammeSource } from '../stores/programme-store';

export interface OpenBooks {
  readonly storage: Storage;
  readonly context: OperationContext;
  readonly hashEmail: (email: string) => string;
}

/** @throws ConfigError */
export function openBooks(env: Readonly<Record<string, string | undefined>>): OpenBooks {
  const config = loadConfig(env);
  const storage = openStorage({ url: config.databaseUrl, poolSize: config.databasePoolSize });
  return {
    storage,
    context: {
      db: storage.db,
      clock: systemClock,
      ids: systemIds,
      programmes: createProgrammeSource(),
      hashCustomer: createCustomerHasher(config.identityKey),
      links: createPublicLinks(config.publicUrl, config.identityKey),
    },
    hashEmail: createEmailHasher(config.identityKey),
  };
}
