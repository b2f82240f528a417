import type { CustomerSnapshot } from '../platform';
import { instantOf, required, textOf, type Fields } from './fields';
import type { MappingContext } from './order-mapping';

/** A customer as the Admin API gives it. Pure. @throws ShopApiError naming the field that is missing */
export function mapCustomer(customer: Fields, { shopId, hashEmail }: MappingContext): CustomerSnapshot {
  const customerId = required(textOf(customer['id']), 'a customer', 'id');
  const email = textOf(customer['email'])?.trim().toLowerCase();
  return {
    shopId,
    customerId,
    emailHash: email === undefined ? null : hashEmail(email),
    customerGroup: textOf(customer['groupId']),
    isGuest: customer['guest'] === true,
    registeredAt: required(
      instantOf(customer['createdAt']) ?? instantOf(customer['firstLogin']),
      `customer ${customerId}`,
      'createdAt',
    ),
    referralCode: textOf(customer['affiliateCode']),
  };
}
