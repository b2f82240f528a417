import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Source of identifiers and secrets; injected so that simulation and tests are reproducible. */
export interface Ids {
  /** Time-ordered unique id (UUIDv7), at most 36 characters. */
  next(): string;
  /** `bytes` random bytes as lower-case hex, from a cryptographic source outside tests. */
  secret(bytes: number): string;
}

export const systemIds: Ids = {
  next: () => uuidv7(),
  secret: (bytes) => randomBytes(bytes).toString('hex'),
};

/** Counts up from a seed; for reproducible runs only, never for secrets that guard anything. */
export function sequentialIds(prefix: string): Ids {
  let counter = 0;
  const step = (): string => {
    counter += 1;
    return counter.toString(16).padStart(12, '0');
  };
  return {
    next: () => `${prefix}-${step()}`,
    secret: (bytes) =>
      (prefix + step())
        .replace(/[^0-9a-f]/g, '0')
        .padStart(bytes * 2, '0')
        .slice(-bytes * 2),
  };
}
