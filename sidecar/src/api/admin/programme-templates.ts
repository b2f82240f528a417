import { z } from 'zod';
import { AppError } from '../../errors';
import type { Language } from '../../explain/language';
import type { OperationContext } from '../../operations/context';
import { saveDraft } from '../../operations/publish-programme';
import { fillTemplate, type FilledTemplate } from '../../programme-templates/fill-template';
import { findTemplate, programmeTemplates } from '../../programme-templates/registry';
import type { CurrencyTerms, ProgrammeTemplate } from '../../programme-templates/template';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { actorOf, reachedProgramme } from '../principal';

const tag = 'Programme';
const MAX_CURRENCIES = 20;
const MAX_SETTINGS = 50;

const amount = z.number();
const currencySchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, like EUR'),
  earn: z.strictObject({ points: amount, per: amount }),
  pointValue: z.strictObject({ points: amount, value: amount }),
  turnoverFactor: amount.optional(),
});

/** What the fields may hold is for the programme to say, which names each that is wrong. */
const termsSchema = z.strictObject({
  name: z.string().max(1000),
  timeZone: z.string().max(64).default('UTC'),
  rounding: z.enum(['down', 'nearest']).default('down'),
  currencies: z.array(currencySchema).min(1).max(MAX_CURRENCIES),
  settings: z
    .record(z.string().max(64), amount)
    .refine((settings) => Object.keys(settings).length <= MAX_SETTINGS, `must be at most ${MAX_SETTINGS}`)
    .default({}),
});
type WrittenTerms = z.output<typeof termsSchema>;

const documentSchema = z.record(z.string(), z.unknown());
const shownTemplate = z.strictObject({
  code: z.string(),
  name: z.string(),
  description: z.string(),
  contains: z.array(z.string()),
  document: documentSchema,
});
const filled = z.strictObject({
  document: documentSchema,
  settings: z.array(
    z.strictObject({
      code: z.string(),
      kind: z.enum(['money', 'points', 'days', 'percent']),
      label: z.string(),
      value: z.number(),
    }),
  ),
});

/** One point for each euro, a hundred of them worth one: a programme that gives back one percent. */
const EURO: CurrencyTerms = { currency: 'EUR', earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } };

/** Programmes to start from: in words, filled with a merchant's terms, and as a draft. */
export function programmeTemplateEndpoints(context: OperationContext): Endpoint[] {
  return [...readEndpoints(), draftEndpoint(context)];
}

function readEndpoints(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/programme-templates',
      scope: 'programme:read',
      tag,
      summary: 'Programmes to start from, in words, with a document in euros.',
      answers: { 200: { description: 'The templates', body: z.strictObject({ templates: z.array(shownTemplate) }) } },
      handle: ({ language }) => Promise.resolve({ body: { templates: programmeTemplates.map((one) => shown(one, language)) } }),
    }),
    endpoint({
      method: 'post',
      path: '/admin/programme-templates/:template/document',
      scope: 'programme:read',
      tag,
      summary: 'The document of a template in a merchant’s currencies and values. Nothing is stored.',
      params: z.object({ template: storedKey }),
      body: termsSchema,
      answers: { 200: { description: 'The document, and the settings that made it', body: filled } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params, body, language }) => {
        const template = findTemplate(params.template);
        if (!template) throw new AppError('NOT_FOUND', { resource: 'template' });
        const { document, values } = fill(template, body, language);
        const settings = template.settings.map(({ code, kind, label }) => ({
          code,
          kind,
          label: label[language],
          value: values[code] ?? 0,
        }));
        return Promise.resolve({ body: { document, settings } });
      },
    }),
  ];
}

function draftEndpoint(context: OperationContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/admin/programmes/:programmeId/drafts/template',
    scope: 'programme:write',
    tag,
    summary:
      'Stores a draft made from a template. It remembers the template and the terms, so that somebody can go on with them.',
    params: z.object({ programmeId: storedKey }),
    body: termsSchema.extend({ template: storedKey, note: z.string().max(255).default('') }),
    answers: {
      201: { description: 'The draft', body: z.strictObject({ versionId: z.string(), versionNumber: z.int() }) },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ params: { programmeId }, body, principal, language }) => {
      reachedProgramme(principal, programmeId);
      const { template: code, note, ...terms } = body;
      const template = findTemplate(code);
      if (!template) throw new AppError('INVALID_INPUT', { fields: [{ field: 'template', problem: 'is no template' }] });
      const { document, values } = fill(template, terms, language);
      const madeFrom = { template: code, ...terms, settings: values };
      const draft = await saveDraft(context, { programmeId, document, note, madeFrom, author: actorOf(principal) });
      if (!draft.ok) throw new Error(`a filled template is no programme: ${JSON.stringify(draft.errors)}`);
      return { status: 201, body: draft.value };
    },
  });
}

function shown(template: ProgrammeTemplate, language: Language): z.input<typeof shownTemplate> {
  const { code, name, description, contains } = template;
  const terms = { name: name[language], timeZone: 'UTC', rounding: 'down', currencies: [EURO], settings: {} } as const;
  return {
    code,
    name: name[language],
    description: description[language],
    contains: contains.map((words) => words[language]),
    document: fill(template, { ...terms, currencies: [EURO] }, language).document,
  };
}

type Filled = Pick<FilledTemplate & { ok: true }, 'values'> & { readonly document: Record<string, unknown> };

/** @throws AppError INVALID_INPUT naming every wrong field */
function fill(template: ProgrammeTemplate, written: WrittenTerms, language: Language): Filled {
  const { settings, currencies, ...terms } = written;
  const [base, ...others] = currencies.map(currencyTerms);
  if (!base) throw new AppError('INVALID_INPUT', { fields: [{ field: 'currencies', problem: 'must not be empty' }] });
  const result = fillTemplate(template, { ...terms, currencies: [base, ...others] }, settings, language);
  if (result.ok) return { document: { ...result.document }, values: result.values };
  const fields = result.errors.map(({ field, message }) => ({ field, problem: message }));
  throw new AppError('INVALID_INPUT', { fields });
}

/** A factor that is not given must be absent, not undefined. */
function currencyTerms({ turnoverFactor, ...terms }: WrittenTerms['currencies'][number]): CurrencyTerms {
  return turnoverFactor === undefined ? terms : { ...terms, turnoverFactor };
}
