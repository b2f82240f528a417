import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Programme } from '../domain/programme';
import { NO_FACTS } from '../replay/past-member';
import { BudgetRound } from '../replay/what-if-budgets';
import { WhatIf, type ReplayedMembers, type WhatIfReport } from '../replay/what-if-report';
import type { Db } from '../storage/transaction';
import { pastMembers, type PastMemberRow, type PastOrders } from '../stores/past-order-store';
import { presentSegments } from '../stores/segment-store';
import { pastFacts } from './past-facts';

interface Programmes {
  readonly draft: Programme;
  /** What the draft is compared with; null = with nothing. */
  readonly published: Programme | null;
}

/** Past orders under a draft, read page by page; nothing is written. */
export async function replayOrders(
  db: Db,
  past: PastOrders,
  programmes: Programmes,
  onProgress: (members: number) => void = () => undefined,
): Promise<WhatIfReport> {
  const whatIf = await beginWhatIf(db, past, programmes);
  let members = 0;
  for await (const page of pastMembers(db, past)) {
    await replayPage(db, whatIf, past, page);
    members += page.length;
    onProgress(members);
  }
  return whatIf.report();
}

/** Where members share something, all of them are looked at before the first is replayed. */
export async function beginWhatIf(
  db: Db,
  past: PastOrders,
  programmes: Programmes,
  shouldStop: () => boolean = () => false,
): Promise<WhatIf> {
  const period = { from: past.from, until: past.to };
  const round = new BudgetRound(programmes, period);
  if (!round.isEmpty) {
    for await (const page of pastMembers(db, past)) {
      if (shouldStop()) break;
      for (const member of await membersOf(db, past, page)) round.add(member);
    }
  }
  return new WhatIf(programmes.draft, programmes.published, period, round.budgets());
}

export async function replayPage(db: Db, whatIf: WhatIf, past: PastOrders, page: readonly PastMemberRow[]): Promise<void> {
  for (const member of await membersOf(db, past, page)) whatIf.add(member);
}

async function membersOf(db: Db, past: PastOrders, page: readonly PastMemberRow[]): Promise<ReplayedMembers[]> {
  const ids = page.map(({ memberId }) => memberId);
  const segments = await presentSegments(db, ids);
  const facts = await pastFacts(db, ids, past);
  return page.map(({ memberId, joinedAt, orders }) => ({
    memberId,
    joinedAt,
    segments: segments.get(memberId) ?? [],
    facts: facts.get(memberId) ?? NO_FACTS,
    // What we stored ourselves needs no check.
    orders: orders.map(({ snapshot, pinned }) => ({
      snapshot: JSON.parse(snapshot) as OrderSnapshot,
      segments: (JSON.parse(pinned) as { segments: string[] }).segments,
    })),
  }));
}
