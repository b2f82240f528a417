import type { Reason } from '../domain/reason';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

const ID_LENGTH = 36;

export interface NewDecision {
  readonly decisionId: string;
  readonly programmeId: string;
  readonly memberId: string | null;
  readonly kind: string;
  /** What was decided about, e.g. `order:<shop>:<id>`. */
  readonly subject: string;
  readonly programmeVersionId: string | null;
  readonly decidedAt: string;
  readonly inputs: unknown;
  readonly outcome: unknown;
  readonly reasons: readonly Reason[];
}

/** Keeps why something was decided, for ever. */
export async function recordDecision(trx: Trx, decision: NewDecision): Promise<void> {
  await recordDecisions(trx, [decision]);
}

/** Several by one statement; the caller keeps to a page. */
export async function recordDecisions(trx: Trx, decisions: readonly NewDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  await trx.insertInto('decision').values(decisions.map(rowOf)).execute();
}

/** The same id for the same content: what is decided again and again is kept once. */
export function decisionIdOf(content: unknown): string {
  return sha256Hex(canonicalJson(content)).slice(0, ID_LENGTH);
}

/** Keeps a decision unless one with its id is there. */
export async function recordDecisionOnce(db: Db, decision: NewDecision): Promise<void> {
  if ((await findDecisionRow(db, decision.decisionId)) === undefined) await insertOnce(db, 'decision', rowOf(decision));
}

function rowOf(decision: NewDecision): Row<'decision'> {
  return {
    decision_id: decision.decisionId,
    programme_id: decision.programmeId,
    member_id: decision.memberId,
    kind: decision.kind,
    subject: decision.subject,
    programme_version_id: decision.programmeVersionId,
    decided_at: decision.decidedAt,
    inputs: JSON.stringify(decision.inputs),
    outcome: JSON.stringify(decision.outcome),
    reasons: JSON.stringify(decision.reasons),
  };
}

export async function findDecisionRow(db: Db, decisionId: string): Promise<Row<'decision'> | undefined> {
  return db.selectFrom('decision').selectAll().where('decision_id', '=', decisionId).executeTakeFirst();
}

/** @throws Error when there is no such decision */
export async function findDecision(db: Db, decisionId: string): Promise<Row<'decision'>> {
  const row = await findDecisionRow(db, decisionId);
  if (!row) throw new Error(`there is no decision ${decisionId}`);
  return row;
}

/** The latest of a kind about a subject; null = there is none. */
export async function latestDecisionAbout(
  db: Db,
  { programmeId, kind, subject }: { readonly programmeId: string; readonly kind: string; readonly subject: string },
): Promise<Row<'decision'> | null> {
  const row = await db
    .selectFrom('decision')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('subject', '=', subject)
    .where('kind', '=', kind)
    .orderBy('decided_at', 'desc')
    .orderBy('decision_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Several at once, by id; those that are not there are absent. */
export async function findDecisions(db: Db, decisionIds: readonly string[]): Promise<ReadonlyMap<string, Row<'decision'>>> {
  if (decisionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .where('decision_id', 'in', [...new Set(decisionIds)])
    .execute();
  return new Map(rows.map((row) => [row.decision_id, row]));
}

export interface DecisionFilter {
  /** Null = all. */
  readonly kind: string | null;
  /** The last decision of the page before. */
  readonly before: { readonly decidedAt: string; readonly decisionId: string } | null;
}

/** What was decided about a member, newest first. */
export async function memberDecisions(
  db: Db,
  memberId: string,
  { kind, before }: DecisionFilter,
  limit: number,
): Promise<Row<'decision'>[]> {
  let query = db
    .selectFrom('decision')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('decided_at', 'desc')
    .orderBy('decision_id', 'desc')
    .limit(limit);
  if (kind !== null) query = query.where('kind', '=', kind);
  if (before !== null) {
    const { decidedAt, decisionId } = before;
    query = query.where((eb) =>
      eb.or([eb('decided_at', '<', decidedAt), eb.and([eb('decided_at', '=', decidedAt), eb('decision_id', '<', decisionId)])]),
    );
  }
  return query.execute();
}
