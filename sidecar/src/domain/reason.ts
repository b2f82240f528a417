/**
 * One line of an explanation: why a rule applied or did not, with the figures it looked at.
 * The code is translated at the edge; the figures make the text concrete.
 */
export interface Reason {
  readonly code: string;
  readonly applied: boolean;
  readonly figures: Readonly<Record<string, string | number | boolean | null>>;
}

export function reason(code: string, applied: boolean, figures: Reason['figures'] = {}): Reason {
  return { code, applied, figures };
}
