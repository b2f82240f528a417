/** What a file may have; longer ones are split. */
export const MAX_FILE_ROWS = 200_000;
export const MAX_FILE_BYTES = 50_000_000;
