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
    const body = JSON.stringify({ type, occurred_at: this.clock.now(), data: { entity_id: String(entityId) } });
    this.messages.push({ id: `msg_${this.count}`, body });
  }

  deliver(target: ModuleTarget, limit: number): Promise<{ sent: number; rejected: number }> {
    return this.wire.deliver(this.messages.splice(0, limit), (message) => this.request(target, message));
  }

  close(): void {
    this.wire.close();
  }

  /** Asks while a shopper waits, over the same signature; the answer is signed too. */
  async ask(target: ModuleTarget, path: string, question: unknown): Promise<unknown> {
    this.count += 1;
    const { headers, body } = this.signed(target, { id: `ask_${this.count}`, body: JSON.stringify(question) });
    const url = new URL(path, target.url).toString();
    const response = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`the question was answered ${response.status}: ${text}`);
    const id = response.headers.get('webhook-id') ?? '';
    const seconds = Number(response.headers.get('webhook-timestamp'));
    if (response.headers.get('webhook-signature') !== signatureOf(target, id, seconds, text))
      throw new Error('the answer is not signed');
    return JSON.parse(text) as unknown;
  }

  private request(target: ModuleTarget, message: Message): WireRequest {
    return { url: target.url, ...this.signed(target, message) };
  }

  private signed(target: ModuleTarget, message: Message): { headers: Record<string, string>; body: string } {
    const timestamp = Math.floor(this.clock.nowMs() / 1000);
    const headers = {
      'x-loyalty-shop': target.shopId,
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureOf(target, message.id, timestamp, message.body),
    };
    return { headers, body: message.body };
  }
}

function signatureOf(target: ModuleTarget, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(target.secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
