import type { OperationContext } from '../operations/context';

export interface ImportDeps {
  readonly context: OperationContext;
  /** Keyed; the address itself goes no further. */
  readonly hashEmail: (email: string) => string;
  /** Told of faults of ours, which stop no other row. */
  readonly onFault: (error: unknown, where: { readonly runId: string; readonly row: number }) => void;
}
