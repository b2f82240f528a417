import type { Reason } from '../domain/reason';
import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

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
  await trx
    .insertInto('decision')
    .values({
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
    })
    .execute();
}

/** @throws Error when there is no such decision */
export async function findDecision(db: Db, decisionId: string): Promise<Row<'decision'>> {
  return db.selectFrom('decision').selectAll().where('decision_id', '=', decisionId).executeTakeFirstOrThrow();
}
