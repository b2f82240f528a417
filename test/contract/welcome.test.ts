import { ManualClock } from '../../sidecar/src/clock';
import { memberBalance, memberLedger } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { isCustomerCurrent, registerCustomer } from '../../sidecar/src/operations/register-customer';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const BEFORE = '2025-12-31T10:00:00.000Z';

interface Scene {
  readonly context: OperationContext;
  register(customerId: string, emailHash: string | null, registeredAt?: string): Promise<string>;
  points(memberId: string): Promise<number | undefined>;
}

async function scene(open: () => Promise<Storage>): Promise<Scene> {
  const context = operationContext(await open(), new ManualClock(Date.parse(NOW)));
  await publish(context, programmeDocument({ welcome: { points: 100 } }), '2026-01-01T00:00:00.000Z');
  return {
    context,
    register: (customerId, emailHash, registeredAt = NOW) =>
      registerCustomer(context, { ...customer(customerId, emailHash, registeredAt), messageIds: [] }),
    points: async (memberId) => (await memberBalance(context.db, memberId))?.available,
  };
}

function customer(customerId: string, emailHash: string | null, registeredAt: string) {
  const who = { programmeId: PROGRAMME_ID, shopId: 'shop-1', customerId, emailHash, customerGroup: null, emailVerified: true };
  return { ...who, registeredAt, mirrorMissing: false };
}

describeEachStorage('welcome points', (open) => {
  it('are given once, with their reason and an expiry that counts from the registration', async () => {
    const { context, register, points } = await scene(open);
    const memberId = await register('c1', 'e1');
    await register('c1', 'e1');
    await register('c1', 'e1-changed');
    expect(await points(memberId)).toBe(100);
    const entries = await memberLedger(context.db, memberId, null, 10);
    expect(entries).toMatchObject([{ kind: 'welcome', occurredAt: NOW, changes: { available: 100 } }]);
    const lots = await context.db.selectFrom('lot').select(['expires_at', 'available']).execute();
    expect(lots).toEqual([{ expires_at: '2027-03-01T10:00:00.000Z', available: 100 }]);
    const decisions = await context.db.selectFrom('decision').select(['kind', 'reasons']).execute();
    expect(decisions.map(({ kind, reasons }) => [kind, JSON.parse(reasons) as unknown])).toEqual([
      ['welcome', [{ code: 'welcome', applied: true, figures: { points: 100 } }]],
    ]);
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('come late for a customer whose order was heard of first', async () => {
    const { context, register, points } = await scene(open);
    const snapshot = orderSnapshot({ customerId: 'c1', emailHash: 'e1' });
    await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before: null, messageIds: [] });
    expect(await isCustomerCurrent(context, customer('c1', 'e1', NOW))).toBe(false);
    expect(await points(await register('c1', 'e1'))).toBe(100);
    expect(await isCustomerCurrent(context, customer('c1', 'e1', NOW))).toBe(true);
  });

  it('are not for customers from before the programme, nor for a second account of a person', async () => {
    const { context, register, points } = await scene(open);
    expect(await points(await register('old', 'e-old', BEFORE))).toBe(0);
    expect(await points(await register('c1', 'e1'))).toBe(100);
    expect(await points(await register('c2', 'e1'))).toBe(0);
    expect(await points(await register('c3', null))).toBe(100);
    expect(await isCustomerCurrent(context, customer('old', 'e-old', BEFORE))).toBe(true);
  });

  it('are as many as the programme gave when the customer registered', async () => {
    const { context, register, points } = await scene(open);
    await publish(context, programmeDocument({ welcome: { points: 50 } }), '2026-02-01T00:00:00.000Z');
    expect(await points(await register('late', 'e1', '2026-02-02T00:00:00.000Z'))).toBe(50);
    expect(await points(await register('early', 'e2', '2026-01-02T00:00:00.000Z'))).toBe(100);
  });
});
