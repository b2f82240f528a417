/** How a command ends: with its code, or with what went wrong, in words where they are known. */
import { ConfigError } from '../config';
import { isTableMissing } from '../storage/dialect';

const NO_BOOKS = 'The database of DATABASE_URL has no books yet. The command `migrate` makes its tables, and so does `start`.';

/** @param told what a command says of faults of its own; null = not one of them */
export function runCommand(main: () => Promise<number>, told: (error: unknown) => string | null = () => null): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${told(error) ?? faultText(error)}\n`);
      process.exitCode = 1;
    },
  );
}

function faultText(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return isTableMissing(error) ? NO_BOOKS : String(error);
}
