/** What Shopware's events mean. The stored body only says that something happened; the present state is read afterwards. */
import type { CustomerEventKind, LifecycleEventKind, OrderEventKind, PlatformEvent } from '../platform';
import { readEnvelope } from './envelope';
import { mapOf, mapsOf, textOf, type Fields } from './fields';

type Meaning =
  | { readonly about: 'order'; readonly kind: OrderEventKind }
  | { readonly about: 'customer'; readonly kind: CustomerEventKind }
  | { readonly about: 'product'; readonly kind: 'product_changed' }
  | { readonly about: 'app'; readonly kind: LifecycleEventKind };

/** Versions other than this are drafts of an order edit; nothing of them counts until they are merged. */
const LIVE_VERSION = '0fa91ce3e96a4bc2be4bd9ce752c3425';
const ID = /^[0-9a-f]{32}$/;
const PAYMENT = 'state_enter.order_transaction.state.';
const ORDER = 'state_enter.order.state.';
const DELIVERY = 'state_enter.order_delivery.state.';

const meanings: Readonly<Record<string, Meaning>> = {
  'checkout.order.placed': { about: 'order', kind: 'order_placed' },
  [`${PAYMENT}paid`]: { about: 'order', kind: 'order_paid' },
  [`${PAYMENT}refunded`]: { about: 'order', kind: 'order_refunded' },
  [`${PAYMENT}refunded_partially`]: { about: 'order', kind: 'order_refunded' },
  [`${PAYMENT}chargeback`]: { about: 'order', kind: 'order_refunded' },
  [`${ORDER}completed`]: { about: 'order', kind: 'order_completed' },
  [`${ORDER}cancelled`]: { about: 'order', kind: 'order_cancelled' },
  'order.written': { about: 'order', kind: 'order_edited' },
  'order.deleted': { about: 'order', kind: 'order_cancelled' },
  'checkout.customer.register': { about: 'customer', kind: 'customer_registered' },
  'checkout.customer.guest_register': { about: 'customer', kind: 'customer_registered' },
  'checkout.customer.login': { about: 'customer', kind: 'customer_changed' },
  'checkout.customer.deleted': { about: 'customer', kind: 'customer_deleted' },
  'customer.group.registration.accepted': { about: 'customer', kind: 'customer_changed' },
  'customer.written': { about: 'customer', kind: 'customer_changed' },
  'customer.deleted': { about: 'customer', kind: 'customer_deleted' },
  'product.written': { about: 'product', kind: 'product_changed' },
  'app.installed': { about: 'app', kind: 'app_installed' },
  'app.activated': { about: 'app', kind: 'app_activated' },
  'app.deactivated': { about: 'app', kind: 'app_deactivated' },
  'app.updated': { about: 'app', kind: 'app_updated' },
  'app.deleted': { about: 'app', kind: 'app_deleted' },
};

function meaningOf(topic: string): Meaning | null {
  if (Object.hasOwn(meanings, topic)) return meanings[topic] ?? null;
  // Every other state of a payment, an order or a delivery: something about the order changed.
  const isState = [PAYMENT, ORDER, DELIVERY].some((prefix) => topic.startsWith(prefix));
  return isState ? { about: 'order', kind: 'order_edited' } : null;
}

/**
 * `order:<id>`, `customer:<id>`, `product:<id>`, `app`, or `none`. An event about several rows has the key of the first;
 * reconciliation brings the others.
 */
export function resourceKeyOf(topic: string, payload: unknown): string {
  const meaning = meaningOf(topic);
  if (meaning === null) return 'none';
  if (meaning.about === 'app') return 'app';
  const id = idIn(payload, meaning.about);
  return id === null ? 'none' : `${meaning.about}:${id}`;
}

/** A body that names nothing we know is `ignored`. @throws AppError MALFORMED_JSON */
export function normalise(topic: string, body: string): PlatformEvent {
  const { payload, sentAt: occurredAt, appVersion } = readEnvelope(body);
  const meaning = meaningOf(topic);
  const ignored: PlatformEvent = { kind: 'ignored', occurredAt };
  if (meaning === null) return ignored;
  if (meaning.about === 'app') {
    const { keepUserData } = mapOf(payload);
    const details = { appVersion, keepUserData: typeof keepUserData === 'boolean' ? keepUserData : null };
    return { kind: meaning.kind, occurredAt, details };
  }
  const id = idIn(payload, meaning.about);
  if (id === null) return ignored;
  switch (meaning.about) {
    case 'order':
      return { kind: meaning.kind, orderId: id, occurredAt };
    case 'customer':
      return { kind: meaning.kind, customerId: id, occurredAt };
    case 'product':
      return { kind: meaning.kind, productId: id, occurredAt };
  }
}

/** Business events carry the entity under its name; `*.written` and `*.deleted` carry a list of changed rows. */
function idIn(payload: unknown, entity: string): string | null {
  if (!Array.isArray(payload)) return idOf(mapOf(mapOf(payload)[entity])['id']);
  return (
    mapsOf(payload)
      .filter((change) => change['entity'] === entity && isLive(change) && !isEcho(change))
      .map((change) => idOf(change['primaryKey']))
      .find((id) => id !== null) ?? null
  );
}

/** Fields of a customer that nothing but the mirror of points concerns. */
const MIRROR_FIELDS = new Set(['id', 'updatedAt', 'customFields']);

/** Shopware tells of our own writes too; to answer each with a read would double the traffic of every change. */
function isEcho(change: Fields): boolean {
  const fields = change['updatedFields'];
  if (change['entity'] !== 'customer' || change['operation'] !== 'update' || !Array.isArray(fields)) return false;
  return fields.length > 0 && fields.every((field) => typeof field === 'string' && MIRROR_FIELDS.has(field));
}

/** Customers have no versions. */
function isLive(change: Fields): boolean {
  const version = textOf(change['versionId']);
  return version === null || version === LIVE_VERSION;
}

function idOf(value: unknown): string | null {
  const id = textOf(value)?.toLowerCase() ?? '';
  return ID.test(id) ? id : null;
}
