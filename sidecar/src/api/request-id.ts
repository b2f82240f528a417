import type { RequestHandler, Response } from 'express';
import type { Ids } from '../ids';

/** Gives each request an id, which its answer and the log carry. */
export function assignRequestId(ids: Ids): RequestHandler {
  return (_request, response, next) => {
    const requestId = ids.next();
    response.locals['requestId'] = requestId;
    response.setHeader('x-request-id', requestId);
    next();
  };
}

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId'] ?? '');
}
