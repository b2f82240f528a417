import { createModuleRouter } from '../../sidecar/src/api/shop-admin/module';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { readModuleRequest, verifyModuleRequest } from '../../sidecar/src/platform/shopware/module-request';
import { hmacHex } from '../../sidecar/src/platform/shopware/signature';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { call, errorCode, openFixture, START_MS, type Answer, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop-0123456789';

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
  beforeEach(async () => {
    fixture = await openFixture({
      routers: ({ storage, clock }) => {
        context = operationContext(storage, clock);
        const authenticate = (rawQuery: string) => {
          const request = readModuleRequest(rawQuery);
          verifyModuleRequest(request, request.externalShopId === 'Shop1' ? [SECRET] : [], clock.nowMs());
          return Promise.resolve({ ...request, shopId: 'shop-1', programmeId: PROGRAMME_ID });
        };
        return [{ path: '/shopware/admin', router: createModuleRouter({ context, authenticate }) }];
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
      snapshot: {
        shopId: 'shop-1',
        orderId: 'o1',
        orderNumber: '10042',
        customerId: 'c1',
        emailHash: 'e1',
        isGuest: false,
        customerGroup: null,
        currency: 'EUR',
        placedAt: '2026-02-10T00:00:00.000Z',
        paidAt: '2026-02-10T00:00:00.000Z',
        completedAt: null,
        paymentState: 'partially_refunded',
        orderState: 'open',
        lines: [],
        redemption: null,
        gifts: [],
        referralCode: null,
        refundNeedsReview: true,
      },
    });
  }

  it('shows points, what they are worth, tiers and refunds to review, escaped', async () => {
    await fill();
    const answer = await open(query());
    const page = String(answer.body);
    expect(answer.status).toBe(200);
    for (const text of ['12,500', '125.00 EUR', 'Silver', '10042', '<html lang="en">']) expect(page).toContain(text);
    expect(page).toContain('Beans &#38; &#60;Friends&#62;');
    expect(page).not.toContain('<Friends>');
  });

  it('may be shown by the administration only, and runs but its greeting', async () => {
    const answer = await open(query());
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; frame-ancestors http:\/\/shop\.example:8000$/,
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
    expect([answer.status, errorCode(answer)]).toEqual([status, code]);
  });

  it('does not open when a word of the address was changed', async () => {
    expect((await open(query().replace('en-GB', 'de-DE'))).status).toBe(401);
  });
});
