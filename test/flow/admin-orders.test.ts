/** Refunds of which the shop says that they were, but not of what: staff enter them. */
import { orderEndpoints } from '../../sidecar/src/api/admin/orders';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { ShopApiError } from '../../sidecar/src/errors';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { enterStaffRefund } from '../../sidecar/src/sync/enter-staff-refund';
import { guardedApi } from '../support/guarded-api';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { connectedShop, insertShop, standInPlatform } from '../support/stand-in-platform';
import { call, errorCode, openFixture, type Answer, type HttpFixture } from './http-fixture';

const TOKEN = 'token-of-an-operator-0123456789';
const ORDER = orderSnapshot({
  orderNumber: '10042',
  placedAt: '2026-02-10T00:00:00.000Z',
  paidAt: '2026-02-10T00:00:00.000Z',
  paymentState: 'partially_refunded',
  refundNeedsReview: true,
});

describe('orders in the hands of staff', () => {
  let fixture: HttpFixture;
  let context: OperationContext;
  /** The order as the shop has it; null = the shop is down. */
  let shopAnswers: OrderSnapshot | null;

  beforeEach(async () => {
    shopAnswers = ORDER;
    fixture = await openFixture({
      routers: ({ storage, clock }) => {
        context = operationContext(storage, clock);
        const readOrder = () =>
          shopAnswers ? Promise.resolve(shopAnswers) : Promise.reject(new ShopApiError('the shop is down', true));
        const platform = { ...standInPlatform(), readOrder };
        return [
          guardedApi(
            orderEndpoints({
              context,
              enterRefund: (shopId, refund) => enterStaffRefund(context, platform, connectedShop(shopId), refund),
            }),
            TOKEN,
          ),
        ];
      },
    });
    await publish(context, programmeDocument());
    await insertShop(fixture.storage.db, 'shop-1');
    await registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerGroup: null,
      messageIds: [],
      customerId: 'c1',
      emailHash: 'e1',
      registeredAt: '2026-02-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: false,
    });
    await convergeOrder(context, { programmeId: PROGRAMME_ID, before: null, messageIds: [], snapshot: ORDER });
  });
  afterEach(() => fixture.close());

  const ask = (method: string, path: string, body?: object): Promise<Answer> =>
    call(`${fixture.url}/admin/shops/shop-1/${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const enter = (units: Record<string, number>, order = '10042'): Promise<Answer> =>
    ask('PUT', `orders/${order}/refund`, { refundedMilli: units, actor: 'anna' });

  it('are listed until somebody says what came back, and their points follow', async () => {
    expect(await ask('GET', 'order-reviews')).toMatchObject({ body: { orders: [{ orderNumber: '10042' }] } });
    expect(await ask('GET', 'orders/10042')).toMatchObject({
      status: 200,
      body: { available: 100, needsReview: true, lines: [{ lineId: 'l1', quantityMilli: 3000, refundedMilli: 0 }] },
    });
    const refunded = { available: 67, needsReview: false, lines: [{ lineId: 'l1', refundedMilli: 1000 }] };
    expect(await enter({ l1: 1000 })).toMatchObject({ status: 200, body: refunded });
    expect(await enter({ l1: 1000 })).toMatchObject({ status: 200, body: refunded });
    expect(await ask('GET', 'order-reviews')).toMatchObject({ body: { orders: [] } });
  });

  it.each<[string, Record<string, number>, string]>([
    ['more units than ordered', { l1: 4000 }, 'too_many_units'],
    ['a line of another order', { l9: 1000 }, 'unknown_line'],
  ])('refuse %s, and say so', async (_name, units, problem) => {
    const fields = [{ field: 'refundedMilli', problem }];
    expect(await enter(units)).toMatchObject({ status: 422, body: { error: { details: { fields } } } });
  });

  it('are not found by a wrong number, nor in another shop', async () => {
    expect((await enter({ l1: 1000 }, '10043')).status).toBe(404);
    expect((await ask('GET', 'orders/10043')).status).toBe(404);
    expect((await ask('GET', '../shop-2/orders/10042')).status).toBe(404);
  });

  it('stay as they are when the shop cannot be asked', async () => {
    shopAnswers = null;
    const answer = await enter({ l1: 1000 });
    expect([answer.status, errorCode(answer)]).toEqual([503, 'UNAVAILABLE']);
    expect(await ask('GET', 'orders/10042')).toMatchObject({ body: { available: 100, needsReview: true } });
  });
});
