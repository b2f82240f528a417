import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Clock } from '../../../sidecar/src/clock';
import type { SandboxFaults } from '../sandbox-shop';
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

const TIMEOUT_MS = 5000;

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
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly faults: SandboxFaults,
  ) {}

  get length(): number {
    return this.queue.length;
  }

  get events(): readonly string[] {
    return this.queue.map(({ event }) => event);
  }

  add(webhook: QueuedWebhook): void {
    this.queue.push(webhook);
  }

  async deliver(target: WebhookTarget, source: WebhookSource, limit: number): Promise<{ sent: number; rejected: number }> {
    const outcome = { sent: 0, rejected: 0 };
    for (const webhook of this.unreliably(this.queue.splice(0, limit))) {
      outcome.sent += 1;
      if (!(await this.send(target, source, webhook))) outcome.rejected += 1;
    }
    return outcome;
  }

  close(): void {
    this.agent.destroy();
  }

  private unreliably(batch: readonly QueuedWebhook[]): QueuedWebhook[] {
    const kept = batch.filter(() => !this.happens(this.faults.dropWebhook));
    const twice = kept.flatMap((webhook) => (this.happens(this.faults.duplicateWebhook) ? [webhook, webhook] : [webhook]));
    for (let index = 0; index + 1 < twice.length; index += 1) {
      const [first, second] = [twice[index], twice[index + 1]];
      if (!first || !second || !this.happens(this.faults.reorderWebhook)) continue;
      twice.splice(index, 2, second, first);
      index += 1;
    }
    return twice;
  }

  /** Draws only for faults that are on, so that a shop without faults leaves the random stream alone. */
  private happens(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  private send(target: WebhookTarget, source: WebhookSource, webhook: QueuedWebhook): Promise<boolean> {
    const body = phpJson({
      data: { payload: webhook.payload, event: webhook.event },
      source: { url: source.url, eventId: webhook.eventId, shopId: source.shopId, appVersion: source.appVersion },
      timestamp: Math.floor(this.clock.nowMs() / 1000),
    });
    const headers = {
      'user-agent': 'GuzzleHttp/7',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...SHOPWARE_HEADERS,
      'shopware-shop-signature': signature(body, target.secret),
    };
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const sending = request(target.url, { method: 'POST', agent: this.agent, headers, signal }, (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        response.on('end', () => resolve(status >= 200 && status < 300));
        response.on('error', () => resolve(false));
      });
      sending.on('error', () => resolve(false));
      sending.end(body);
    });
  }
}
