/** The token Shopware gives a logged-in shopper's browser for an app: HS256 with the shop's secret, ten minutes long. */
import { createSecretKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { AppError } from '../../errors';

/** Shops and we may disagree a little on the time. */
const TOLERANCE_SECONDS = 60;

/**
 * The customer a token speaks for. Guests get tokens too; they are no members, so nothing is found for them.
 * @param secrets of the shop that the request names; the token must be of that shop
 * @throws AppError UNAUTHORIZED
 */
export async function customerOfToken(
  token: string,
  shop: { readonly externalShopId: string; readonly secrets: readonly string[] },
  nowMs: number,
): Promise<string> {
  for (const secret of shop.secrets) {
    try {
      const { payload } = await jwtVerify(token, createSecretKey(Buffer.from(secret)), {
        algorithms: ['HS256'],
        issuer: shop.externalShopId,
        requiredClaims: ['exp', 'iss'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      });
      if (typeof payload['customerId'] === 'string') return payload['customerId'];
    } catch {
      // Another of the shop's secrets may have signed it.
    }
  }
  throw new AppError('UNAUTHORIZED');
}
