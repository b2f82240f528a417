import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxFaults } from './sandbox-shop';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** As it was sent, without the question mark. */
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null = empty. */
  readonly body: unknown;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** The shop's door to the network, with its faults. */
export class ShopServer {
  readonly received: ReceivedRequest[] = [];
  private readonly server: Server;
  private address: string | null = null;
  private stopping = new AbortController();

  constructor(
    private readonly faults: SandboxFaults,
    private readonly answer: (request: ApiRequest) => ApiAnswer,
  ) {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.on('connection', (socket) => {
      if (this.faults.down) socket.destroy();
    });
  }

  /** @throws Error before the start */
  get url(): string {
    if (this.address === null) throw new Error('the sandbox shop has not been started');
    return this.address;
  }

  async start(port: number): Promise<void> {
    this.stopping = new AbortController();
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.stopping.abort();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.faults.down) {
      request.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The caller went away before it had said everything.
      return;
    }
    if (this.faults.slowMs > 0 && !(await this.slowly(this.faults.slowMs))) return;
    const { pathname, search, searchParams } = new URL(request.url ?? '/', this.url);
    const method = request.method ?? 'GET';
    const body = Buffer.concat(chunks).toString('utf8');
    const answer = this.safely({
      method,
      path: pathname,
      query: searchParams,
      rawQuery: search.slice(1),
      headers: request.headers,
      body,
    });
    this.received.push({ method, path: pathname, status: answer.status });
    response.writeHead(answer.status, { ...answer.headers });
    response.end(answer.body === null ? undefined : JSON.stringify(answer.body));
  }

  /** Waits as the fault says; false when the shop was stopped meanwhile. */
  private async slowly(ms: number): Promise<boolean> {
    try {
      await wait(ms, undefined, { signal: this.stopping.signal });
      return true;
    } catch {
      return false;
    }
  }

  private safely(request: ApiRequest): ApiAnswer {
    try {
      return this.answer(request);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const errors = [{ status: '500', code: '0', title: 'Internal Server Error', detail }];
      return { status: 500, headers: { 'content-type': 'application/json' }, body: { errors } };
    }
  }
}
