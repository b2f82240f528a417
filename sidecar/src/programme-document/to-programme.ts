import { toMinor } from '../domain/money';
import type { CurrencyTerms, FreeProductRule, Programme, Scope, TierPriceRule } from '../domain/programme';
import { activityRule } from './activities';
import { campaignRule } from './campaigns';
import { cashbackRule } from './cashback';
import { channelRule } from './channels';
import { challengeRule } from './challenges';
import { earlyAccessRules } from './early-access';
import { percentBps, tenThousandths } from './decimals';
import { leadTerms } from './leads';
import { messageTerms } from './messages';
import { effect, minorByCurrency } from './effect';
import { nextPurchaseRule } from './next-purchase';
import { occasionRule } from './occasions';
import { participationTerms } from './participation';
import { referralTerms } from './referral';
import type { ProgrammeDocument } from './schema';
import { membershipMultipliers, membershipPlan } from './memberships';
import { catalogueReward } from './rewards';
import { segmentRule } from './segments';
import { perkMultipliers, perkPrices, tierTerms } from './to-tiers';
import { volumeIncentives } from './to-volume';
import { voucherTerms } from './vouchers';

/** The document in the integers the domain computes with. The document must have passed all checks. */
export function toProgramme(document: ProgrammeDocument): Programme {
  const { accrual, redemption } = document;
  const { minimum, multipliers, ...accrualAsWritten } = accrual;
  return {
    name: document.name,
    baseCurrency: document.baseCurrency,
    timeZone: document.timeZone,
    currencies: Object.fromEntries(
      Object.entries(document.currencies).map(([code, terms]) => [code, currencyTerms(code, terms)]),
    ),
    accrual: {
      ...accrualAsWritten,
      minimumMinor: minorByCurrency(minimum),
      multipliers: [
        ...multipliers.map((rule) => ({
          code: rule.code,
          multiplierBps: tenThousandths(rule.multiplier),
          scope: scope(rule.scope),
        })),
        ...perkMultipliers(document),
        ...membershipMultipliers(document),
      ],
    },
    channels: document.channels.map(channelRule),
    campaigns: document.campaigns.map((campaign) => {
      const { from, until, scope: where } = campaign;
      return campaignRule(campaign, scope({ ...where, from, until }), minorByCurrency(where.minimumOrder));
    }),
    expireAfterDays: document.expireAfterDays,
    tiers: tierTerms(document),
    tierPrices: [...document.tierPrices.map(tierPriceRule), ...perkPrices(document)],
    earlyAccess: earlyAccessRules(document),
    volume: volumeIncentives(document),
    freeProducts: document.freeProducts.map(freeProductRule),
    referral: document.referral && referralTerms(document.referral),
    welcomePoints: document.welcome?.points ?? 0,
    welcomeVoucher: document.welcome?.voucher ? voucherTerms(document.welcome.voucher) : null,
    occasions: document.occasions.map((occasion) => occasionRule(occasion, scope(occasion.scope))),
    nextPurchase: document.nextPurchase.map((rule) => nextPurchaseRule(rule, scope(rule.scope))),
    redemption: redemption && {
      minimumPoints: redemption.minimumPoints,
      stepPoints: redemption.stepPoints,
      maximumShareBps: percentBps(redemption.maximumSharePercent),
      holdMinutes: redemption.holdMinutes,
      refundsPoints: redemption.refundsPoints,
    },
    activities: document.activities.map((activity) => activityRule(activity, scope(activity.scope))),
    messages: messageTerms(document.messages),
    cashback: document.cashback.map(cashbackRule),
    memberships: document.memberships.map(membershipPlan),
    rewards: document.rewards.map((reward) => catalogueReward(reward, scope, document.baseCurrency)),
    challenges: document.challenges.map((challenge) => challengeRule(challenge, scope(challenge.scope))),
    segments: document.segments.map((segment) => segmentRule(segment, document.baseCurrency)),
    approvals: document.approvals,
    identity: document.identity,
    privacy: document.privacy,
    leads: leadTerms(document.leads),
    participation: participationTerms(document.terms),
  };
}

type Written<Key extends 'tierPrices' | 'freeProducts'> = ProgrammeDocument[Key][number];
type WrittenScope = Partial<ProgrammeDocument['accrual']['multipliers'][number]['scope']>;

function currencyTerms(code: string, terms: ProgrammeDocument['currencies'][string]): CurrencyTerms {
  const { earn, pointValue, turnoverFactor } = terms;
  return {
    earnPoints: earn.points,
    earnPerMinor: toMinor(earn.per, code),
    pointValue: pointValue && { valuePoints: pointValue.points, valueMinor: toMinor(pointValue.value, code) },
    turnoverFactorBps: tenThousandths(turnoverFactor ?? 1),
  };
}

function scope(written: WrittenScope): Scope {
  const { tiers, products, categories, segments, channels, from, until } = written;
  return {
    ...(tiers && { tiers }),
    ...(products && { products }),
    ...(categories && { categories }),
    ...(segments && { segments }),
    ...(channels && { channels }),
    ...(from !== undefined && { from: toInstant(from) }),
    ...(until !== undefined && { until: toInstant(until) }),
  };
}

function tierPriceRule(rule: Written<'tierPrices'>): TierPriceRule {
  return {
    code: rule.code,
    tier: rule.tier,
    ...(rule.products && { products: rule.products }),
    ...(rule.categories && { categories: rule.categories }),
    steps: rule.steps.map(({ quantityFrom, price, percentOff }) => ({ quantityFrom, effect: effect(price, percentOff) })),
  };
}

function freeProductRule(rule: Written<'freeProducts'>): FreeProductRule {
  const { code, products, quantity, minimumGoods, limitPerMember, stock, tiers, segments, channels, from, until } = rule;
  return {
    ...scope({ tiers, segments, channels, from, until }),
    code,
    products,
    quantity,
    minimumGoodsMinor: minorByCurrency(minimumGoods),
    limitPerMember,
    stock,
  };
}

function toInstant(written: string): string {
  return new Date(written).toISOString();
}
