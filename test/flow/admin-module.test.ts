import { createModuleRouter } from '../../sidecar/src/api/shop-admin/module';
import { createModuleSessions } from '../../sidecar/src/api/shop-admin/module-session';
import type { ManualClock } from '../../sidecar/src/clock';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { ShopApiError } from '../../sidecar/src/errors';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { readModuleRequest, verifyModuleRequest } from '../../sidecar/src/platform/shopware/module-request';
import { hmacHex } from '../../sidecar/src/platform/shopware/signature';
import { createSealer } from '../../sidecar/src/security/sealer';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { setDesired } from '../../sidecar/src/stores/desired-state-store';
import { enterStaffRefund } from '../../sidecar/src/sync/enter-staff-refund';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { connectedShop, insertShop, standInPlatform } from '../support/stand-in-platform';
import { call, openFixture, START_MS, type Answer, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop-0123456789';

const ORDER = orderSnapshot({
  orderNumber: '10042',
  placedAt: '2026-02-10T00:00:00.000Z',
  paidAt: '2026-02-10T00:00:00.000Z',
  paymentState: 'partially_refunded',
  refundNeedsReview: true,
});
const DOWN = new ShopApiError('the shop is down', true);

interface Asked {
  readonly shop?: string;
  readonly locale?: string;
  readonly atMs?: number;
  readonly secret?: string;
}

/** As Shopware writes it: the shop's address is not encoded. */
function query({ shop = 'Shop1', locale = 'en-GB', atMs = START_MS, secret = SECRET }: Asked = {}): string {
  const signed = `shop-id=${shop}&shop-url=http://shop.example:8000/de&timestamp=${Math.floor(atMs / 1000)}&sw-version=6.6.7.1&sw-user-language=${locale}`;
  return `${signed}&shopware-shop-signature=${hmacHex(secret, signed)}`;
}

describe('the page in the administration', () => {
  let fixture: HttpFixture;
  let context: OperationContext;
  let clockOfPage: ManualClock;
  /** The order as the shop has it; null = the shop is down. */
  let shopAnswers: OrderSnapshot | null;
  beforeEach(async () => {
    shopAnswers = ORDER;
    fixture = await openFixture({
      routers: ({ storage, clock }) => {
        context = operationContext(storage, clock);
        const authenticate = (rawQuery: string) => {
          const request = readModuleRequest(rawQuery);
          verifyModuleRequest(request, request.externalShopId === 'Shop1' ? [SECRET] : [], clock.nowMs());
          return Promise.resolve({ ...request, shopId: 'shop-1', programmeId: PROGRAMME_ID });
        };
        const platform = {
          ...standInPlatform(),
          readOrder: () => (shopAnswers ? Promise.resolve(shopAnswers) : Promise.reject(DOWN)),
        };
        const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
        const router = createModuleRouter({
          context,
          authenticate,
          sessions: createModuleSessions(sealer, clock),
          enterRefund: (shopId, refund) => enterStaffRefund(context, platform, connectedShop(shopId), refund),
        });
        clockOfPage = clock;
        return [{ path: '/shopware/admin', router }];
      },
    });
  });
  afterEach(() => fixture.close());

  const open = (rawQuery: string): Promise<Answer> => call(`${fixture.url}/shopware/admin?${rawQuery}`, { method: 'GET' });

  async function fill(): Promise<void> {
    await publish(context, programmeDocument({ name: 'Beans & <Friends>' }));
    const customer = { programmeId: PROGRAMME_ID, shopId: 'shop-1', customerGroup: null, messageIds: [] };
    const memberId = await registerCustomer(context, {
      ...customer,
      customerId: 'c1',
      emailHash: 'e1',
      registeredAt: '2026-02-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: false,
    });
    const adjustment = { points: 12_500, reason: 'welcome', actor: 'staff', idempotencyKey: 'seed' };
    await adjustPoints(context, { programmeId: PROGRAMME_ID, memberId, ...adjustment });
    await convergeOrder(context, {
      programmeId: PROGRAMME_ID,
      before: null,
      messageIds: [],
      snapshot: ORDER,
    });
  }

  it('shows points, what they are worth, tiers and refunds to review, escaped', async () => {
    await fill();
    const answer = await open(query());
    const page = String(answer.body);
    expect(answer.status).toBe(200);
    for (const text of ['12,600', '126.00 EUR', 'Silver', '10042', '<html lang="en">']) expect(page).toContain(text);
    expect(page).toContain('Beans &#38; &#60;Friends&#62;');
    expect(page).not.toContain('<Friends>');
  });

  it('may be shown by the administration only, and runs but its greeting', async () => {
    const answer = await open(query());
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; form-action 'self'; frame-ancestors http:\/\/shop\.example:8000$/,
    );
    expect(answer.headers['x-frame-options']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(String(answer.body).match(/<script/g)).toHaveLength(1);
    expect(String(answer.body)).not.toContain('-0<');
  });

  it.each([
    ['de-DE', 'Es ist noch kein Programm'],
    ['es-ES', 'Aún no hay ningún programa'],
    ['pt-PT', 'Ainda não há nenhum programa'],
    ['ru-RU', 'Программа ещё не опубликована'],
    ['fr-FR', 'No programme has been published'],
  ])('speaks the language of staff: %s', async (locale, words) => {
    expect(String((await open(query({ locale }))).body)).toContain(words);
  });

  it.each<[string, string, number, string]>([
    ['no signature', 'shop-id=Shop1', 401, 'MISSING_SIGNATURE'],
    ['another secret', query({ secret: 'somebody-elses' }), 401, 'BAD_SIGNATURE'],
    ['an unknown shop', query({ shop: 'Shop2' }), 401, 'BAD_SIGNATURE'],
    ['an old address', query({ atMs: START_MS - 301_000 }), 401, 'TIMESTAMP_OUT_OF_TOLERANCE'],
    ['no time', `shop-id=Shop1&shop-url=http://a&shopware-shop-signature=x`, 422, 'INVALID_INPUT'],
    ['no address', `shop-id=Shop1&shop-url=nowhere&timestamp=1&shopware-shop-signature=x`, 422, 'INVALID_INPUT'],
  ])('does not open with %s', async (_name, rawQuery, status, code) => {
    const answer = await open(rawQuery);
    expect([answer.status, answer.headers['x-error-code']]).toEqual([status, code]);
  });

  it('does not open when a word of the address was changed', async () => {
    expect((await open(query().replace('en-GB', 'de-DE'))).status).toBe(401);
  });

  describe('forms', () => {
    const sessionIn = (answer: Answer): string => /name="session" value="([^"]+)"/.exec(String(answer.body))?.[1] ?? '';
    const show = (path: string): Promise<Answer> => call(`${fixture.url}/shopware/admin/${path}`, { method: 'GET' });
    const get = (path: string, fields: Record<string, string>): Promise<Answer> =>
      show(`${path}?${new URLSearchParams(fields).toString()}`);
    const post = async (path: string, fields: Record<string, string>): Promise<Answer> => {
      const answer = await call(`${fixture.url}/shopware/admin/${path}`, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
      return answer.status === 303 ? show(String(answer.headers['location'])) : answer;
    };
    const refusal = (answer: Answer) => [answer.status, answer.headers['x-error-code']];

    async function opened(locale = 'en-GB'): Promise<string> {
      await fill();
      return sessionIn(await open(query({ locale })));
    }

    it('changes the priority of tier prices, and has the shop’s rules follow', async () => {
      await insertShop(fixture.storage.db, 'shop-1');
      const session = await opened();
      const rule = { shopId: 'shop-1', type: 'tier' as const, id: 'gold', state: { code: 'gold', name: 'Gold', rank: 1 } };
      await inTransaction(fixture.storage.db, (trx) => setDesired(trx, rule, clockOfPage.now()));
      await fixture.storage.db.updateTable('desired_state').set({ dirty: 0, acknowledged_hash: 'x' }).execute();
      expect(String((await get('overview', { session })).body)).toContain('required value="100"');
      const saved = await post('settings', { session, rulePriority: '7' });
      for (const text of ['required value="7"', 'role="status"']) expect(String(saved.body)).toContain(text);
      const dirty = await fixture.storage.db.selectFrom('desired_state').select('resource_type').where('dirty', '=', 1).execute();
      expect(dirty).toContainEqual({ resource_type: 'tier' });
      for (const wrong of ['', '-1', '1.5', '10001', '1e3', 'many']) {
        const refused = String((await post('settings', { session, rulePriority: wrong })).body);
        for (const text of ['required value="7"', 'role="alert"', '10000']) expect(refused).toContain(text);
      }
    });

    it('opens an order by its number, takes back its points, and leaves nothing to review', async () => {
      const session = await opened();
      const shown = await get('order', { session, orderNumber: ' 10042 ' });
      expect(String(shown.body)).toContain('name="units.l1" min="0" max="3" step="1" value="0"');
      expect(String(shown.headers['content-security-policy'])).toContain('frame-ancestors http://shop.example:8000');
      const saved = await post('refund', { session, orderNumber: '10042', 'units.l1': '1' });
      expect(saved.status).toBe(200);
      for (const text of ['role="status"', 'value="1"', '<dd>67</dd>']) expect(String(saved.body)).toContain(text);
      const back = await get('overview', { session });
      expect(String(back.body)).toContain('Nothing to review.');
      expect(String(back.body)).toContain('action="order"');
    });

    it.each<[string, Record<string, string>, string]>([
      ['more units than ordered', { orderNumber: '10042', 'units.l1': '4' }, 'More units came back'],
      ['half a number', { orderNumber: '10042', 'units.l1': '1e3' }, 'whole numbers'],
      ['a line of another order', { orderNumber: '10042', 'units.l9': '1' }, 'changed meanwhile'],
      ['an unknown order', { orderNumber: '<1>', 'units.l1': '1' }, 'knows no order'],
    ])('refuses %s, and says so', async (_name, fields, text) => {
      const session = await opened();
      const answer = await post('refund', { session, ...fields });
      expect(String(answer.body)).toContain(text);
      expect(String(answer.body)).toContain('role="alert"');
    });

    it('stores nothing when the shop cannot be asked', async () => {
      const session = await opened('de-DE');
      shopAnswers = null;
      const answer = await post('refund', { session, orderNumber: '10042', 'units.l1': '1' });
      expect(String(answer.body)).toContain('nichts wurde gespeichert');
      expect(String(answer.body)).toContain('value="0"');
    });

    it('wants a session of its own that has not run out', async () => {
      const session = await opened();
      expect(refusal(await get('order', { session: session.slice(0, -8), orderNumber: '10042' }))).toEqual([401, 'UNAUTHORIZED']);
      expect(refusal(await get('overview', {}))).toEqual([401, 'UNAUTHORIZED']);
      clockOfPage.advance(60 * 60_000 + 1);
      const late = await post('refund', { session, orderNumber: '10042', 'units.l1': '1' });
      expect(refusal(late)).toEqual([401, 'UNAUTHORIZED']);
      // The administration can show it, whichever it is.
      expect(String(late.headers['content-security-policy'])).toContain('frame-ancestors *');
      expect(String(late.body)).toContain('open it again from the menu');
    });
  });
});
