import { AppError } from '../../errors';
import type { AcceptedSecrets, RawDelivery } from '../platform';
import { hmacHex, matchesHmac } from './signature';

/** How Shopware signs what it asks an app, and wants the answer signed. */
export const signingScheme = {
  localeHeader: 'sw-user-language',
  verify(delivery: RawDelivery, secrets: AcceptedSecrets): string {
    const signature = delivery.headers['shopware-shop-signature'] ?? '';
    if (signature === '') throw new AppError('MISSING_SIGNATURE');
    const secret = secrets.find((candidate) => matchesHmac(candidate, delivery.body, signature));
    if (secret === undefined) throw new AppError('BAD_SIGNATURE');
    return secret;
  },
  sign: (secret: string, answer: string) => ({ 'shopware-app-signature': hmacHex(secret, answer) }),
};
