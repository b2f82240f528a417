import type { ErrorRequestHandler } from 'express';
import { errorAnswer } from '../error-answer';
import { AppError, type ErrorCode } from '../errors';
import type { Logger } from '../logger';
import { PersonErased } from '../storage/transaction';
import { requestIdOf } from './request-id';

/** What Express' own parsers call their faults. */
const PARSER_FAULTS: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'BODY_TOO_LARGE',
  'entity.parse.failed': 'MALFORMED_JSON',
  'encoding.unsupported': 'UNSUPPORTED_CONTENT_TYPE',
  'charset.unsupported': 'UNSUPPORTED_CONTENT_TYPE',
};

/** Answers every fault in one form. What is not expected becomes INTERNAL: its cause is for the log alone. */
export function createErrorHandler(log: Pick<Logger, 'error'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const requestId = requestIdOf(response);
    const known = asAppError(error);
    if (known.code === 'INTERNAL') log.error({ error, requestId, method: request.method }, 'a request met a fault');
    response.status(known.status).json(errorAnswer(known, requestId));
  };
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // Who was erased is as unknown as who never was.
  if (error instanceof PersonErased) return new AppError('NOT_FOUND', { resource: 'member' });
  const { type, status } = (typeof error === 'object' && error !== null ? error : {}) as { type?: unknown; status?: unknown };
  const code = PARSER_FAULTS[String(type)];
  if (code) return new AppError(code);
  // Express and its parsers mark what the client did wrong, such as a path that cannot be decoded.
  return new AppError(typeof status === 'number' && status >= 400 && status < 500 ? 'INVALID_INPUT' : 'INTERNAL');
}
