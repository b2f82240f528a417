import type { z } from 'zod';
import { endpoint, type Call, type Endpoint } from './endpoint';
import type { NeededScope } from './principal';

interface ExportHead<P extends z.ZodType, Q extends z.ZodType> {
  readonly path: string;
  readonly scope: NeededScope;
  readonly tag: string;
  /** Absent = it is of the list beside which it stands. */
  readonly summary?: string;
  readonly params?: P;
  readonly query?: Q;
}

/** A whole list as a table for other programs, sent as it is read. */
export function csvExport<P extends z.ZodType = z.ZodUndefined, Q extends z.ZodType = z.ZodUndefined>(
  head: ExportHead<P, Q>,
  open: (call: Call<z.output<P>, z.output<Q>, unknown>) => AsyncIterable<string> | Promise<AsyncIterable<string>>,
): Endpoint {
  return endpoint({
    summary: 'The same list whole, as a table for other programs.',
    ...head,
    method: 'get',
    answers: { 200: { description: 'Rows with a head', mediaType: 'text/csv' } },
    refusals: ['NOT_FOUND'],
    handle: async (call: Call<z.output<P>, z.output<Q>, unknown>) => ({ lines: await open(call), mediaType: 'text/csv' }),
  });
}
