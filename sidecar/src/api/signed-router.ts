import express, { Router } from 'express';
import { AppError } from '../errors';
import type { AcceptedSecrets, RawDelivery } from '../platform/platform';

/** How a platform signs what it asks and expects to be answered. */
export interface SigningScheme {
  /** The secret that signed. @throws AppError MISSING_SIGNATURE, BAD_SIGNATURE, and what else the scheme refuses */
  verify(delivery: RawDelivery, secrets: AcceptedSecrets): string;
  /** Headers that sign an answer. */
  sign(secret: string, answer: string): Readonly<Record<string, string>>;
  /** Header that names the language of who asks. */
  readonly localeHeader: string;
}

export interface SignedRouterDeps<Asked> {
  readonly scheme: SigningScheme;
  /** Null when the body is nothing we were asked. */
  readonly read: (body: unknown) => Asked | null;
  /** Secrets of the shop that are accepted now; empty when it is unknown or inactive. */
  readonly secretsOf: (asked: Asked) => Promise<readonly string[]>;
  /** JSON to answer with. */
  readonly answer: (asked: Asked, locale: string) => Promise<string>;
  readonly bodyLimitBytes: number;
}

/** What a shop asks over a signature and wants answered over one. */
export function createSignedRouter<Asked>(deps: SignedRouterDeps<Asked>): Router {
  const router = Router();
  // Raw, whatever the content type says: the signature is over the bytes.
  router.post('/', express.raw({ type: () => true, limit: deps.bodyLimitBytes }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const asked = deps.read(parsed(body));
    if (asked === null) throw new AppError('INVALID_INPUT', { field: 'body' });
    const headers = request.headers as RawDelivery['headers'];
    const secret = deps.scheme.verify({ headers, body }, await deps.secretsOf(asked));
    const answer = await deps.answer(asked, request.get(deps.scheme.localeHeader) ?? '');
    response.set(deps.scheme.sign(secret, answer)).type('application/json').send(answer);
  });
  return router;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('MALFORMED_JSON');
  }
}
