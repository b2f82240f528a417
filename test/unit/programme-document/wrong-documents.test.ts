import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { decimalsOf } from '../../../sidecar/src/programme-document/decimals';
import { leftInEnglish } from '../../support/translated-problems';
import { readProgramme } from './read-programme';

type Path = readonly (string | number)[];

/** The full example with one place changed; `undefined` takes the place away. */
function fullWith(path: Path, value: unknown): unknown {
  const document = structuredClone(readProgramme('full'));
  let parent = document as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) parent = parent[part] as Record<string | number, unknown>;
  const last = path[path.length - 1] ?? '';
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return document;
}

function split(path: string): Path {
  return path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

const CODE = 'must be 1 to 32 lower-case letters, digits, "-" or "_", beginning with a letter or digit';
const CHANNEL = { code: 'outlet', name: 'Outlet', places: [{ id: '7' }] };
const EARLY = { code: 'spring', products: ['A'], tiers: ['gold'], until: '2026-03-01' };
const KINDS =
  'must be one of: turnover, averageOrder, orders, items, points, redeemed, balance, rewardedReferrals, memberDays, daysSinceLastOrder, overdue, tier, customerGroup, membership';

/** Place changed, value put there, field blamed, message. */
const WRONG: readonly (readonly [string, unknown, string, string])[] = [
  // fields for themselves
  ['approvals', { adjustmentsAbove: -1 }, 'approvals.adjustmentsAbove', 'must be at least 0'],
  ['approvals', { adjustmentsAbove: 100, days: 91 }, 'approvals.days', 'must be at most 90'],
  ['approvals', { above: 100 }, 'approvals.above', 'is not a field of the programme'],
  ['messages.language', 'fr', 'messages.language', 'must be one of: en, de, es, pt, ru'],
  ['messages.expiringDays', 30, 'messages.expiringDays', 'must be a list'],
  ['messages.expiringDays', [30, 0], 'messages.expiringDays[1]', 'must be at least 1'],
  ['messages.expiringDays', [30, 7, 30], 'messages.expiringDays[2]', '30 is listed twice'],
  ['messages.voucherReminderDays', [7, 7], 'messages.voucherReminderDays[1]', '7 is listed twice'],
  ['messages.tierRiskDays', 366, 'messages.tierRiskDays', 'must be at most 365'],
  ['messages.delivery', 'post', 'messages.delivery', 'must be one of: shop, smtp'],
  [
    'messages.channels.welcome',
    { shop: true, smtp: true },
    'messages.channels.welcome',
    'must not have both shop and smtp: members would get two mails',
  ],
  ['messages.texts.birthday', {}, 'messages.texts.birthday', 'is not a field of the programme'],
  ['messages.texts.welcome.fr', {}, 'messages.texts.welcome.fr', 'is not a field of the programme'],
  ['messages.texts.welcome.de', { subject: 'Hallo' }, 'messages.texts.welcome.de.body', 'is required'],
  [
    'messages.texts.welcome.de',
    { subject: 'Hallo\r\nBcc: a@example.com', body: 'x' },
    'messages.texts.welcome.de.subject',
    'must be a single line',
  ],
  [
    'messages.texts.welcome.de',
    { subject: 'Hallo {name}', body: 'x' },
    'messages.texts.welcome.de.subject',
    '{name} is none of: {firstName}, {programme}, {points}',
  ],
  [
    'messages.texts.tier_reached.en',
    { subject: 'Hello', body: 'You are {tier} with {points}' },
    'messages.texts.tier_reached.en.body',
    '{points} is none of: {firstName}, {programme}, {tier}',
  ],
  ['messages.channels.birthday', { shop: true }, 'messages.channels.birthday', 'is not a field of the programme'],
  ['messages.channels.tier_reached.sms', true, 'messages.channels.tier_reached.sms', 'is not a field of the programme'],
  ['messages.channels.tier_reached.smtp', 'on', 'messages.channels.tier_reached.smtp', 'must be true or false'],
  ['name', undefined, 'name', 'is required'],
  ['name', ' Club', 'name', 'must not be empty or begin or end with a space'],
  ['name', '', 'name', 'must not be empty or begin or end with a space'],
  ['name', 'x'.repeat(121), 'name', 'must have at most 120 characters'],
  ['colour', 'red', 'colour', 'is not a field of the programme'],
  ['currencies.EUR.earn.bonus', 1, 'currencies.EUR.earn.bonus', 'is not a field of the programme'],
  ['accrual.multipliers.0.scope.shop', 'x', 'accrual.multipliers[0].scope.shop', 'is not a field of the programme'],
  ['currencies', [], 'currencies', 'must be a group of fields'],
  ['currencies.EUR.earn', undefined, 'currencies.EUR.earn', 'is required'],
  ['currencies.EUR.earn.points', 1.5, 'currencies.EUR.earn.points', 'must be a whole number'],
  ['currencies.EUR.earn.points', -1, 'currencies.EUR.earn.points', 'must be at least 0'],
  ['currencies.EUR.earn.per', 0, 'currencies.EUR.earn.per', 'must be greater than 0'],
  ['currencies.EUR.earn.per', '1.00', 'currencies.EUR.earn.per', 'must be a number'],
  ['currencies.EUR.earn.per', NaN, 'currencies.EUR.earn.per', 'must be a number'],
  ['currencies.EUR.pointValue.value', 0, 'currencies.EUR.pointValue.value', 'must be greater than 0'],
  ['currencies.USD.turnoverFactor', 0.12345, 'currencies.USD.turnoverFactor', 'must have at most 4 decimals'],
  ['currencies.USD.turnoverFactor', 0, 'currencies.USD.turnoverFactor', 'must be greater than 0'],
  ['accrual.basis', 'brutto', 'accrual.basis', 'must be one of: net, gross'],
  ['accrual.pointsPaymentReducesBasis', 'yes', 'accrual.pointsPaymentReducesBasis', 'must be true or false'],
  ['accrual.rounding', 'up', 'accrual.rounding', 'must be one of: down, nearest'],
  ['accrual.lockDays', -1, 'accrual.lockDays', 'must be at least 0'],
  ['accrual.lockDays', 40_000, 'accrual.lockDays', 'must be at most 36500'],
  ['accrual.minimum', { EUR: -5 }, 'accrual.minimum.EUR', 'must be at least 0'],
  ['accrual.multipliers', {}, 'accrual.multipliers', 'must be a list'],
  ['accrual.multipliers.1.multiplier', 0, 'accrual.multipliers[1].multiplier', 'must be greater than 0'],
  ['accrual.multipliers.1.multiplier', 101, 'accrual.multipliers[1].multiplier', 'must be at most 100'],
  ['accrual.multipliers.1.multiplier', 1.00001, 'accrual.multipliers[1].multiplier', 'must have at most 4 decimals'],
  ['accrual.multipliers.0.scope.tiers', [], 'accrual.multipliers[0].scope.tiers', 'must not be empty'],
  ['accrual.excludedProducts', [10_001], 'accrual.excludedProducts[0]', 'must be text; put numbers and dates in quotes'],
  [
    'accrual.multipliers.0.scope.from',
    '01.03.2026',
    'accrual.multipliers[0].scope.from',
    'must be a date (2026-03-01, from midnight UTC) or an instant with its zone (2026-03-01T08:00:00Z)',
  ],
  [
    'freeProducts.0.until',
    '2026-02-30',
    'freeProducts[0].until',
    'must be a date (2026-03-01, from midnight UTC) or an instant with its zone (2026-03-01T08:00:00Z)',
  ],
  [
    'freeProducts.0.until',
    '2026-02-20T10:00:00',
    'freeProducts[0].until',
    'must be a date (2026-03-01, from midnight UTC) or an instant with its zone (2026-03-01T08:00:00Z)',
  ],
  ['expireAfterDays', 0, 'expireAfterDays', 'must be at least 1'],
  ['tiers.metric', 'visits', 'tiers.metric', 'must be one of: turnover, orders, items, points, membership'],
  ['tiers.levels.0.threshold', undefined, 'tiers.levels[0]', 'must have exactly one of: threshold, all, any'],
  ['tiers.levels.0.threshold', -1, 'tiers.levels[0].threshold', 'must be at least 0'],
  [
    'tiers.levels.0.code',
    'Base Level',
    'tiers.levels[0].code',
    'must be 1 to 32 lower-case letters, digits, "-" or "_", beginning with a letter or digit',
  ],
  ['tierPrices.0.steps', [], 'tierPrices[0].steps', 'must not be empty'],
  ['tierPrices.1.steps.0.percentOff', 101, 'tierPrices[1].steps[0].percentOff', 'must be at most 100'],
  ['tierPrices.1.steps.0.percentOff', 5.125, 'tierPrices[1].steps[0].percentOff', 'must have at most 2 decimals'],
  ['tierPrices.1.steps.0.quantityFrom', 0, 'tierPrices[1].steps[0].quantityFrom', 'must be at least 1'],
  ['freeProducts.0.products', [], 'freeProducts[0].products', 'must not be empty'],
  ['freeProducts.0.minimumGoods', undefined, 'freeProducts[0].minimumGoods', 'is required'],
  ['referral.codePrefix', 'friend!', 'referral.codePrefix', 'must be at most 12 upper-case letters and digits'],
  ['redemption.maximumSharePercent', 0, 'redemption.maximumSharePercent', 'must be greater than 0'],
  ['redemption.minimumPoints', 0, 'redemption.minimumPoints', 'must be at least 1'],
  ['redemption.holdMinutes', 0, 'redemption.holdMinutes', 'must be at least 1'],
  ['segments', {}, 'segments', 'must be a list'],
  ['segments.0.code', 'VIP', 'segments[0].code', CODE],
  ['segments.0.name', '', 'segments[0].name', 'must not be empty or begin or end with a space'],
  ['segments.0.match', 'most', 'segments[0].match', 'must be one of: all, any'],
  ['segments.0.conditions', [], 'segments[0].conditions', 'must not be empty'],
  ['segments.0.conditions.0.kind', 'mood', 'segments[0].conditions[0].kind', KINDS],
  ['segments.0.conditions.0.days', 0, 'segments[0].conditions[0].days', 'must be at least 1'],
  ['segments.0.conditions.0.tier', 'gold', 'segments[0].conditions[0].tier', 'is not a field of the programme'],
  ['segments.0.conditions.0.atLeast', -1, 'segments[0].conditions[0].atLeast', 'must be at least 0'],
  ['segments.0.conditions.0.atLeast', undefined, 'segments[0].conditions[0]', 'must have atLeast, atMost or both'],
  ['segments.0.conditions.0.atLeast', 0.001, 'segments[0].conditions[0].atLeast', 'must have at most 2 decimals in EUR'],
  ['segments.0.conditions.0.atMost', 1, 'segments[0].conditions[0].atMost', 'must not be less than atLeast, 300'],
  [
    'segments',
    ['birthday', 'blocked', 'newsletter', 'birthday'].map((code) => ({
      code,
      name: 'S',
      conditions: [{ kind: 'balance', atLeast: 1 }],
    })),
    'segments[3].code',
    'birthday is already used by segments[0]',
  ],
  ['segments.1.conditions.0', { kind: 'orders', atLeast: 1.5 }, 'segments[1].conditions[0].atLeast', 'must be a whole number'],
  ['segments.1.conditions.0', { kind: 'overdue', factor: 0.5 }, 'segments[1].conditions[0].factor', 'must be at least 1'],
  ['segments.1.conditions.0', { kind: 'overdue' }, 'segments[1].conditions[0].factor', 'is required'],
  ['segments.1.conditions.0', { kind: 'tier', tiers: [] }, 'segments[1].conditions[0].tiers', 'must not be empty'],
  [
    'segments.1.conditions.0',
    { kind: 'tier', tiers: ['bronze'] },
    'segments[1].conditions[0].tiers[0]',
    'bronze is not a tier of the programme',
  ],
  [
    'segments.1.conditions.0',
    { kind: 'balance', atLeast: 1, days: 3 },
    'segments[1].conditions[0].days',
    'is not a field of the programme',
  ],
  ['channels', [{ code: 'a', name: 'A', places: [] }], 'channels[0].places', 'must not be empty'],
  ['channels', [CHANNEL, { ...CHANNEL, code: 'b' }], 'channels[1].places[0]', '7 belongs to outlet already'],
  ['channels', [CHANNEL, { ...CHANNEL, places: [{ id: '8' }] }], 'channels[1].code', 'outlet is already used by channels[0]'],
  [
    'accrual.multipliers.0.scope',
    { channels: ['nowhere'] },
    'accrual.multipliers[0].scope.channels[0]',
    'nowhere is not a channel of the programme',
  ],
  ['earlyAccess', [{ ...EARLY, products: undefined }], 'earlyAccess[0]', 'must name products or categories'],
  [
    'earlyAccess',
    [{ ...EARLY, tiers: undefined }],
    'earlyAccess[0].tiers',
    'must name tiers, as no level has the perk earlyAccess',
  ],
  ['earlyAccess', [{ ...EARLY, tiers: ['bronze'] }], 'earlyAccess[0].tiers[0]', 'bronze is not a tier of the programme'],
  ['earlyAccess', [{ ...EARLY, from: '2026-03-01' }], 'earlyAccess[0].until', 'must be later than from, 2026-03-01'],
  ['earlyAccess', [EARLY, EARLY], 'earlyAccess[1].code', 'spring is already used by earlyAccess[0]'],
  ['earlyAccess', [{ ...EARLY, products: ['A', 'A'] }], 'earlyAccess[0].products[1]', 'A is listed twice'],
  ['freeProducts.0.channels', ['nowhere'], 'freeProducts[0].channels[0]', 'nowhere is not a channel of the programme'],
  [
    'activities',
    [activity({ scope: { channels: ['nowhere'] } })],
    'activities[0].scope.channels[0]',
    'nowhere is not a channel of the programme',
  ],
  ['accrual.excludedSegments', ['nobody'], 'accrual.excludedSegments[0]', 'nobody is not a segment of the programme'],
  ['freeProducts.1.segments', ['nobody'], 'freeProducts[1].segments[0]', 'nobody is not a segment of the programme'],
  ['redemption.refundsPoints', 'no', 'redemption.refundsPoints', 'must be true or false'],
  // lists with a limit
  ['tiers.levels', levels(51), 'tiers.levels', 'must have at most 50 entries'],
  ['accrual.multipliers', rules(501), 'accrual.multipliers', 'must have at most 500 entries'],
  [
    'accrual.excludedGroups',
    Array.from({ length: 1001 }, (_, i) => `g${i}`),
    'accrual.excludedGroups',
    'must have at most 1000 entries',
  ],
  // fields together: currencies and money
  ['baseCurrency', 'CHF', 'baseCurrency', 'CHF has no entry in currencies'],
  ['baseCurrency', 'constructor', 'baseCurrency', 'constructor has no entry in currencies'],
  ['currencies.EURO', { earn: { points: 1, per: 1 }, turnoverFactor: 1 }, 'currencies.EURO', 'EURO is not an ISO 4217 currency'],
  [
    'currencies.USD.turnoverFactor',
    undefined,
    'currencies.USD.turnoverFactor',
    'is required for every currency but the base currency',
  ],
  ['currencies.EUR.turnoverFactor', 2, 'currencies.EUR.turnoverFactor', 'must be 1 for the base currency'],
  ['currencies.EUR.earn.per', 1.005, 'currencies.EUR.earn.per', 'must have at most 2 decimals in EUR'],
  ['currencies.EUR.pointValue.value', 0.001, 'currencies.EUR.pointValue.value', 'must have at most 2 decimals in EUR'],
  [
    'currencies.JPY',
    { earn: { points: 1, per: 0.5 }, turnoverFactor: 0.0061 },
    'currencies.JPY.earn.per',
    'must have at most 0 decimals in JPY',
  ],
  ['accrual.minimum', { EUR: 1e-7 }, 'accrual.minimum.EUR', 'must have at most 2 decimals in EUR'],
  ['accrual.minimum', { euro: 5 }, 'accrual.minimum.euro', 'euro is not an ISO 4217 currency'],
  ['accrual.minimum', { GBP: 5 }, 'accrual.minimum.GBP', "GBP is not one of the programme's currencies"],
  ['tierPrices.0.steps.0.price', { GBP: 5 }, 'tierPrices[0].steps[0].price.GBP', "GBP is not one of the programme's currencies"],
  ['freeProducts.0.minimumGoods', { EUR: 5.001 }, 'freeProducts[0].minimumGoods.EUR', 'must have at most 2 decimals in EUR'],
  ['referral.friendMinimum', { GBP: 5 }, 'referral.friendMinimum.GBP', "GBP is not one of the programme's currencies"],
  // tiers
  ['tiers.levels.1.threshold', 0, 'tiers.levels[1].threshold', 'must be greater than 0, the threshold of base'],
  ['tiers.levels.2.threshold', 499.99, 'tiers.levels[2].threshold', 'must be greater than 500, the threshold of silver'],
  ['tiers.levels.2.threshold', 1500.001, 'tiers.levels[2].threshold', 'must have at most 2 decimals in EUR'],
  [
    'tiers',
    { metric: 'orders', levels: [...levels(1, 1.5), ...named()] },
    'tiers.levels[0].threshold',
    'must be a whole number of orders',
  ],
  [
    'tiers.levels.3',
    { code: 'base', name: 'B', threshold: 2000 },
    'tiers.levels[3].code',
    'base is already used by tiers.levels[0]',
  ],
  [
    'accrual.multipliers.0.scope.tiers',
    ['silver', 'iron'],
    'accrual.multipliers[0].scope.tiers[1]',
    'iron is not a tier of the programme',
  ],
  ['tierPrices.0.tier', 'iron', 'tierPrices[0].tier', 'iron is not a tier of the programme'],
  ['freeProducts.1.tiers', ['iron'], 'freeProducts[1].tiers[0]', 'iron is not a tier of the programme'],
  // levels by conditions
  ['timeZone', 'Berlin', 'timeZone', 'must be a time zone like Europe/Berlin, or UTC'],
  ['tiers.period', 'week', 'tiers.period', 'must be one of: year, quarter, month'],
  ['tiers.period', 'year', 'tiers', 'must have at most one of: windowDays, period'],
  ['tiers.levels.1.any', conditions('orders', 3), 'tiers.levels[1]', 'must have exactly one of: threshold, all, any'],
  ['tiers.levels.1', level({ all: [] }), 'tiers.levels[1].all', 'must not be empty'],
  ['tiers.levels.1', level({ all: conditions('visits', 3) }), 'tiers.levels[1].all[0].metric', oneOf('metric')],
  [
    'tiers.levels.1',
    level({ all: conditions('orders', 2.5) }),
    'tiers.levels[1].all[0].atLeast',
    'must be a whole number of orders',
  ],
  [
    'tiers.levels.1',
    level({ any: conditions('membership', 0.5) }),
    'tiers.levels[1].any[0].atLeast',
    'must be a whole number of days',
  ],
  [
    'tiers.levels.1',
    level({ any: conditions('turnover', 9.999) }),
    'tiers.levels[1].any[0].atLeast',
    'must have at most 2 decimals in EUR',
  ],
  [
    'tiers.levels.1',
    level({ any: conditions('orders', 3, { windowDays: 30, period: 'month' }) }),
    'tiers.levels[1].any[0]',
    'must have at most one of: windowDays, period',
  ],
  [
    'tiers.levels.1',
    level({ any: conditions('membership', 365, { windowDays: 30 }) }),
    'tiers.levels[1].any[0]',
    'cannot have a window: membership counts since the member joined',
  ],
  [
    'tiers.levels.1',
    level({ any: Array.from({ length: 11 }, () => conditions('orders', 1)).flat() }),
    'tiers.levels[1].any',
    'must have at most 10 entries',
  ],
  [
    'tiers.levels',
    Array.from({ length: 13 }, (_, i) => ({
      ...level({ any: conditions('orders', 1, { windowDays: i + 1 }) }),
      code: ['silver', 'gold'][i] ?? `l${i}`,
    })),
    'tiers.levels',
    'must not look at more than 12 windows of time',
  ],
  ['tiers.downgrade', { maximumLevels: 0 }, 'tiers.downgrade.maximumLevels', 'must be at least 1'],
  ['tiers.downgrade', { keepDays: 30, keepUntilEndOf: 'year' }, 'tiers.downgrade', oneOf('keep')],
  ['tiers.downgrade', { followingPeriods: 1 }, 'tiers.downgrade.followingPeriods', 'needs keepUntilEndOf'],
  ['tiers.levels.1.perks', { multiplier: 0 }, 'tiers.levels[1].perks.multiplier', 'must be greater than 0'],
  ['tiers.levels.1.perks', { discountPercent: 101 }, 'tiers.levels[1].perks.discountPercent', 'must be at most 100'],
  ['tiers.levels.1.perks', { freeShipping: 'yes' }, 'tiers.levels[1].perks.freeShipping', 'must be true or false'],
  ['tiers.levels.1.perks', { lounge: true }, 'tiers.levels[1].perks.lounge', 'is not a field of the programme'],
  ['tiers.levels.1.perks', { texts: Array(21).fill('More') }, 'tiers.levels[1].perks.texts', 'must have at most 20 entries'],
  // activities
  [
    'activities',
    [activity({ kind: 'wishing' })],
    'activities[0].kind',
    'must be one of: review, social, survey, quiz, attendance, early-adoption, custom',
  ],
  ['activities', [activity({ points: 1.5 })], 'activities[0].points', 'must be a whole number'],
  [
    'activities',
    [activity({ settings: { minimumStars: 4 } })],
    'activities[0].settings.minimumStars',
    'is not a field of the programme',
  ],
  ['activities', [activity({ limits: { perDay: 0 } })], 'activities[0].limits.perDay', 'must be at least 1'],
  [
    'activities',
    [activity({ limitsByTier: { platinum: {} } })],
    'activities[0].limitsByTier.platinum',
    'platinum is not a tier of the programme',
  ],
  [
    'activities',
    [activity({ scope: { tiers: ['platinum'] } })],
    'activities[0].scope.tiers[0]',
    'platinum is not a tier of the programme',
  ],
  [
    'activities',
    [activity({ scope: { from: '2026-02-01', until: '2026-01-01' } })],
    'activities[0].scope.until',
    'must be later than from, 2026-02-01',
  ],
  ['activities', [activity(), activity()], 'activities[1].code', 'review is already used by activities[0]'],
  ['activities', [activity({ kind: 'early-adoption' })], 'activities[0].settings.products', 'is required'],
  [
    'activities',
    [activity({ kind: 'quiz', settings: { questions: [quizQuestion({ right: ['c'] })] } })],
    'activities[0].settings.questions[0].right[0]',
    'c is not one of the options',
  ],
  [
    'activities',
    [activity({ kind: 'quiz', settings: { questions: [quizQuestion()], passFrom: 2 } })],
    'activities[0].settings.passFrom',
    'must be at most 1, one for each question',
  ],
  [
    'activities',
    [activity({ kind: 'survey', settings: { questions: [{ id: 'a', text: 'A?', kind: 'choice' }] } })],
    'activities[0].settings.questions[0].options',
    'must be there for a choice, and only for a choice',
  ],
  // rewards
  ['rewards', [reward({ kind: 'wish' })], 'rewards[0].kind', 'must be one of: experience, product, custom, voucher, presale'],
  ['rewards', [reward({ pointsPrice: 0 })], 'rewards[0].pointsPrice', 'must be at least 1'],
  ['rewards', [reward({ pointsPrice: 1.5 })], 'rewards[0].pointsPrice', 'must be a whole number'],
  ['rewards', [reward({ stock: -1 })], 'rewards[0].stock', 'must be at least 0'],
  ['rewards', [reward({ perMember: 0 })], 'rewards[0].perMember', 'must be at least 1'],
  ['rewards', [reward({ fulfilment: 'later' })], 'rewards[0].fulfilment', 'must be one of: manual, automatic'],
  [
    'rewards',
    [reward({ image: 'javascript:alert(1)' })],
    'rewards[0].image',
    'must be the https address of a picture, at most 500 characters',
  ],
  ['rewards', [reward({ voucher: { value: 5, validDays: 5 } })], 'rewards[0].voucher', 'is not a field of the programme'],
  ['rewards', [reward({ kind: 'voucher' })], 'rewards[0].voucher', 'is required'],
  [
    'rewards',
    [reward({ kind: 'voucher', voucher: { value: 5.005, validDays: 5 } })],
    'rewards[0].voucher.value',
    'must have at most 2 decimals in EUR',
  ],
  ['rewards', [reward({ kind: 'presale' })], 'rewards[0].access', 'is required'],
  [
    'rewards',
    [reward({ kind: 'presale', access: { code: 'spring', from: '2026-02-02', until: '2026-02-01' } })],
    'rewards[0].access.until',
    'must be later than from, 2026-02-02',
  ],
  [
    'rewards',
    [reward({ scope: { tiers: ['platinum'] } })],
    'rewards[0].scope.tiers[0]',
    'platinum is not a tier of the programme',
  ],
  [
    'rewards',
    [reward({ scope: { from: '2026-02-02', until: '2026-02-02' } })],
    'rewards[0].scope.until',
    'must be later than from, 2026-02-02',
  ],
  ['rewards', [reward({ scope: { tiers: ['gold', 'gold'] } })], 'rewards[0].scope.tiers[1]', 'gold is listed twice'],
  ['rewards', [reward(), reward()], 'rewards[1].code', 'tour is already used by rewards[0]'],
  // cashback
  ['cashback', [cashback({ payout: 'cash' })], 'cashback[0].payout', 'must be one of: voucher, credit'],
  ['cashback', [cashback({ minimumPoints: 0 })], 'cashback[0].minimumPoints', 'must be at least 1'],
  ['cashback', [cashback({ stepPoints: 0.5 })], 'cashback[0].stepPoints', 'must be a whole number'],
  ['cashback', [cashback({ payout: 'voucher' })], 'cashback[0].validDays', 'is required of a voucher'],
  ['cashback', [cashback({ validDays: 5 })], 'cashback[0].validDays', 'is for vouchers only'],
  [
    'cashback',
    [cashback({ automatic: { every: 'week' } })],
    'cashback[0].automatic.every',
    'must be one of: year, quarter, month',
  ],
  ['cashback', [cashback({ percent: 3 })], 'cashback[0].percent', 'is not a field of the programme'],
  ['cashback', [cashback(), cashback()], 'cashback[1].code', 'money is already used by cashback[0]'],
  // memberships
  ['memberships', [club({ durationDays: 30 })], 'memberships[0]', 'must have exactly one of: durationDays, durationMonths'],
  ['memberships', [club({ durationMonths: 0 })], 'memberships[0].durationMonths', 'must be at least 1'],
  ['memberships', [club({ products: [] })], 'memberships[0].products', 'must not be empty'],
  ['memberships', [club({ products: ['A', 'A'] })], 'memberships[0].products[1]', 'A already buys memberships[0]'],
  ['memberships', [club({ tier: 'platinum' })], 'memberships[0].tier', 'platinum is not a tier of the programme'],
  ['memberships', [club({ multiplier: 0 })], 'memberships[0].multiplier', 'must be greater than 0'],
  ['memberships', [club({ graceDays: -1 })], 'memberships[0].graceDays', 'must be at least 0'],
  ['memberships', [club({ price: 5 })], 'memberships[0].price', 'is not a field of the programme'],
  ['memberships', [club(), club({ products: ['B'] })], 'memberships[1].code', 'club is already used by memberships[0]'],
  ['memberships', [club(), club({ code: 'vip' })], 'memberships[1].products[0]', 'CLUB already buys memberships[0]'],
  // volume
  ['volume', [incentive({ metric: 'membership' })], 'volume[0].metric', 'membership counts no orders'],
  ['volume', [incentive({ period: undefined })], 'volume[0]', 'must have exactly one of: windowDays, period'],
  ['volume', [incentive({ windowDays: 30 })], 'volume[0]', 'must have exactly one of: windowDays, period'],
  ['volume', [incentive({ bands: [] })], 'volume[0].bands', 'must not be empty'],
  ['volume', [incentive({ bands: bands([1.5, 10]) })], 'volume[0].bands[0].from', 'must be a whole number of items'],
  ['volume', [incentive({ bands: bands([0, 10]) })], 'volume[0].bands[0].from', 'must be greater than 0'],
  [
    'volume',
    [incentive({ bands: bands([5, 10], [5, 20]) })],
    'volume[0].bands[1].from',
    'must be greater than 5, that of the band before',
  ],
  [
    'volume',
    [incentive({ bands: bands([5, 10], [6, 10]) })],
    'volume[0].bands[1].points',
    'must be greater than 10, that of the band before',
  ],
  [
    'volume',
    [incentive({ metric: 'turnover', bands: bands([9.999, 1]) })],
    'volume[0].bands[0].from',
    'must have at most 2 decimals in EUR',
  ],
  ['volume', [incentive({}), incentive({})], 'volume[1].code', 'pieces is already used by volume[0]'],
  ['volume', Array.from({ length: 21 }, (_, i) => incentive({ code: `v${i}` })), 'volume', 'must have at most 20 entries'],
  // rules
  [
    'accrual.multipliers.1.code',
    'silver-bonus',
    'accrual.multipliers[1].code',
    'silver-bonus is already used by accrual.multipliers[0]',
  ],
  [
    'accrual.multipliers.2.scope.until',
    '2026-01-01',
    'accrual.multipliers[2].scope.until',
    'must be later than from, 2026-01-01',
  ],
  ['accrual.excludedGroups', ['a', 'b', 'a'], 'accrual.excludedGroups[2]', 'a is listed twice'],
  ['tierPrices.1.code', 'gold-hat', 'tierPrices[1].code', 'gold-hat is already used by tierPrices[0]'],
  ['tierPrices.0.products', undefined, 'tierPrices[0]', 'must name products or categories'],
  ['tierPrices.0.steps.0.percentOff', 5, 'tierPrices[0].steps[0]', 'must have exactly one of: price, percentOff'],
  ['tierPrices.1.steps.0.percentOff', undefined, 'tierPrices[1].steps[0]', 'must have exactly one of: price, percentOff'],
  ['tierPrices.0.steps.0.price', {}, 'tierPrices[0].steps[0].price', 'must name at least one currency'],
  ['tierPrices.0.steps.0.quantityFrom', 2, 'tierPrices[0].steps[0].quantityFrom', 'must be 1 in the first step'],
  [
    'tierPrices.0.steps.1.quantityFrom',
    1,
    'tierPrices[0].steps[1].quantityFrom',
    'must be greater than 1, that of the step before',
  ],
  ['freeProducts.1.code', 'sample-from-50', 'freeProducts[1].code', 'sample-from-50 is already used by freeProducts[0]'],
  ['freeProducts.1.minimumGoods', {}, 'freeProducts[1].minimumGoods', 'must name at least one currency'],
  ['freeProducts.1.from', '2027-01-01', 'freeProducts[1].until', 'must be later than from, 2027-01-01'],
  ['freeProducts.1.limitPerMember', 1, 'freeProducts[1].limitPerMember', 'must be at least the quantity, 2'],
  ['freeProducts.0.products', ['A', 'A'], 'freeProducts[0].products[1]', 'A is listed twice'],
  // campaigns
  ['campaigns.1.code', 'Thank you', 'campaigns[1].code', CODE],
  ['campaigns.1.code', 'black-week', 'campaigns[1].code', 'black-week is already used by campaigns[0]'],
  ['campaigns.1.name', '', 'campaigns[1].name', 'must not be empty or begin or end with a space'],
  ['campaigns.1.bonus', undefined, 'campaigns[1]', 'must have exactly one of: multiplier, bonus, perUnit'],
  ['campaigns.0.perUnit', 5, 'campaigns[0]', 'must have exactly one of: multiplier, bonus, perUnit'],
  ['campaigns.1.bonus', 0, 'campaigns[1].bonus', 'must be at least 1'],
  ['campaigns.2.perUnit', 1.5, 'campaigns[2].perUnit', 'must be a whole number'],
  ['campaigns.0.multiplier', 1, 'campaigns[0].multiplier', 'must be greater than 1'],
  ['campaigns.0.multiplier', 100.5, 'campaigns[0].multiplier', 'must be at most 100'],
  ['campaigns.0.stacking', 'multiply', 'campaigns[0].stacking', 'must be one of: exclusive, best, all'],
  ['campaigns.0.priority', -1, 'campaigns[0].priority', 'must be at least 0'],
  ['campaigns.0.until', '2026-11-22', 'campaigns[0].until', 'must be later than from, 2026-11-23T00:00:00+01:00'],
  ['campaigns.0.scope.until', '2026-11-22', 'campaigns[0].scope.until', 'is not a field of the programme'],
  ['campaigns.0.scope.tiers', ['iron'], 'campaigns[0].scope.tiers[0]', 'iron is not a tier of the programme'],
  ['campaigns.0.scope.segments', ['rich'], 'campaigns[0].scope.segments[0]', 'rich is not a segment of the programme'],
  ['campaigns.0.scope.groups', ['7', '7'], 'campaigns[0].scope.groups[1]', '7 is listed twice'],
  ['campaigns.2.scope.products', [], 'campaigns[2].scope.products', 'must not be empty'],
  [
    'campaigns.0.scope.minimumOrder',
    { CHF: 50 },
    'campaigns[0].scope.minimumOrder.CHF',
    "CHF is not one of the programme's currencies",
  ],
  ['campaigns.0.budget.points', 0, 'campaigns[0].budget.points', 'must be at least 1'],
  ['campaigns.0.budget.perMember', 501, 'campaigns[0].budget.perMember', 'must not be greater than orders, 500'],
  ['campaigns.0.budget.days', 5, 'campaigns[0].budget.days', 'is not a field of the programme'],
  ['campaigns', Array.from({ length: 101 }, (_, i) => campaign(i)), 'campaigns', 'must have at most 100 entries'],
  // referral and redemption
  ['referral.friendDiscount', {}, 'referral.friendDiscount', 'must have exactly one of: amountOff, percentOff'],
  ['referral.friendDiscount', { amountOff: {} }, 'referral.friendDiscount.amountOff', 'must name at least one currency'],
  ['referral.referrerReward', {}, 'referral.referrerReward', 'must have exactly one of: points, voucher'],
  [
    'referral.referrerReward',
    { voucher: { value: { USD: 5 }, validDays: 30 } },
    'referral.referrerReward.voucher.value',
    'must state a value greater than 0 in EUR',
  ],
  [
    'referral.friendReward',
    { points: 5, voucher: { value: { EUR: 5 }, validDays: 9 } },
    'referral.friendReward',
    'must have exactly one of: points, voucher',
  ],
  ['referral.friendReward', { points: 0 }, 'referral.friendReward.points', 'must be at least 1'],
  [
    'referral.friendReward',
    { voucher: { value: { EUR: 5.001 }, validDays: 30 } },
    'referral.friendReward.voucher.value.EUR',
    'must have at most 2 decimals in EUR',
  ],
  ['referral.rewardSteps', [{ from: 1, points: 5 }], 'referral.rewardSteps[0].from', 'must be at least 2'],
  ['referral.rewardSteps', [{ from: 3 }], 'referral.rewardSteps[0]', 'must have exactly one of: points, voucher'],
  [
    'referral.rewardSteps',
    [
      { from: 5, points: 5 },
      { from: 5, points: 6 },
    ],
    'referral.rewardSteps[1].from',
    'must be greater than 5, that of the step before',
  ],
  ['referral.rewardsPerPeriod', { rewards: 3 }, 'referral.rewardsPerPeriod', 'must have exactly one of: windowDays, period'],
  [
    'referral.rewardsPerPeriod',
    { rewards: 3, period: 'month', windowDays: 30 },
    'referral.rewardsPerPeriod',
    'must have exactly one of: windowDays, period',
  ],
  ['referral.maxNewPerDay', 0, 'referral.maxNewPerDay', 'must be at least 1'],
  ['referral.fraud', { review: 60, refuse: 59 }, 'referral.fraud.refuse', 'must not be less than review, 60'],
  ['referral.fraud', { review: 101 }, 'referral.fraud.review', 'must be at most 100'],
  ['referral.fraud', { weights: { shoeSize: 5 } }, 'referral.fraud.weights.shoeSize', 'is not a field of the programme'],
  ['referral.fraud', { weights: { device: -1 } }, 'referral.fraud.weights.device', 'must be at least 0'],
  ['redemption.stepPoints', 30, 'redemption.stepPoints', 'must divide minimumPoints, 100, without remainder'],
  // occasions
  ['occasions', [occasion({ points: undefined })], 'occasions[0]', 'must have points, a voucher or both'],
  ['occasions', [occasion({ kind: 'wedding' })], 'occasions[0].kind', 'must be one of: birthday, anniversary, holiday'],
  ['occasions', [occasion({ date: '12-06' })], 'occasions[0]', "must have no dates: a member's own birthday counts"],
  ['occasions', [occasion({ kind: 'holiday' })], 'occasions[0]', 'must have exactly one of: date, dates'],
  ['occasions', [occasion({ kind: 'holiday', date: '02-30' })], 'occasions[0].date', 'must be a day of the year, like 12-06'],
  [
    'occasions',
    [occasion({ kind: 'holiday', dates: ['2026-04-05', '2026-12-25'] })],
    'occasions[0].dates[1]',
    'is in the same year as 2026-04-05; a year has one',
  ],
  ['occasions', [occasion(), occasion()], 'occasions[1].code', 'day is already used by occasions[0]'],
  ['occasions', [occasion({ daysBefore: 61 })], 'occasions[0].daysBefore', 'must be at most 60'],
  ['occasions', [occasion({ minimumMemberDays: -1 })], 'occasions[0].minimumMemberDays', 'must be at least 0'],
  [
    'occasions',
    [occasion({ scope: { tiers: ['brass'] } })],
    'occasions[0].scope.tiers[0]',
    'brass is not a tier of the programme',
  ],
  // challenges
  ['challenges', [challenge({ code: 'A B' })], 'challenges[0].code', CODE],
  ['challenges', [challenge(), challenge()], 'challenges[1].code', 'club is already used by challenges[0]'],
  ['challenges', [challenge({ steps: [] })], 'challenges[0].steps', 'must not be empty'],
  ['challenges', [challenge({ needed: 2 })], 'challenges[0].needed', 'must be at most 1, one for each step'],
  ['challenges', [challenge({ points: 0 })], 'challenges[0]', 'must bring points, a badge or both'],
  ['challenges', [challenge({ repeat: 'week' })], 'challenges[0].repeat', 'must be one of: year, quarter, month'],
  [
    'challenges',
    [challenge({}, { kind: 'wishing' })],
    'challenges[0].steps[0].kind',
    'must be one of: orders, items, turnover, activity, referrals, streak',
  ],
  [
    'challenges',
    [challenge({}, { kind: 'activity', settings: { activity: 'dancing' } })],
    'challenges[0].steps[0].settings.activity',
    'dancing is not an activity of the programme',
  ],
  ['challenges', [challenge({}, { settings: {} })], 'challenges[0].steps[0].settings.count', 'is required'],
  [
    'challenges',
    [challenge({}, { kind: 'streak', settings: { every: 'day', times: 1 } })],
    'challenges[0].steps[0].settings.times',
    'must be at least 2',
  ],
  [
    'challenges',
    [challenge({ badge: { code: 'star', name: 'Star', image: 'http://shop.example/star.svg' } })],
    'challenges[0].badge.image',
    'must be an address that begins with https://',
  ],
  [
    'challenges',
    [challenge({ scope: { tiers: ['iron'] } })],
    'challenges[0].scope.tiers[0]',
    'iron is not a tier of the programme',
  ],
  // leads
  ['leads', leads({ confirmWithinHours: 0 }), 'leads.confirmWithinHours', 'must be at least 1'],
  ['leads', leads({ confirmWithinHours: 721 }), 'leads.confirmWithinHours', 'must be at most 720'],
  ['leads', { confirmWithinHours: 48 }, 'leads.consent', 'is required'],
  ['leads', leads({ consent: { version: '1', texts: {} } }), 'leads.consent.texts', 'must have a text in at least one language'],
  [
    'leads',
    leads({ consent: { version: '', texts: { de: 'Ja' } } }),
    'leads.consent.version',
    'must not be empty or begin or end with a space',
  ],
  ['leads', leads({ voucher: { validDays: 10 } }), 'leads.voucher', 'must have exactly one of: percentOff, amountOff'],
  ['leads', leads({ points: 0 }), 'leads.points', 'must be at least 1'],
  // terms of participation
  ['terms', terms([]), 'terms.versions', 'must not be empty'],
  ['terms', { ...terms([{}]), acceptance: 'forced' }, 'terms.acceptance', 'must be one of: none, asked, required'],
  ['terms', { ...terms([{}]), shops: [{ shop: 's', versions: [] }] }, 'terms.shops[0].versions', 'must not be empty'],
  [
    'terms',
    { ...terms([{}]), shops: [0, 1].map(() => ({ shop: 's', versions: terms([{}]).versions })) },
    'terms.shops[1].shop',
    's is already in terms.shops[0]',
  ],
  [
    'terms',
    { ...terms([{}]), shops: [{ shop: 's', versions: terms([{}, { validFrom: '2027-01-01' }]).versions }] },
    'terms.shops[0].versions[1].version',
    '1 is already used by terms.shops[0].versions[0]',
  ],
  ['terms', { ...terms([{}]), noticeDays: 366 }, 'terms.noticeDays', 'must be at most 365'],
  ['terms', { ...terms([{}]), backdateDays: -1 }, 'terms.backdateDays', 'must be at least 0'],
  ['terms', terms([{ version: 'a b' }]), 'terms.versions[0].version', 'must be 1 to 32 letters, digits, ".", "-" or "_"'],
  ['terms', terms([{}, { validFrom: '2027-01-01' }]), 'terms.versions[1].version', '1 is already used by terms.versions[0]'],
  [
    'terms',
    terms([{}, { version: '2', validFrom: '2025-12-31' }]),
    'terms.versions[1].validFrom',
    'must be later than 2026-01-01, that of the version before',
  ],
  ['terms', terms([{ texts: {} }]), 'terms.versions[0]', 'must have a text or an address in at least one language'],
  [
    'terms',
    terms([{ urls: { de: 'https://shop.example/agb' } }]),
    'terms.versions[0].urls.de',
    'has a text already; a language has one of both',
  ],
  [
    'terms',
    terms([{ texts: undefined, urls: { de: 'http://shop.example/agb' } }]),
    'terms.versions[0].urls.de',
    'must be an address like https://shop.example/terms',
  ],
  ['terms', terms([{ texts: { de: ' ' } }]), 'terms.versions[0].texts.de', 'must not be empty'],
  ['terms', terms([{ texts: { fr: 'Conditions' } }]), 'terms.versions[0].texts.fr', 'is not a field of the programme'],
  ['privacy', { retention: { leadsDays: 0 } }, 'privacy.retention.leadsDays', 'must be at least 1'],
  ['privacy', { retention: { noticesDays: 399 } }, 'privacy.retention.noticesDays', 'must be at least 400'],
  ['privacy', { retention: { inactiveMembersMonths: 11 } }, 'privacy.retention.inactiveMembersMonths', 'must be at least 12'],
  ['privacy', { retention: { entriesDays: 1 } }, 'privacy.retention.entriesDays', 'is not a field of the programme'],
  ['privacy', { eraseOnCustomerDeletion: 'later' }, 'privacy.eraseOnCustomerDeletion', 'must be true or false'],
];

function leads(change: object = {}) {
  return { consent: { version: '1', texts: { de: 'Ja' } }, ...change };
}

function terms(versions: readonly object[]) {
  return { versions: versions.map((change) => ({ version: '1', validFrom: '2026-01-01', texts: { de: 'Regeln' }, ...change })) };
}

function occasion(change: object = {}) {
  return { code: 'day', name: 'Day', kind: 'birthday', points: 10, ...change };
}

function levels(count: number, threshold = 1) {
  return Array.from({ length: count }, (_, i) => ({ code: `level-${i}`, name: `Level ${i}`, threshold: threshold + i }));
}

function level(change: Record<string, unknown>) {
  return { code: 'silver', name: 'Silver', ...change };
}

function conditions(metric: string, atLeast: number, window: Record<string, unknown> = {}) {
  return [{ metric, atLeast, ...window }];
}

function activity(change: Record<string, unknown> = {}) {
  return { code: 'review', kind: 'review', name: 'Review', points: 50, ...change };
}

function reward(change: Record<string, unknown> = {}) {
  return { code: 'tour', kind: 'experience', name: 'Tour', pointsPrice: 100, ...change };
}

function cashback(change: Record<string, unknown> = {}) {
  return { code: 'money', name: 'Money', payout: 'credit', ...change };
}

function club(change: Record<string, unknown> = {}) {
  return { code: 'club', name: 'Club', products: ['CLUB'], durationMonths: 12, ...change };
}

function quizQuestion(change: Record<string, unknown> = {}) {
  return { id: 'q', text: 'Q?', options: ['a', 'b'], right: ['a'], ...change };
}

function campaign(number: number) {
  return { code: `c${number}`, name: 'C', bonus: 1 };
}

function incentive(change: Record<string, unknown>) {
  return { code: 'pieces', name: 'Pieces', metric: 'items', period: 'year', bands: bands([10, 100]), ...change };
}

function challenge(change: object = {}, step: object = {}) {
  const steps = [{ code: 'buy', name: 'Buy', kind: 'orders', settings: { count: 2 }, ...step }];
  return { code: 'club', name: 'Club', points: 100, steps, ...change };
}

function bands(...rows: [number, number][]) {
  return rows.map(([from, points]) => ({ from, points }));
}

function oneOf(what: 'metric' | 'keep'): string {
  if (what === 'keep') return 'must have at most one of: keepDays, keepUntilEndOf';
  return 'must be one of: turnover, orders, items, points, membership';
}

function named() {
  return ['silver', 'gold'].map((code, i) => ({ code, name: code, threshold: 10 + i }));
}

function rules(count: number) {
  return Array.from({ length: count }, (_, i) => ({ code: `rule-${i}`, multiplier: 2 }));
}

test.each(WRONG)('%s = %j is blamed on %s: %s', (path, value, field, message) => {
  expect(parseProgramme(fullWith(split(path), value))).toEqual({ ok: false, errors: [{ field, message }] });
});

test('redemption needs a value for points somewhere', () => {
  const simple = readProgramme('simple');
  const currencies = { EUR: { earn: { points: 1, per: 1 } } };
  expect(parseProgramme({ ...simple, currencies })).toEqual({
    ok: false,
    errors: [{ field: 'redemption', message: 'needs a pointValue in at least one currency' }],
  });
});

test('a challenge for some channels counts nothing that happens in none', () => {
  const challenges = [challenge({ scope: { channels: ['outlet'] } }, { kind: 'referrals', settings: { count: 1 } })];
  expect(parseProgramme({ ...(readProgramme('simple') as object), channels: [CHANNEL], challenges })).toEqual({
    ok: false,
    errors: [{ field: 'challenges[0].steps[0].kind', message: 'referrals happen in no channel; leave out scope.channels' }],
  });
});

test('cashback needs a value for points in the base currency', () => {
  const document = { name: 'Club', baseCurrency: 'EUR', currencies: { EUR: { earn: { points: 1, per: 1 } } } };
  expect(parseProgramme({ ...document, cashback: [cashback()] })).toEqual({
    ok: false,
    errors: [{ field: 'cashback', message: 'needs a pointValue in EUR' }],
  });
});

test('the admin pages say every message in the language of the reader', () => {
  expect(leftInEnglish([...new Set(WRONG.map(([, , , message]) => message))])).toEqual([]);
});

test.each([null, undefined, 5, 'text', []])('%p is no document at all', (input) => {
  const parsed = parseProgramme(input);
  expect(parsed).toMatchObject({ ok: false, errors: [{ field: 'document' }] });
});

test('all wrong fields are named at once', () => {
  const parsed = parseProgramme({ ...readProgramme('full'), name: 5, expireAfterDays: 'never', extra: true });
  expect(parsed.ok ? [] : parsed.errors.map((error) => error.field).sort()).toEqual(['expireAfterDays', 'extra', 'name']);
  const crossed = parseProgramme({
    ...readProgramme('full'),
    baseCurrency: 'CHF',
    redemption: { minimumPoints: 100, stepPoints: 30 },
  });
  expect(crossed.ok ? [] : crossed.errors.map((error) => error.field)).toEqual(
    expect.arrayContaining(['baseCurrency', 'redemption.stepPoints']),
  );
});

test.each([
  [1, 0],
  [44.99, 2],
  [1e-7, 7],
  [1.5e-7, 8],
  [1e21, 0],
  [0.1, 1],
])('%p has %i decimals', (value, digits) => {
  expect(decimalsOf(value)).toBe(digits);
});
