/** What a file may have; longer ones are split. */
export const MAX_FILE_ROWS = 100_000;
export const MAX_FILE_BYTES = 30_000_000;
