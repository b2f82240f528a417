/** An answer in Shopware's error shape. */
export interface ApiErrorEntry {
  readonly status: string;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly source?: { readonly pointer: string };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly ApiErrorEntry[],
  ) {
    super(errors[0]?.detail ?? String(status));
  }
}

export function errorEntry(status: number, code: string, detail: string, pointer?: string): ApiErrorEntry {
  const entry = { status: String(status), code, title: TITLES[status] ?? 'Error', detail };
  return pointer === undefined ? entry : { ...entry, source: { pointer } };
}

export function apiError(status: number, code: string, detail: string, pointer?: string): ApiError {
  return new ApiError(status, [errorEntry(status, code, detail, pointer)]);
}

/** The refusal that names what an integration may not do. */
export function missingPrivileges(privileges: readonly string[]): ApiError {
  const detail = JSON.stringify({ message: 'Missing privilege', missingPrivileges: privileges });
  return apiError(403, 'FRAMEWORK__MISSING_PRIVILEGE_ERROR', detail);
}
