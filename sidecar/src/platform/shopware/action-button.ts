/** The app's buttons on a customer's and an order's page in the administration. */
import { mapOf, textOf, textsOf } from './fields';

export interface PressedButton {
  readonly externalShopId: string;
  readonly entity: 'customer' | 'order';
  readonly id: string;
}

/** Null when the body is no press of one of our buttons. */
export function readButton(body: unknown): PressedButton | null {
  const { source, data } = mapOf(body);
  const externalShopId = textOf(mapOf(source)['shopId']);
  const { entity, ids } = mapOf(data);
  const [id] = textsOf(ids);
  if (externalShopId === null || id === undefined || (entity !== 'customer' && entity !== 'order')) return null;
  return { externalShopId, entity, id };
}

/** What the administration shows as a notification, for some seconds. */
export interface Notice {
  readonly found: boolean;
  readonly message: string;
}

export function buttonAnswer({ found, message }: Notice): string {
  return JSON.stringify({ actionType: 'notification', payload: { status: found ? 'success' : 'info', message } });
}

/** The administration signs the address, and opens it over the page the button is on. */
export function pageAnswer(iframeUrl: string): string {
  return JSON.stringify({ actionType: 'openModal', payload: { iframeUrl, size: 'fullscreen', expand: true } });
}
