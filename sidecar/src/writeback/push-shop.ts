import type { DesiredResourceType } from '../domain/mirror';
import { addMs } from '../domain/instant';
import type { Db } from '../storage/transaction';
import { claimDirty, isTypePending } from '../stores/desired-state-store';
import { pushClaim } from './push-claim';
import type { ShopCircuit } from './shop-circuit';
import type { WritebackContext } from './writeback-context';

interface Phase {
  readonly type: DesiredResourceType;
  readonly gone: boolean;
  /** Not before everything of these types has arrived. */
  readonly after?: readonly DesiredResourceType[];
}

/** Order within a shop: tiers and price lists must exist before members and prices name them, and go after they stopped doing so. */
const PHASES: readonly Phase[] = [
  { type: 'terms', gone: false },
  { type: 'tier', gone: false },
  { type: 'price-list', gone: false },
  { type: 'member', gone: false, after: ['tier', 'price-list'] },
  { type: 'member', gone: true },
  // A mail shows what the mirror says.
  { type: 'notice', gone: false, after: ['member'] },
  { type: 'tier-price', gone: false, after: ['tier', 'price-list'] },
  { type: 'tier-price', gone: true },
  { type: 'friend-code', gone: false },
  { type: 'friend-code', gone: true },
  { type: 'voucher', gone: false },
  { type: 'voucher', gone: true },
  // Shopware refuses to delete a rule that has prices.
  { type: 'tier', gone: true, after: ['tier-price'] },
  { type: 'price-list', gone: true, after: ['tier-price'] },
  { type: 'terms', gone: true },
];

/** After so many batches of a phase the next one gets its turn. */
const MAX_BATCHES_PER_PHASE = 20;

/** Longer than any batch takes with all its time limits; a push that outlives it is repeated. */
const LEASE_MS = 300_000;

export interface PushedShop {
  /** Rows sent, whatever came of it. */
  readonly sent: number;
  readonly taken: number;
}

/** Pushes what is due for one shop, until nothing is, the shop fails, or `isStopping` says so. */
export async function pushShop(
  context: WritebackContext,
  circuit: ShopCircuit,
  shopId: string,
  isStopping: () => boolean,
): Promise<PushedShop> {
  let sent = 0;
  let taken = 0;
  const shop = await context.loadShop(shopId);
  if (shop === null) return { sent, taken };
  const platform = context.platformFor(shop.platform);
  const phases = shop.isLeaving === true ? PHASES.filter(({ gone }) => gone) : PHASES;
  for (const phase of phases) {
    for (let batch = 0; batch < MAX_BATCHES_PER_PHASE; batch += 1) {
      if (isStopping() || circuit.isPaused(shopId, context.clock.nowMs())) return { sent, taken };
      if (await isAnyPending(context.db, shopId, phase)) break;
      const now = context.clock.now();
      const claim = await claimDirty(context.db, {
        token: context.ids.next(),
        shopId,
        type: phase.type,
        gone: phase.gone,
        now,
        leaseUntil: addMs(now, LEASE_MS),
        limit: platform.maxBatch(phase.type),
      });
      if (claim.rows.length === 0) break;
      const pushed = await pushClaim(context, circuit, shop, claim);
      sent += claim.rows.length;
      taken += pushed.taken;
      if (pushed.shopFailed) return { sent, taken };
    }
  }
  return { sent, taken };
}

async function isAnyPending(db: Db, shopId: string, { after = [], gone }: Phase): Promise<boolean> {
  for (const type of after) if (await isTypePending(db, shopId, type, gone)) return true;
  return false;
}
