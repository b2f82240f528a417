import { MAX_SALE_LINES, saleOrder, saleOrderId } from '../domain/sale';
import type { OperationContext } from '../operations/context';
import { recordSale, SALE } from '../operations/record-sale';
import { saleBuyer } from '../operations/sale-buyer';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import type { Db } from '../storage/transaction';
import { findPosition } from '../stores/position-store';
import { applied, faulty, importKind, type ImportTarget, type KeptRow, type UnitOutcome } from './kind';
import { MAX_FILE_BYTES, MAX_FILE_ROWS } from './limits';
import { readSale, saleColumns, type SaleRow } from './sale-rows';

const DIGITS_OF_HASH = 40;

/** Sales of a till: a row a line, a receipt at a time. */
export const sales = importKind({
  code: 'sales',
  scope: 'events:write',
  columns: saleColumns,
  shop: 'needed',
  priceList: 'none',
  maxRows: MAX_FILE_ROWS,
  maxUnitRows: MAX_SALE_LINES,
  maxBytes: MAX_FILE_BYTES,
  unit: 'rows',
  subjectColumn: 'number',
  subject: ({ number }) => number,
  apply,
});

async function apply(context: OperationContext, target: ImportTarget, rows: readonly KeptRow<SaleRow>[]): Promise<UnitOutcome> {
  const { db, clock, programmes } = context;
  const { programmeId, shopId } = target;
  const [first] = rows;
  if (!first || shopId === null) throw new Error('a sale has rows and a shop');
  const published = await programmes.effectiveAt(db, programmeId, clock.now());
  if (!published) return faulty(first.row, null, 'nothing is published yet');
  const read = readSale(rows, published.programme, clock.now());
  if (!read.ok) return read;
  const { data } = read;
  const { customerId, emailHash = '' } = first.values;
  const member = customerId === undefined ? { shopId, emailHash } : { shopId, customerId };
  const buyer = await saleBuyer(db, programmeId, member);
  if (!buyer.ok) return faulty(first.row, 'customerId', 'is no customer that this shop has told of');
  const before = await pointsOf(db, shopId, data.number);
  // The same content is the same event, whatever the file; other content is a newer state.
  const eventId = `import:${sha256Hex(canonicalJson({ member, data })).slice(0, DIGITS_OF_HASH)}`;
  const event = { programmeId, eventId, kind: SALE, activity: null, member, shopId, occurredAt: data.placedAt, data };
  const recorded = await recordSale(context, { event, snapshot: saleOrder(data, buyer.value) });
  if (!recorded.ok) {
    if (recorded.code !== 'no_programme') throw new Error(`sale ${data.number}: ${recorded.code}`);
    return faulty(first.row, 'placedAt', 'lies before the programme took effect');
  }
  const { repeated, reasons } = recorded.value;
  if (repeated || reasons.every((one) => !one.applied)) return applied('unchanged');
  const points = ((await pointsOf(db, shopId, data.number)) ?? 0) - (before ?? 0);
  return applied(before === null ? 'created' : 'changed', points);
}

/** That the books have given for a sale; null = they do not know it. */
async function pointsOf(db: Db, shopId: string, number: string): Promise<number | null> {
  const position = await findPosition(db, shopId, saleOrderId(number));
  return position ? position.pending_points + position.available_points : null;
}
