import { refuse, success, type Result } from '../domain/result';
import { parseProgramme } from '../programme-document/programme-document';
import { inTransaction, type Trx } from '../storage/transaction';
import {
  ensureProgramme,
  findVersion,
  insertDraft,
  latestPublication,
  markPublished,
  type VersionRow,
} from '../stores/programme-store';
import type { OperationContext } from './context';
import { LEAD_KIND, leadChannel } from './lead-channels';
import { projectTerms } from './project-terms';

export interface SavedDraft {
  readonly versionId: string;
  readonly versionNumber: number;
}

export interface DocumentError {
  readonly field: string;
  readonly message: string;
}

/**
 * Stores a draft when it is valid; otherwise says which fields are wrong.
 * @param input.madeFrom the template and terms it was made from, to go on with them later; absent = written by hand
 */
export async function saveDraft(
  context: OperationContext,
  input: { programmeId: string; document: unknown; note: string; author?: string; madeFrom?: unknown },
): Promise<{ ok: true; value: SavedDraft } | { ok: false; errors: readonly DocumentError[] }> {
  const parsed = parseProgramme(input.document);
  if (!parsed.ok) return { ok: false, errors: parsed.errors };
  const now = context.clock.now();
  const { programmeId, note, author = null, madeFrom = null } = input;
  await ensureProgramme(context.db, programmeId, parsed.programme.name, now);
  return inTransaction(context.db, async (trx) => {
    const versionId = context.ids.next();
    const draft = { programmeId, note, author, madeFrom, document: parsed.document, versionId, now };
    const versionNumber = await insertDraft(trx, draft);
    return { ok: true, value: { versionId, versionNumber } };
  });
}

type PublicationFault = 'effective_before_latest' | 'leads_without_channel';

/**
 * Publishes a draft from an instant on. Orders placed before keep their terms. Shops get the new terms, tiers and, by
 * the catalogue job, tier prices. A form for addresses needs somebody who mails the confirmation.
 */
export async function publishProgramme(
  context: OperationContext,
  input: { versionId: string; effectiveFrom: string; author?: string },
): Promise<Result<{ versionId: string }, 'unknown_draft' | PublicationFault>> {
  const { versionId, effectiveFrom, author = null } = input;
  return inTransaction(context.db, async (trx) => {
    const draft = await trx.selectFrom('programme_version').selectAll().where('version_id', '=', versionId).executeTakeFirst();
    if (draft?.status !== 'draft') return refuse('unknown_draft');
    const refused = await whyNot(trx, context, draft, effectiveFrom);
    if (refused) return refused;
    return (await bringIntoEffect(trx, context, { ...draft, effectiveFrom, author }))
      ? success({ versionId })
      : refuse('unknown_draft');
  });
}

/** Goes back to what a version said: as a version of its own, since what was in effect in between stays in the history. */
export async function restoreVersion(
  context: OperationContext,
  input: { programmeId: string; versionId: string; effectiveFrom: string; note: string; author: string },
): Promise<Result<SavedDraft, 'unknown_version' | 'same_as_latest' | PublicationFault>> {
  const { programmeId, versionId: earlierId, effectiveFrom, note, author } = input;
  return inTransaction(context.db, async (trx) => {
    const earlier = await findVersion(trx, programmeId, earlierId);
    if (earlier?.status !== 'published') return refuse('unknown_version');
    const latest = await latestPublication(trx, programmeId);
    // Asked for twice, it is done once.
    const inEffect = latest && (await findVersion(trx, programmeId, latest.version_id));
    if (inEffect?.document === earlier.document) return refuse('same_as_latest');
    const refused = await whyNot(trx, context, earlier, effectiveFrom);
    if (refused) return refused;
    const now = context.clock.now();
    const versionId = context.ids.next();
    const document: unknown = JSON.parse(earlier.document);
    const versionNumber = await insertDraft(trx, { programmeId, versionId, document, note, author, madeFrom: null, now });
    await bringIntoEffect(trx, context, { programme_id: programmeId, version_id: versionId, effectiveFrom, author });
    return success({ versionId, versionNumber });
  });
}

type Version = Pick<VersionRow, 'programme_id' | 'version_id'>;

async function whyNot(
  trx: Trx,
  context: OperationContext,
  version: Version & Pick<VersionRow, 'document'>,
  effectiveFrom: string,
) {
  const latest = (await latestPublication(trx, version.programme_id))?.effective_from ?? null;
  if (latest !== null && latest > effectiveFrom) return refuse('effective_before_latest', { latest });
  const parsed = parseProgramme(JSON.parse(version.document));
  if (!parsed.ok || parsed.programme.leads === null) return null;
  const { messages } = parsed.programme;
  if ((await leadChannel(trx, context, { programmeId: version.programme_id, messages })) !== null) return null;
  return refuse('leads_without_channel', { field: 'leads', missing: missingChannel(messages.channels[LEAD_KIND].smtp) });
}

function missingChannel(isOurs: boolean): string {
  const webhook = `a webhook for ${LEAD_KIND}`;
  return isOurs ? `a mail server (SMTP_URL), or ${webhook}` : `${webhook}, or messages.channels.${LEAD_KIND}.smtp`;
}

/** False when the version is not a draft any more. */
async function bringIntoEffect(
  trx: Trx,
  context: OperationContext,
  { version_id: versionId, programme_id, effectiveFrom, author }: Version & { effectiveFrom: string; author: string | null },
): Promise<boolean> {
  const now = context.clock.now();
  if (!(await markPublished(trx, { versionId, effectiveFrom, author, now }))) return false;
  const { programme } = await context.programmes.byVersion(trx, versionId);
  const shops = await trx.selectFrom('shop').select('shop_id').where('programme_id', '=', programme_id).execute();
  for (const { shop_id: shopId } of shops) {
    await projectTerms(trx, { shopId, programmeVersionId: versionId, programme, now, links: context.links });
  }
  return true;
}
