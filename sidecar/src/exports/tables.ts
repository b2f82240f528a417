/** Tables for other programs that are longer than a page: a few rows at a time, whoever reads them. */
import { csvTable } from '../csv/write-csv';
import type { ListPrice } from '../domain/price-list';
import { programmeLedger, type ProgrammeLine } from '../ledger/queries';
import type { Db } from '../storage/transaction';
import { memberTable, type MemberTableRow } from '../stores/member-table-store';
import { pricesAfter } from '../stores/price-list-store';

/** Told of each row that was read; for progress. */
type OnRows = (rows: number) => void;

const MEMBER_COLUMNS = [
  'memberId',
  'joinedAt',
  'tier',
  'pending',
  'available',
  'held',
  'debt',
  'language',
  'birthday',
  'accounts',
] as const satisfies readonly (keyof MemberTableRow)[];

export function memberLines(db: Db, programmeId: string, onRows: OnRows = ignore): AsyncGenerator<string> {
  const read = (after: string | null, limit: number) => memberTable(db, programmeId, after ?? '', limit);
  return csvTable(MEMBER_COLUMNS, (row: MemberTableRow) => row.memberId, told(read, onRows));
}

const POINT_COLUMNS = [
  'entryId',
  'memberId',
  'kind',
  'occurredAt',
  'pending',
  'available',
  'held',
  'debt',
  'shopId',
  'orderId',
  'decisionId',
] as const;

type PointRow = Readonly<Record<(typeof POINT_COLUMNS)[number], string | number | null>> & { readonly entryId: string };

/** Every change of points of every member. */
export function pointLines(db: Db, programmeId: string, onRows: OnRows = ignore): AsyncGenerator<string> {
  const read = async (after: string | null, limit: number) =>
    (await programmeLedger(db, programmeId, after ?? '', limit)).map(pointRow);
  return csvTable(POINT_COLUMNS, (row: PointRow) => row.entryId, told(read, onRows));
}

function pointRow({ entryId, memberId, kind, occurredAt, shopId, orderId, decisionId, changes }: ProgrammeLine): PointRow {
  // In postings, what a member owes is below zero.
  const { pending = 0, available = 0, held = 0, debt = 0 } = changes;
  return { entryId, memberId, kind, occurredAt, pending, available, held, debt: 0 - debt, shopId, orderId, decisionId };
}

export function priceTableLines(db: Db, listId: string, onRows: OnRows = ignore): AsyncGenerator<string> {
  const read = (after: string | null, limit: number) => pricesAfter(db, listId, after === null ? null : cursorOf(after), limit);
  const cursor = (row: ListPrice) => JSON.stringify([row.productNumber, row.quantityFrom]);
  return csvTable(['productNumber', 'quantityFrom', 'priceMinor'], cursor, told(read, onRows));
}

function cursorOf(written: string) {
  const [product_number, quantity_from] = JSON.parse(written) as [ListPrice['productNumber'], ListPrice['quantityFrom']];
  return { product_number, quantity_from };
}

function told<Row, Cursor>(read: (after: Cursor, limit: number) => Promise<Row[]>, onRows: OnRows): typeof read {
  return async (after, limit) => {
    const rows = await read(after, limit);
    onRows(rows.length);
    return rows;
  };
}

function ignore(): void {
  // Nobody watches.
}
