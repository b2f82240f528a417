/** What our Magento module does: an outbox of small messages, signed as Standard Webhooks. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Clock } from '../../../sidecar/src/clock';
import type { SandboxFaults } from '../sandbox-shop';

interface Message {
  readonly id: string;
  readonly body: string;
}

export interface ModuleTarget {
  readonly url: string;
  readonly shopId: string;
  readonly secret: string;
}

const TIMEOUT_MS = 5000;

export class ModuleWebhooks {
  private messages: Message[] = [];
  private count = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly faults: SandboxFaults,
  ) {}

  get length(): number {
    return this.messages.length;
  }

  add(type: string, entityId: number): void {
    this.count += 1;
    const body = JSON.stringify({ type, occurred_at: this.clock.now(), data: { entity_id: String(entityId), store_id: 1 } });
    this.messages.push({ id: `msg_${this.count}`, body });
  }

  async deliver(target: ModuleTarget, limit: number): Promise<{ sent: number; rejected: number }> {
    const outcome = { sent: 0, rejected: 0 };
    const batch = this.messages
      .splice(0, limit)
      .filter(() => !this.happens(this.faults.dropWebhook))
      .flatMap((message) => (this.happens(this.faults.duplicateWebhook) ? [message, message] : [message]));
    for (let index = 0; index + 1 < batch.length; index += 1) {
      const [first, second] = [batch[index], batch[index + 1]];
      if (first && second && this.happens(this.faults.reorderWebhook)) batch.splice(index, 2, second, first);
    }
    for (const message of batch) {
      outcome.sent += 1;
      if (!(await this.send(target, message))) outcome.rejected += 1;
    }
    return outcome;
  }

  close(): void {
    this.agent.destroy();
  }

  private happens(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  private send(target: ModuleTarget, message: Message): Promise<boolean> {
    const timestamp = Math.floor(this.clock.nowMs() / 1000);
    const key = Buffer.from(target.secret.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(message.body),
      'x-loyalty-shop': target.shopId,
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${mac}`,
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
      sending.end(message.body);
    });
  }
}
