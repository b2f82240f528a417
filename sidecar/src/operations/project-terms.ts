import { localTime } from '../domain/calendar';
import { currencyExponent } from '../domain/currency';
import { comingRules } from '../domain/early-access';
import { hasBudget, type Campaign } from '../domain/campaign';
import { excludedPlaces, namedPlaces } from '../domain/channel';
import type { TermsMirror, TierMirror, TierTerms } from '../domain/mirror';
import { isBefore } from '../domain/instant';
import { factorBps, lineFactor } from '../domain/multiplier';
import type { FreeProductRule, Programme } from '../domain/programme';
import { shownThreshold } from '../domain/tier';
import type { PublicLinks } from '../security/public-links';
import type { Trx } from '../storage/transaction';
import { desiredIds, setDesired, setDesiredMany } from '../stores/desired-state-store';
import { rewardTerms } from './reward-terms';

export interface ProjectTermsInput {
  readonly shopId: string;
  readonly programmeVersionId: string;
  readonly programme: Programme;
  readonly now: string;
  readonly links: PublicLinks;
}

const TERMS_ID = 'programme';

type MirroredRule = Readonly<Record<string, unknown>>;

interface Placed {
  readonly channels?: readonly string[] | undefined;
}

/** States what a shop should know of the programme: the terms its cart works with, and one resource a tier. */
export async function projectTerms(trx: Trx, input: ProjectTermsInput): Promise<void> {
  const { shopId, now } = input;
  const excludedChannels = excludedPlaces(input.programme.channels ?? [], shopId);
  const terms: TermsMirror = {
    ...termsMirror(input.programmeVersionId, input.programme, now, shopId),
    ...(excludedChannels.length > 0 && { excludedChannels }),
    ...(await rewardTerms(trx, shopId, input.programme)),
    ...earlyAccess(input.programme, now),
    ...leadForm(input),
    ...(input.programme.referral !== null && { referralQr: `${input.links.base}/referral-qr/${shopId}` }),
  };
  await setDesired(trx, { shopId, type: 'terms', id: TERMS_ID, state: terms }, now);
  const present = new Set(terms.tiers.map((tier) => tier.code));
  const gone = (await desiredIds(trx, shopId, 'tier')).filter((code) => !present.has(code));
  await setDesiredMany(
    trx,
    shopId,
    'tier',
    [
      ...terms.tiers.map(({ code, name, rank, freeShipping }) => ({
        id: code,
        state: { code, name, rank, freeShipping } satisfies TierMirror,
      })),
      ...gone.map((code) => ({ id: code, state: null })),
    ],
    now,
  );
}

function earlyAccess({ earlyAccess: rules = [], timeZone }: Programme, now: string): Pick<TermsMirror, 'earlyAccess'> {
  const coming = comingRules(rules, now);
  if (coming.length === 0) return {};
  const shown = coming.map(({ code, products = null, categories = null, tiers, from, until }) => {
    const localFrom = from && localTime(from, timeZone);
    return { code, products, categories, tiers, from, until, localFrom, localUntil: localTime(until, timeZone) };
  });
  return { earlyAccess: shown };
}

/** What the shop's form says, and where it sends the address. */
function leadForm({ programme: { leads }, links, shopId }: ProjectTermsInput): Pick<TermsMirror, 'leads'> {
  if (leads === null) return {};
  const { version, texts } = leads.consent;
  return { leads: { page: `${links.base}/leads/${shopId}`, version, texts } };
}

/**
 * The programme as a cart reads it. Shapes inside:
 * - `redemption`: `{ pointValue: { EUR: { valuePoints, valueMinor } }, minimumPoints, stepPoints, maximumShareBps, holdMinutes }`;
 *   null when no currency redeems
 * - `accrual`: `{ basis, rounding, lockDays, pointsPaymentReducesBasis, earn: { EUR: { points, perMinor } }, minimumMinor,
 *   multiplierBps, tierMultiplierBps: { gold: 15000 } }`; the multipliers (members without and with a tier) are those that
 *   depend on nothing but the tier, enough for a preview
 * - `campaigns`: `{ code, name, from, until, tiers, segments, groups, products, categories, minimumMinor, stacking, multiplierBps }`, null =
 *   any; `multiplierBps` only of those that multiply all goods without a budget, enough for a preview
 * - `freeProducts`: `{ code, products, quantity, minimumGoodsMinor, tiers, segments, from, until, limitPerMember }`, null = any
 * - campaigns and free products for some channels have `places`, the shop's names of these; those without a place in the shop are left out
 */
