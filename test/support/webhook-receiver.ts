/** An integrator's endpoint: keeps what comes byte for byte, and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../sidecar/src/clock';
import { verifyStandardWebhook } from '../../sidecar/src/platform/magento/signature';

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  /** Statuses of the next answers; 204 afterwards. */
  readonly answers: number[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, raw: Buffer.concat(chunks) });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/loyalty`,
    received,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The message's id when it is signed with the secret. @throws AppError BAD_SIGNATURE and others */
export function verified({ headers, raw }: ReceivedWebhook, secret: string, clock: Clock): string {
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return verifyStandardWebhook({ headers: flat, body: raw }, [secret], clock).id;
}

export function contentOf({ raw }: ReceivedWebhook): { type: string; timestamp: string; data: Record<string, unknown> } {
  return JSON.parse(raw.toString('utf8')) as { type: string; timestamp: string; data: Record<string, unknown> };
}
