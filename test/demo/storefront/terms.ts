/** The terms that write-back put into the shop, as the app's scripts read them; their shapes are told at `termsMirror`. */
import type { TermsMirror } from '../../../sidecar/src/domain/mirror';
import type { ShownMember } from './counter';

/** The sandbox shops sell in it alone. */
export const CURRENCY = 'EUR';

interface Rate {
  readonly valuePoints: number;
  readonly valueMinor: number;
}

export interface RedemptionRules {
  readonly rate: Rate;
  readonly minimumPoints: number;
  readonly stepPoints: number;
  readonly maximumShareBps: number;
}

/** Null when nothing is paid with points. */
export function redemptionRules(terms: TermsMirror | null): RedemptionRules | null {
  const rules = terms?.redemption as
    (Omit<RedemptionRules, 'rate'> & { readonly pointValue: Readonly<Record<string, Rate>> }) | null | undefined;
  const rate = rules?.pointValue[CURRENCY];
  return rules && rate ? { ...rules, rate } : null;
}

/** What points are worth, rounded down. */
export function worthOf(points: number, { valuePoints, valueMinor }: Rate): number {
  return Math.floor((points * valueMinor) / valuePoints);
}

/** The most that can be paid with up to `points`, at the fewest points that are worth it; as `quote` of the app's cart script. */
export function quote(
  { rate: { valuePoints, valueMinor }, minimumPoints, stepPoints, maximumShareBps }: RedemptionRules,
  points: number,
  cart: { readonly goodsMinor: number; readonly restMinor: number },
): { readonly points: number; readonly valueMinor: number } {
  const none = { points: 0, valueMinor: 0 };
  const limit = Math.min(Math.floor((cart.goodsMinor * Math.min(maximumShareBps, 10_000)) / 10_000), cart.restMinor);
  if (points <= 0 || limit <= 0) return none;
  const below = Math.ceil(((limit + 1) * valuePoints) / valueMinor) - 1;
  const affordable = Math.min(points, below);
  const most = affordable - (affordable % stepPoints);
  const value = Math.floor((most * valueMinor) / valuePoints);
  if (most < minimumPoints || value <= 0) return none;
  const fewest = Math.max(Math.ceil((value * valuePoints) / valueMinor), minimumPoints);
  return { points: Math.ceil(fewest / stepPoints) * stepPoints, valueMinor: value };
}

export interface GiftRule {
  readonly code: string;
  readonly products: readonly string[];
  readonly quantity: number;
  readonly minimumGoodsMinor: Readonly<Record<string, number>>;
  readonly tiers: readonly string[] | null;
  readonly segments: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly limitPerMember: number | null;
}

/** Rules whose gifts a member can earn now, with the goods they ask for and the units they give. */
export function openGifts(terms: TermsMirror | null, member: ShownMember, now: string) {
  return ((terms?.freeProducts ?? []) as unknown as readonly GiftRule[]).flatMap((rule) => {
    const minimumMinor = rule.minimumGoodsMinor[CURRENCY];
    const isFor = rule.tiers === null || rule.tiers.includes(member.tier ?? '');
    const isMeant = rule.segments === null || rule.segments.some((segment) => member.segments?.includes(segment));
    const isOn = (rule.from === null || rule.from <= now) && (rule.until === null || now < rule.until);
    const given = member.givenGifts?.[rule.code] ?? 0;
    const units = rule.limitPerMember === null ? rule.quantity : Math.min(rule.quantity, rule.limitPerMember - given);
    if (minimumMinor === undefined || !isFor || !isMeant || !isOn || units < 1) return [];
    return [{ ruleCode: rule.code, products: rule.products, minimumMinor, units }];
  });
}

interface AccrualTerms {
  readonly basis: 'net' | 'gross';
  readonly lockDays: number;
  readonly earn: Readonly<Record<string, { readonly points: number; readonly perMinor: number }>>;
  readonly multiplierBps: number;
  readonly tierMultiplierBps: Readonly<Record<string, number>>;
}

const accrualOf = (terms: TermsMirror | null): AccrualTerms | null => terms && (terms.accrual as unknown as AccrualTerms);

/** Points that goods of a value earn, about: campaigns and what is left out are the sidecar's to know. */
export function earned(terms: TermsMirror | null, tier: string | null, value: { gross: number; net: number }): number {
  const accrual = accrualOf(terms);
  const rate = accrual?.earn[CURRENCY];
  if (!accrual || !rate || rate.perMinor <= 0) return 0;
  const factor = (tier === null ? undefined : accrual.tierMultiplierBps[tier]) ?? accrual.multiplierBps;
  return Math.max(0, Math.floor((value[accrual.basis] * rate.points * factor) / rate.perMinor / 10_000));
}

export function lockDaysOf(terms: TermsMirror | null): number {
  return accrualOf(terms)?.lockDays ?? 0;
}

export function tierName(terms: TermsMirror | null, code: string | null | undefined): string | null {
  return terms?.tiers.find((tier) => tier.code === code)?.name ?? code ?? null;
}

export function multiplierOf(terms: TermsMirror | null, tier: string): number {
  return accrualOf(terms)?.tierMultiplierBps[tier] ?? 10_000;
}
