import { excludedPlaces } from '../domain/channel';
import { closedFor, type ClosedGoods } from '../domain/early-access';
import type { Goods } from '../domain/scope';
import { findIdentity, findMember } from '../stores/member-store';
import { shownAccountOf } from '../stores/company-store';
import type { OperationContext } from './context';
import { memberStanding } from './member-standing';

export interface EarlyAccessQuestion {
  readonly programmeId: string;
  readonly shopId: string;
  /** Null for guests. */
  readonly customerId: string | null;
  /** Sales channel or store view; null = the shop did not say. */
  readonly place: string | null;
  readonly goods: readonly CartGoods[];
}

export interface CartGoods extends Goods {
  readonly productNumber: string;
  /** As the shopper reads it. */
  readonly name: string;
}

/** A product that the buyer may not have yet; names of tiers are the merchant's. */
export interface ClosedProduct extends ClosedGoods {
  readonly product: CartGoods;
  readonly tier: string | null;
  readonly timeZone: string;
}

/** The first product of a cart that is not open to its buyer; null = all are. Costs no read of the member while no rule names them. */
export async function checkEarlyAccess(context: OperationContext, question: EarlyAccessQuestion): Promise<ClosedProduct | null> {
  const { programmeId, shopId, customerId, place, goods } = question;
  const at = context.clock.now();
  const published = await context.programmes.effectiveAt(context.db, programmeId, at);
  if (!published) return null;
  const { earlyAccess: rules = [], channels = [], timeZone, tiers } = published.programme;
  if (place !== null && excludedPlaces(channels, shopId).includes(place)) return null;
  const asked = goods.filter((one) => closedFor(rules, one, { tier: null, at }) !== null);
  if (asked.length === 0) return null;
  const identity = customerId === null ? undefined : await findIdentity(context.db, shopId, customerId);
  // A buyer of a company that pools has the company's tier, as its pages say.
  const ranked = identity && (await findMember(context.db, await shownAccountOf(context.db, identity.member_id)));
  const tier = ranked ? (await memberStanding(context.db, published.programme, ranked, at)).tier : null;
  for (const product of asked) {
    const closed = closedFor(rules, product, { tier, at });
    const nameOf = (code: string): string => tiers.levels.find((level) => level.code === code)?.name ?? code;
    if (closed) return { product, tier, timeZone, tiers: closed.tiers.map(nameOf), opensAt: closed.opensAt };
  }
  return null;
}
