import type { IncomingMessage } from 'node:http';

export type BodyRead =
  | { readonly kind: 'whole'; readonly body: Buffer }
  /** When the request is not complete by now, it never will be: its connection has to be closed. */
  | { readonly kind: 'too_large' }
  | { readonly kind: 'aborted' };

/** Reading a somewhat too large body to its end lets the sender see the answer; beyond this it is cut off. */
const DISCARD_FACTOR = 8;

/** Reads raw bytes up to a limit; memory never holds more than that. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<BodyRead> {
  const cutOffBytes = limitBytes * DISCARD_FACTOR;
  if (Number(request.headers['content-length'] ?? 0) > cutOffBytes) return Promise.resolve({ kind: 'too_large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      if (bytes <= cutOffBytes) return;
      request.pause();
      resolve({ kind: 'too_large' });
    });
    request.on('end', () => {
      if (bytes > limitBytes) resolve({ kind: 'too_large' });
      else resolve({ kind: 'whole', body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) });
    });
    const aborted = (): void => resolve({ kind: 'aborted' });
    request.on('error', aborted);
    request.on('close', aborted);
  });
}
