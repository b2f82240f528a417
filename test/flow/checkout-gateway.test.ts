import { createCheckoutGatewayRouter } from '../../sidecar/src/api/storefront/checkout-gateway';
import { gatewayAnswer, readCheckout, type Checkout } from '../../sidecar/src/platform/shopware/checkout-gateway';
import { hmacHex, matchesHmac } from '../../sidecar/src/platform/shopware/signature';
import { signingScheme } from '../../sidecar/src/platform/shopware/signing-scheme';
import type { CheckoutDenial } from '../../sidecar/src/platform/platform';
import { call, errorCode, openFixture, type Answer, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop-0123456789';
const BODY = JSON.stringify({
  source: { url: 'https://shop.example', shopId: 'Shop1', appVersion: '1.0.0' },
  salesChannelContext: { currency: { isoCode: 'EUR' }, customer: { id: 'c1', guest: false }, context: { states: [] } },
  cart: { lineItems: [] },
});

describe('the checkout gateway', () => {
  let fixture: HttpFixture;
  let decide: (checkout: Checkout) => Promise<CheckoutDenial | null>;
  let answers: string[];

  beforeEach(async () => {
    answers = [];
    decide = () => Promise.resolve(null);
    fixture = await openFixture({
      routers: ({ clock }) => [
        {
          path: '/gateway',
          router: createCheckoutGatewayRouter<Checkout>({
            scheme: signingScheme,
            read: readCheckout,
            answer: gatewayAnswer,
            secretsOf: ({ externalShopId }) => Promise.resolve(externalShopId === 'Shop1' ? ['old-secret', SECRET] : []),
            decide: (checkout) => decide(checkout),
            clock,
            log: { warn: () => undefined } as never,
            deadlineMs: 20,
            bodyLimitBytes: 4096,
            onAnswer: (result) => void answers.push(result),
          }),
        },
      ],
    });
  });
  afterEach(() => fixture.close());

  const ask = (body = BODY, headers: Record<string, string> = {}): Promise<Answer> =>
    call(`${fixture.url}/gateway`, {
      headers: { 'content-type': 'application/json', 'shopware-shop-signature': hmacHex(SECRET, body), ...headers },
      body,
    });

  const signed = ({ headers, body }: Answer): boolean =>
    matchesHmac(SECRET, JSON.stringify(body), String(headers['shopware-app-signature']));

  it('lets an order through with a signed answer', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, body: [] });
    expect(signed(answer)).toBe(true);
    expect(answers).toEqual(['allowed']);
  });

  it('stops an order in the language of the shopper, signed', async () => {
    decide = () => Promise.resolve('insufficient_points');
    const answer = await ask(BODY, { 'sw-user-language': 'de-DE' });
    expect(answer.body).toMatchObject([{ command: 'add-cart-error', payload: { blocking: true } }]);
    expect(JSON.stringify(answer.body)).toContain('nicht mehr genug Punkte');
    expect(signed(answer)).toBe(true);
    expect(answers).toEqual(['denied']);
  });

  it.each<[string, () => Promise<CheckoutDenial | null>]>([
    ['late', () => new Promise(() => undefined)],
    ['failed', () => Promise.reject(new Error('the database is gone'))],
  ])('lets an order through, signed, when its decision is %s', async (result, decision) => {
    decide = decision;
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, body: [] });
    expect(signed(answer)).toBe(true);
    expect(answers).toEqual([result]);
  });

  it.each<[string, number, string, () => Promise<Answer>]>([
    ['no signature', 401, 'MISSING_SIGNATURE', () => call(`${fixture.url}/gateway`, { body: BODY })],
    ['the signature of other bytes', 401, 'BAD_SIGNATURE', () => ask(BODY, { 'shopware-shop-signature': hmacHex(SECRET, 'x') })],
    ['an unknown shop', 401, 'BAD_SIGNATURE', () => ask(BODY.replace('Shop1', 'Shop2'))],
    ['no JSON', 400, 'MALFORMED_JSON', () => ask('{')],
    ['no checkout', 422, 'INVALID_INPUT', () => ask('{}')],
    ['a body too large', 413, 'BODY_TOO_LARGE', () => ask(JSON.stringify('x'.repeat(5000)))],
  ])('decides nothing for %s', async (_name, status, code, request) => {
    const answer = await request();
    expect([answer.status, errorCode(answer)]).toEqual([status, code]);
    expect(answers).toEqual([]);
    expect(answer.headers['shopware-app-signature']).toBeUndefined();
  });
});
