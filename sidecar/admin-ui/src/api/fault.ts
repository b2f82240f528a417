import type { components } from './openapi';

type Problem = components['schemas']['Error']['error'];

export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** A request that was refused or got no answer. */
export class ApiFault extends Error {
  constructor(
    /** Of the error catalogue; `UNREACHABLE` = no answer came. */
    readonly code: Problem['code'] | 'UNREACHABLE',
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    /** Under which the log has the rest. */
    readonly requestId: string | null = null,
  ) {
    super(message);
    this.name = 'ApiFault';
  }

  /** Wrong inputs, by name. */
  get fields(): readonly FieldProblem[] {
    const { fields } = this.details;
    return Array.isArray(fields) ? (fields as FieldProblem[]) : [];
  }
}

export function faultOf(body: unknown): ApiFault {
  const problem = (body as { error?: Partial<Problem> } | null | undefined)?.error;
  if (problem?.code === undefined) return new ApiFault('INTERNAL', '');
  return new ApiFault(problem.code, problem.message ?? '', problem.details ?? {}, problem.requestId ?? null);
}
