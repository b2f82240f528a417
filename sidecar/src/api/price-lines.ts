/** Prices of a list as lines: one JSON object each, so that a long list is read and written without being held as a whole. */
import { z } from 'zod';
import { MAX_PRICE_MINOR, MAX_PRICES, MAX_QUANTITIES_A_PRODUCT, MAX_QUANTITY, type ListPrice } from '../domain/price-list';
import { AppError } from '../errors';

/** Room for the longest list there may be. */
export const PRICE_LINES_BYTES = 8_000_000;
/** More are not told at once. */
const MAX_PROBLEMS = 20;

const lineSchema = z.strictObject({
  productNumber: z.string().trim().min(1).max(191),
  quantityFrom: z.int().min(1).max(MAX_QUANTITY).default(1),
  priceMinor: z.int().min(0).max(MAX_PRICE_MINOR),
});

interface Problem {
  readonly field: string;
  readonly problem: string;
}

/** @throws AppError INVALID_INPUT naming the first wrong lines, counted from 1 */
export function readPriceLines(text: string): ListPrice[] {
  const prices = new Map<string, ListPrice>();
  const quantities = new Map<string, number>();
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const field = `line ${index + 1}`;
    const read = readLine(line, field);
    if (Array.isArray(read)) problems.push(...read);
    else {
      const { productNumber, quantityFrom } = read;
      const key = `${quantityFrom} ${productNumber}`;
      const count = (quantities.get(productNumber) ?? 0) + 1;
      if (prices.has(key)) problems.push({ field, problem: `${productNumber} from ${quantityFrom} has a price already` });
      else if (count > MAX_QUANTITIES_A_PRODUCT) {
        problems.push({ field, problem: `${productNumber} has more than ${MAX_QUANTITIES_A_PRODUCT} quantities` });
      }
      prices.set(key, read);
      quantities.set(productNumber, count);
    }
    if (prices.size > MAX_PRICES) problems.push({ field, problem: `a list has at most ${MAX_PRICES} prices` });
    if (problems.length >= MAX_PROBLEMS || prices.size > MAX_PRICES) break;
  }
  if (problems.length > 0) throw new AppError('INVALID_INPUT', { fields: problems.slice(0, MAX_PROBLEMS) });
  return [...prices.values()];
}

function readLine(line: string, field: string): ListPrice | Problem[] {
  let written: unknown;
  try {
    written = JSON.parse(line);
  } catch {
    return [{ field, problem: 'is not JSON' }];
  }
  const parsed = lineSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => ({ field: [field, ...path].join('.'), problem: message }));
}
