import { inWords } from '../i18n/texts';
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

  /** Wrong inputs, by name; what is wrong with a programme's document is a `message`. */
  get fields(): readonly FieldProblem[] {
    const { fields } = this.details;
    if (!Array.isArray(fields)) return [];
    const named = fields as readonly { readonly field: string; readonly problem?: string; readonly message?: string }[];
    return named.map(({ field, problem, message }) => ({ field, problem: inWords(problem ?? message ?? '') }));
  }
}

export function faultOf(body: unknown): ApiFault {
  const problem = (body as { error?: Partial<Problem> } | null | undefined)?.error;
  if (problem?.code === undefined) return new ApiFault('INTERNAL', '');
  return new ApiFault(problem.code, problem.message ?? '', problem.details ?? {}, problem.requestId ?? null);
}
