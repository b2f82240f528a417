import type { RequestHandler, Response } from 'express';
import { AppError } from '../errors';
import { equalSecrets } from '../security/constant-time';
import { mayUse, type NeededScope, type Principal } from './principal';

/** Whose key it is; null when nobody's. */
export type FindKey = (secret: string) => Promise<Principal | null>;

/** Lets a request pass that carries one of the tokens as `Authorization: Bearer …`; with no tokens, none passes. */
export function requireBearer(tokens: readonly string[]): RequestHandler {
  return authenticate(tokens, () => Promise.resolve(null));
}

/** Lets a request pass that carries an operator's token or an API key as `Authorization: Bearer …`. */
export function authenticate(operatorTokens: readonly string[], findKey: FindKey): RequestHandler {
  return async (request, response, next) => {
    const given = /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    // Every token is compared, so that time does not tell which one was close.
    const isOperator = operatorTokens.filter((token) => equalSecrets(given, token)).length > 0 && given !== '';
    const principal: Principal | null = isOperator ? { kind: 'operator' } : given === '' ? null : await findKey(given);
    if (principal === null) {
      response.setHeader('www-authenticate', 'Bearer');
      throw new AppError('UNAUTHORIZED');
    }
    (response.locals as { principal?: Principal }).principal = principal;
    next();
  };
}

export function requireScope(needed: NeededScope): RequestHandler {
  return (_request, response, next) => {
    if (mayUse(principalOf(response), needed)) {
      next();
      return;
    }
    next(new AppError('FORBIDDEN', { scope: needed }));
  };
}

/** @throws Error when the route forgot to authenticate */
export function principalOf(response: Response): Principal {
  const { principal } = response.locals as { principal?: Principal };
  if (!principal) throw new Error('a route asks who calls before anybody was authenticated');
  return principal;
}
