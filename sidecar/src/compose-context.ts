import type { Clock } from './clock';
import type { Config } from './config';
import type { Ids } from './ids';
import type { OperationContext } from './operations/context';
import { createCustomerHasher } from './security/identity-hash';
import { createPublicLinks } from './security/public-links';
import type { Storage } from './storage/dialect';
import { createProgrammeSource } from './stores/programme-store';

/** What operations need, for the sidecar and for commands that write into its books. */
export function composeContext(config: Config, { db }: Storage, clock: Clock, ids: Ids): OperationContext {
  return {
    db,
    clock,
    ids,
    programmes: createProgrammeSource(),
    hashCustomer: createCustomerHasher(config.identityKey),
    hasMailServer: config.smtpUrl !== null,
    links: createPublicLinks(config.publicUrl, config.identityKey),
  };
}
