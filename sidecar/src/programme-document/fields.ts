/** Fields that many parts of the programme have. */
import { z } from 'zod';

export const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .regex(/^\S(.*\S)?$/s, 'must not be empty or begin or end with a space');

export const code = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,31}$/,
    'must be 1 to 32 lower-case letters, digits, "-" or "_", beginning with a letter or digit',
  );
