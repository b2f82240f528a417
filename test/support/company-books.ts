/** A company with two buyers in the books, and what tests do with them. */
import { ManualClock } from '../../sidecar/src/clock';
import type { MemberMirror } from '../../sidecar/src/domain/mirror';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { convergeOrder, type ConvergeOutcome } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { openCompany, type CompanySettings } from '../../sidecar/src/operations/open-company';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { seatBuyer, type SeatBuyerInput } from '../../sidecar/src/operations/seat-buyer';
import { secureRedemption } from '../../sidecar/src/operations/secure-redemption';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import type { Storage } from '../../sidecar/src/storage/dialect';
import type { Company } from '../../sidecar/src/stores/company-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from './programme';
import { orderLine, orderSnapshot } from './snapshots';

export const SHOP = 'shop-1';
export const STAFF = { reason: 'as agreed', actor: 'sales' };

export interface CompanyBooks {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  readonly company: Company;
  /** Members behind the customers `c1` and `c2`. */
  readonly ann: string;
  readonly bob: string;
  seat(memberId: string, change?: Partial<SeatBuyerInput>): ReturnType<typeof seatBuyer>;
  /** An order of so many units at 1.00, paid now; what it earns is available. */
  buy(customerId: string, orderId: string, units: number, change?: Partial<OrderSnapshot>): Promise<ConvergeOutcome>;
  spend(customerId: string, intent: string, points: number): ReturnType<typeof secureRedemption>;
  available(memberId: string): Promise<number>;
  mirror(customerId: string): Promise<MemberMirror>;
}

/** One point for each unit, released at once. */
export async function openCompanyBooks(
  storage: Storage,
  settings: Partial<CompanySettings> = {},
  change: Record<string, unknown> = {},
): Promise<CompanyBooks> {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const context = operationContext(storage, clock);
  const { db } = storage;
  await publish(context, programmeDocument({ accrual: { lockDays: 0, multipliers: [] }, tiers: { levels: [] }, ...change }));
  const register = (customerId: string): Promise<string> =>
    registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: SHOP,
      customerId,
      emailHash: `e-${customerId}`,
      customerGroup: null,
      registeredAt: clock.now(),
      mirrorMissing: false,
      emailVerified: true,
      messageIds: [],
    });
  const ann = await register('c1');
  const bob = await register('c2');
  const opened = await openCompany(context, {
    programmeId: PROGRAMME_ID,
    name: 'Miller Ltd',
    externalRef: null,
    pointsMode: 'pooled',
    tierMode: 'account',
    approvalDays: 7,
    ...STAFF,
    idempotencyKey: 'company-1',
    ...settings,
  });
  if (!opened.ok) throw new Error(opened.code);
  const { company } = opened.value;
  return {
    context,
    clock,
    company,
    ann,
    bob,
    seat: (memberId, seatChange = {}) =>
      seatBuyer(context, {
        companyId: company.company_id,
        memberId,
        role: 'buyer',
        pointsPerOrder: null,
        pointsPerMonth: null,
        approvalAbove: null,
        ...STAFF,
        ...seatChange,
      }),
    async buy(customerId, orderId, units, orderChange = {}) {
      clock.advance(1000);
      const at = orderChange.placedAt ?? clock.now();
      const line = orderLine({ quantityMilli: units * 1000, grossMinor: units * 100, netMinor: units * 84 });
      const paid = { placedAt: at, paidAt: at, paymentState: 'paid' as const };
      const buyer = { customerId, emailHash: `e-${customerId}` };
      const snapshot = orderSnapshot({ orderId, orderNumber: orderId, ...buyer, ...paid, lines: [line], ...orderChange });
      const before = (await findPosition(db, SHOP, orderId)) ?? null;
      const outcome = await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
      clock.advance(1000);
      await releaseDuePoints(context, clock.now());
      return outcome;
    },
    spend: (customerId, intent, points) =>
      secureRedemption(context, {
        programmeId: PROGRAMME_ID,
        shopId: SHOP,
        customerId,
        intent,
        points,
        valueMinor: points,
        currency: 'EUR',
      }),
    available: async (memberId) => (await memberBalance(db, memberId))?.available ?? 0,
    async mirror(customerId) {
      const row = await db
        .selectFrom('desired_state')
        .select('desired')
        .where('resource_type', '=', 'member')
        .where('resource_id', '=', customerId)
        .executeTakeFirstOrThrow();
      return JSON.parse(row.desired) as MemberMirror;
    },
  };
}
