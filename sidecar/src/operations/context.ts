import type { Clock } from '../clock';
import type { Ids } from '../ids';
import type { Db } from '../storage/transaction';
import type { PublicLinks } from '../security/public-links';
import type { ProgrammeSource } from '../stores/programme-store';

/** What every operation is given; wired once in compose.ts. */
export interface OperationContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly programmes: ProgrammeSource;
  /** Pages of ours that members open. */
  readonly links: PublicLinks;
  /** Whether mails of our own can be sent; absent = no mail server is named. */
  readonly hasMailServer?: boolean;
  /** Keyed: by it a shop account is recognised that must not be known by name any more. */
  readonly hashCustomer: (shopId: string, customerId: string) => string;
}
