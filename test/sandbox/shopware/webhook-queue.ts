import { createHmac } from 'node:crypto';
import type { Clock } from '../../../sidecar/src/clock';
import type { SandboxFaults } from '../sandbox-shop';
import { WebhookWire, type WireRequest } from '../webhook-wire';
import { phpJson } from './php-json';

export interface WebhookSource {
  readonly url: string;
  readonly shopId: string;
  readonly appVersion: string;
}

export interface QueuedWebhook {
  readonly event: string;
  /** Shown to nobody but the receiver; made when the event happened. */
  readonly payload: unknown;
  readonly eventId: string;
}

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

export const SHOPWARE_HEADERS = {
  'sw-version': '6.6.7.1',
  'sw-context-language': '2fbb5fe2e29a4d70aa5854ce7ce3e20b',
  'sw-user-language': 'en-GB',
} as const;

export function signature(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('hex');
}

/** Webhooks in order of their happening, sent when asked for. What is refused is lost: by default Shopware never repeats. */
export class WebhookQueue {
  private queue: QueuedWebhook[] = [];
  private readonly wire: WebhookWire;

  constructor(
    private readonly clock: Clock,
    random: () => number,
    faults: SandboxFaults,
  ) {
    this.wire = new WebhookWire(random, faults);
  }

  get length(): number {
    return this.queue.length;
  }

  get events(): readonly string[] {
    return this.queue.map(({ event }) => event);
  }

  add(webhook: QueuedWebhook): void {
    this.queue.push(webhook);
  }

  deliver(target: WebhookTarget, source: WebhookSource, limit: number): Promise<{ sent: number; rejected: number }> {
    return this.wire.deliver(this.queue.splice(0, limit), (webhook) => this.request(target, source, webhook));
  }

  close(): void {
    this.wire.close();
  }

  private request(target: WebhookTarget, source: WebhookSource, webhook: QueuedWebhook): WireRequest {
    const body = phpJson({
      data: { payload: webhook.payload, event: webhook.event },
      source: { url: source.url, eventId: webhook.eventId, shopId: source.shopId, appVersion: source.appVersion },
      timestamp: Math.floor(this.clock.nowMs() / 1000),
    });
    const headers = {
      'user-agent': 'GuzzleHttp/7',
      ...SHOPWARE_HEADERS,
      'shopware-shop-signature': signature(body, target.secret),
    };
    return { url: target.url, headers, body };
  }
}
