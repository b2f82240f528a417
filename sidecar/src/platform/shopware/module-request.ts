/** How the administration opens a page of the app: a signed address in an iframe. */
import { AppError } from '../../errors';
import { matchesHmac } from './signature';

export interface ModuleRequest {
  readonly externalShopId: string;
  /** Where the administration runs; only it may show the page. */
  readonly shopOrigin: string;
  /** E.g. `de-DE`. */
  readonly locale: string;
  /** Part of the address the signature is over. */
  readonly signed: string;
  readonly signature: string;
  readonly sentAtMs: number;
}

const SIGNATURE = '&shopware-shop-signature=';

/**
 * Reads the query exactly as sent, without `?`: Shopware signs everything before its signature, and does not encode the
 * shop's address.
 * @throws AppError MISSING_SIGNATURE, INVALID_INPUT
 */
export function readModuleRequest(rawQuery: string): ModuleRequest {
  const at = rawQuery.lastIndexOf(SIGNATURE);
  if (at < 0) throw new AppError('MISSING_SIGNATURE');
  const signed = rawQuery.slice(0, at);
  const values = new URLSearchParams(signed);
  const value = (field: string): string => {
    const given = values.get(field);
    if (given === null || given === '') throw new AppError('INVALID_INPUT', { field });
    return given;
  };
  const shopUrl = value('shop-url');
  if (!URL.canParse(shopUrl)) throw new AppError('INVALID_INPUT', { field: 'shop-url' });
  return {
    externalShopId: value('shop-id'),
    shopOrigin: new URL(shopUrl).origin,
    locale: values.get('sw-user-language') ?? '',
    signed,
    signature: rawQuery.slice(at + SIGNATURE.length),
    sentAtMs: Number(value('timestamp')) * 1000,
  };
}

/** @throws AppError BAD_SIGNATURE, TIMESTAMP_OUT_OF_TOLERANCE */
export function verifyModuleRequest(request: ModuleRequest, secrets: readonly string[], nowMs: number): void {
  if (!secrets.some((secret) => matchesHmac(secret, request.signed, request.signature))) throw new AppError('BAD_SIGNATURE');
  if (!(Math.abs(nowMs - request.sentAtMs) <= TOLERANCE_MS)) throw new AppError('TIMESTAMP_OUT_OF_TOLERANCE');
}

const TOLERANCE_MS = 5 * 60_000;
