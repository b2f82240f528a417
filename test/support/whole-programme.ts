/** A document in which every part of a programme says something, also what is usually left out. */
import { programmeDocument } from './programme';

const voucher = { percentOff: 12.5, minimumOrder: { EUR: 20 }, validDays: 45 };
const limits = { perDay: 2, perMember: null, perSubject: 1 };

const activities = [
  {
    code: 'knows-tea',
    name: 'Do you know tea?',
    kind: 'quiz',
    points: 50,
    settings: {
      questions: [
        { id: 'leaf', text: 'Which is black?', options: ['Assam', 'Sencha', 'Keemun'], right: ['Assam', 'Keemun'] },
        { id: 'heat', text: 'How hot?', options: ['70 °C', '95 °C'], right: ['95 °C'] },
      ],
      passFrom: 1,
      pointsPerRight: 5,
      attempts: 2,
    },
    scope: { tiers: ['gold'], channels: ['counter'], from: '2026-01-01T08:00:00Z', until: '2027-01-01' },
    limits,
    limitsByTier: { gold: { perDay: 5 } },
    altogether: 1000,
  },
  {
    code: 'opinion',
    name: 'Your opinion',
    kind: 'survey',
    points: 20,
    settings: {
      questions: [
        { id: 'q1', text: 'What is missing?', required: false },
        { id: 'q2', text: 'How did you find us?', kind: 'choice', options: ['Friends', 'Search'] },
        { id: 'q3', text: 'Would you recommend us?', kind: 'recommend' },
      ],
    },
  },
  {
    code: 'review',
    name: 'Review',
    kind: 'review',
    points: 10,
    settings: { minimumLength: 40, onlyBuyers: true, picturePoints: 5 },
  },
  { code: 'share', name: 'Share', kind: 'social', points: 5, settings: { networks: ['one', 'two'], actions: ['share'] } },
  { code: 'tasting', name: 'Tasting', kind: 'attendance', points: 100, settings: {} },
  { code: 'first', name: 'First', kind: 'early-adoption', points: 30, settings: { products: ['LAMP-1'] } },
  { code: 'bottles', name: 'Bottles', kind: 'custom', points: 1, settings: { maximumQuantity: 24 } },
];

const rewards = [
  {
    code: 'five',
    name: 'Five euros',
    description: 'Off your next order.\n\nOf any size.',
    kind: 'voucher',
    pointsPrice: 500,
    stock: 10,
    perMember: 2,
    voucher: { value: 5.5, validDays: 90 },
    fulfilment: 'manual',
    image: 'https://shop.example/five.png',
    translations: { de: { name: 'Fünf Euro', description: null } },
    scope: { tiers: ['silver', 'gold'] },
  },
  {
    code: 'early',
    name: 'Early',
    kind: 'presale',
    pointsPrice: 100,
    access: { code: 'spring', from: '2026-03-01', until: '2026-04-01' },
  },
  { code: 'walk', name: 'A walk', kind: 'experience', pointsPrice: 900 },
];

const terms = {
  acceptance: 'required',
  noticeDays: 14,
  versions: [
    { version: '1', validFrom: '2025-01-01', texts: { en: '\n Be kind.\n' }, urls: { de: 'https://shop.example/agb' } },
    { version: '2', validFrom: '2026-06-01T00:00:00+02:00', texts: { en: 'Be kinder.' } },
  ],
  shops: [{ shop: 'outlet', versions: [{ version: '1', validFrom: '2026-01-01', texts: { en: 'No returns.' } }] }],
};

const messages = {
  language: 'de',
  delivery: 'smtp',
  expiringDays: [60, 7],
  voucherReminderDays: [],
  tierRiskDays: null,
  channels: { welcome: { webhook: false }, segment_entered: { shop: true } },
  texts: { welcome: { en: { subject: 'Hello {firstName}', body: 'Good to see you.\n\n{points}' } } },
};

export function wholeProgramme(): Record<string, unknown> {
  return programmeDocument({
    welcome: { points: 10, voucher },
    channels: [{ code: 'counter', name: 'Counter', takesPart: false, places: [{ shop: null, id: 'abc' }, { id: 'def' }] }],
    tierPrices: [{ code: 'lamp', tier: 'gold', products: ['LAMP-1'], steps: [{ quantityFrom: 1, percentOff: 10 }] }],
    freeProducts: [{ code: 'cup', products: ['CUP-1'], minimumGoods: { EUR: 50 } }],
    referral: { friendDiscount: { amountOff: { EUR: 5 } }, referrerReward: { points: 100 }, fraud: {} },
    campaigns: [{ code: 'spring', name: 'Spring', multiplier: 1.5, from: '2026-03-10', until: '2026-03-13' }],
    segments: [{ code: 'new', name: 'New', conditions: [{ kind: 'memberDays', atMost: 30 }] }],
    challenges: [
      { code: 'regular', name: 'Regular', points: 50, steps: [{ code: 's', name: 'S', kind: 'orders', settings: { count: 3 } }] },
    ],
    activities,
    rewards,
    occasions: [
      { code: 'birthday', name: 'Birthday', kind: 'birthday', points: 100, voucher, daysBefore: 3 },
      { code: 'easter', name: 'Easter', kind: 'holiday', dates: ['2026-04-05', '2027-03-28'], points: 5, minimumMemberDays: 30 },
    ],
    nextPurchase: [{ code: 'again', voucher, minimumOrder: { EUR: 40 }, releaseDays: 14, reminderDays: 7, limitPerMember: 3 }],
    cashback: [
      {
        code: 'paid',
        name: 'Paid',
        minimumPoints: 500,
        stepPoints: 100,
        payout: 'voucher',
        validDays: 365,
        automatic: { every: 'quarter' },
      },
      { code: 'credit', name: 'Credit', payout: 'credit' },
    ],
    volume: [
      {
        code: 'quarter',
        name: 'Quarter',
        period: 'quarter',
        bands: [
          { from: 1000, points: 100 },
          { from: 2500.5, points: 400 },
        ],
      },
      { code: 'many', name: 'Many', metric: 'orders', windowDays: 90, bands: [{ from: 5, points: 50 }] },
    ],
    memberships: [{ code: 'plus', name: 'Plus', products: ['LAMP-2'], durationMonths: 12, tier: 'gold', multiplier: 1.25 }],
    messages,
    leads: { consent: { version: '2026-1', texts: { en: 'You may write to me.' } }, points: 50, voucher, rewardsMembers: true },
    terms,
    approvals: { adjustmentsAbove: 0, days: 3 },
    identity: { linkByVerifiedEmail: true },
    privacy: { eraseOnCustomerDeletion: true, retention: { leadsDays: 10, inactiveMembersMonths: 36 } },
  });
}
