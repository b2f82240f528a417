import type { Programme } from '../domain/programme';
import { parseProgramme } from '../programme-document/programme-document';
import type { WhatIfReport, WhatIfSums } from '../replay/what-if-report';
import { canonicalJson } from '../storage/canonical-json';
import { pastMembers } from '../stores/past-order-store';
import { findVersion } from '../stores/programme-store';
import { endRun, openRuns, saveProgress, type WhatIfRun } from '../stores/what-if-store';
import type { OperationContext } from './context';
import { beginWhatIf, replayPage } from './replay-orders';

/** More wait for the next minute. */
const RUNS_AT_ONCE = 20;

/**
 * Replays what was asked for, page by page; nothing but the run itself is written. Whatever ends it in the middle, the next goes on
 * behind the last page that was kept.
 */
export async function runWhatIfs(context: OperationContext, signal: AbortSignal): Promise<{ done: number; failed: number }> {
  const counts = { done: 0, failed: 0 };
  for (const run of await openRuns(context.db, RUNS_AT_ONCE)) {
    if (signal.aborted) break;
    const ended = await replay(context, run, signal);
    if (ended !== null) counts[ended] += 1;
  }
  return counts;
}

/** What a run came to; null unless it is done. */
export function reportOf({ report }: WhatIfRun): WhatIfReport | null {
  return report === null ? null : (JSON.parse(report) as WhatIfReport);
}

/** Null when it is not over, or no longer ours. */
async function replay(context: OperationContext, run: WhatIfRun, signal: AbortSignal): Promise<'done' | 'failed' | null> {
  const { db, clock } = context;
  const { programme_id: programmeId, shop_id: shopId, placed_from: from, placed_to: to, run_id: runId } = run;
  const programmes = await programmesOf(context, run);
  if (programmes === null) {
    const fault = 'The version is gone, or not valid any more.';
    return (await endRun(db, runId, { status: 'failed', fault, now: clock.now() })) ? 'failed' : null;
  }
  const past = { programmeId, shopId, from, to, withPreview: run.with_preview === 1 };
  const whatIf = await beginWhatIf(db, past, programmes, () => signal.aborted);
  if (signal.aborted) return null;
  if (run.sums !== null) whatIf.goOn(JSON.parse(run.sums) as WhatIfSums);
  let kept = run;
  for await (const page of pastMembers(db, past, run.reached)) {
    if (signal.aborted) return null;
    await replayPage(db, whatIf, past, page);
    const members_done = kept.members_done + page.length;
    const next = {
      members_done,
      // Who joined since it began is in it as well.
      members_total: Math.max(kept.members_total, members_done),
      reached: page.at(-1)?.memberId ?? kept.reached,
      sums: JSON.stringify(whatIf.sums()),
    };
    if (!(await saveProgress(db, kept, next))) return null;
    kept = { ...kept, ...next };
  }
  const report = canonicalJson(whatIf.report());
  return (await endRun(db, runId, { status: 'done', report, now: clock.now() })) ? 'done' : null;
}

async function programmesOf(
  { db, programmes }: OperationContext,
  run: WhatIfRun,
): Promise<{ draft: Programme; published: Programme | null } | null> {
  const version = await findVersion(db, run.programme_id, run.version_id);
  const parsed = version && parseProgramme(JSON.parse(version.document));
  if (!parsed?.ok) return null;
  const { published_version_id: publishedId } = run;
  const published = publishedId === null ? null : (await programmes.byVersion(db, publishedId)).programme;
  return { draft: parsed.programme, published };
}
