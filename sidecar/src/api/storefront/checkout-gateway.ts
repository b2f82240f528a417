import type { Router } from 'express';
import type { Clock } from '../../clock';
import type { Logger } from '../../logger';
import type { CheckoutRefusal } from '../../platform/platform';
import { createSignedRouter, type SignedRouterDeps } from '../signed-router';

export interface CheckoutGatewayDeps<Checkout> extends Omit<SignedRouterDeps<Checkout>, 'answer'> {
  readonly decide: (checkout: Checkout) => Promise<CheckoutRefusal | null>;
  /** The platform's answer; null = the order may be placed. */
  readonly answer: (refusal: CheckoutRefusal | null, locale: string, checkout: Checkout) => string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Milliseconds after which the order is let through: a checkout never waits for us. */
  readonly deadlineMs: number;
  readonly onAnswer: (result: 'allowed' | 'denied' | 'late' | 'failed', startedMs: number) => void;
}

/**
 * The shop asks before it takes an order. Whatever happens inside, a genuine request gets a signed answer in time; when
 * we cannot decide, the order goes through, and what it spends beyond the balance becomes a debt in the books.
 */
export function createCheckoutGatewayRouter<Checkout>(deps: CheckoutGatewayDeps<Checkout>): Router {
  return createSignedRouter({
    ...deps,
    answer: async (checkout, locale) => deps.answer(await decideInTime(deps, checkout), locale, checkout),
  });
}

async function decideInTime<Checkout>(deps: CheckoutGatewayDeps<Checkout>, checkout: Checkout): Promise<CheckoutRefusal | null> {
  const startedMs = deps.clock.nowMs();
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
