import { reason, type Reason } from './reason';
import type { ReferralFacts, ReferralSignal } from './referral-signals/signal';

export const MAX_SCORE = 100;

/** From which score on staff look at a referral, and from which it is refused at once. */
export interface FraudTerms {
  readonly reviewFrom: number;
  readonly refuseFrom: number;
  /** By code of the signal, from 0, it does not count, to 100; a signal that is not named has its own weight. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface FraudScore {
  /** From 0 to 100. */
  readonly score: number;
  /** One for each signal, with what it adds. */
  readonly reasons: readonly Reason[];
}

/** Adds up what each signal sees: every point can be told, and no signal takes from another. */
export function fraudScore(signals: readonly ReferralSignal[], facts: ReferralFacts, weights: FraudTerms['weights']): FraudScore {
  const seen = signals.map((signal) => {
    const { points, figures } = signal.look(facts);
    const weight = weights[signal.code] ?? signal.weight;
    return { code: signal.code, adds: Math.floor((points * weight) / 100), figures: { ...figures, points, weight } };
  });
  return {
    score: Math.min(
      MAX_SCORE,
      seen.reduce((sum, { adds }) => sum + adds, 0),
    ),
    reasons: seen.map(({ code, adds, figures }) => reason(`fraud_${code}`, adds > 0, { adds, ...figures })),
  };
}
