/** In their order; each has a part of the page of its own. */
export const STEPS = ['connection', 'value', 'template', 'preview', 'publish'] as const;

export type Step = (typeof STEPS)[number];

/** The step an address names; the first when it names none. */
export function stepOf(written: unknown): Step {
  return STEPS.find((step) => step === written) ?? 'connection';
}

export function stepAfter(step: Step, by: 1 | -1): Step {
  return STEPS[STEPS.indexOf(step) + by] ?? step;
}
