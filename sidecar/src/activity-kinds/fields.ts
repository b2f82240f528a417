import { z } from 'zod';

/** The name of something in the sender's system. */
export const reference = z.string().regex(/^[\x21-\x7e]{1,120}$/, 'must be 1 to 120 printable ASCII characters without spaces');

export const optionCode = z.string().min(1).max(64);

/** Answers by question. */
export const answersOf = <Answer extends z.ZodType>(answer: Answer) => z.record(z.string().min(1).max(64), answer);
