/** What tests of several operations have in common: a programme, a member, their orders and what became of them. */
import { ManualClock } from '../../sidecar/src/clock';
import type { MemberMirror } from '../../sidecar/src/domain/mirror';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import type { Reason } from '../../sidecar/src/domain/reason';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from './programme';
import { orderLine, orderSnapshot } from './snapshots';

const SHOP = 'shop-1';

export interface Books {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  readonly memberId: string;
  /** An order of so many units at 1.00, paid and final at the instant; the same id again is the same order changed. */
  buy(orderId: string, at: string, units: number, change?: Partial<OrderSnapshot>): Promise<void>;
  /** Moves to an instant and releases what is due. */
  moveTo(at: string): Promise<void>;
  available(): Promise<number>;
  /** Points come in, as if staff had given them. */
  earn(points: number, memberId?: string): Promise<void>;
  /** Points are gone, as if they had been spent. */
  spend(points: number): Promise<void>;
  mirror(): Promise<MemberMirror>;
  /** Changes of tier, oldest first, as `[from, to, at]`. */
  tierChanges(): Promise<unknown[]>;
  /** Reasons of the latest decision of a kind, by code. */
  latestReasons(kind: string): Promise<Reason[]>;
}

/** A member of a shop since the beginning of 2026, under a programme without lock days whose orders earn nothing. */
export async function openBooks(storage: Storage, at: string, change: Record<string, unknown>): Promise<Books> {
  const clock = new ManualClock(Date.parse('2026-01-01T00:00:00.000Z'));
  const context = operationContext(storage, clock);
  await publish(
    context,
    programmeDocument({
      accrual: { lockDays: 0, multipliers: [] },
      currencies: { EUR: { earn: { points: 0, per: 1 }, pointValue: { points: 100, value: 1 } } },
      tiers: { levels: [] },
      ...change,
    }),
  );
  const memberId = await registerCustomer(context, {
    programmeId: PROGRAMME_ID,
    shopId: SHOP,
    customerId: 'c1',
    emailHash: 'e1',
    customerGroup: null,
    registeredAt: clock.now(),
    mirrorMissing: false,
    emailVerified: true,
    messageIds: [],
  });
  clock.moveTo(Date.parse(at));
  const { db } = storage;
  const adjust = async (of: string, points: number): Promise<void> => {
    const change = { points, reason: 'as the test wants', actor: 'test', idempotencyKey: `test:${context.ids.next()}` };
    const result = await adjustPoints(context, { programmeId: PROGRAMME_ID, memberId: of, ...change });
    if (!result.ok) throw new Error(result.code);
  };
  return {
    context,
    clock,
    memberId,
    async buy(orderId, placedAt, units, changed = {}) {
      // What becomes final in the very moment counts in the next one.
      clock.moveTo(Date.parse(placedAt) + 1);
      const line = orderLine({ quantityMilli: units * 1000, grossMinor: units * 100, netMinor: units * 84 });
      const paid = { placedAt, paidAt: placedAt, paymentState: 'paid' as const };
      const snapshot = orderSnapshot({ orderId, orderNumber: orderId, ...paid, lines: [line], ...changed });
      const before = (await findPosition(db, SHOP, orderId)) ?? null;
      await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
    },
    async moveTo(instant) {
      clock.moveTo(Date.parse(instant));
      await releaseDuePoints(context, instant);
    },
    available: async () => (await memberBalance(db, memberId))?.available ?? 0,
    earn: (points, of = memberId) => adjust(of, points),
    spend: (points) => adjust(memberId, -points),
    async mirror() {
      const row = await db
        .selectFrom('desired_state')
        .select('desired')
        .where('resource_type', '=', 'member')
        .executeTakeFirstOrThrow();
      return JSON.parse(row.desired) as MemberMirror;
    },
    async tierChanges() {
      const rows = await db.selectFrom('tier_change').selectAll().orderBy('change_id').execute();
      return rows.map((row) => [row.from_tier, row.to_tier, row.effective_from]);
    },
    async latestReasons(kind) {
      const rows = await db
        .selectFrom('decision')
        .select(['decision_id', 'reasons'])
        .where('kind', '=', kind)
        .orderBy('decision_id')
        .execute();
      return JSON.parse(rows.at(-1)?.reasons ?? '[]') as Reason[];
    },
  };
}
