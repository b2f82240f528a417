/** A shop that needs no shop: what demo, tests and integrators may do to a sandbox, whichever platform it speaks for. */
import type { Home } from './home';

export interface SandboxFaults {
  /** Connections are refused. */
  down: boolean;
  /** Every answer waits this long, in real milliseconds. */
  slowMs: number;
  /** Statuses the next API calls answer, one a call, e.g. `[401, 429, 500]`. */
  failNext: number[];
  /** Probabilities in [0, 1] for each webhook: lost for ever, sent twice, swapped with the next. */
  dropWebhook: number;
  duplicateWebhook: number;
  reorderWebhook: number;
}

export interface SandboxOrderInput {
  /** A registered customer; absent = a guest with `guestEmail`. */
  customerId?: string;
  guestEmail?: string;
  /** Answered by `addChannel`; absent = the shop's first. */
  channelId?: string;
  lines: { productNumber: string; quantity: number }[];
  /** Points the shopper pays with: `valueMinor` off the goods. */
  redeem?: { points: number; valueMinor: number; holdId: string | null };
  gifts?: { ruleCode: string; productNumber: string }[];
  /** The code the shopper came with. */
  referralCode?: string;
  /** What is not as at home: a parcel for a neighbour, an order from elsewhere. */
  from?: Partial<Home>;
  /** The code of a voucher; the order cannot be placed where the shop does not take it. */
  voucherCode?: string;
}

export interface SandboxWish {
  readonly kind: 'reward' | 'cancel' | 'cashback' | 'approve' | 'refuse';
  readonly code: string;
  /** 32 hex digits; the same key is the same form sent again. */
  readonly key: string;
}

export interface SandboxShop {
  readonly platform: 'shopware' | 'magento';
  /** Base address of the shop's API; known after `start`. */
  readonly url: string;
  /** May be changed at any time. */
  readonly faults: SandboxFaults;

  start(): Promise<void>;
  stop(): Promise<void>;

  /**
   * Connects the shop to a sidecar. Shopware: registration and confirmation, then the install webhooks are queued.
   * Magento: pairing with `pairingCode`. A second call connects anew with new keys.
   * @throws Error when the sidecar does not keep the platform's protocol
   */
  connect(sidecarUrl: string, pairingCode?: string): Promise<void>;

  /** A sales channel or store view besides the first; answers its id. Only Shopware keeps the name. */
  addChannel(name?: string): string;

  /** Answers the product's id. */
  addProduct(product: {
    productNumber: string;
    /** Absent = made up from the number. */
    name?: string;
    grossMinor: number;
    /** Percent, e.g. 19. */
    taxRate: number;
    categoryIds: readonly string[];
    stock?: number;
  }): string;

  /** Answers the customer's id. */
  registerCustomer(customer: {
    email: string;
    referralCode?: string;
    birthday?: string;
    locale?: string;
    /** Answered by `addChannel`; absent = the shop's first. */
    channelId?: string;
  }): string;
  deleteCustomer(id: string): void;

  /** Answers the order's id. */
  placeOrder(order: SandboxOrderInput): string;
  payOrder(id: string): void;
  completeOrder(id: string): void;
  cancelOrder(id: string): void;
  refundLines(id: string, lines: { productNumber: string; quantity: number }[]): void;
  refundAll(id: string): void;
  /** Sets the quantity of one line, as staff do in the shop's admin. */
  editQuantity(id: string, productNumber: string, quantity: number): void;

  /** The member asks for something on their page; where the shop asks the sidecar at once, the answer is in. */
  wish(customerId: string, wish: SandboxWish): Promise<void>;

  pendingWebhooks(): number;
  /** Sends queued webhooks under the faults; `sent` counts attempts, `rejected` those not answered with 2xx. */
  deliverWebhooks(limit?: number): Promise<{ sent: number; rejected: number }>;

  /** What the sidecar's write-back put at the customer. */
  member(customerId: string): Record<string, unknown>;
  tierPriceCount(): number;
  /** Gross cents of one unit that a customer (null = a guest) pays in a cart with so many. */
  unitPrice(customerId: string | null, productNumber: string, quantity: number): number;
  /** API calls received, oldest first. */
  requests(): readonly { method: string; path: string; status: number }[];
}
