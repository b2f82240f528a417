import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import type { Refusal } from '../../domain/result';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { publishProgramme, restoreVersion, saveDraft } from '../../operations/publish-programme';
import { countSegments } from '../../operations/review-segments';
import { diffDocuments } from '../../programme-document/diff';
import { parseProgramme } from '../../programme-document/programme-document';
import { readWritten, writeYaml } from '../../programme-document/written';
import { findVersion, listVersions, type VersionRow } from '../../stores/programme-store';
import type { Db } from '../../storage/transaction';
import { endpoint, type Endpoint } from '../endpoint';
import { instantSchema, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { actorOf, reachedProgramme, type Principal } from '../principal';

const tag = 'Programme';
const programmeParams = z.object({ programmeId: storedKey });
const versionParams = programmeParams.extend({ versionId: storedKey });

const shownVersion = z.strictObject({
  versionId: z.string(),
  versionNumber: z.int(),
  status: z.enum(['draft', 'published']),
  effectiveFrom: z.string().nullable(),
  note: z.string(),
  createdAt: z.string(),
  /** Null = nobody in particular, or from before that was kept. */
  createdBy: z.string().nullable(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
});
const savedDraft = z.strictObject({ versionId: z.string(), versionNumber: z.int() });
const documentSchema = z.record(z.string(), z.unknown());

/** Versions of a programme as JSON or YAML, drafts, and their publication. A wrong document is answered with every wrong field. */
export function programmeEndpoints(context: OperationContext, onPublished: () => void, bodyLimitBytes: number): Endpoint[] {
  return [
    ...listEndpoints(context),
    ...documentEndpoints(context),
    ...draftEndpoints(context, bodyLimitBytes),
    ...previewEndpoints(context),
    ...publishingEndpoints(context, onPublished),
  ];
}

function listEndpoints({ db }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/versions',
      scope: 'programme:read',
      tag,
      summary: 'Lists versions, newest first; pass `next` as `before` to go on.',
      params: programmeParams,
      query: z.object({ before: z.coerce.number().int().positive().optional() }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ versions: z.array(shownVersion), next: z.int().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params, query, principal }) => {
        reachedProgramme(principal, params.programmeId);
        const versions = await listVersions(db, params.programmeId, query.before ?? null, PAGE);
        return { body: { versions: versions.map(shown), next: versions[PAGE - 1]?.version_number ?? null } };
      },
    }),
  ];
}

