import { timingSafeEqual } from 'node:crypto';
import { SHOPWARE_HEADERS, signature } from './webhook-queue';

export interface AppAddress {
  readonly url: string;
  readonly secret: string;
}

/**
 * Asks the app something over a signature and reads what it answers under its own.
 * @throws Error where a shop would log a fault of the app
 */
export async function askApp(name: string, app: AppAddress, body: string, timeoutMs: number): Promise<string> {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...SHOPWARE_HEADERS,
      'shopware-shop-signature': signature(body, app.secret),
    },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`${name}: the app answered ${response.status}: ${answer}`);
  const expected = signature(answer, app.secret);
  const given = response.headers.get('shopware-app-signature') ?? '';
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    throw new Error(`${name}: the answer is not signed by the app`);
  return answer;
}
