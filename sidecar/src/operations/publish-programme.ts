import { refuse, success, type Result } from '../domain/result';
import { parseProgramme } from '../programme-document/programme-document';
import type { ProgrammeDocument } from '../programme-document/schema';
import { inTransaction } from '../storage/transaction';
import { ensureProgramme, insertDraft, latestEffectiveFrom, markPublished } from '../stores/programme-store';
import type { OperationContext } from './context';
import { hasLeadChannel, LEAD_KIND } from './lead-channels';
import { projectTerms } from './project-terms';

export interface SavedDraft {
  readonly versionId: string;
  readonly versionNumber: number;
}

export interface DocumentError {
  readonly field: string;
  readonly message: string;
}

/** Stores a draft when it is valid; otherwise says which fields are wrong. */
export async function saveDraft(
  context: OperationContext,
  input: { programmeId: string; document: unknown; note: string },
): Promise<{ ok: true; value: SavedDraft } | { ok: false; errors: readonly DocumentError[] }> {
  const parsed = parseProgramme(input.document);
  if (!parsed.ok) return { ok: false, errors: parsed.errors };
  const now = context.clock.now();
  await ensureProgramme(context.db, input.programmeId, parsed.programme.name, now);
  return inTransaction(context.db, async (trx) => {
    const versionId = context.ids.next();
    const versionNumber = await insertDraft(trx, { ...input, document: parsed.document, versionId, now });
    return { ok: true, value: { versionId, versionNumber } };
  });
}

/**
 * Publishes a draft from an instant on. Orders placed before keep their terms. Shops get the new terms, tiers and, by
 * the catalogue job, tier prices. A form for addresses needs somebody who mails the confirmation.
 */
export async function publishProgramme(
  context: OperationContext,
  input: { versionId: string; effectiveFrom: string },
): Promise<Result<{ versionId: string }, 'unknown_draft' | 'effective_before_latest' | 'leads_without_channel'>> {
  return inTransaction(context.db, async (trx) => {
    const draft = await trx
      .selectFrom('programme_version')
      .selectAll()
      .where('version_id', '=', input.versionId)
      .executeTakeFirst();
    if (draft?.status !== 'draft') return refuse('unknown_draft');
    const latest = await latestEffectiveFrom(trx, draft.programme_id);
    if (latest !== null && latest > input.effectiveFrom) return refuse('effective_before_latest', { latest });
    const { leads } = JSON.parse(draft.document) as Pick<ProgrammeDocument, 'leads'>;
    if (leads && !(await hasLeadChannel(trx, draft.programme_id))) {
      return refuse('leads_without_channel', { field: 'leads', missing: `a webhook for ${LEAD_KIND}` });
    }
    const now = context.clock.now();
    if (!(await markPublished(trx, input.versionId, input.effectiveFrom, now))) return refuse('unknown_draft');
    const { programme } = await context.programmes.byVersion(trx, input.versionId);
    const shops = await trx.selectFrom('shop').select('shop_id').where('programme_id', '=', draft.programme_id).execute();
    for (const { shop_id: shopId } of shops) {
      await projectTerms(trx, { shopId, programmeVersionId: input.versionId, programme, now, links: context.links });
    }
    return success({ versionId: input.versionId });
  });
}
