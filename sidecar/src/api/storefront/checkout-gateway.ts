import express, { Router } from 'express';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';
import type { Logger } from '../../logger';
import type { CheckoutDenial } from '../../platform/platform';

/** What the platform's checkout says, and how it is answered; the signature scheme is the platform's. */
export interface GatewayProtocol<Checkout> {
  /** Null when the body is no checkout. */
  read(body: unknown): Checkout | null;
  /** Whether the signature belongs to these bytes. */
  matches(secret: string, body: Buffer, signature: string): boolean;
  sign(secret: string, body: string): string;
  answer(denial: CheckoutDenial | null, locale: string): string;
}

export interface CheckoutGatewayDeps<Checkout> {
  readonly protocol: GatewayProtocol<Checkout>;
  /** Secrets of the shop that are accepted now; empty when it is unknown or inactive. */
  readonly secretsOf: (checkout: Checkout) => Promise<readonly string[]>;
  readonly decide: (checkout: Checkout) => Promise<CheckoutDenial | null>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Milliseconds after which the order is let through: a checkout never waits for us. */
  readonly deadlineMs: number;
  readonly bodyLimitBytes: number;
  readonly onAnswer: (result: 'allowed' | 'denied' | 'late' | 'failed', startedMs: number) => void;
}

/**
 * The shop asks before it takes an order. Whatever happens inside, a genuine request gets a signed answer in time; when
 * we cannot decide, the order goes through, and what it spends beyond the balance becomes a debt in the books.
 */
export function createCheckoutGatewayRouter<Checkout>(deps: CheckoutGatewayDeps<Checkout>): Router {
  const router = Router();
  router.post('/', express.raw({ type: () => true, limit: deps.bodyLimitBytes }), async (request, response) => {
    const startedMs = deps.clock.nowMs();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const checkout = deps.protocol.read(parsed(body));
    if (checkout === null) throw new AppError('INVALID_INPUT', { field: 'source.shopId' });
    const signature = request.get('shopware-shop-signature') ?? '';
    if (signature === '') throw new AppError('MISSING_SIGNATURE');
    const secret = (await deps.secretsOf(checkout)).find((candidate) => deps.protocol.matches(candidate, body, signature));
    if (secret === undefined) throw new AppError('BAD_SIGNATURE');
    const denial = await decideInTime(deps, checkout, startedMs);
    const answer = deps.protocol.answer(denial, request.get('sw-user-language') ?? '');
    response.setHeader('shopware-app-signature', deps.protocol.sign(secret, answer));
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

async function decideInTime<Checkout>(
  deps: CheckoutGatewayDeps<Checkout>,
  checkout: Checkout,
  startedMs: number,
): Promise<CheckoutDenial | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deps.deadlineMs);
  });
  const decided = deps.decide(checkout).catch((error: unknown) => {
    deps.log.warn({ error }, 'a checkout could not be checked and was let through');
    return 'failed' as const;
  });
  const outcome = await Promise.race([decided, late]);
  clearTimeout(timer);
  if (outcome === 'late' || outcome === 'failed') {
    deps.onAnswer(outcome, startedMs);
    return null;
  }
  deps.onAnswer(outcome === null ? 'allowed' : 'denied', startedMs);
  return outcome;
}
