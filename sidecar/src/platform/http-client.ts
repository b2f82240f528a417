/**
 * One HTTP client for every shop API: time limits, bounded retry with jitter, Retry-After, one refresh on 401,
 * bounded response size, no redirects to other hosts. Platforms add their own authorisation.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL without query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly timeoutMs?: number;
  /** False for calls that must not be repeated when the answer was lost (default true). */
  readonly repeatable?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON where the answer is JSON, else text. */
  readonly body: unknown;
}

export interface Authoriser {
  /** Headers for this very request (OAuth 1.0a signs URL and query). */
  headers(request: HttpRequest): Promise<Readonly<Record<string, string>>>;
  /** Called at most once a request, after a 401; absent = a 401 is final. */
  refresh?(): Promise<void>;
}

export interface ShopHttp {
  /**
   * Resolves with any 2xx answer, and with 4xx answers listed in `accept`.
   * @throws ShopApiError on everything else, after the retries that make sense
   */
  request(request: HttpRequest, authoriser: Authoriser | null, accept?: readonly number[]): Promise<HttpResponse>;
}
