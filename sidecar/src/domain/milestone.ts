/** Everything that is told of a member as it happens: to the shops' own mails, to webhooks, by mails of ours. */
import { addDays, isBefore } from './instant';

/** `?` at the end: the figure may be absent. */
type FigureForm = 'count' | 'text' | 'instant' | 'count?' | 'text?' | 'instant?';

interface Milestone {
  /**
   * - `transactional`: tells what happened to what the member has
   * - `marketing`: wants the member to do something; needs consent
   */
  readonly purpose: 'transactional' | 'marketing';
  /**
   * When shops are told unless the programme says otherwise:
   * - `always`: also under a programme that says nothing about messages
   * - `withMessages`: under one that does, since it would be news to those whose shops have told nothing of the kind so far
   * - `onRequest`: only where the kind is named, since it may be many at once
   */
  readonly told: 'always' | 'withMessages' | 'onRequest';
  /** Plain values that a message can show. */
  readonly figures: Readonly<Record<string, FigureForm>>;
}

const happened = { purpose: 'transactional', told: 'always' } as const;
const standing = { purpose: 'transactional', told: 'withMessages' } as const;
const reminds = { purpose: 'marketing', told: 'withMessages' } as const;
const sorted = { purpose: 'marketing', told: 'onRequest' } as const;

export const MILESTONES = {
  welcome: { ...standing, figures: { points: 'count' } },
  points_available: { ...standing, figures: { points: 'count', balance: 'count', orderNumber: 'text?' } },
  points_expiring: { ...reminds, figures: { points: 'count', expiresAt: 'instant', days: 'count' } },
  tier_reached: { ...happened, figures: { tier: 'text' } },
  tier_at_risk: { ...reminds, figures: { tier: 'text', nextTier: 'text?', days: 'count' } },
  referral_rewarded: { ...happened, figures: { points: 'count' } },
  voucher_granted: {
    ...standing,
    figures: {
      code: 'text',
      valueMinor: 'count',
      percentBps: 'count?',
      currency: 'text',
      minimumMinor: 'count?',
      expiresAt: 'instant?',
    },
  },
  // Never told unless the programme asks for it, by the rule of the voucher or for all of them.
  voucher_expiring: {
    ...reminds,
    told: 'always',
    figures: {
      code: 'text',
      valueMinor: 'count',
      percentBps: 'count?',
      currency: 'text',
      minimumMinor: 'count?',
      expiresAt: 'instant',
      days: 'count',
    },
  },
  occasion_rewarded: { ...happened, figures: { occasion: 'text', points: 'count' } },
  lead_confirmation_requested: { ...happened, figures: { url: 'text', expiresAt: 'instant?' } },
  challenge_completed: { ...happened, figures: { challenge: 'text', points: 'count?' } },
  badge_earned: { ...happened, figures: { badge: 'text' } },
  segment_entered: { ...sorted, figures: { segment: 'text', name: 'text' } },
  segment_left: { ...sorted, figures: { segment: 'text', name: 'text' } },
  reward_redeemed: { ...happened, figures: { reward: 'text', points: 'count', code: 'text?' } },
  approval_requested: { ...happened, figures: { subject: 'text', points: 'count?', requestedBy: 'text?' } },
  approval_decided: { ...happened, figures: { subject: 'text', outcome: 'text', points: 'count?' } },
  membership_started: { ...happened, figures: { plan: 'text', endsAt: 'instant?' } },
  membership_ending: { ...happened, figures: { plan: 'text', endsAt: 'instant' } },
  membership_ended: { ...standing, figures: { plan: 'text', endedAt: 'instant' } },
} as const satisfies Readonly<Record<string, Milestone>>;

export type NoticeKind = keyof typeof MILESTONES;

export const NOTICE_KINDS = Object.keys(MILESTONES) as NoticeKind[];

type ValueOf<Form> = Form extends 'count' | 'count?' ? number : string;
type Forms<K extends NoticeKind> = (typeof MILESTONES)[K]['figures'];
type MayLack<F> = { [N in keyof F]: F[N] extends `${string}?` ? N : never }[keyof F];

/** What is said of a happening of the kind. */
export type FiguresOf<K extends NoticeKind> = {
  readonly [N in Exclude<keyof Forms<K>, MayLack<Forms<K>>>]: ValueOf<Forms<K>[N]>;
} & { readonly [N in MayLack<Forms<K>>]?: ValueOf<Forms<K>[N]> };

export type Purpose = Milestone['purpose'];

export function milestoneOf(kind: NoticeKind): Milestone {
  return MILESTONES[kind];
}

export const CHANNELS = ['shop', 'webhook', 'smtp'] as const;

/** The shops' own mail systems, endpoints of integrators, mails of ours. */
export type Channel = (typeof CHANNELS)[number];

/** What a mail of ours says in place of the usual words; paragraphs are parted by an empty line. */
export interface MailText {
  readonly subject: string;
  readonly body: string;
}

/** Placeholders of a mail beside the figures of its kind. */
export const MAIL_PLACEHOLDERS = ['firstName', 'programme'] as const;

/** What a text about the kind may have in braces. */
export function placeholdersOfKind(kind: NoticeKind): string[] {
  const figures = Object.keys(MILESTONES[kind].figures);
  // What a voucher is worth, an amount or a share.
  return [...MAIL_PLACEHOLDERS, ...figures, ...(figures.includes('valueMinor') ? ['value'] : [])];
}

export interface MessageTerms {
  /** For members of whom no other is known; two letters. */
  readonly language: string;
  /** Days before points expire at which the member is told, longest first; empty = never. */
  readonly expiringDays: readonly number[];
  /** Told when the tier would be lost within so many days; null = never. */
  readonly tierRiskDays: number | null;
  /** The same of vouchers, longest first. */
  readonly voucherReminderDays: readonly number[];
  readonly channels: Readonly<Record<NoticeKind, Readonly<Record<Channel, boolean>>>>;
  /** The merchant's own texts of mails, by kind and language. */
  readonly texts: Readonly<Partial<Record<NoticeKind, Readonly<Partial<Record<string, MailText>>>>>>;
}

const NEWS_DAYS = 7;

/** Whether something is still worth telling: a shop that joins with its past brings much that is not. */
export function isNews(occurredAt: string, now: string): boolean {
  return isBefore(now, addDays(occurredAt, NEWS_DAYS));
}

/** The days that are to be told now of an end that is so near: the fewest of those within which it lies; null = none yet, or over. */
export function reminderStep(steps: readonly number[], endsAt: string, now: string): number | null {
  if (!isBefore(now, endsAt)) return null;
  const within = steps.filter((days) => !isBefore(addDays(now, days), endsAt));
  return within.length === 0 ? null : Math.min(...within);
}
