/** Prices of a list as lines: one JSON object each, so that a long list is read and written without being held as a whole. */
import { z } from 'zod';
import {
  MAX_PERCENT_BPS,
  MAX_PRICE_MINOR,
  MAX_PRICES,
  MAX_QUANTITY,
  PriceSheet,
  readRow,
  type ListRow,
  type RowKey,
} from '../domain/price-list';
import { AppError } from '../errors';

/** Room for the longest list there may be. */
export const PRICE_LINES_BYTES = 8_000_000;
/** More are not told at once. */
const MAX_PROBLEMS = 20;

const goodsFields = {
  productNumber: z.string().trim().min(1).max(191).optional(),
  categoryId: z.string().trim().min(1).max(191).optional(),
  allGoods: z.literal(true).optional(),
};

/** What a row is for, from one unit on when it says nothing else. */
export const rowKeySchema = z
  .strictObject({ ...goodsFields, quantityFrom: z.int().min(1).max(MAX_QUANTITY).optional() })
  .transform((written, check): RowKey => {
    const read = readRow({ ...written, percentBps: 0 });
    if (read.ok) return read.row;
    check.addIssue({ code: 'custom', path: [read.field], message: read.problem });
    return z.NEVER;
  });

/** A row that may be wrong in more than its form: `readRow` looks. */
export const lineSchema = z.strictObject({
  ...goodsFields,
  quantityFrom: z.int().min(1).max(MAX_QUANTITY).optional(),
  priceMinor: z.int().min(0).max(MAX_PRICE_MINOR).optional(),
  percentBps: z.int().min(0).max(MAX_PERCENT_BPS).optional(),
});

interface Problem {
  readonly field: string;
  readonly problem: string;
}

/** @throws AppError INVALID_INPUT naming the first wrong lines, counted from 1 */
export function readPriceLines(text: string): ListRow[] {
  const sheet = new PriceSheet();
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const field = `line ${index + 1}`;
    const read = readLine(line, field);
    if (Array.isArray(read)) problems.push(...read);
    else {
      const problem = sheet.add(read);
      if (problem !== null) problems.push({ field, problem });
    }
    if (problems.length >= MAX_PROBLEMS || sheet.size > MAX_PRICES) break;
  }
  if (problems.length > 0) throw new AppError('INVALID_INPUT', { fields: problems.slice(0, MAX_PROBLEMS) });
  return sheet.rows();
}

function readLine(line: string, field: string): ListRow | Problem[] {
  let written: unknown;
  try {
    written = JSON.parse(line);
  } catch {
    return [{ field, problem: 'is not JSON' }];
  }
  const parsed = lineSchema.safeParse(written);
  if (parsed.success) {
    const read = readRow(parsed.data);
    return read.ok ? read.row : [{ field: `${field}.${read.field}`, problem: read.problem }];
  }
  return parsed.error.issues.map(({ path, message }) => ({ field: [field, ...path].join('.'), problem: message }));
}
