/** Past orders that a draft is tried on: read page by page, kept apart from the books, and forgotten again. */
import { addDays } from '../../sidecar/src/domain/instant';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { ShopApiError } from '../../sidecar/src/errors';
import { exportMember } from '../../sidecar/src/operations/export-member';
import { forgetCustomer } from '../../sidecar/src/operations/forget-customer';
import { replayOrders } from '../../sidecar/src/operations/replay-orders';
import { runWhatIfs, reportOf } from '../../sidecar/src/operations/run-what-ifs';
import { startPreviewRead } from '../../sidecar/src/operations/start-preview-read';
import { startWhatIf } from '../../sidecar/src/operations/start-what-if';
import { saveDraft } from '../../sidecar/src/operations/publish-programme';
import type { ConnectedShop } from '../../sidecar/src/platform/platform';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { saveErasedCustomer } from '../../sidecar/src/stores/erasure-store';
import {
  countPreviewOrders,
  latestRead,
  moveRead,
  purgePreviewOrders,
  purgeReads,
} from '../../sidecar/src/stores/preview-order-store';
import { pastMembers, type PastMemberRow } from '../../sidecar/src/stores/past-order-store';
import { findRun } from '../../sidecar/src/stores/what-if-store';
import { readPreviewOrders } from '../../sidecar/src/sync/read-preview-orders';
import { openBooks } from '../support/books';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { standInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const RULES = { currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } } };
const shopNamed = (shopId: string): ConnectedShop => ({
  shopId,
  platform: 'shopware',
  externalShopId: shopId,
  programmeId: PROGRAMME_ID,
  url: `https://${shopId}.example`,
  credentials: {},
  settings: {},
});

/** An order over so many euros, paid at once. */
function past(orderId: string, placedAt: string, euros: number, change: Partial<OrderSnapshot> = {}): OrderSnapshot {
  const line = orderLine({ quantityMilli: 1000, grossMinor: euros * 100, netMinor: euros * 84 });
  const paid = { paidAt: placedAt, paymentState: 'paid' as const };
  return orderSnapshot({ orderId, orderNumber: orderId, placedAt, ...paid, lines: [line], ...change });
}

