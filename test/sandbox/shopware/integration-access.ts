import type { Clock } from '../../../sidecar/src/clock';
import { ApiError, apiError } from './api-error';
import { SEARCHABLE, WRITABLE, DEFINITIONS } from './definitions';
import type { ShopIds } from './shop-ids';

export interface IntegrationKeys {
  readonly apiKey: string;
  readonly secretKey: string;
}

export const TOKEN_SECONDS = 600;

/** What the app's manifest asks for, unless a test says otherwise: reading all, writing what a sync can write. */
export function defaultPrivileges(): Set<string> {
  const writable = [...WRITABLE].flatMap((entity) => ['create', 'update', 'delete'].map((action) => `${entity}:${action}`));
  const config = ['read', 'create', 'update', 'delete'].map((action) => `system_config:${action}`);
  const own = new Set(['customer:create', 'customer:delete']);
  const readable = [...new Set([...SEARCHABLE, ...DEFINITIONS.keys()])].map((entity) => `${entity}:read`);
  return new Set([...readable, ...writable.filter((privilege) => !own.has(privilege)), ...config]);
}

/** Keys, tokens and rights of the app's integration. */
export class IntegrationAccess {
  private keys: IntegrationKeys | null = null;
  /** Token -> when it ends. */
  private readonly tokens = new Map<string, number>();
  private privileges = defaultPrivileges();

  constructor(
    private readonly clock: Clock,
    private readonly ids: ShopIds,
  ) {}

  /** New keys end the old ones and every token; null leaves nobody access. */
  setKeys(keys: IntegrationKeys | null): void {
    this.keys = keys;
    this.tokens.clear();
  }

  setPrivileges(privileges: Iterable<string>): void {
    this.privileges = new Set(privileges);
  }

  may(privilege: string): boolean {
    return this.privileges.has(privilege);
  }

  /** @throws ApiError 400, 401 */
  issueToken(body: unknown): Record<string, unknown> {
    const grant = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    if (grant.grant_type !== 'client_credentials') {
      throw apiError(400, '2', 'The authorization grant type is not supported by the authorization server.');
    }
    if (!this.keys || grant.client_id !== this.keys.apiKey || grant.client_secret !== this.keys.secretKey) {
      const entry = { status: '401', code: '4', title: 'Client authentication failed', detail: 'Client authentication failed' };
      throw new ApiError(401, [entry]);
    }
    const token = this.ids.letters(64);
    this.tokens.set(token, this.clock.nowMs() + TOKEN_SECONDS * 1000);
    return { token_type: 'Bearer', expires_in: TOKEN_SECONDS, access_token: token };
  }

  /** @throws ApiError 401 */
  requireToken(header: string | string[] | undefined): void {
    if (typeof header !== 'string' || !header.startsWith('Bearer ')) throw denied('Missing "Authorization" header');
    const ends = this.tokens.get(header.slice('Bearer '.length));
    if (ends === undefined) throw denied('Access token could not be verified');
    if (ends <= this.clock.nowMs()) throw denied('Access token could not be verified: the token is expired');
  }
}

function denied(detail: string): ApiError {
  const title = 'The resource owner or authorization server denied the request.';
  return new ApiError(401, [{ status: '401', code: '9', title, detail }]);
}
