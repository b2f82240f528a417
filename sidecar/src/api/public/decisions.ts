import { z } from 'zod';
import type { Reason } from '../../domain/reason';
import { AppError } from '../../errors';
import { explainDecision, type ToldDecision } from '../../explain/explain-decision';
import { LANGUAGES, type Language } from '../../explain/language';
import type { OperationContext } from '../../operations/context';
import type { Row } from '../../storage/tables';
import { findDecisionRow, memberDecisions } from '../../stores/decision-store';
import type { PublishedProgramme } from '../../stores/programme-store';
import { endpoint, type Endpoint } from '../endpoint';
import { nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reaches, reachMember } from '../principal';
import { reasonSchema } from '../reason-schema';

const tag = 'Decisions';
const languageSchema = z.enum(LANGUAGES).optional();

const headSchema = z.strictObject({
  decisionId: z.string(),
  kind: z.string(),
  subject: z.string(),
  decidedAt: z.string(),
  title: z.string(),
  outcome: z.string(),
});

const explainedSchema = headSchema.extend({
  memberId: z.string().nullable(),
  programmeId: z.string(),
  /** The version that was decided under; null where none was asked. */
  programmeVersion: z.strictObject({ versionId: z.string(), versionNumber: z.int() }).nullable(),
  language: z.enum(LANGUAGES),
  lines: z.array(z.strictObject({ text: z.string(), applied: z.boolean(), about: z.string().nullable() })),
  /** What the words were made of. */
  figures: z.strictObject({ inputs: z.unknown(), outcome: z.unknown(), reasons: z.array(reasonSchema) }),
});

/** `2026-03-01T10:00:00.000Z~<decision id>` of the last decision seen. */
const cursorSchema = z
  .string()
  .regex(/^[\dT:.Z-]{20,30}~[\x21-\x7e]{1,64}$/, 'must be a `next` of the page before')
  .transform((cursor) => {
    const [decidedAt = '', decisionId = ''] = cursor.split('~', 2);
    return { decidedAt, decisionId };
  });

/** Why something was decided, in words. */
export function decisionEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/v1/decisions/:decisionId',
      scope: 'decisions:read',
      tag,
      summary: 'A decision in words: what was decided, what came of it, and every rule that was looked at.',
      params: z.object({ decisionId: storedKey }),
      query: z.object({ language: languageSchema }),
      answers: { 200: { description: 'The decision; without `language` in that of `Accept-Language`', body: explainedSchema } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params, query, principal, language: wished }) => {
        const row = await findDecisionRow(db, params.decisionId);
        if (!row || !reaches(principal, row.programme_id)) throw new AppError('NOT_FOUND', { resource: 'decision' });
        const language = query.language ?? wished;
        return { body: await explained(context, row, language), headers: headersOf(language) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/decisions',
      scope: 'decisions:read',
      tag,
      summary: 'What was decided about a member, newest first; pass `next` as `before` to go on.',
      params: z.object({ memberId: storedKey }),
      query: z.object({ language: languageSchema, kind: z.string().min(1).max(64).optional(), before: cursorSchema.optional() }),
      answers: {
        200: {
          description: 'A page',
          body: z.strictObject({ decisions: z.array(headSchema), next: z.string().nullable() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, query, principal, language: wished }) => {
        await reachMember(db, principal, memberId);
        const language = query.language ?? wished;
        const rows = await memberDecisions(db, memberId, { kind: query.kind ?? null, before: query.before ?? null }, PAGE);
        const decisions: z.input<typeof headSchema>[] = [];
        for (const row of rows) decisions.push(await headOf(context, row, language));
        const next = nextOf(rows, (row) => `${row.decided_at}~${row.decision_id}`);
        return { body: { decisions, next }, headers: headersOf(language) };
      },
    }),
  ];
}

function headersOf(language: Language): Record<string, string> {
  return { 'content-language': language, vary: 'Accept-Language' };
}

async function headOf(context: OperationContext, row: Row<'decision'>, language: Language) {
  const version = await versionOf(context, row);
  const { title, outcome } = explainDecision(toldDecision(row), version?.programme ?? null, language);
  return { ...shown(row), title, outcome };
}

async function explained(
  context: OperationContext,
  row: Row<'decision'>,
  language: Language,
): Promise<z.input<typeof explainedSchema>> {
  const version = await versionOf(context, row);
  const decision = toldDecision(row);
  const { inputs, outcome, reasons } = decision;
  const words = explainDecision(decision, version?.programme ?? null, language);
  return {
    ...shown(row),
    memberId: row.member_id,
    programmeId: row.programme_id,
    programmeVersion: version && { versionId: version.versionId, versionNumber: version.versionNumber },
    language,
    title: words.title,
    outcome: words.outcome,
    lines: [...words.lines],
    figures: { inputs, outcome, reasons: [...reasons] },
  };
}

function shown(row: Row<'decision'>) {
  return { decisionId: row.decision_id, kind: row.kind, subject: row.subject, decidedAt: row.decided_at };
}

async function versionOf({ db, programmes }: OperationContext, row: Row<'decision'>): Promise<PublishedProgramme | null> {
  return row.programme_version_id === null ? null : programmes.byVersion(db, row.programme_version_id);
}

function toldDecision({ kind, inputs, outcome, reasons }: Row<'decision'>): ToldDecision {
  return {
    kind,
    inputs: JSON.parse(inputs) as unknown,
    outcome: JSON.parse(outcome) as unknown,
    reasons: JSON.parse(reasons) as Reason[],
  };
}