describeEachStorage('past orders to try a draft on', (open) => {
  const scene = async (pages: readonly (readonly OrderSnapshot[])[], shops = ['shop-1']) => {
    const books = await openBooks(await open(), NOW, RULES);
    const { context, clock } = books;
    const platform = standInPlatform();
    const asked: (readonly [string, string | null])[] = [];
    const faults: Error[] = [];
    platform.changedOrdersPage = (since, cursor) => {
      const fault = faults.shift();
      if (fault) throw fault;
      asked.push([since, cursor]);
      const index = Number(cursor ?? 0);
      return { items: pages[index] ?? [], nextCursor: index + 1 < pages.length ? String(index + 1) : null };
    };
    const begin = (idempotencyKey = 'read-0001') =>
      startPreviewRead(context, { programmeId: PROGRAMME_ID, days: 90, idempotencyKey });
    const read = (signal = new AbortController().signal) =>
      readPreviewOrders({
        context,
        signal,
        shopsOf: () => Promise.resolve(shops.map((shopId) => ({ shop: shopNamed(shopId), platform }))),
      });
    const document = programmeDocument({ ...RULES, accrual: { lockDays: 0 }, tiers: { levels: [] } });
    const draft = await saveDraft(context, { programmeId: PROGRAMME_ID, document, note: '' });
    if (!draft.ok) throw new Error('the draft is wrong');
    const { versionId } = draft.value;
    const preview = async (idempotencyKey: string, previewOrders = true) => {
      const period = { programmeId: PROGRAMME_ID, shopId: null, from: addDays(NOW, -90), to: NOW, compare: false };
      const wish = { ...period, versionId, idempotencyKey, ...(previewOrders ? ({ previewOrders } as const) : {}) };
      const started = await startWhatIf(context, wish);
      if (!started.ok) throw new Error(started.code);
      await runWhatIfs(context, new AbortController().signal);
      const run = await findRun(context.db, PROGRAMME_ID, started.value.run.run_id);
      if (!run) throw new Error('the run is gone');
      const report = reportOf(run);
      if (!report) throw new Error(`the run is ${run.status}`);
      return { run, report };
    };
    return { books, context, clock, platform, asked, faults, begin, read, preview };
  };
  const entries = async (context: Awaited<ReturnType<typeof scene>>['context']) =>
    (await context.db.selectFrom('ledger_entry').select('entry_id').execute()).length;

  it('are read page by page, once, and leave the books as they are', async () => {
    const { context, begin, read, asked } = await scene([
      [past('o1', '2026-01-10T10:00:00.000Z', 40), past('old', '2025-06-01T10:00:00.000Z', 999)],
      [past('o2', '2026-02-10T10:00:00.000Z', 60, { customerId: null, emailHash: 'guest', isGuest: true })],
      [past('o3', '2026-02-11T10:00:00.000Z', 60, { customerId: null, emailHash: null })],
    ]);
    const before = await entries(context);
    const members = await context.db.selectFrom('member').selectAll().execute();
    expect(await begin()).toMatchObject({ ok: true, value: { repeated: false } });
    expect(await begin()).toMatchObject({ ok: true, value: { repeated: true } });
    expect(await begin('another-1')).toMatchObject({ ok: false, code: 'already_running' });
    expect(await read()).toEqual({ done: 1, failed: 0, orders: 2 });
    expect(asked).toEqual([null, '1', '2'].map((cursor) => [addDays(NOW, -90), cursor]));
    expect(await latestRead(context.db, PROGRAMME_ID)).toMatchObject({ status: 'done', orders: 2, pages: 3, is_open: null });
    expect(await countPreviewOrders(context.db, PROGRAMME_ID)).toBe(2);
    expect(await read()).toEqual({ done: 0, failed: 0, orders: 0 });
    expect(await entries(context)).toBe(before);
    expect(await context.db.selectFrom('member').selectAll().execute()).toEqual(members);
    expect(await context.db.selectFrom('order_position').selectAll().execute()).toEqual([]);
    const kept = await context.db.selectFrom('preview_order').select('snapshot').execute();
    expect(kept.every(({ snapshot }) => (JSON.parse(snapshot) as OrderSnapshot).emailHash === null)).toBe(true);
    // Once more: what is there already is replaced, not doubled.
    await begin('another-1');
    await read();
    expect(await countPreviewOrders(context.db, PROGRAMME_ID)).toBe(2);
  });

  it('count as the books would have counted them, beside those of the books', async () => {
    const orders = [
      past('o1', '2026-01-10T10:00:00.000Z', 40),
      past('o2', '2026-02-10T10:00:00.000Z', 60, { customerId: 'c9', emailHash: 'e9' }),
      past('o3', '2026-02-11T10:00:00.000Z', 25, { customerId: 'c9', emailHash: 'e9' }),
      past('o4', '2026-02-12T10:00:00.000Z', 70, { orderState: 'cancelled' }),
    ];
    const { books, begin, read, preview } = await scene([orders]);
    await begin();
    await read();
    // The books come to know one of them, and are believed.
    await books.buy('o1', '2026-02-20T10:00:00.000Z', 33);
    expect((await preview('ask-00001', false)).report).toMatchObject({ members: 1, orders: 1, points: { issued: 33 } });
    const { run, report } = await preview('ask-00002');
    expect(run).toMatchObject({ members_total: 2, members_done: 2 });
    expect(report).toMatchObject({ members: 2, orders: 4, points: { issued: 33 + 60 + 25 } });
  });

  it('of many people come in pages, and a replay goes on behind any of them', async () => {
    const people = Array.from({ length: 450 }, (_, i) =>
      past(`o${i}`, '2026-02-10T10:00:00.000Z', 1 + (i % 7), { customerId: `c-${i}`, emailHash: `e-${i}` }),
    );
    const { context, begin, read, preview } = await scene([people]);
    await begin();
    await read();
    const { run, report } = await preview('ask-00001');
    expect(run).toMatchObject({ members_total: 451, members_done: 451 });
    const issued = people.reduce((sum, _order, i) => sum + 1 + (i % 7), 0);
    expect(report).toMatchObject({ members: 451, orders: 450, points: { issued } });
    const programme = await context.programmes.effectiveAt(context.db, PROGRAMME_ID, NOW);
    if (!programme) throw new Error('nothing is published');
    const time = { programmeId: PROGRAMME_ID, shopId: null, from: addDays(NOW, -90), to: NOW, withPreview: true };
    const programmes = { draft: programme.programme, published: null };
    const pages: PastMemberRow[][] = [];
    for await (const page of pastMembers(context.db, time)) pages.push(page);
    expect(pages.map((page) => page.length)).toEqual([1, 200, 200, 50]);
    for (const [index, page] of pages.entries()) {
      const rest: PastMemberRow[][] = [];
      for await (const later of pastMembers(context.db, time, page.at(-1)?.memberId)) rest.push(later);
      expect(rest).toEqual(pages.slice(index + 1));
    }
    expect((await replayOrders(context.db, { ...time, shopId: 'shop-2' }, programmes)).orders).toBe(0);
    expect((await replayOrders(context.db, { ...time, to: '2026-02-01T00:00:00.000Z' }, programmes)).orders).toBe(0);
  });

  it('go on behind the last page when a shop did not answer, and give up in the end', async () => {
    const { context, begin, read, faults, asked } = await scene([
      [past('o1', '2026-01-10T10:00:00.000Z', 40)],
      [past('o2', '2026-02-10T10:00:00.000Z', 60)],
    ]);
    await begin();
    const stopped = new AbortController();
    stopped.abort();
    expect(await read(stopped.signal)).toEqual({ done: 0, failed: 0, orders: 0 });
    faults.push(new ShopApiError('down', true));
    await read();
    expect(await latestRead(context.db, PROGRAMME_ID)).toMatchObject({ status: 'waiting', failures: 1 });
    await read();
    expect(asked.map(([, cursor]) => cursor)).toEqual([null, '1']);
    expect(await latestRead(context.db, PROGRAMME_ID)).toMatchObject({ status: 'done', failures: 0, orders: 2 });
    await begin('another-1');
    for (let tries = 0; tries < 5; tries += 1) {
      faults.push(new ShopApiError('down', true));
      await read();
    }
    expect(await latestRead(context.db, PROGRAMME_ID)).toMatchObject({ status: 'failed', fault: 'down', is_open: null });
    await begin('another-2');
    faults.push(new ShopApiError('forbidden', false, 403));
    await read();
    expect(await latestRead(context.db, PROGRAMME_ID)).toMatchObject({ status: 'failed', fault: 'forbidden' });
  });

  it('are read from every shop, by one process at a time', async () => {
    const { context, begin, read, asked } = await scene([[past('o1', '2026-01-10T10:00:00.000Z', 40)]], ['shop-2', 'shop-1']);
    await begin();
    const mine = await latestRead(context.db, PROGRAMME_ID);
    if (!mine) throw new Error('nothing was asked for');
    await Promise.all([read(), read()]);
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(await latestRead(context.db, PROGRAMME_ID)).toMatchObject({ status: 'done', pages: 2, shop_done: 'shop-2' });
    // What somebody read before is no ground to go on from.
    expect(await moveRead(context.db, mine, { status: 'done' })).toBe(false);
  });

  it('are nobody’s who was erased, and go with whom the shop forgets', async () => {
    const { context, clock, begin, read } = await scene([
      [
        past('o1', '2026-01-10T10:00:00.000Z', 40, { customerId: 'c1' }),
        past('o2', '2026-01-11T10:00:00.000Z', 40, { customerId: 'gone' }),
        past('o3', '2026-01-12T10:00:00.000Z', 40, { customerId: 'other' }),
      ],
    ]);
    const erased = { shop_id: 'shop-1', customer_hash: context.hashCustomer('shop-1', 'gone'), member_id: 'm' };
    await inTransaction(context.db, (trx) =>
      saveErasedCustomer(trx, { ...erased, erased_at: NOW, keep_until: addDays(NOW, 90) }),
    );
    await begin();
    await read();
    const kept = async () =>
      (await context.db.selectFrom('preview_order').select('order_id').orderBy('order_id').execute()).map((row) => row.order_id);
    expect(await kept()).toEqual(['o1', 'o3']);
    const member = await context.db.selectFrom('member').selectAll().executeTakeFirstOrThrow();
    const exported = new Map<string, number>();
    for await (const { name, rows } of exportMember(context.db, member)) exported.set(name, rows.length);
    expect(exported.get('previewOrders')).toBe(1);
    await forgetCustomer(context, { shopId: 'shop-1', customerId: 'c1', messageIds: [] });
    expect(await kept()).toEqual(['o3']);
    expect(await purgePreviewOrders(context.db, clock.now(), 500)).toBe(0);
    expect(await purgePreviewOrders(context.db, addDays(clock.now(), 1), 500)).toBe(1);
    await purgeReads(context.db, addDays(clock.now(), 1));
    expect(await latestRead(context.db, PROGRAMME_ID)).toBeUndefined();
  });
});
