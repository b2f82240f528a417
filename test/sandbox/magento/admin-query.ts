/** What our module signs when its administration opens the admin pages. */
import { createHmac } from 'node:crypto';

/** As PHP writes it: everything but letters, digits and `-_.~` in percent. */
export function adminQuery(secret: string, parameters: Readonly<Record<string, string>>): string {
  const signed = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  const key = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update('loyalty admin page')
    .digest();
  return `${signed}&signature=${createHmac('sha256', key).update(signed).digest('hex')}`;
}

function encoded(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
