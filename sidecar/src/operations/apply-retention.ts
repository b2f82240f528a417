import { addDays, addMonths } from '../domain/instant';
import type { RetentionTerms } from '../domain/programme';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { purgeLeads } from '../stores/lead-store';
import { inactiveMembers, purgeProgrammeDeliveries, purgeProgrammeNotices } from '../stores/retention-store';
import type { OperationContext } from './context';
import { eraseLocked } from './erase-member';
import { unlessErased } from './unless-erased';

const ROWS_A_BATCH = 500;
const MAX_BATCHES = 200;
const MEMBERS_A_PAGE = 200;

export interface RetentionCounts extends Readonly<Record<string, number>> {
  readonly leads: number;
  readonly webhooks: number;
  readonly notices: number;
  readonly members: number;
}

/** Forgets what the programmes keep no longer, in batches; an interrupted run is made up for by the next. */
export async function applyRetention(context: OperationContext, now: string, signal: AbortSignal): Promise<RetentionCounts> {
  const { db, programmes } = context;
  const counts = { leads: 0, webhooks: 0, notices: 0, members: 0 };
  const known = await db.selectFrom('programme').select('programme_id').orderBy('programme_id').execute();
  for (const { programme_id: programmeId } of known) {
    const terms = (await programmes.effectiveAt(db, programmeId, now))?.programme.privacy.retention;
    if (!terms) continue;
    const before = (days: number): string => addDays(now, -days);
    counts.leads += await inBatches(signal, (limit) => purgeLeads(db, programmeId, before(terms.leadsDays), limit));
    counts.notices += await inBatches(signal, (limit) =>
      purgeProgrammeNotices(db, programmeId, before(terms.noticesDays), limit),
    );
    const { webhooksDays } = terms;
    if (webhooksDays !== null) {
      counts.webhooks += await inBatches(signal, (limit) =>
        purgeProgrammeDeliveries(db, programmeId, before(webhooksDays), limit),
      );
    }
    counts.members += await eraseInactive(context, { programmeId, terms, now, signal });
  }
  return counts;
}

interface Erasing {
  readonly programmeId: string;
  readonly terms: RetentionTerms;
  readonly now: string;
  readonly signal: AbortSignal;
}

/** A member a transaction; whoever did something meanwhile is seen under the lock. */
async function eraseInactive(context: OperationContext, { programmeId, terms, now, signal }: Erasing): Promise<number> {
  const { inactiveMembersMonths: months } = terms;
  if (months === null) return 0;
  const since = addMonths(now, -months);
  let erased = 0;
  for (let after = ''; ;) {
    const page = await inactiveMembers(context.db, { programmeId, since, after, limit: MEMBERS_A_PAGE });
    for (const memberId of page) {
      if (signal.aborted) return erased;
      const work = inTransaction(context.db, async (trx) => {
        const member = await lockMember(trx, memberId);
        const [still] = await inactiveMembers(trx, { programmeId, since, memberId, after: '', limit: 1 });
        if (still === undefined) return 0;
        const reason = `nothing happened for ${months} months`;
        await eraseLocked(trx, context, member, {
          by: 'retention',
          sourceKey: `retention:${memberId}`,
          reason,
          actor: 'retention',
        });
        return 1;
      });
      erased += await unlessErased(work, 0);
    }
    after = page.at(-1) ?? after;
    if (page.length < MEMBERS_A_PAGE) return erased;
  }
}

async function inBatches(signal: AbortSignal, purgeUpTo: (limit: number) => Promise<number>): Promise<number> {
  let purged = 0;
  for (let batch = 0; batch < MAX_BATCHES && !signal.aborted; batch += 1) {
    const deleted = await purgeUpTo(ROWS_A_BATCH);
    purged += deleted;
    if (deleted < ROWS_A_BATCH) break;
  }
  return purged;
}
