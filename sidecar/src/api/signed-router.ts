import express, { Router } from 'express';
import { AppError } from '../errors';

/** How a platform signs what it asks and expects to be answered. */
export interface SigningScheme {
  /** Whether the signature belongs to these bytes. */
  matches(secret: string, body: Buffer, signature: string): boolean;
  sign(secret: string, body: string): string;
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
    if (asked === null) throw new AppError('INVALID_INPUT', { field: 'source.shopId' });
    const signature = request.get('shopware-shop-signature') ?? '';
    if (signature === '') throw new AppError('MISSING_SIGNATURE');
    const secret = (await deps.secretsOf(asked)).find((candidate) => deps.scheme.matches(candidate, body, signature));
    if (secret === undefined) throw new AppError('BAD_SIGNATURE');
    const answer = await deps.answer(asked, request.get('sw-user-language') ?? '');
    response.setHeader('shopware-app-signature', deps.scheme.sign(secret, answer));
    response.type('application/json').send(answer);
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
