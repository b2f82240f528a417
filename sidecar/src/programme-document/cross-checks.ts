/** What only several fields together can show: references, orders of values, currencies. */
import { isKnownCurrency, ofCurrency } from '../domain/currency';
import { isBefore } from '../domain/instant';
import { membershipSegment } from '../domain/membership';
import { checkActivities } from './activities';
import { checkCampaigns } from './campaigns';
import { checkCashback } from './cashback';
import { channelUses, checkChannels } from './channels';
import { checkChallenges } from './challenges';
import { checkEarlyAccess } from './early-access';
import { checkTiers } from './check-tiers';
import { checkVolume } from './check-volume';
import type { FieldError } from './field-error';
import { amount, exactlyOne, fault, moneyMap, notEmpty, uniqueCodes } from './field-checks';
import { checkLeads } from './leads';
import { checkMessages } from './messages';
import { checkNextPurchase } from './next-purchase';
import { checkOccasions } from './occasions';
import { checkParticipation } from './participation';
import { checkReferral, referralMoney } from './referral';
import type { ProgrammeDocument } from './schema';
import { checkMemberships } from './memberships';
import { checkRewards } from './rewards';
import { isMoney, type WrittenCondition } from './segments';
import { checkVoucher } from './vouchers';

type Check = (document: ProgrammeDocument) => FieldError[];

/** Everything that is wrong with a document whose fields are each well-formed. */
export function crossCheck(document: ProgrammeDocument): FieldError[] {
  const checks = [
    currencies,
    moneyMaps,
    multipliers,
    checkChannels,
    checkCampaigns,
    campaignScopes,
    checkTiers,
    tierPrices,
    checkEarlyAccess,
    earlyAccessTiers,
    checkVolume,
    freeProducts,
    checkReferral,
    redemption,
    segments,
    checkActivities,
    checkMessages,
    welcome,
    checkNextPurchase,
    checkOccasions,
    checkParticipation,
    checkLeads,
    checkRewards,
    checkCashback,
    checkMemberships,
    checkChallenges,
    memberScopes,
    lists,
  ];
  return checks.flatMap((check) => check(document));
}

const currencies: Check = ({ baseCurrency, currencies: table }) => {
  const errors: FieldError[] = [];
  if (ofCurrency(table, baseCurrency) === null) errors.push(fault('baseCurrency', `${baseCurrency} has no entry in currencies`));
  for (const [currency, terms] of Object.entries(table)) {
    const field = `currencies.${currency}`;
    if (!isKnownCurrency(currency)) {
      errors.push(fault(field, `${currency} is not an ISO 4217 currency`));
      continue;
    }
    errors.push(...amount(`${field}.earn.per`, terms.earn.per, currency));
    if (terms.pointValue) errors.push(...amount(`${field}.pointValue.value`, terms.pointValue.value, currency));
    const isBase = currency === baseCurrency;
    if (isBase && (terms.turnoverFactor ?? 1) !== 1)
      errors.push(fault(`${field}.turnoverFactor`, 'must be 1 for the base currency'));
    if (!isBase && terms.turnoverFactor === undefined) {
      errors.push(fault(`${field}.turnoverFactor`, 'is required for every currency but the base currency'));
    }
  }
  return errors;
};

const moneyMaps: Check = (document) => {
  const { accrual, tierPrices: prices, freeProducts: gifts, referral: terms } = document;
  const maps: [string, Readonly<Record<string, number>> | undefined][] = [
    ['accrual.minimum', accrual.minimum],
    ...prices.flatMap((rule, i) =>
      rule.steps.map((step, j): [string, typeof step.price] => [`tierPrices[${i}].steps[${j}].price`, step.price]),
    ),
    ...gifts.map((rule, i): [string, Record<string, number>] => [`freeProducts[${i}].minimumGoods`, rule.minimumGoods]),
    ...document.campaigns.map(({ scope }, i): [string, Record<string, number>] => [
      `campaigns[${i}].scope.minimumOrder`,
      scope.minimumOrder,
    ]),
    ...referralMoney(terms),
  ];
  return maps.flatMap(([field, map]) => moneyMap(document.currencies, field, map));
};

const multipliers: Check = (document) => {
  const rules = document.accrual.multipliers;
  return [
    ...uniqueCodes('accrual.multipliers', rules),
    ...rules.flatMap(({ scope }, i) => [
      ...knownTiers(document, `accrual.multipliers[${i}].scope.tiers`, scope.tiers),
      ...period(`accrual.multipliers[${i}].scope`, scope),
    ]),
  ];
};

