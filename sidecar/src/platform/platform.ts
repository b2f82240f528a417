/**
 * The port every shop platform implements. The core knows shops only through this file; Shopware and Magento
 * implement it and never import each other.
 */
import type { Language } from '../domain/language';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { DesiredResource, DesiredResourceType } from '../domain/mirror';
import type { MonthDay } from '../domain/occasion';
import type { Wish } from '../domain/wish';

export type * from '../domain/mirror';

export type PlatformName = 'shopware' | 'magento';

/** What a platform needs of a shop row, with secrets opened. */
export interface ConnectedShop {
  readonly shopId: string;
  readonly platform: PlatformName;
  readonly externalShopId: string;
  readonly programmeId: string;
  readonly url: string;
  /** Platform-specific API credentials, opened. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Not secret, platform-specific. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Only removals are brought there. */
  readonly isLeaving?: true;
}

/** A webhook as it arrived: nothing parsed, header names in lower case. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Secrets that may have signed a delivery right now: the active one first, then one still accepted during rotation. */
export type AcceptedSecrets = readonly string[];

/** What intake needs to know to store a delivery. */
export interface VerifiedDelivery {
  /** The sender's event id: the same for every retry. */
  readonly eventId: string;
  readonly topic: string;
  /** Resources the delivery is about, e.g. `order:<id>` or `customer:<id>`; at least one, else `none`. */
  readonly resourceKey: string;
}

/** What a stored delivery means. The worker then reads the resource's present state from the shop. */
export type PlatformEvent =
  | { readonly kind: OrderEventKind; readonly orderId: string; readonly occurredAt: string }
  | { readonly kind: CustomerEventKind; readonly customerId: string; readonly occurredAt: string }
  | { readonly kind: 'product_changed'; readonly productId: string; readonly occurredAt: string }
  | { readonly kind: LifecycleEventKind; readonly occurredAt: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'ignored'; readonly occurredAt: string };

export type OrderEventKind =
  'order_placed' | 'order_paid' | 'order_completed' | 'order_cancelled' | 'order_refunded' | 'order_edited';
export type CustomerEventKind = 'customer_registered' | 'customer_changed' | 'customer_deleted';
export type LifecycleEventKind = 'app_installed' | 'app_activated' | 'app_deactivated' | 'app_updated' | 'app_deleted';

export interface CustomerSnapshot {
  readonly shopId: string;
  readonly customerId: string;
  readonly emailHash: string | null;
  readonly customerGroup: string | null;
  /** The company the customer wrote; null = none. At most 255 characters. */
  readonly company: string | null;
  readonly isGuest: boolean;
  /**
   * - `awaited`: the shop waits for the owner of the address to confirm; until then there is no account
   * - `verified`: the owner confirmed, so what guests earned with this address is theirs
   */
  readonly emailState: 'awaited' | 'unverified' | 'verified';
  readonly registeredAt: string;
  /** Without the year; null = the shop knows none. */
  readonly birthday: MonthDay | null;
  /** Null = the shop does not say, or there are no words in it. */
  readonly language: Language | null;
  /** The referral code the shop recorded at registration. */
  readonly referralCode: string | null;
  /** True when the shop shows nothing of the member: never written yet, or wiped by somebody. */
  readonly mirrorMissing: boolean;
  /** What the member asked for on pages of the shop, answered or not; absent = the shop keeps none. */
  readonly wishes?: readonly Wish[];
}

/** Whom to write to; asked for when something is sent, and kept nowhere. */
export interface CustomerContact {
  readonly email: string;
  readonly firstName: string | null;
  /** The customer's, e.g. `de` or `de-AT`; null = the shop does not say. */
  readonly language: string | null;
}

export interface CatalogProduct {
  readonly productId: string;
  readonly productNumber: string;
  readonly categoryIds: readonly string[];
  /** Base price by currency, minor units. */
  readonly prices: Readonly<Record<string, { readonly grossMinor: number; readonly netMinor: number }>>;
}

/** A currency that a shop sells in. */
export interface ShopCurrency {
  readonly currency: string;
  /** Units of it for one unit of the shop's own; null = the shop does not say. */
  readonly rate: number | null;
}

/** A part of a shop's own that sells: a sales channel of Shopware. */
export interface SalesChannel {
  readonly channelId: string;
  readonly name: string | null;
}

/** A product as somebody who picks one sees it. */
export interface FoundProduct {
  readonly productNumber: string;
  /** Null = the shop has no name for it. */
  readonly name: string | null;
  /** What it costs everybody by currency, in minor units; net where the shop has its prices without tax. */
  readonly prices: Readonly<Record<string, number>>;
}

