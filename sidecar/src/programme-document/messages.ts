/** What members are told, and where. */
import { z } from 'zod';
import { CHANNELS, milestoneOf, NOTICE_KINDS, type Channel, type MessageTerms, type NoticeKind } from '../domain/milestone';
import { fault } from './field-checks';
import type { FieldError } from './field-error';

export const LANGUAGES = ['en', 'de', 'es', 'pt', 'ru'] as const;

const MAX_STEPS = 10;
const MAX_DAYS = 365;

const days = z.int().min(1).max(MAX_DAYS);
const steps = z.array(days).max(MAX_STEPS);
const switches = z.strictObject(Object.fromEntries(CHANNELS.map((channel) => [channel, z.boolean().optional()])) as Switches);
type Switches = Record<Channel, z.ZodOptional<z.ZodBoolean>>;

export const messagesSchema = z.strictObject({
  language: z.enum(LANGUAGES).default('en'),
  expiringDays: steps.default([30, 7]),
  tierRiskDays: days.nullable().default(30),
  voucherReminderDays: steps.default([7]),
  /** Shops and webhooks are told of every kind, and nothing is mailed by us, unless it says otherwise here. */
  channels: z
    .strictObject(
      Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, switches.optional()])) as Record<
        NoticeKind,
        z.ZodOptional<typeof switches>
      >,
    )
    .prefault({}),
});

type WrittenMessages = z.output<typeof messagesSchema>;

export function checkMessages({ messages }: { readonly messages: WrittenMessages | null }): FieldError[] {
  const lists = { expiringDays: messages?.expiringDays ?? [], voucherReminderDays: messages?.voucherReminderDays ?? [] };
  return Object.entries(lists).flatMap(([name, list]) =>
    list.flatMap((one, i) => (list.indexOf(one) < i ? [fault(`messages.${name}[${i}]`, `${one} is listed twice`)] : [])),
  );
}

/** A programme that says nothing about messages goes on as before there were any: shops hear of what happened, not of reminders. */
export function messageTerms(written: WrittenMessages | null): MessageTerms {
  const longestFirst = (list: readonly number[]): number[] => [...list].sort((one, other) => other - one);
  const channelsOf = (kind: NoticeKind): Record<Channel, boolean> => {
    const { shop, webhook, smtp } = written?.channels[kind] ?? {};
    const { told } = milestoneOf(kind);
    const isTold = told === 'always' || (told === 'withMessages' && written !== null);
    return { shop: shop ?? isTold, webhook: webhook ?? true, smtp: smtp ?? false };
  };
  return {
    language: written?.language ?? 'en',
    expiringDays: longestFirst(written?.expiringDays ?? []),
    tierRiskDays: written?.tierRiskDays ?? null,
    voucherReminderDays: longestFirst(written?.voucherReminderDays ?? []),
    channels: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, channelsOf(kind)])) as MessageTerms['channels'],
  };
}
