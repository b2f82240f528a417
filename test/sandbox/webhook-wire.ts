/** The wire between a sandbox shop and the sidecar: several deliveries at once; some lost, some twice, some out of order. */
import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import type { SandboxFaults } from './sandbox-shop';

export interface WireRequest {
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

const TIMEOUT_MS = 5000;
const AT_ONCE = 8;

export class WebhookWire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  constructor(
    private readonly random: () => number,
    private readonly faults: SandboxFaults,
  ) {}

  /** What is refused is lost: a shop's own repeating is not the wire's. */
  async deliver<T>(batch: readonly T[], toRequest: (item: T) => WireRequest): Promise<{ sent: number; rejected: number }> {
    const line = this.unreliably(batch);
    const outcome = { sent: line.length, rejected: 0 };
    const lane = async (): Promise<void> => {
      for (let item = line.shift(); item !== undefined; item = line.shift()) {
        if (!(await this.post(toRequest(item)))) outcome.rejected += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return outcome;
  }

  close(): void {
    this.agent.destroy();
  }

  private unreliably<T>(batch: readonly T[]): T[] {
    const kept = batch.filter(() => !this.happens(this.faults.dropWebhook));
    const line = kept.flatMap((item) => (this.happens(this.faults.duplicateWebhook) ? [item, item] : [item]));
    for (let index = 0; index + 1 < line.length; index += 1) {
      const [first, second] = [line[index], line[index + 1]];
      if (first === undefined || second === undefined || !this.happens(this.faults.reorderWebhook)) continue;
      line.splice(index, 2, second, first);
      index += 1;
    }
    return line;
  }

  /** Draws only for faults that are on, so that a shop without faults leaves the random stream alone. */
  private happens(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  private post({ url, headers, body }: WireRequest): Promise<boolean> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const allHeaders = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
      const sending = request(url, { method: 'POST', agent: this.agent, headers: allHeaders, signal }, (response) => {
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
