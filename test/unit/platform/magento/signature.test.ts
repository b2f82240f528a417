import { createHmac } from 'node:crypto';
import { ManualClock } from '../../../../sidecar/src/clock';
import { AppError } from '../../../../sidecar/src/errors';
import { claimedShop, normalise, verifyDelivery } from '../../../../sidecar/src/platform/magento/delivery';
import { signStandardWebhook } from '../../../../sidecar/src/security/standard-webhook';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
const nowMs = Date.parse('2026-03-01T10:00:00.000Z');
const clock = new ManualClock(nowMs);
const body = Buffer.from(
  JSON.stringify({ type: 'order.placed', occurred_at: '2026-03-01T10:00:00Z', data: { entity_id: '12', store_id: 1 } }),
);

function delivery(
  change: Record<string, string | undefined> = {},
  content: Buffer = body,
  seconds = nowMs / 1000,
  signer = secret,
) {
  return {
    body: content,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': signStandardWebhook(signer, 'msg_1', seconds, content),
      'x-loyalty-shop': 'shop-1',
      ...change,
    },
  };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'none';
}

describe('Magento deliveries', () => {
  it('signs as Standard Webhooks says', () => {
    const mac = createHmac('sha256', Buffer.alloc(32, 5)).update(`msg_1.1.{}`).digest('base64');
    expect(signStandardWebhook(secret, 'msg_1', 1, '{}')).toBe(`v1,${mac}`);
  });

  it('accepts a good signature, of any accepted secret, among several', () => {
    expect(verifyDelivery(delivery(), [secret], clock)).toEqual({
      eventId: 'msg_1',
      topic: 'order.placed',
      resourceKey: 'order:12',
    });
    expect(verifyDelivery(delivery(), [other, secret], clock).eventId).toBe('msg_1');
    const twice = `v1,${Buffer.alloc(32).toString('base64')} ${signStandardWebhook(secret, 'msg_1', nowMs / 1000, body)}`;
    expect(verifyDelivery(delivery({ 'webhook-signature': twice }), [secret], clock).topic).toBe('order.placed');
  });

  it.each([
    ['MISSING_SIGNATURE', delivery({ 'webhook-signature': undefined })],
    ['MISSING_EVENT_ID', delivery({ 'webhook-id': undefined })],
    ['BAD_SIGNATURE', delivery({ 'webhook-id': 'msg_2' })],
    ['BAD_SIGNATURE', delivery({ 'webhook-timestamp': String(nowMs / 1000 + 1) })],
    ['BAD_SIGNATURE', delivery({ 'webhook-timestamp': 'soon' })],
    ['BAD_SIGNATURE', delivery({ 'webhook-signature': 'v1,' })],
    ['BAD_SIGNATURE', delivery({}, body, nowMs / 1000, other)],
    ['BAD_SIGNATURE', { ...delivery(), body: Buffer.from(`${body.toString()} `) }],
    ['TIMESTAMP_OUT_OF_TOLERANCE', delivery({}, body, nowMs / 1000 - 301)],
    ['TIMESTAMP_OUT_OF_TOLERANCE', delivery({}, body, nowMs / 1000 + 301)],
    ['MALFORMED_JSON', delivery({}, Buffer.from('{"type":'))],
    ['INVALID_INPUT', delivery({}, Buffer.from('{"type":"order.placed"}'))],
    [
      'INVALID_INPUT',
      delivery({}, Buffer.from('{"type":"order.placed","occurred_at":"2026-03-01T10:00:00Z","data":{"entity_id":"../1"}}')),
    ],
  ])('refuses with %s', (code, given) => {
    expect(codeOf(() => verifyDelivery(given, [secret], clock))).toBe(code);
  });

  it('accepts the edges of the tolerance', () => {
    expect(codeOf(() => verifyDelivery(delivery({}, body, nowMs / 1000 - 300), [secret], clock))).toBe('none');
    expect(codeOf(() => verifyDelivery(delivery({}, body, nowMs / 1000 + 300), [secret], clock))).toBe('none');
  });

  it('says which shop a delivery claims to be from', () => {
    expect(claimedShop(delivery())).toBe('shop-1');
    expect(claimedShop(delivery({ 'x-loyalty-shop': undefined }))).toBeNull();
  });

  it.each([
    ['order.placed', { kind: 'order_placed', orderId: '12' }],
    ['order.invoiced', { kind: 'order_paid', orderId: '12' }],
    ['order.refunded', { kind: 'order_refunded', orderId: '12' }],
    ['order.cancelled', { kind: 'order_cancelled', orderId: '12' }],
    ['order.completed', { kind: 'order_completed', orderId: '12' }],
    ['order.saved', { kind: 'order_edited', orderId: '12' }],
    ['customer.registered', { kind: 'customer_registered', customerId: '12' }],
    ['customer.deleted', { kind: 'customer_deleted', customerId: '12' }],
    ['product.saved', { kind: 'product_changed', productId: '12' }],
    ['review.saved', { kind: 'ignored' }],
  ])('understands %s', (topic, event) => {
    expect(normalise(topic, body.toString())).toEqual({ ...event, occurredAt: '2026-03-01T10:00:00.000Z' });
  });
});