function documentEndpoints({ db }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/versions/:versionId',
      scope: 'programme:read',
      tag,
      summary: 'A version with its document, and the template and terms it was made from.',
      params: versionParams,
      answers: {
        200: {
          description: 'The version',
          body: shownVersion.extend({ document: documentSchema, madeFrom: documentSchema.nullable() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params, principal }) => {
        const version = await reachVersion(db, principal, params);
        const madeFrom = version.made_from === null ? null : (JSON.parse(version.made_from) as Record<string, unknown>);
        return { body: { ...shown(version), document: documentOf(version), madeFrom } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/versions/:versionId/document.yaml',
      scope: 'programme:read',
      tag,
      summary: 'The document of a version as YAML, ready to be kept beside other configuration.',
      params: versionParams,
      answers: { 200: { description: 'The document', mediaType: 'application/yaml' } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params, principal }) => ({
        lines: once(writeYaml(documentOf(await reachVersion(db, principal, params)))),
        mediaType: 'application/yaml',
      }),
    }),
    endpoint({
      method: 'get',
      path: '/admin/programmes/:programmeId/diff',
      scope: 'programme:read',
      tag,
      summary: 'What version `to` says otherwise than version `from`.',
      params: programmeParams,
      query: z.object({ from: storedKey, to: storedKey }),
      answers: {
        200: {
          description: 'Fields in alphabetical order; what is absent is not in that version',
          body: z.strictObject({
            differences: z.array(
              z.strictObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
            ),
          }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { programmeId }, query, principal }) => {
        const from = await reachVersion(db, principal, { programmeId, versionId: query.from });
        const to = await reachVersion(db, principal, { programmeId, versionId: query.to });
        return { body: { differences: diffDocuments(documentOf(from), documentOf(to)) } };
      },
    }),
  ];
}

function draftEndpoints(context: OperationContext, bodyLimitBytes: number): Endpoint[] {
  const save = async (principal: Principal, programmeId: string, document: unknown, note: string) => {
    reachedProgramme(principal, programmeId);
    const draft = await saveDraft(context, { programmeId, document, note, author: actorOf(principal) });
    if (!draft.ok) throw new AppError('INVALID_INPUT', { fields: draft.errors });
    return { status: 201, body: draft.value };
  };
  return [
    endpoint({
      method: 'post',
      path: '/admin/programmes/:programmeId/drafts',
      scope: 'programme:write',
      tag,
      summary: 'Stores a draft when it is valid; otherwise names every wrong field.',
      params: programmeParams,
      body: z.strictObject({ document: z.unknown(), note: z.string().max(255).default('') }),
      answers: { 201: { description: 'The draft', body: savedDraft } },
      refusals: ['NOT_FOUND'],
      handle: ({ params, body, principal }) => save(principal, params.programmeId, body.document, body.note),
    }),
    endpoint({
      method: 'post',
      path: '/admin/programmes/:programmeId/drafts/yaml',
      scope: 'programme:write',
      tag,
      summary: 'Stores a draft written in YAML.',
      params: programmeParams,
      query: z.object({ note: z.string().max(255).default('') }),
      streams: { mediaType: 'application/yaml', limitBytes: bodyLimitBytes },
      answers: { 201: { description: 'The draft', body: savedDraft } },
      refusals: ['NOT_FOUND', 'BODY_TOO_LARGE', 'UNSUPPORTED_CONTENT_TYPE'],
      handle: async ({ params, query, principal, stream }) => {
        const written = readWritten(await readText(stream));
        if (!written.ok) throw new AppError('INVALID_INPUT', { fields: written.errors });
        return save(principal, params.programmeId, written.document, query.note);
      },
    }),
  ];
}

/** What a document says and would do, before anything is stored. */
function previewEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/admin/programmes/:programmeId/documents/check',
      scope: 'programme:read',
      tag,
      summary: 'Names every wrong field of a document, and stores nothing.',
      params: programmeParams,
      body: z.strictObject({ document: z.unknown() }),
      answers: {
        200: {
          description: 'What is wrong with it; when nothing is, the document with every default filled in',
          body: z.strictObject({
            errors: z.array(z.strictObject({ field: z.string(), message: z.string() })),
            document: documentSchema.nullable(),
          }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: ({ params, body, principal }) => {
        reachedProgramme(principal, params.programmeId);
        const parsed = parseProgramme(body.document);
        const found = parsed.ok ? { errors: [], document: parsed.document } : { errors: parsed.errors, document: null };
        return Promise.resolve({ body: found });
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/programmes/:programmeId/segments/preview',
      scope: 'programme:read',
      tag,
      summary: 'How many members the segments of a document would have now.',
      params: programmeParams,
      body: z.strictObject({ document: z.unknown() }),
      answers: {
        200: {
          description: 'Counts',
          body: z.strictObject({
            members: z.int(),
            segments: z.array(z.strictObject({ code: z.string(), name: z.string(), members: z.int() })),
          }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { programmeId }, body, principal }) => {
        reachedProgramme(principal, programmeId);
        const parsed = parseProgramme(body.document);
        if (!parsed.ok) throw new AppError('INVALID_INPUT', { fields: parsed.errors });
        const { segments } = parsed.programme;
        const { members, counts } = await countSegments(context, programmeId, segments);
        return {
          body: { members, segments: segments.map(({ code, name }) => ({ code, name, members: counts.get(code) ?? 0 })) },
        };
      },
    }),
  ];
}

function publishingEndpoints(context: OperationContext, onPublished: () => void): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/admin/programmes/:programmeId/versions/:versionId/publish',
      scope: 'programme:write',
      tag,
      summary: 'Publishes a draft, from now or an instant on.',
      params: versionParams,
      body: z.strictObject({ effectiveFrom: instantSchema.optional() }),
      answers: { 200: { description: 'It is published', body: z.strictObject({ versionId: z.string() }) } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params, body, principal }) => {
        await reachVersion(context.db, principal, params);
        const effectiveFrom = body.effectiveFrom ?? context.clock.now();
        const { versionId } = params;
        const result = await publishProgramme(context, { versionId, effectiveFrom, author: actorOf(principal) });
        if (!result.ok) throw refusalOf(result);
        onPublished();
        return { body: result.value };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/programmes/:programmeId/versions/:versionId/restoration',
      scope: 'programme:write',
      tag,
      summary: 'Goes back to what a published version said, from now or an instant on, as a new version.',
      params: versionParams,
      body: z.strictObject({ effectiveFrom: instantSchema.optional(), note: z.string().max(255).default('') }),
      answers: { 201: { description: 'The new version; it is published', body: savedDraft } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params, body, principal }) => {
        await reachVersion(context.db, principal, params);
        const effectiveFrom = body.effectiveFrom ?? context.clock.now();
        const { note } = body;
        const result = await restoreVersion(context, { ...params, note, effectiveFrom, author: actorOf(principal) });
        if (!result.ok) throw refusalOf(result);
        onPublished();
        return { status: 201, body: result.value };
      },
    }),
  ];
}

function refusalOf({ code, details }: Refusal): AppError {
  const isMissing = code === 'unknown_draft' || code === 'unknown_version';
  return new AppError(isMissing ? 'NOT_FOUND' : 'CONFLICT', { reason: code, ...details });
}

/** @throws AppError NOT_FOUND */
async function reachVersion(
  db: Db,
  principal: Principal,
  { programmeId, versionId }: { readonly programmeId: string; readonly versionId: string },
): Promise<VersionRow> {
  reachedProgramme(principal, programmeId);
  const version = await findVersion(db, programmeId, versionId);
  if (!version) throw new AppError('NOT_FOUND', { resource: 'version' });
  return version;
}

function documentOf(version: VersionRow): Record<string, unknown> {
  return JSON.parse(version.document) as Record<string, unknown>;
}

function shown(row: Omit<VersionRow, 'document' | 'made_from'>): z.input<typeof shownVersion> {
  return {
    versionId: row.version_id,
    versionNumber: row.version_number,
    status: row.status,
    effectiveFrom: row.effective_from,
    note: row.note,
    createdAt: row.created_at,
    createdBy: row.created_by,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one piece
async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
