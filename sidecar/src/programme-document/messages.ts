/** What members are told, and where. */
import { z } from 'zod';
import { LANGUAGES } from '../domain/language';
import {
  CHANNELS,
  milestoneOf,
  NOTICE_KINDS,
  placeholdersOfKind,
  type Channel,
  type MessageTerms,
  type NoticeKind,
} from '../domain/milestone';
import { fault } from './field-checks';
import type { FieldError } from './field-error';

const MAX_STEPS = 10;
const MAX_DAYS = 365;
const MAX_SUBJECT = 200;
const MAX_BODY = 5000;

const days = z.int().min(1).max(MAX_DAYS);
const steps = z.array(days).max(MAX_STEPS);
const switches = z.strictObject(Object.fromEntries(CHANNELS.map((channel) => [channel, z.boolean().optional()])) as Switches);
type Switches = Record<Channel, z.ZodOptional<z.ZodBoolean>>;

// A line break would end the header that the subject is.
const subject = z
  .string()
  .trim()
  .min(1)
  .max(MAX_SUBJECT)
  .regex(/^\P{Cc}*$/u, 'must be a single line');
const mailText = z.strictObject({ subject, body: z.string().trim().min(1).max(MAX_BODY) });
const mailTexts = z.strictObject(
  Object.fromEntries(LANGUAGES.map((language) => [language, mailText.optional()])) as Record<
    (typeof LANGUAGES)[number],
    z.ZodOptional<typeof mailText>
  >,
);

export const messagesSchema = z.strictObject({
  language: z.enum(LANGUAGES).default('en'),
  expiringDays: steps.default([30, 7]),
  tierRiskDays: days.nullable().default(30),
  voucherReminderDays: steps.default([7]),
  /** Whose mails members get: those of the shop's own mail system, or ours. */
  delivery: z.enum(['shop', 'smtp']).default('shop'),
  /** In place of the usual texts of our mails. */
  texts: z
    .strictObject(
      Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, mailTexts.optional()])) as Record<
        NoticeKind,
        z.ZodOptional<typeof mailTexts>
      >,
    )
    .prefault({}),
  /** What differs from this for a kind. */
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
  if (!messages) return [];
  return [...twice(messages), ...bothWays(messages), ...unknownPlaceholders(messages)];
}

function twice(messages: WrittenMessages): FieldError[] {
  const lists = { expiringDays: messages.expiringDays, voucherReminderDays: messages.voucherReminderDays };
  return Object.entries(lists).flatMap(([name, list]) =>
    list.flatMap((one, i) => (list.indexOf(one) < i ? [fault(`messages.${name}[${i}]`, `${one} is listed twice`)] : [])),
  );
}

/** Whoever is told by the shop and by us gets two mails. */
function bothWays({ channels }: WrittenMessages): FieldError[] {
  return NOTICE_KINDS.flatMap((kind) =>
    channels[kind]?.shop === true && channels[kind].smtp === true
      ? [fault(`messages.channels.${kind}`, 'must not have both shop and smtp: members would get two mails')]
      : [],
  );
}

function unknownPlaceholders({ texts }: WrittenMessages): FieldError[] {
  return NOTICE_KINDS.flatMap((kind) => {
    const known = placeholdersOfKind(kind);
    return Object.entries(texts[kind] ?? {}).flatMap(([language, text]) =>
      Object.entries(text ?? {}).flatMap(([part, written]) =>
        [...written.matchAll(/\{([^{}]*)\}/g)].flatMap(([whole, name = '']) =>
          known.includes(name)
            ? []
            : [
                fault(
                  `messages.texts.${kind}.${language}.${part}`,
                  `${whole} is none of: ${known.map((one) => `{${one}}`).join(', ')}`,
                ),
              ],
        ),
      ),
    );
  });
}

/** A programme that says nothing about messages goes on as before there were any: shops hear of what happened, not of reminders. */
export function messageTerms(written: WrittenMessages | null): MessageTerms {
  const longestFirst = (list: readonly number[]): number[] => [...list].sort((one, other) => other - one);
  const channelsOf = (kind: NoticeKind): Record<Channel, boolean> => {
    const { shop, webhook, smtp } = written?.channels[kind] ?? {};
    const { told } = milestoneOf(kind);
    const isTold = told === 'always' || (told === 'withMessages' && written !== null);
    const isOurs = smtp ?? (written?.delivery === 'smtp' && isTold && shop !== true);
    return { shop: shop ?? (isTold && !isOurs), webhook: webhook ?? true, smtp: isOurs };
  };
  return {
    language: written?.language ?? 'en',
    expiringDays: longestFirst(written?.expiringDays ?? []),
    tierRiskDays: written?.tierRiskDays ?? null,
    voucherReminderDays: longestFirst(written?.voucherReminderDays ?? []),
    channels: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, channelsOf(kind)])) as MessageTerms['channels'],
    texts: (written?.texts ?? {}) as MessageTerms['texts'],
  };
}
