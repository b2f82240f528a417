import { z } from 'zod';
import { AppError } from '../errors';

/** A value that may be compared with a key of the database, which is ASCII. */
export const storedKey = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable ASCII characters');

/** @throws AppError INVALID_INPUT naming every wrong field */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_INPUT', {
    fields: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), problem: issue.message })),
  });
}
