import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Programme } from '../domain/programme';
import { WhatIf, type WhatIfReport } from '../replay/what-if-report';
import type { Db } from '../storage/transaction';
import { pastMembers, type PastMemberRow, type PastOrders } from '../stores/past-order-store';
import { presentSegments } from '../stores/segment-store';

/**
 * Past orders under a draft, read page by page; nothing is written.
 * @param published what the draft is compared with; null = with nothing
 */
export async function replayOrders(
  db: Db,
  past: PastOrders,
  programmes: { readonly draft: Programme; readonly published: Programme | null },
  onProgress: (members: number) => void = () => undefined,
): Promise<WhatIfReport> {
  const whatIf = new WhatIf(programmes.draft, programmes.published, past.to);
  let members = 0;
  for await (const page of pastMembers(db, past)) {
    await replayPage(db, whatIf, page);
    members += page.length;
    onProgress(members);
  }
  return whatIf.report();
}

export async function replayPage(db: Db, whatIf: WhatIf, page: readonly PastMemberRow[]): Promise<void> {
  const segments = await presentSegments(
    db,
    page.map(({ memberId }) => memberId),
  );
  for (const { memberId, joinedAt, orders } of page) {
    whatIf.add({
      memberId,
      joinedAt,
      segments: segments.get(memberId) ?? [],
      // What we stored ourselves needs no check.
      orders: orders.map(({ snapshot, pinned }) => ({
        snapshot: JSON.parse(snapshot) as OrderSnapshot,
        segments: (JSON.parse(pinned) as { segments: string[] }).segments,
      })),
    });
  }
}
