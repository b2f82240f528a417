import { ofCurrency } from '../domain/currency';
import type { MemberMirror, TierPriceMirror } from '../domain/mirror';
import type { Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { whichPrice, type PaidPrice } from '../domain/which-price';
import type { Row } from '../storage/tables';
import { productsOfNumbers } from '../stores/catalog-store';
import { latestDecisionAbout } from '../stores/decision-store';
import { readDesired } from '../stores/desired-state-store';
import { identitiesOf } from '../stores/member-store';
import type { OperationContext } from './context';

export interface PriceQuestion {
  readonly programmeId: string;
  readonly memberId: string;
  readonly shopId: string;
  readonly productNumber: string;
  readonly quantity: number;
  /** Null = the programme's base currency. */
  readonly currency: string | null;
}

export interface ExplainedPrice extends PaidPrice {
  readonly currency: string;
  /** Gross, of the product itself. */
  readonly regularMinor: number;
  /** What stated the product's prices; null = nobody ever gave it another than its own. */
  readonly decision: Row<'decision'> | null;
  /** Of the decision, what is about this member: their price lists first, then their tier. */
  readonly reasons: readonly Reason[];
}

export type PriceRefusal = 'no_account' | 'unknown_product' | 'other_currency' | 'no_programme';

/** Which price a member pays in a shop and why, by what the shop was told: nothing is decided or stored here. */
export async function explainPrice(
  context: OperationContext,
  { programmeId, memberId, shopId, productNumber, quantity, currency: asked }: PriceQuestion,
): Promise<Result<ExplainedPrice, PriceRefusal>> {
  const { db, clock, programmes } = context;
  const published = await programmes.effectiveAt(db, programmeId, clock.now());
  if (!published) return refuse('no_programme');
  const account = (await identitiesOf(db, memberId)).find((one) => one.shop_id === shopId);
  if (!account) return refuse('no_account');
  const [product] = await productsOfNumbers(db, shopId, [productNumber]);
  if (!product) return refuse('unknown_product');
  const currency = asked ?? published.programme.baseCurrency;
  const own = ofCurrency(product.prices, currency);
  if (own === null) return refuse('other_currency', { currencies: Object.keys(product.prices).sort().join(', ') });
  const shown = await readDesired<MemberMirror>(db, shopId, 'member', account.customer_id);
  const buyer = { tier: shown?.tier ?? null, priceLists: shown?.priceLists ?? [] };
  const stated = await readDesired<TierPriceMirror>(db, shopId, 'tier-price', product.productId);
  const subject = `product:${shopId}:${product.productId}`.slice(0, 191);
  const decision = await latestDecisionAbout(db, { programmeId, kind: 'tier_price', subject });
  const reasons = decision === null ? [] : (JSON.parse(decision.reasons) as Reason[]);
  const about = (name: string, code: string | null): Reason[] =>
    reasons.filter(({ figures }) => code !== null && figures[name] === code && isIn(figures['currency'], currency));
  return success({
    ...whichPrice(stated, buyer, { quantity, currency, own }),
    currency,
    regularMinor: own.grossMinor,
    decision,
    reasons: [...buyer.priceLists.flatMap((list) => about('list', list)), ...about('tier', buyer.tier)],
  });
}

/** A reason without a currency is about all of them. */
function isIn(named: unknown, currency: string): boolean {
  return named === undefined || named === null || named === currency;
}
