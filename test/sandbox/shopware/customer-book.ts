import type { ShopSeed } from './seed';
import type { ShopIds } from './shop-ids';
import type { Row, TableStore } from './table-store';
import { writtenPayload } from './webhook-payload';

const FIRST_CUSTOMER_NUMBER = 10_000;

const INSERTED = [
  'id',
  'groupId',
  'salesChannelId',
  'languageId',
  'defaultBillingAddressId',
  'defaultShippingAddressId',
  'salutationId',
  'requestedGroupId',
  'boundSalesChannelId',
  'defaultPaymentMethodId',
  'customerNumber',
  'firstName',
  'lastName',
  'password',
  'email',
  'title',
  'affiliateCode',
  'campaignCode',
  'active',
  'guest',
  'firstLogin',
  'birthday',
  'accountType',
  'createdAt',
];

/** Customers and guests. Like the order book, it tells nobody. */
export class CustomerBook {
  private registered = 0;

  constructor(
    private readonly store: TableStore,
    private readonly ids: ShopIds,
    private readonly seed: ShopSeed,
    private readonly now: () => string,
  ) {}

  register(
    email: string,
    affiliateCode: string | null,
    guest: boolean,
    birthday: string | null = null,
    salesChannelId = this.seed.salesChannelId,
  ): Row {
    const { ids, seed } = this;
    this.registered += 1;
    const addressId = ids.next();
    return this.store.insert('customer', {
      id: ids.next(),
      groupId: seed.groupId,
      salesChannelId,
      languageId: seed.languageId,
      defaultBillingAddressId: addressId,
      defaultShippingAddressId: addressId,
      defaultPaymentMethodId: seed.paymentMethodId,
      customerNumber: String(FIRST_CUSTOMER_NUMBER + this.registered),
      firstName: 'Sam',
      lastName: `Sample ${this.registered}`,
      email,
      affiliateCode,
      guest,
      // Shopware stores a date and answers an instant.
      birthday: birthday === null ? null : `${birthday}T00:00:00.000+00:00`,
      firstLogin: this.now(),
    });
  }

  insertedPayload(customer: Row): Row[] {
    return writtenPayload('customer', 'insert', String(customer.id), INSERTED);
  }

  /** Their orders stay, without them. */
  remove(id: string): void {
    for (const row of this.store.table('order_customer').linked('customerId', id)) {
      this.store.updateQuietly('order_customer', String(row.id), { customerId: null });
    }
    this.store.remove('customer', id);
  }

  /** Shopware counts completed orders only, past its own data layer. */
  countCompleted(order: Row): void {
    const [party] = this.store.table('order_customer').linked('orderId', order.id);
    const customer = this.store.find('customer', String(party?.customerId));
    if (!customer) return;
    this.store.updateQuietly('customer', String(customer.id), {
      orderCount: Number(customer.orderCount) + 1,
      orderTotalAmount: (Math.round(Number(customer.orderTotalAmount) * 100) + Math.round(Number(order.amountTotal) * 100)) / 100,
      lastOrderDate: order.orderDateTime,
    });
  }
}
