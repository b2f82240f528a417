/** What our Magento module does: an outbox of small messages, signed as Standard Webhooks. */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../../sidecar/src/clock';
import type { SandboxFaults } from '../sandbox-shop';
import { WebhookWire, type WireRequest } from '../webhook-wire';

interface Message {
  readonly id: string;
  readonly body: string;
}

export interface ModuleTarget {
  readonly url: string;
  readonly shopId: string;
  readonly secret: string;
}

export class ModuleWebhooks {
  private messages: Message[] = [];
  private count = 0;
  private readonly wire: WebhookWire;

  constructor(
    private readonly clock: Clock,
    random: () => number,
    faults: SandboxFaults,
  ) {
    this.wire = new WebhookWire(random, faults);
  }

  get length(): number {
    return this.messages.length;
  }

  add(type: string, entityId: number): void {
    this.count += 1;
    const body = JSON.stringify({ type, occurred_at: this.clock.now(), data: { entity_id: String(entityId), store_id: 1 } });
    this.messages.push({ id: `msg_${this.count}`, body });
  }

  deliver(target: ModuleTarget, limit: number): Promise<{ sent: number; rejected: number }> {
    return this.wire.deliver(this.messages.splice(0, limit), (message) => this.request(target, message));
  }

  close(): void {
    this.wire.close();
  }

  private request(target: ModuleTarget, message: Message): WireRequest {
    const timestamp = Math.floor(this.clock.nowMs() / 1000);
    const key = Buffer.from(target.secret.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64');
    const headers = {
      'x-loyalty-shop': target.shopId,
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${mac}`,
    };
    return { url: target.url, headers, body: message.body };
  }
}
