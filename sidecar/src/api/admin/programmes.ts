import { Router, type Request } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { publishProgramme, saveDraft } from '../../operations/publish-programme';
import { countSegments } from '../../operations/review-segments';
import { parseProgramme } from '../../programme-document/programme-document';
import { parseBody } from '../parse-body';

const draftSchema = z.strictObject({ document: z.unknown(), note: z.string().max(255).default('') });
const previewSchema = z.strictObject({ document: z.unknown() });
const publishSchema = z.strictObject({ effectiveFrom: z.iso.datetime().optional() });

/** Drafts of a programme, what they would mean, and their publication. A wrong document is answered with every wrong field. */
export function createProgrammeRouter(context: OperationContext, onPublished: () => void): Router {
  const router = Router();
  router.post('/:programmeId/drafts', async (request: Request<{ programmeId: string }>, response) => {
    const { document, note } = parseBody(draftSchema, request.body);
    const draft = await saveDraft(context, { programmeId: request.params.programmeId, document, note });
    if (!draft.ok) throw new AppError('INVALID_INPUT', { fields: draft.errors });
    response.status(201).json(draft.value);
  });
  router.post('/:programmeId/versions/:versionId/publish', async (request: Request<{ versionId: string }>, response) => {
    const { effectiveFrom } = parseBody(publishSchema, request.body ?? {});
    const result = await publishProgramme(context, {
      versionId: request.params.versionId,
      effectiveFrom: new Date(effectiveFrom ?? context.clock.now()).toISOString(),
    });
    if (!result.ok) throw new AppError(result.code === 'unknown_draft' ? 'NOT_FOUND' : 'CONFLICT', result.details);
    onPublished();
    response.json(result.value);
  });
  router.post('/:programmeId/segments/preview', async (request: Request<{ programmeId: string }>, response) => {
    const parsed = parseProgramme(parseBody(previewSchema, request.body).document);
    if (!parsed.ok) throw new AppError('INVALID_INPUT', { fields: parsed.errors });
    const { segments } = parsed.programme;
    const { members, counts } = await countSegments(context, request.params.programmeId, segments);
    response.json({ members, segments: segments.map(({ code, name }) => ({ code, name, members: counts.get(code) ?? 0 })) });
  });
  return router;
}
