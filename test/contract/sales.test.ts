import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { recordSale } from '../../sidecar/src/operations/record-sale';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const PLACED = '2026-03-01T10:00:00.000Z';
const EARNING = { currencies: { EUR: { earn: { points: 1, per: 1 } } }, redemption: null };

describeEachStorage('sales outside the shop', (open) => {
  const state = (eventId: string, occurredAt: string, refundedMilli: number) => ({
    event: {
      programmeId: PROGRAMME_ID,
      eventId,
      kind: 'sale',
      activity: null,
      member: { shopId: 'shop-1', customerId: 'c1' },
      shopId: 'shop-1',
      occurredAt,
      data: { number: 'T-1', refundedMilli },
    },
    snapshot: orderSnapshot({
      orderId: 'sale:T-1',
      orderNumber: 'T-1',
      placedAt: PLACED,
      paidAt: PLACED,
      paymentState: 'paid',
      lines: [orderLine({ quantityMilli: 10_000, refundedMilli, grossMinor: 10_000, netMinor: 8403 })],
    }),
  });
  const openEarning = async (): Promise<Books> => openBooks(await open(), '2026-03-02T10:00:00.000Z', EARNING);

  it('earn like orders, and a return takes back what it earned', async () => {
    const books = await openEarning();
    const sold = await recordSale(books.context, state('sale-state-1', PLACED, 0));
    expect(sold).toMatchObject({ ok: true, value: { points: 100, repeated: false } });
    expect(await recordSale(books.context, state('sale-state-1', PLACED, 0))).toMatchObject({
      value: { points: 100, repeated: true },
    });
    await recordSale(books.context, state('sale-state-2', '2026-03-02T09:00:00.000Z', 4000));
    expect(await books.available()).toBe(60);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('told late do not undo what is newer', async () => {
    const books = await openEarning();
    await recordSale(books.context, state('sale-state-2', '2026-03-02T09:00:00.000Z', 4000));
    const late = await recordSale(books.context, state('sale-state-1', PLACED, 0));
    expect(late).toMatchObject({ value: { points: 60, reasons: [{ code: 'sale_newer_known', applied: false }] } });
    expect(await books.available()).toBe(60);
  });

  it('told at once in all their states end in the latest', async () => {
    const books = await openEarning();
    const states = [0, 1, 2, 3, 4, 5].map((hour) => state(`sale-state-${hour}`, `2026-03-02T0${hour}:00:00.000Z`, hour * 1000));
    const told = await Promise.all([...states, ...states].map((one) => recordSale(books.context, one)));
    expect(told.filter((one) => !one.ok && one.code !== 'busy')).toEqual([]);
    for (const one of states) expect(await recordSale(books.context, one)).toMatchObject({ ok: true });
    expect(await books.available()).toBe(50);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('with the id of another event are refused', async () => {
    const books = await openEarning();
    await recordSale(books.context, state('sale-state-1', PLACED, 0));
    expect(await recordSale(books.context, state('sale-state-1', PLACED, 1000))).toMatchObject({ code: 'idempotency_mismatch' });
  });
});
