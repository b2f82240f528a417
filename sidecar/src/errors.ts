/**
 * The error catalogue: every code a client can meet, its HTTP status and what to do next.
 * Expected refusals inside the domain are returned values; these are the ones that cross the API.
 */
export const errorCatalogue = {
  BODY_TOO_LARGE: { status: 413, hint: 'Send a smaller body.' },
  UNSUPPORTED_CONTENT_TYPE: { status: 415, hint: 'Send application/json.' },
  MALFORMED_JSON: { status: 400, hint: 'The body is not valid JSON.' },
  INVALID_INPUT: { status: 422, hint: 'Correct the named fields.' },
  UNKNOWN_SHOP: { status: 404, hint: 'Register or pair the shop first.' },
  SHOP_NOT_ACTIVE: { status: 403, hint: 'Confirm the registration or activate the app in the shop.' },
  MISSING_SIGNATURE: { status: 401, hint: 'Sign the request.' },
  BAD_SIGNATURE: { status: 401, hint: 'The signature does not match the raw bytes; check the secret.' },
  TIMESTAMP_OUT_OF_TOLERANCE: { status: 401, hint: 'The clocks differ by more than five minutes, or the request is a replay.' },
  MISSING_EVENT_ID: { status: 400, hint: 'Send the event id; it makes deliveries safe to repeat.' },
  PAIRING_CODE_INVALID: { status: 403, hint: 'Create a new pairing code; codes work once and expire.' },
  UNAUTHORIZED: { status: 401, hint: 'Send a valid bearer token.' },
  FORBIDDEN: { status: 403, hint: 'The key lacks the named scope.' },
  NOT_FOUND: { status: 404, hint: 'No such resource.' },
  METHOD_NOT_ALLOWED: { status: 405, hint: 'Use the documented method.' },
  RATE_LIMITED: { status: 429, hint: 'Wait as long as Retry-After says.' },
  IDEMPOTENCY_MISMATCH: { status: 409, hint: 'This idempotency key was used with other content.' },
  CONFLICT: { status: 409, hint: 'The resource changed meanwhile; read it again.' },
  INSUFFICIENT_POINTS: { status: 409, hint: 'The member has fewer points available.' },
  REDEMPTION_REFUSED: { status: 409, hint: 'The programme does not allow this redemption; see details.' },
  OUTGOING_URL_REFUSED: { status: 422, hint: 'The URL points to a private address; see ALLOW_PRIVATE_URLS.' },
  UNAVAILABLE: { status: 503, hint: 'Try again shortly.' },
  INTERNAL: { status: 500, hint: 'This is a fault of ours; the log has the details under this request id.' },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

/** An expected fault that ends a request. `field` names the wrong input where there is one. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${errorCatalogue[code].hint}`);
    this.name = 'AppError';
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

/** A shop's API failed. `retryable` says whether the same call may succeed later. */
export class ShopApiError extends Error {
  constructor(
    message: string,
    readonly retryable: boolean,
    readonly status: number | null = null,
    /** Milliseconds the shop asked us to wait (Retry-After). */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'ShopApiError';
  }
}