export function termsMirror(programmeVersionId: string, programme: Programme, now: string, shopId: string): TermsMirror {
  const { channels = [] } = programme;
  const placed = <T extends Placed>(rules: readonly T[], toTerms: (rule: T) => MirroredRule): MirroredRule[] =>
    rules.flatMap((rule) => {
      const places = rule.channels && namedPlaces(channels, rule.channels, shopId);
      return places?.length === 0 ? [] : [{ ...toTerms(rule), ...(places && { places }) }];
    });
  return {
    programmeVersionId,
    baseCurrency: programme.baseCurrency,
    tierMetric: programme.tiers.metric,
    redemption: redemptionTerms(programme),
    accrual: accrualTerms(programme),
    freeProducts: placed(programme.freeProducts, freeProductTerms),
    campaigns: placed(
      presentCampaigns(programme.campaigns, now).map((campaign) => ({ campaign, channels: campaign.scope.channels })),
      ({ campaign }) => campaignTerms(campaign),
    ),
    minorUnits: Object.fromEntries(Object.keys(programme.currencies).map((code) => [code, 10 ** currencyExponent(code)])),
    tiers: programme.tiers.levels.map((level, rank): TierTerms => {
      const { code, name, requirement, perks } = level;
      const { freeShipping } = perks;
      return { code, name, rank, freeShipping, threshold: shownThreshold(programme.tiers, level), requirement, perks };
    }),
    volume: programme.volume,
  };
}

function redemptionTerms({ redemption, currencies }: Programme): TermsMirror['redemption'] {
  const redeeming = Object.entries(currencies).filter(([, terms]) => terms.pointValue !== null);
  if (redemption === null || redeeming.length === 0) return null;
  return {
    pointValue: Object.fromEntries(redeeming.map(([currency, terms]) => [currency, terms.pointValue])),
    minimumPoints: redemption.minimumPoints,
    stepPoints: redemption.stepPoints,
    maximumShareBps: redemption.maximumShareBps,
    holdMinutes: redemption.holdMinutes,
  };
}

function accrualTerms({ accrual, currencies, tiers }: Programme): TermsMirror['accrual'] {
  return {
    basis: accrual.basis,
    rounding: accrual.rounding,
    lockDays: accrual.lockDays,
    pointsPaymentReducesBasis: accrual.pointsPaymentReducesBasis,
    earn: Object.fromEntries(
      Object.entries(currencies).map(([currency, terms]) => [
        currency,
        { points: terms.earnPoints, perMinor: terms.earnPerMinor },
      ]),
    ),
    minimumMinor: accrual.minimumMinor,
    multiplierBps: steadyMultiplierBps(accrual, null),
    tierMultiplierBps: Object.fromEntries(tiers.levels.map(({ code }) => [code, steadyMultiplierBps(accrual, code)])),
  };
}

/** The factor every product earns for a member of a tier (null = none), whatever the date; campaigns come on top. */
function steadyMultiplierBps({ multipliers, stacking }: Programme['accrual'], tier: string | null): number {
  const steady = multipliers.filter(
    ({ scope }) =>
      Object.keys(scope).every((key) => key === 'tiers') && (!scope.tiers || (tier !== null && scope.tiers.includes(tier))),
  );
  return factorBps(lineFactor(stacking, steady, { productNumber: null, categoryIds: [] }).factor);
}

/** Those that stand alone come first, in the order in which they stand. What is over is nothing a page would show. */
function presentCampaigns(campaigns: readonly Campaign[], now: string): Campaign[] {
  const rank = ({ stacking, priority }: Campaign): number => (stacking === 'exclusive' ? priority : -1);
  return campaigns
    .filter(({ scope }) => scope.until === undefined || isBefore(now, scope.until))
    .sort((a, b) => rank(b) - rank(a));
}

function campaignTerms(campaign: Campaign): MirroredRule {
  const { code, name, scope, groups, minimumMinor, stacking, effect } = campaign;
  const isPlain = effect.kind === 'multiplier' && !hasBudget(campaign) && !scope.products && !scope.categories;
  return {
    code,
    name,
    from: scope.from ?? null,
    until: scope.until ?? null,
    tiers: scope.tiers ?? null,
    segments: scope.segments ?? null,
    groups,
    products: scope.products ?? null,
    categories: scope.categories ?? null,
    minimumMinor,
    stacking,
    multiplierBps: isPlain ? effect.multiplierBps : null,
  };
}

/** Without `stock`: how much is left is the sidecar's to know, and gifts beyond it are refused at checkout. */
function freeProductTerms(rule: FreeProductRule): MirroredRule {
  return {
    code: rule.code,
    products: rule.products,
    quantity: rule.quantity,
    minimumGoodsMinor: rule.minimumGoodsMinor,
    tiers: rule.tiers ?? null,
    segments: rule.segments ?? null,
    from: rule.from ?? null,
    until: rule.until ?? null,
    limitPerMember: rule.limitPerMember,
  };
}
