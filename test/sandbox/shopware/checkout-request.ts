import { phpJson } from './php-json';
import { askApp } from './signed-request';
import type { WebhookSource } from './webhook-queue';

export interface CheckoutCart {
  readonly currency: string;
  readonly salesChannelId: string;
  readonly customer: { readonly id: string; readonly email: string; readonly guest: boolean };
  /** As the cart serialises them. */
  readonly lineItems: readonly Readonly<Record<string, unknown>>[];
  /** The order is about to be placed; false on the pages before. */
  readonly isPlacement: boolean;
}

/** Shopware gives up after this. */
const TIMEOUT_MS = 5000;
const COMMANDS = ['add-cart-error', 'remove-payment-method', 'remove-shipping-method'];

interface Command {
  readonly command: string;
  readonly payload: { readonly message?: string; readonly blocking?: boolean; readonly level?: number };
}

/**
 * Asks the app's checkout gateway as a shop does before it takes an order. Answers the messages that stop the order.
 * @throws Error where a shop would log a fault of the app and let the order through
 */
export async function askGateway(
  gateway: { readonly url: string; readonly secret: string },
  source: WebhookSource,
  cart: CheckoutCart,
): Promise<string[]> {
  const answer = await askApp('gateway', gateway, phpJson(requestBody(source, cart)), TIMEOUT_MS);
  return blockingMessages(JSON.parse(answer));
}

/** A list of commands and nothing around it. */
function blockingMessages(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw new Error('gateway: the answer is no list of commands');
  return (answer as Command[]).flatMap(({ command, payload }) => {
    if (!COMMANDS.includes(command)) throw new Error(`gateway: there is no command ${command}`);
    if (command !== 'add-cart-error') return [];
    const { message, blocking, level } = payload;
    if (typeof message !== 'string' || typeof blocking !== 'boolean' || typeof level !== 'number')
      throw new Error(`gateway: the payload of ${command} is incomplete`);
    return blocking ? [message] : [];
  });
}

function requestBody(
  source: WebhookSource,
  { currency, salesChannelId, customer, lineItems, isPlacement }: CheckoutCart,
): unknown {
  const states = ['cart-filled', 'logged-in', ...(isPlacement ? ['checkout-order-route'] : [])];
  return {
    source,
    salesChannelContext: {
      extensions: [],
      salesChannel: { id: salesChannelId, apiAlias: 'sales_channel' },
      currency: { isoCode: currency, factor: 1, apiAlias: 'currency' },
      customer: { ...customer, customFields: null, apiAlias: 'customer' },
      context: { extensions: [], taxState: 'gross', states: Object.fromEntries(states.map((state) => [state, state])) },
    },
    cart: { extensions: [], lineItems, errors: [], states: [], modified: false },
    paymentMethods: {},
    shippingMethods: {},
  };
}