const tierPrices: Check = (document) => [
  ...uniqueCodes('tierPrices', document.tierPrices),
  ...document.tierPrices.flatMap((rule, i) => {
    const field = `tierPrices[${i}]`;
    return [
      ...knownTiers(document, `${field}.tier`, rule.tier),
      ...(rule.products || rule.categories ? [] : [fault(field, 'must name products or categories')]),
      ...rule.steps.flatMap((step, j) => priceStep(`${field}.steps[${j}]`, step, rule.steps[j - 1])),
    ];
  }),
];

type Step = ProgrammeDocument['tierPrices'][number]['steps'][number];

function priceStep(field: string, step: Step, before: Step | undefined): FieldError[] {
  const errors = exactlyOne(field, step, ['price', 'percentOff']);
  if (step.price) errors.push(...notEmpty(`${field}.price`, step.price));
  if (!before && step.quantityFrom !== 1) errors.push(fault(`${field}.quantityFrom`, 'must be 1 in the first step'));
  if (before && step.quantityFrom <= before.quantityFrom) {
    errors.push(fault(`${field}.quantityFrom`, `must be greater than ${before.quantityFrom}, that of the step before`));
  }
  return errors;
}

const freeProducts: Check = (document) => [
  ...uniqueCodes('freeProducts', document.freeProducts),
  ...document.freeProducts.flatMap((rule, i) => {
    const field = `freeProducts[${i}]`;
    const tooFew = rule.limitPerMember !== null && rule.limitPerMember < rule.quantity;
    return [
      ...knownTiers(document, `${field}.tiers`, rule.tiers),
      ...notEmpty(`${field}.minimumGoods`, rule.minimumGoods),
      ...period(field, rule),
      ...(tooFew ? [fault(`${field}.limitPerMember`, `must be at least the quantity, ${rule.quantity}`)] : []),
    ];
  }),
];

const campaignScopes: Check = (document) =>
  document.campaigns.flatMap((campaign, i) => [
    ...knownTiers(document, `campaigns[${i}].scope.tiers`, campaign.scope.tiers),
    ...period(`campaigns[${i}]`, campaign),
  ]);

const earlyAccessTiers: Check = (document) =>
  document.earlyAccess.flatMap(({ tiers }, i) => knownTiers(document, `earlyAccess[${i}].tiers`, tiers));

const welcome: Check = (document) => {
  const { welcome: terms } = document;
  if (terms === null) return [];
  if (terms.points === undefined && terms.voucher === undefined) return [fault('welcome', 'must have points, a voucher or both')];
  return checkVoucher(document, 'welcome.voucher', terms.voucher);
};

type MemberScope = ProgrammeDocument['activities'][number]['scope'];

/** Scopes of rules that are about members and dates alone. */
function scopesOfMembers(document: ProgrammeDocument): [field: string, scope: MemberScope][] {
  const { activities, challenges, nextPurchase, occasions, rewards } = document;
  return Object.entries({ activities, challenges, nextPurchase, occasions, rewards }).flatMap(([name, rules]) =>
    rules.map(({ scope }, i): [string, MemberScope] => [`${name}[${i}].scope`, scope]),
  );
}

const memberScopes: Check = (document) =>
  scopesOfMembers(document).flatMap(([field, scope]) => [
    ...knownTiers(document, `${field}.tiers`, scope.tiers),
    ...period(field, scope),
  ]);

const redemption: Check = ({ redemption: terms, currencies: table }) => {
  if (terms === null) return [];
  const errors: FieldError[] = [];
  if (terms.minimumPoints % terms.stepPoints !== 0) {
    errors.push(fault('redemption.stepPoints', `must divide minimumPoints, ${terms.minimumPoints}, without remainder`));
  }
  if (Object.values(table).every(({ pointValue }) => pointValue === null)) {
    errors.push(fault('redemption', 'needs a pointValue in at least one currency'));
  }
  return errors;
};

const lists: Check = (document) => {
  const { accrual } = document;
  const found: [string, readonly string[] | undefined][] = [
    ['accrual.excludedGroups', accrual.excludedGroups],
    ['accrual.excludedProducts', accrual.excludedProducts],
    ['accrual.excludedCategories', accrual.excludedCategories],
    ['accrual.excludedSegments', accrual.excludedSegments],
    ...channelUses(document),
    ...accrual.multipliers.flatMap(({ scope }, i) => listsOf(`accrual.multipliers[${i}].scope`, scope)),
    ...document.tierPrices.flatMap((rule, i) => listsOf(`tierPrices[${i}]`, rule)),
    ...document.freeProducts.flatMap((rule, i) => listsOf(`freeProducts[${i}]`, rule)),
    ...document.earlyAccess.flatMap((rule, i) => listsOf(`earlyAccess[${i}]`, rule)),
    ...document.campaigns.flatMap(({ scope }, i) => [
      ...listsOf(`campaigns[${i}].scope`, scope),
      [`campaigns[${i}].scope.groups`, scope.groups] satisfies Use,
    ]),
    ...scopesOfMembers(document).flatMap(([field, scope]) => listsOf(field, scope)),
  ];
  return found.flatMap(([field, entries = []]) => {
    const first = new Set<string>();
    return entries.flatMap((entry, i) => {
      const isRepeated = first.has(entry);
      first.add(entry);
      return isRepeated ? [fault(`${field}[${i}]`, `${entry} is listed twice`)] : [];
    });
  });
};

