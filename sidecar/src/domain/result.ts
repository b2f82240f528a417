/**
 * Expected refusals are values, not exceptions: the caller must look at them.
 * A `Refusal` names the rule that refused and the figures a person needs to understand why.
 */
export interface Refusal<Code extends string = string> {
  readonly ok: false;
  readonly code: Code;
  /** Figures that explain the refusal, for example `{ minimumPoints: 100, requestedPoints: 40 }`. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T, Code extends string = string> = Success<T> | Refusal<Code>;

export function success<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function refuse<Code extends string>(code: Code, details: Refusal['details'] = {}): Refusal<Code> {
  return { ok: false, code, details };
}
