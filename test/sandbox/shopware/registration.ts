import { request } from 'node:http';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { phpJson } from './php-json';
import { SHOPWARE_HEADERS, signature } from './webhook-queue';

export interface AppIdentity {
  readonly appName: string;
  readonly appSecret: string;
}

export interface RegisteringShop {
  readonly shopId: string;
  readonly shopUrl: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly apiKey: string;
  readonly secretKey: string;
  /** The secret in force, by which a registration of a connected shop proves itself (6.7); null = none is shown. */
  readonly currentSecret: string | null;
}

const TIMEOUT_MS = 5000;
const SHORTEST_SECRET = 64;
const LONGEST_SECRET = 255;

/**
 * Both steps of the app's registration. Answers the new shop secret.
 * @throws Error naming the step the app's server got wrong
 */
export async function registerApp(registrationUrl: string, app: AppIdentity, shop: RegisteringShop): Promise<string> {
  const answer = await requestRegistration(registrationUrl, app, shop);
  const expected = createHmac('sha256', app.appSecret).update(`${shop.shopId}${shop.shopUrl}${app.appName}`).digest('hex');
  if (!sameText(String(answer.proof), expected)) throw new Error('registration: the app server provided an invalid proof');
  const { secret, confirmation_url: confirmationUrl } = answer;
  if (typeof secret !== 'string' || secret.length < SHORTEST_SECRET || secret.length > LONGEST_SECRET) {
    throw new Error('registration: the secret must have 64 to 255 characters');
  }
  if (typeof confirmationUrl !== 'string') throw new Error('registration: there is no confirmation_url');
  await confirm(confirmationUrl, shop, secret);
  return secret;
}

async function requestRegistration(
  registrationUrl: string,
  app: AppIdentity,
  shop: RegisteringShop,
): Promise<Record<string, unknown>> {
  // The address of the shop stays as it is, unencoded; the signature is over these very characters.
  const query = `shop-id=${shop.shopId}&shop-url=${shop.shopUrl}&timestamp=${shop.timestamp}`;
  const headers = {
    ...SHOPWARE_HEADERS,
    'shopware-app-signature': signature(query, app.appSecret),
    ...(shop.currentSecret === null ? {} : { 'shopware-shop-signature': signature(query, shop.currentSecret) }),
  };
  const { status, body } = await send('GET', `${registrationUrl}?${query}`, headers, null);
  if (status < 200 || status > 299) throw new Error(`registration: the app server answered ${status}: ${body}`);
  const answer = JSON.parse(body) as Record<string, unknown>;
  if (typeof answer.error === 'string') throw new Error(`registration: ${answer.error}`);
  return answer;
}

async function confirm(url: string, shop: RegisteringShop, secret: string): Promise<void> {
  const body = phpJson({
    apiKey: shop.apiKey,
    secretKey: shop.secretKey,
    timestamp: String(shop.timestamp),
    shopUrl: shop.shopUrl,
    shopId: shop.shopId,
  });
  const headers = {
    ...SHOPWARE_HEADERS,
    'content-type': 'application/json',
    'shopware-shop-signature': signature(body, secret),
    ...(shop.currentSecret === null ? {} : { 'shopware-shop-signature-previous': signature(body, shop.currentSecret) }),
  };
  const { status, body: answer } = await send('POST', url, headers, body);
  if (status < 200 || status > 299) throw new Error(`confirmation: the app server answered ${status}: ${answer}`);
}

/** Node's own client, because it sends a path as given. */
function send(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: string | null,
): Promise<{ status: number; body: string }> {
  const { hostname, port, pathname } = new URL(url);
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? pathname : `${pathname}${url.slice(queryAt)}`;
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const options = {
      method,
      hostname,
      port,
      path,
      headers: { 'user-agent': 'GuzzleHttp/7', ...headers, ...length },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    const sending = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(body ?? undefined);
  });
}

function sameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
