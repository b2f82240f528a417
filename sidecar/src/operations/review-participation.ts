import { addDays, isBefore } from '../domain/instant';
import { termsIn, versionAt, type ParticipationTerms } from '../domain/participation';
import { lockMember } from '../ledger/locked-member';
import { sha256Hex } from '../storage/canonical-json';
import { inTransaction } from '../storage/transaction';
import { moveTermsRunCursor, termsRunCursor } from '../stores/acceptance-store';
import { presentMemberId } from '../stores/identity-store';
import { memberIdsAfter } from '../stores/occasion-store';
import type { OperationContext } from './context';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const MEMBERS_A_PAGE = 200;

/**
 * Has shops show what a moment of the terms changed for everybody: a version begins, or the notice of it ends. Goes on where
 * an earlier run broke off; whoever joined since is shown right anyway.
 */
export async function reviewParticipation(
  context: OperationContext,
  now: string,
  signal: AbortSignal,
): Promise<{ shown: number }> {
  const { db, programmes } = context;
  let shown = 0;
  const known = await db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of known) {
    const terms = (await programmes.effectiveAt(db, programmeId, now))?.programme.participation ?? null;
    for (const moment of terms === null ? [] : momentsOfAll(terms, now)) {
      for (;;) {
        const after = await termsRunCursor(db, programmeId, moment);
        const page = await memberIdsAfter(db, programmeId, after, MEMBERS_A_PAGE);
        for (const memberId of page) {
          if (signal.aborted) return { shown };
          await unlessErased(show(context, memberId), undefined);
          shown += 1;
        }
        const last = page.at(-1);
        if (last !== undefined) await moveTermsRunCursor(db, programmeId, moment, last);
        if (page.length < MEMBERS_A_PAGE) break;
      }
    }
  }
  return { shown };
}

/** Of the programme's terms, and of those that shops have in their place. */
function momentsOfAll(terms: ParticipationTerms, now: string): string[] {
  const ofShops = Object.keys(terms.shops ?? {}).flatMap((shopId) =>
    // A shop's id and a version together are longer than a moment may be.
    momentsBy(termsIn(terms, shopId), now).map((moment) => sha256Hex(`${shopId} ${moment}`)),
  );
  return [...momentsBy(terms, now), ...ofShops];
}

/** Of the version in force, what has come by now. */
function momentsBy(terms: ParticipationTerms, now: string): string[] {
  const present = versionAt(terms, now);
  if (present === null) return [];
  const isOver = terms.acceptance === 'required' && !isBefore(now, addDays(present.validFrom, terms.noticeDays));
  return [`valid:${present.version}`, ...(isOver ? [`due:${present.version}`] : [])];
}

async function show(context: OperationContext, named: string): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const memberId = await presentMemberId(trx, named);
    // Who became part of another is shown with them.
    if (memberId === named) await projectMember(trx, context, await lockMember(trx, memberId));
  });
}
