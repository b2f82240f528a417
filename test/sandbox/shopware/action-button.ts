import { phpJson } from './php-json';
import { askApp, type AppAddress } from './signed-request';
import type { WebhookSource } from './webhook-queue';

/** What the administration does: it shows a message for some seconds, or opens a page over its own. */
export interface SandboxButtonAnswer {
  readonly message?: string;
  /** As the app said it; the administration signs it. */
  readonly page?: string;
}

const TIMEOUT_MS = 5000;
const STATUSES = ['success', 'error', 'info', 'warning'];
const SIZES = ['small', 'medium', 'large', 'fullscreen'];

/** @throws Error where the administration would refuse the answer */
export async function pressButton(
  app: AppAddress,
  { url, shopId, appVersion }: WebhookSource,
  pressed: { readonly entity: 'customer' | 'order'; readonly ids: readonly string[] },
): Promise<SandboxButtonAnswer> {
  const action = pressed.entity === 'customer' ? 'loyaltyMember' : 'loyaltyOrder';
  const body = phpJson({
    source: { url, shopId, appVersion },
    data: { ...pressed, action },
    meta: { timestamp: 0, reference: '0' },
  });
  const { actionType, payload } = JSON.parse(await askApp('button', app, body, TIMEOUT_MS)) as {
    actionType: string;
    payload: Readonly<Record<string, unknown>>;
  };
  if (actionType === 'notification') {
    if (!STATUSES.includes(String(payload.status)) || typeof payload.message !== 'string')
      throw new Error('button: the app provided an invalid notification');
    return { message: payload.message };
  }
  if (actionType !== 'openModal') throw new Error(`button: there is no action ${actionType}`);
  // A page of another host than the app's is no allowed one.
  if (new URL(String(payload.iframeUrl)).host !== new URL(app.url).host)
    throw new Error('button: the app provided an invalid iframeUrl');
  if (!SIZES.includes(String(payload.size))) throw new Error('button: the app provided an invalid size');
  return { page: String(payload.iframeUrl) };
}
