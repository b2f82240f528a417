import { reason, type Reason } from '../domain/reason';
import { judgeSegment, windowsOf, type SegmentFacts, type SegmentRule } from '../domain/segment';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import { inTransaction, type Db, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import { findMember, isPresent } from '../stores/member-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { presentSegments, saveSegmentMove, segmentFacts } from '../stores/segment-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const MEMBERS_PER_PAGE = 500;

export interface SegmentChange {
  readonly entered: readonly string[];
  readonly left: readonly string[];
  readonly reasons: readonly Reason[];
}

/**
 * Puts members into the segments they belong to now, and takes them out of the others. A page of members costs a few reads;
 * only those who move are locked.
 */
export async function reviewSegments(context: OperationContext, asOf: string): Promise<{ reviewed: number; changed: number }> {
  let reviewed = 0;
  let changed = 0;
  const programmes = await context.db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of programmes) {
    const published = await context.programmes.effectiveAt(context.db, programmeId, asOf);
    if (!published || !(await hasSegments(context.db, published, programmeId))) continue;
    const { segments } = published.programme;
    for await (const page of memberPages(context.db, programmeId)) {
      reviewed += page.length;
      for (const memberId of await membersToMove(context.db, segments, page, asOf)) {
        if (await reviewMember(context, published, memberId, asOf)) changed += 1;
      }
    }
  }
  return { reviewed, changed };
}

/** How many members each of some segments would have now; changes nothing. */
export async function countSegments(
  context: OperationContext,
  programmeId: string,
  segments: readonly SegmentRule[],
): Promise<{ members: number; counts: ReadonlyMap<string, number> }> {
  const asOf = context.clock.now();
  const counts = new Map(segments.map(({ code }) => [code, 0]));
  let members = 0;
  for await (const page of memberPages(context.db, programmeId)) {
    members += page.length;
    for (const facts of (await segmentFacts(context.db, page, windowsOf(segments), asOf)).values()) {
      for (const rule of segments) {
        if (judgeSegment(rule, facts).belongs) counts.set(rule.code, (counts.get(rule.code) ?? 0) + 1);
      }
    }
  }
  return { members, counts };
}

/** Programmes without segments cost one read, unless somebody is still in one. */
async function hasSegments(db: Db, { programme }: PublishedProgramme, programmeId: string): Promise<boolean> {
  if (programme.segments.length > 0) return true;
  const left = await db
    .selectFrom('member_segment')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('left_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return left !== undefined;
}

async function* memberPages(db: Db, programmeId: string): AsyncGenerator<Row<'member'>[]> {
  let after = '';
  for (;;) {
    const page = await db
      .selectFrom('member')
      .selectAll()
      .where(isPresent)
      .where('programme_id', '=', programmeId)
      .where('member_id', '>', after)
      .orderBy('member_id')
      .limit(MEMBERS_PER_PAGE)
      .execute();
    if (page.length > 0) yield page;
    if (page.length < MEMBERS_PER_PAGE) return;
    after = page[page.length - 1]?.member_id ?? after;
  }
}

async function membersToMove(
  db: Db,
  segments: readonly SegmentRule[],
  page: readonly Row<'member'>[],
  asOf: string,
): Promise<string[]> {
  const facts = await segmentFacts(db, page, windowsOf(segments), asOf);
  const present = await presentSegments(
    db,
    page.map((row) => row.member_id),
  );
  return page.flatMap(({ member_id: memberId }) => {
    const found = facts.get(memberId);
    const change = found && segmentChange(segments, present.get(memberId) ?? [], found);
    return change && change.entered.length + change.left.length > 0 ? [memberId] : [];
  });
}

async function reviewMember(
  context: OperationContext,
  published: PublishedProgramme,
  memberId: string,
  asOf: string,
): Promise<boolean> {
  const work = inTransaction(context.db, async (trx) => {
    const member = await lockMember(trx, await presentMemberId(trx, memberId));
    const changed = await settleSegments(trx, context, published, member, asOf);
    if (changed) await projectMember(trx, context, member);
    return changed;
  });
  return unlessErased(work, false);
}

/** The same for one member, locked by the caller, who projects them. Returns whether they moved. */
export async function settleSegments(
  trx: Trx,
  context: OperationContext,
  { versionId, programme }: PublishedProgramme,
  { memberId, programmeId }: LockedMember,
  asOf: string,
): Promise<boolean> {
  const row = await findMember(trx, memberId);
  const facts = (await segmentFacts(trx, [row], windowsOf(programme.segments), asOf)).get(memberId);
  const present = (await presentSegments(trx, [memberId])).get(memberId) ?? [];
  if (!facts) return false;
  const { entered, left, reasons } = segmentChange(programme.segments, present, facts);
  if (entered.length + left.length === 0) return false;
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'segment',
    subject: `member:${memberId}`,
    programmeVersionId: versionId,
    decidedAt: context.clock.now(),
    inputs: { asOf, present },
    outcome: { entered, left },
    reasons,
  });
  await saveSegmentMove(trx, { programmeId, memberId, entered, left, at: asOf, decisionId });
  const moves = [
    ...entered.map((segment) => ({ kind: 'segment_entered' as const, segment })),
    ...left.map((segment) => ({ kind: 'segment_left' as const, segment })),
  ];
  for (const { kind, segment } of moves) {
    const name = programme.segments.find(({ code }) => code === segment)?.name ?? segment;
    const key = `${segment}:${decisionId}`;
    await announce(trx, context, { memberId, kind, key, occurredAt: asOf, figures: { segment, name } });
  }
  return true;
}

/** What has to change for a member, and why. */
export function segmentChange(segments: readonly SegmentRule[], present: readonly string[], facts: SegmentFacts): SegmentChange {
  const judged = segments.map((rule) => ({ code: rule.code, ...judgeSegment(rule, facts) }));
  const gone = present.filter((code) => !segments.some((rule) => rule.code === code));
  const entered = judged.filter(({ code, belongs }) => belongs && !present.includes(code));
  const left = judged.filter(({ code, belongs }) => !belongs && present.includes(code));
  return {
    entered: entered.map(({ code }) => code),
    left: [...left.map(({ code }) => code), ...gone],
    reasons: [
      ...[...entered, ...left].flatMap(({ reasons }) => reasons),
      ...gone.map((segment) => reason('segment_not_in_programme', true, { segment })),
    ],
  };
}
