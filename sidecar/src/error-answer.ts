import type { AppError, ErrorCode } from './errors';
import { errorCatalogue } from './errors';

/** The one form in which every route answers a fault. */
export interface ErrorAnswer {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly requestId: string;
  };
}

export function errorAnswer(error: Pick<AppError, 'code' | 'details'>, requestId: string): ErrorAnswer {
  return { error: { code: error.code, message: errorCatalogue[error.code].hint, details: error.details, requestId } };
}
