import { knownLanguage } from '../../domain/language';
import { monthDayOf } from '../../domain/occasion';
import { WISH_KINDS, type Wish } from '../../domain/wish';
import type { CustomerSnapshot } from '../platform';
import { instantOf, mapOf, mapsOf, numberOf, required, textOf, type Fields } from './fields';
import { customerFields } from './names';
import type { MappingContext } from './order-mapping';

/**
 * A customer as the Admin API gives it. Pure.
 * @param locales by language id
 * @throws ShopApiError naming the field that is missing
 */
export function mapCustomer(
  customer: Fields,
  { shopId, hashEmail }: MappingContext,
  locales: ReadonlyMap<string, string> = new Map(),
): CustomerSnapshot {
  const customerId = required(textOf(customer['id']), 'a customer', 'id');
  const wishes = wishesOf(mapOf(customer['customFields'])[customerFields.wishes]);
  const email = textOf(customer['email'])?.trim().toLowerCase();
  return {
    shopId,
    customerId,
    emailHash: email === undefined ? null : hashEmail(email),
    customerGroup: textOf(customer['groupId']),
    company: companyOf(customer),
    isGuest: customer['guest'] === true,
    emailState: emailStateOf(customer),
    registeredAt: required(
      instantOf(customer['createdAt']) ?? instantOf(customer['firstLogin']),
      `customer ${customerId}`,
      'createdAt',
    ),
    birthday: monthDayOf(textOf(customer['birthday']) ?? ''),
    language: knownLanguage(locales.get(textOf(customer['languageId']) ?? '')),
    referralCode: textOf(customer['affiliateCode']),
    // A profile change through the Store API may replace all custom fields by none.
    mirrorMissing: numberOf(mapOf(customer['customFields'])[customerFields.version]) === null,
    ...(wishes.length > 0 && { wishes }),
  };
}

/** The sales channel that an account belongs to: the only one where it can log in, or else where it was opened. */
export function homeChannelOf(customer: Fields): string | null {
  return textOf(customer['boundSalesChannelId']) ?? textOf(customer['salesChannelId']);
}

/** As the app's own pages write them; more than these keep is somebody else's doing. */
const MAX_WISHES = 5;
const WISH_KEY = /^[0-9a-f]{32}$/;
const WISH_CODE = /^[\x21-\x7e]{1,64}$/;

function wishesOf(written: unknown): Wish[] {
  return mapsOf(written)
    .slice(-MAX_WISHES)
    .flatMap((row) => {
      const [key, code, askedAt] = [textOf(row['key']), textOf(row['code']), instantOf(row['at'])];
      const kind = WISH_KINDS.find((one) => one === row['kind']);
      const isWhole = key !== null && WISH_KEY.test(key) && code !== null && WISH_CODE.test(code);
      return isWhole && kind && askedAt !== null ? [{ key, kind, code, askedAt }] : [];
    });
}

/** Of the account, which business customers have to fill in. */
function companyOf(customer: Fields): string | null {
  const company = textOf(customer['company'])?.trim().slice(0, 255) ?? '';
  return company === '' ? null : company;
}

/** Shopware keeps both when the shop asks for a double opt-in, and neither when it does not. */
function emailStateOf(customer: Fields): CustomerSnapshot['emailState'] {
  if (customer['doubleOptInRegistration'] !== true) return 'unverified';
  return instantOf(customer['doubleOptInConfirmDate']) === null ? 'awaited' : 'verified';
}
