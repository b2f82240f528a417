import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import { AppError } from '../../../../sidecar/src/errors';
import type { RawDelivery } from '../../../../sidecar/src/platform/platform';
import { claimedShopOf, verifyDelivery } from '../../../../sidecar/src/platform/shopware/delivery';
import { normalise } from '../../../../sidecar/src/platform/shopware/normalise';
import bodies from '../../../fixtures/shopware/webhook-bodies.json';
import { projectRoot } from '../../../support/source';

const SECRET = 'shop-secret-of-the-tests';
const ORDER = '01a20666472e715aaf475a2000c72362';
const CUSTOMER = '01a20665fa0d726ba634e545e7178b66';

function signed(body: string, secret = SECRET): RawDelivery {
  const bytes = Buffer.from(body);
  return { body: bytes, headers: { 'shopware-shop-signature': createHmac('sha256', secret).update(bytes).digest('hex') } };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'no error';
}

const placed = bodies['checkout.order.placed'];

describe('a Shopware delivery', () => {
  it.each([
    ['checkout.order.placed', `order:${ORDER}`],
    ['state_enter.order_transaction.state.paid', `order:${ORDER}`],
    ['order.written', `order:${ORDER}`],
    ['customer.written', `customer:${CUSTOMER}`],
    ['checkout.customer.register', `customer:${CUSTOMER}`],
    ['app.installed', 'app'],
    ['app.deleted', 'app'],
  ] as const)('%s is about %s', (event, resourceKey) => {
    const body = bodies[event];
    const { eventId } = (JSON.parse(body) as { source: { eventId: string } }).source;
    expect(verifyDelivery(signed(body), [SECRET])).toEqual({ eventId, topic: event, resourceKey });
  });

  it('is accepted under the secret before a rotation as well', () => {
    expect(verifyDelivery(signed(placed), ['new-secret', SECRET]).topic).toBe('checkout.order.placed');
  });

  it('is refused without a signature', () => {
    expect(codeOf(() => verifyDelivery({ body: Buffer.from(placed), headers: {} }, [SECRET]))).toBe('MISSING_SIGNATURE');
    const empty = { body: Buffer.from(placed), headers: { 'shopware-shop-signature': '' } };
    expect(codeOf(() => verifyDelivery(empty, [SECRET]))).toBe('MISSING_SIGNATURE');
  });

  it.each([
    ['another secret', signed(placed, 'another'), [SECRET]],
    ['one byte more', { ...signed(placed), body: Buffer.from(`${placed} `) }, [SECRET]],
    [
      'the same JSON written without escaped slashes',
      { ...signed(placed), body: Buffer.from(JSON.stringify(JSON.parse(placed))) },
      [SECRET],
    ],
    ['a signature cut short', { ...signed(placed), headers: { 'shopware-shop-signature': 'abc' } }, [SECRET]],
    ['no secret at all', signed(placed), []],
    ['an empty secret', signed(placed, ''), ['']],
  ])('is refused with %s', (_what, delivery, secrets) => {
    expect(codeOf(() => verifyDelivery(delivery, secrets))).toBe('BAD_SIGNATURE');
  });

  it('is refused when the signed body is no JSON, has no event id or no event', () => {
    expect(codeOf(() => verifyDelivery(signed('{"data":'), [SECRET]))).toBe('MALFORMED_JSON');
    expect(codeOf(() => verifyDelivery(signed('{"data":{"event":"order.written"},"source":[]}'), [SECRET]))).toBe(
      'MISSING_EVENT_ID',
    );
    expect(codeOf(() => verifyDelivery(signed('{"data":[],"source":{"eventId":"e1"}}'), [SECRET]))).toBe('INVALID_INPUT');
  });

  it('says which shop it claims to be from', () => {
    expect(claimedShopOf(signed(placed))).toBe('V9jquWdW3TIX5XnX');
    expect(claimedShopOf(signed('{"source":[]}'))).toBeNull();
    expect(claimedShopOf(signed('null'))).toBeNull();
    expect(codeOf(() => claimedShopOf(signed('no json')))).toBe('MALFORMED_JSON');
  });
});