/** Whose number or name contains a text, or which have these numbers. */
export type ProductQuestion = { readonly text: string; readonly limit: number } | { readonly numbers: readonly string[] };

export interface ChangedPage<T> {
  readonly items: readonly T[];
  /** Ids of rows that changed but could not be understood; read one by one, each fails for itself. */
  readonly unreadable?: readonly string[];
  /** Pass back to get the next page; null = no more. */
  readonly nextCursor: string | null;
}

/** Outcome per pushed resource, in the order they were given. */
export type PushOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly retryable: boolean;
      readonly error: string;
      readonly retryAfterMs?: number;
      /** Types whose resources the shop had taken and has no more, as when staff deleted what they stand on. */
      readonly lost?: readonly DesiredResourceType[];
    };

export interface PushOptions {
  /** Stable over retries of the same batch content. */
  readonly idempotencyKey: string;
}

export interface ShopPlatform {
  readonly name: PlatformName;

  /**
   * Checks the signature over the raw bytes and reads the envelope.
   * @throws AppError MISSING_SIGNATURE, BAD_SIGNATURE, TIMESTAMP_OUT_OF_TOLERANCE, MALFORMED_JSON, MISSING_EVENT_ID
   */
  verify(delivery: RawDelivery, secrets: AcceptedSecrets): VerifiedDelivery;

  /** Which shop a delivery claims to be from, before anything is trusted; null when it does not say. */
  claimedShop(delivery: RawDelivery): string | null;

  /** Meaning of a stored body. A topic we did not ask for is `ignored`. */
  normalise(topic: string, body: string): PlatformEvent;

  /** Present state of one order; null when the shop has none. @throws ShopApiError */
  readOrder(shop: ConnectedShop, orderId: string): Promise<OrderSnapshot | null>;

  /** Present state of one customer; null when the shop has none. @throws ShopApiError */
  readCustomer(shop: ConnectedShop, customerId: string): Promise<CustomerSnapshot | null>;

  /** How to reach a customer; null when the shop has none. @throws ShopApiError */
  readContact(shop: ConnectedShop, customerId: string): Promise<CustomerContact | null>;

  /** Orders changed since an instant, oldest change first; for reconciliation. @throws ShopApiError */
  changedOrders(shop: ConnectedShop, since: string, cursor: string | null): Promise<ChangedPage<OrderSnapshot>>;

  /** Customers changed since an instant. @throws ShopApiError */
  changedCustomers(shop: ConnectedShop, since: string, cursor: string | null): Promise<ChangedPage<CustomerSnapshot>>;

  /** All products, page by page. @throws ShopApiError */
  products(shop: ConnectedShop, cursor: string | null): Promise<ChangedPage<CatalogProduct>>;

  /** What the shop sells in, its own currency first. @throws ShopApiError */
  currencies(shop: ConnectedShop): Promise<readonly ShopCurrency[]>;

  /** Sales channels that can have a programme of their own; none where the platform has other means. @throws ShopApiError */
  salesChannels(shop: ConnectedShop): Promise<readonly SalesChannel[]>;

  /**
   * Looks for products while somebody waits: asked once, and not for long. In the order of their numbers; those that are
   * not found are left out. @throws ShopApiError
   */
  findProducts(shop: ConnectedShop, question: ProductQuestion): Promise<readonly FoundProduct[]>;

  /** Makes the shop equal to the desired resources (one type a call, at most `maxBatch(type)`). Never throws for a shop's fault. */
  push(shop: ConnectedShop, resources: readonly DesiredResource[], options: PushOptions): Promise<readonly PushOutcome[]>;

  maxBatch(type: DesiredResourceType): number;
}

/** Why an order cannot be taken with points or with a friend's code; each platform says it in the shopper's language. */
export type CheckoutDenial =
  | 'log_in'
  | 'insufficient_points'
  | 'points_already_used'
  | 'points_being_checked'
  | 'set_points_again'
  | 'own_friend_code'
  | 'friend_code_not_first'
  | 'above_buyer_limit'
  | 'approval_needed'
  | 'accept_terms';

/** Goods that are open to some tiers only, for now. */
export interface NotYetOpen {
  readonly denial: 'early_access';
  readonly productNumber: string;
  /** As the shopper reads it. */
  readonly product: string;
  /** Names of those that may buy it. */
  readonly tiers: readonly string[];
  /** For this buyer. */
  readonly opensAt: string;
  /** In which the instant is shown. */
  readonly timeZone: string;
}

/** Why an order cannot be taken. */
export type CheckoutRefusal = CheckoutDenial | NotYetOpen;
