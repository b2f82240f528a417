import type { Programme } from '../domain/programme';
import { parseProgramme } from '../programme-document/programme-document';
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export interface PublishedProgramme {
  readonly versionId: string;
  readonly programmeId: string;
  readonly versionNumber: number;
  readonly programme: Programme;
}

/** Reads programme versions and keeps their parsed form: a published version never changes. */
export interface ProgrammeSource {
  /** The version orders placed at this instant fall under; null before the first publication. */
  effectiveAt(db: Db, programmeId: string, at: string): Promise<PublishedProgramme | null>;
  /** @throws Error when there is no such published version */
  byVersion(db: Db, versionId: string): Promise<PublishedProgramme>;
}

const MAX_CACHED_VERSIONS = 200;
const MAX_PUBLICATIONS = 1000;

type Publications = readonly Pick<Row<'programme_version'>, 'version_id' | 'effective_from'>[];

export function createProgrammeSource(): ProgrammeSource {
  const cache = new Map<string, PublishedProgramme>();
  const parsed = (row: Row<'programme_version'>): PublishedProgramme => {
    const known = cache.get(row.version_id);
    if (known) return known;
    const result = parseProgramme(JSON.parse(row.document));
    if (!result.ok) throw new Error(`stored programme version ${row.version_id} is invalid: ${JSON.stringify(result.errors)}`);
    const published = {
      versionId: row.version_id,
      programmeId: row.programme_id,
      versionNumber: row.version_number,
      programme: result.programme,
    };
    if (cache.size >= MAX_CACHED_VERSIONS) cache.clear();
    cache.set(row.version_id, published);
    return published;
  };
  // A transaction asks for several instants of one programme; it ends before anything could be stale.
  const known = new WeakMap<Db, Map<string, Publications>>();
  const publications = async (db: Db, programmeId: string): Promise<Publications> => {
    if (!db.isTransaction) return readPublications(db, programmeId);
    const ofTransaction = known.get(db) ?? new Map<string, Publications>();
    known.set(db, ofTransaction);
    const versions = ofTransaction.get(programmeId) ?? (await readPublications(db, programmeId));
    ofTransaction.set(programmeId, versions);
    return versions;
  };
  return {
    async effectiveAt(db, programmeId, at) {
      const versions = await publications(db, programmeId);
      const version = versions.find(({ effective_from: from }) => from !== null && from <= at);
      return version ? this.byVersion(db, version.version_id) : null;
    },
    async byVersion(db, versionId) {
      const known = cache.get(versionId);
      if (known) return known;
      const row = await db
        .selectFrom('programme_version')
        .selectAll()
        .where('version_id', '=', versionId)
        .where('status', '=', 'published')
        .executeTakeFirstOrThrow();
      return parsed(row);
    },
  };
}

/** Latest first. */
async function readPublications(db: Db, programmeId: string): Promise<Publications> {
  return db
    .selectFrom('programme_version')
    .select(['version_id', 'effective_from'])
    .where('programme_id', '=', programmeId)
    .where('status', '=', 'published')
    .orderBy('effective_from', 'desc')
    .orderBy('version_number', 'desc')
    .limit(MAX_PUBLICATIONS)
    .execute();
}

export type VersionRow = Row<'programme_version'>;

export async function findVersion(db: Db, programmeId: string, versionId: string): Promise<VersionRow | undefined> {
  return db
    .selectFrom('programme_version')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('version_id', '=', versionId)
    .executeTakeFirst();
}

/** Drafts and published versions without their documents, newest first. */
export async function listVersions(
  db: Db,
  programmeId: string,
  before: number | null,
  limit: number,
): Promise<Omit<VersionRow, 'document' | 'made_from'>[]> {
  const query = db
    .selectFrom('programme_version')
    .select(['version_id', 'programme_id', 'version_number', 'status', 'effective_from', 'note'])
    .select(['created_at', 'created_by', 'published_at', 'published_by'])
    .where('programme_id', '=', programmeId)
    .orderBy('version_number', 'desc')
    .limit(limit);
  return (before === null ? query : query.where('version_number', '<', before)).execute();
}

/** The published version that takes effect last; undefined when there is none. */
export async function latestPublication(db: Db, programmeId: string): Promise<Publications[number] | undefined> {
  return (await readPublications(db, programmeId))[0];
}

/** Creates the programme unless it exists. */
export async function ensureProgramme(db: Db, programmeId: string, name: string, now: string): Promise<void> {
  await insertOnce(db, 'programme', { programme_id: programmeId, name, created_at: now });
}

export interface NewDraft {
  readonly versionId: string;
  readonly programmeId: string;
  readonly document: unknown;
  readonly note: string;
  readonly author: string | null;
  /** The template and terms it was made from; null = none. */
  readonly madeFrom: unknown;
  readonly now: string;
}

export async function insertDraft(trx: Trx, draft: NewDraft): Promise<number> {
  const latest = await trx
    .selectFrom('programme_version')
    .select((eb) => eb.fn.max('version_number').as('latest'))
    .where('programme_id', '=', draft.programmeId)
    .executeTakeFirst();
  const versionNumber = toInteger(latest?.latest) + 1;
  await trx
    .insertInto('programme_version')
    .values({
      version_id: draft.versionId,
      programme_id: draft.programmeId,
      version_number: versionNumber,
      status: 'draft',
      effective_from: null,
      document: JSON.stringify(draft.document),
      note: draft.note,
      created_at: draft.now,
      published_at: null,
      created_by: draft.author,
      published_by: null,
      made_from: draft.madeFrom === null ? null : JSON.stringify(draft.madeFrom),
    })
    .execute();
  return versionNumber;
}

/** False when the version is not a draft any more. */
export async function markPublished(
  trx: Trx,
  published: { versionId: string; effectiveFrom: string; author: string | null; now: string },
): Promise<boolean> {
  const { versionId, effectiveFrom, author, now } = published;
  const updated = await trx
    .updateTable('programme_version')
    .set({ status: 'published', effective_from: effectiveFrom, published_at: now, published_by: author })
    .where('version_id', '=', versionId)
    .where('status', '=', 'draft')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}