type Use = [field: string, codes: readonly string[] | undefined];

/** A document from before there were definitions names segments that nobody is in; it stays readable. */
const segments: Check = (document) => {
  const known = new Set(document.segments.map(({ code }) => code));
  const { accrual, freeProducts: gifts } = document;
  const uses: Use[] = [
    ['accrual.excludedSegments', accrual.excludedSegments],
    ...accrual.multipliers.map(({ scope }, i): Use => [`accrual.multipliers[${i}].scope.segments`, scope.segments]),
    ...gifts.map((rule, i): Use => [`freeProducts[${i}].segments`, rule.segments]),
    ...document.campaigns.map(({ scope }, i): Use => [`campaigns[${i}].scope.segments`, scope.segments]),
    ...scopesOfMembers(document).map(([field, scope]): Use => [`${field}.segments`, scope.segments]),
  ];
  const ofPlans = new Set(document.memberships.map(({ code }) => membershipSegment(code)));
  const isUnknown = (code: string): boolean => known.size > 0 && !known.has(code) && !ofPlans.has(code);
  return [
    ...uniqueCodes('segments', document.segments),
    ...document.segments.flatMap(({ conditions }, i) =>
      conditions.flatMap((condition, j) => segmentCondition(document, `segments[${i}].conditions[${j}]`, condition)),
    ),
    ...uses.flatMap(([field, codes = []]) =>
      codes.flatMap((code, i) => (isUnknown(code) ? [fault(`${field}[${i}]`, `${code} is not a segment of the programme`)] : [])),
    ),
  ];
};

function segmentCondition(document: ProgrammeDocument, field: string, condition: WrittenCondition): FieldError[] {
  if (condition.kind === 'tier') return knownTiers(document, `${field}.tiers`, condition.tiers);
  if (condition.kind === 'customerGroup' || condition.kind === 'overdue') return [];
  if (condition.kind === 'membership') {
    return condition.plans.flatMap((plan, i) =>
      document.memberships.some(({ code }) => code === plan)
        ? []
        : [fault(`${field}.plans[${i}]`, `${plan} is not a membership of the programme`)],
    );
  }
  const { atLeast, atMost } = condition;
  if (atLeast === undefined && atMost === undefined) return [fault(field, 'must have atLeast, atMost or both')];
  const bounds = { atLeast, atMost };
  return [
    ...(atLeast !== undefined && atMost !== undefined && atMost < atLeast
      ? [fault(`${field}.atMost`, `must not be less than atLeast, ${atLeast}`)]
      : []),
    ...(isMoney(condition)
      ? Object.entries(bounds).flatMap(([name, value]) => amount(`${field}.${name}`, value ?? 0, document.baseCurrency))
      : []),
  ];
}

interface Lists {
  readonly tiers?: readonly string[] | undefined;
  readonly products?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly segments?: readonly string[] | undefined;
}

function listsOf(field: string, rule: Lists): [string, readonly string[] | undefined][] {
  return [
    [`${field}.tiers`, rule.tiers],
    [`${field}.products`, rule.products],
    [`${field}.categories`, rule.categories],
    [`${field}.segments`, rule.segments],
  ];
}

/** `tiers` is one code or a list; errors name the entry. */
function knownTiers(document: ProgrammeDocument, field: string, tiers: string | readonly string[] | undefined): FieldError[] {
  const known = (code: string): boolean => document.tiers.levels.some((level) => level.code === code);
  if (typeof tiers === 'string') return known(tiers) ? [] : [fault(field, `${tiers} is not a tier of the programme`)];
  return (tiers ?? []).flatMap((code, i) =>
    known(code) ? [] : [fault(`${field}[${i}]`, `${code} is not a tier of the programme`)],
  );
}

function period(field: string, { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }) {
  if (from === undefined || until === undefined || isBefore(from, until)) return [];
  return [fault(`${field}.until`, `must be later than from, ${from}`)];
}
