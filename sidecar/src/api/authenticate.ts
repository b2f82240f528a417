import type { RequestHandler } from 'express';
import { AppError } from '../errors';
import { equalSecrets } from '../security/constant-time';

/** Lets a request pass that carries one of the tokens as `Authorization: Bearer …`; with no tokens, none passes. */
export function requireBearer(tokens: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const given = /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    // Every token is compared, so that time does not tell which one was close.
    const matches = tokens.filter((token) => equalSecrets(given, token));
    if (given !== '' && matches.length > 0) {
      next();
      return;
    }
    response.setHeader('www-authenticate', 'Bearer');
    next(new AppError('UNAUTHORIZED'));
  };
}
