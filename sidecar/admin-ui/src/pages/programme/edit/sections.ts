import { isWithin } from './document-path';

/** Parts of the form in the order of its menu, each with the fields it shows. The text has all of them. */
const FIELDS = {
  basics: [
    'name',
    'baseCurrency',
    'timeZone',
    'currencies',
    'expireAfterDays',
    'redemption',
    'welcome',
    'accrual.basis',
    'accrual.lockDays',
    'accrual.minimum',
    'accrual.pointsPaymentReducesBasis',
    'accrual.rounding',
  ],
  points: ['accrual'],
  tiers: ['tiers', 'earlyAccess'],
  tierPrices: ['tierPrices'],
  freeProducts: ['freeProducts'],
  rewards: ['rewards'],
  referral: ['referral'],
  campaigns: ['campaigns'],
  activities: ['activities'],
  challenges: ['challenges'],
  occasions: ['occasions'],
  nextPurchase: ['nextPurchase'],
  cashback: ['cashback'],
  volume: ['volume'],
  memberships: ['memberships'],
  segments: ['segments'],
  channels: ['channels'],
  messages: ['messages'],
  leads: ['leads'],
  terms: ['terms'],
  safety: ['approvals', 'identity', 'privacy'],
  text: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SectionCode = keyof typeof FIELDS;

export const SECTIONS = Object.keys(FIELDS) as SectionCode[];

export function isSection(code: unknown): code is SectionCode {
  return typeof code === 'string' && Object.hasOwn(FIELDS, code);
}

/** Where a field is edited: with the most exact of the fields around it. */
export function sectionOf(path: string): SectionCode {
  const found = SECTIONS.flatMap((section) =>
    FIELDS[section].filter((field) => isWithin(path, field)).map((field) => ({ section, length: field.length })),
  );
  return found.sort((a, b) => b.length - a.length)[0]?.section ?? 'text';
}