describe('the meaning of a Shopware event', () => {
  const at = '2026-11-23T03:14:56.000Z';
  const event = (name: string, payload: unknown, source: object = {}): string =>
    JSON.stringify({ data: { payload, event: name }, source: { eventId: 'e1', ...source }, timestamp: 1795403696 });
  const change = (entity: string, primaryKey: unknown, versionId: string | null = '0fa91ce3e96a4bc2be4bd9ce752c3425') => ({
    entity,
    operation: 'update',
    primaryKey,
    updatedFields: [],
    versionId,
  });

  it.each([
    ['checkout.order.placed', 'order_placed'],
    ['state_enter.order_transaction.state.paid', 'order_paid'],
    ['state_enter.order_transaction.state.paid_partially', 'order_edited'],
    ['state_enter.order_transaction.state.authorized', 'order_edited'],
    ['state_enter.order_transaction.state.open', 'order_edited'],
    ['state_enter.order_transaction.state.cancelled', 'order_edited'],
    ['state_enter.order_transaction.state.failed', 'order_edited'],
    ['state_enter.order_transaction.state.refunded', 'order_refunded'],
    ['state_enter.order_transaction.state.refunded_partially', 'order_refunded'],
    ['state_enter.order_transaction.state.chargeback', 'order_refunded'],
    ['state_enter.order.state.completed', 'order_completed'],
    ['state_enter.order.state.cancelled', 'order_cancelled'],
    ['state_enter.order.state.in_progress', 'order_edited'],
    ['state_enter.order_delivery.state.returned_partially', 'order_edited'],
  ])('%s is %s', (topic, kind) => {
    expect(normalise(topic, event(topic, { order: { id: ORDER } }))).toEqual({ kind, orderId: ORDER, occurredAt: at });
  });

  it.each([
    ['order.written', 'order', 'order_edited', 'orderId'],
    ['order.deleted', 'order', 'order_cancelled', 'orderId'],
    ['customer.written', 'customer', 'customer_changed', 'customerId'],
    ['customer.deleted', 'customer', 'customer_deleted', 'customerId'],
    ['product.written', 'product', 'product_changed', 'productId'],
  ])('%s is about the first row it lists', (topic, entity, kind, key) => {
    const payload = [change('other', CUSTOMER), change(entity, ORDER), change(entity, CUSTOMER)];
    expect(normalise(topic, event(topic, payload))).toEqual({ kind, [key]: ORDER, occurredAt: at });
  });

  it.each([
    ['checkout.customer.register', 'customer_registered'],
    ['checkout.customer.guest_register', 'customer_registered'],
    ['checkout.customer.login', 'customer_changed'],
    ['customer.group.registration.accepted', 'customer_changed'],
    ['checkout.customer.deleted', 'customer_deleted'],
  ])('%s is %s', (topic, kind) => {
    const body = event(topic, { customer: { id: CUSTOMER } });
    expect(normalise(topic, body)).toEqual({ kind, customerId: CUSTOMER, occurredAt: at });
  });

  it('ignores drafts of an order edit, and takes the live row beside them', () => {
    const draft = change('order', ORDER, '01a2066647347242a003d6a18e0c0dc5');
    expect(normalise('order.written', event('order.written', [draft])).kind).toBe('ignored');
    expect(normalise('order.written', event('order.written', [draft, change('order', CUSTOMER)]))).toMatchObject({
      orderId: CUSTOMER,
    });
  });

  it.each([
    ['an event we did not ask for', 'media.written', [change('media', ORDER)]],
    ['an event named like a property of every object', 'constructor', []],
    ['an empty list', 'order.written', []],
    ['an empty map', 'checkout.order.placed', []],
    ['an id that is none', 'checkout.order.placed', { order: { id: '../../x' } }],
    ['a composite key', 'order.written', [change('order', { a: 1 })]],
  ])('ignores %s', (_what, topic, payload) => {
    expect(normalise(topic, event(topic, payload))).toEqual({ kind: 'ignored', occurredAt: at });
  });

  it.each([
    ['app.installed', 'app_installed'],
    ['app.activated', 'app_activated'],
    ['app.deactivated', 'app_deactivated'],
    ['app.updated', 'app_updated'],
  ])('%s is %s with its version', (topic, kind) => {
    const body = event(topic, { appVersion: '1.0.0' }, { appVersion: '1.0.0' });
    expect(normalise(topic, body)).toEqual({ kind, occurredAt: at, details: { appVersion: '1.0.0', keepUserData: null } });
  });

  it('knows whether data is to be kept after a deletion, where the shop says so', () => {
    const details = (payload: unknown): unknown => {
      const meaning = normalise('app.deleted', event('app.deleted', payload));
      return 'details' in meaning ? meaning.details['keepUserData'] : undefined;
    };
    expect([details([]), details({ keepUserData: true }), details({ keepUserData: false })]).toEqual([null, true, false]);
  });

  it('has no time later or earlier than there are days', () => {
    const body = JSON.stringify({ data: { event: 'x', payload: [] }, source: {}, timestamp: 1e300 });
    expect(normalise('x', body).occurredAt).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('bodies a real shop sent', () => {
  const folder = join(projectRoot, '..', 'shared', 'captures', 'shopware-6.6.7.1');
  const captures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const read = (name: string) =>
    JSON.parse(readFileSync(join(folder, name), 'utf8')) as { rawBody: string; headers: Record<string, string> };
  const webhooks = captures.map((name) => ({ name, ...read(name) })).filter(({ rawBody }) => rawBody.includes('"event":'));

  it('verify under their secret and mean something', () => {
    const registration = captures.find((name) => name.startsWith('001'));
    const secret = registration
      ? (JSON.parse(readFileSync(join(folder, registration), 'utf8')) as { response: { body: { secret: string } } }).response.body
          .secret
      : SECRET;
    const deliveries =
      webhooks.length > 0
        ? webhooks.map(({ rawBody, headers }) => ({ body: Buffer.from(rawBody), headers }))
        : Object.values(bodies).map((body) => signed(body));
    const kinds = deliveries.map((delivery) => {
      const { topic, resourceKey } = verifyDelivery(delivery, [secret]);
      expect(resourceKey).toMatch(/^(app|(order|customer):[0-9a-f]{32})$/);
      return normalise(topic, delivery.body.toString()).kind;
    });
    expect(kinds.sort()).toEqual([
      'app_activated',
      'app_deactivated',
      'app_deleted',
      'app_installed',
      'app_updated',
      'customer_changed',
      'customer_changed',
      'customer_registered',
      'order_cancelled',
      'order_edited',
      'order_paid',
      'order_placed',
      'order_refunded',
    ]);
  });
});
