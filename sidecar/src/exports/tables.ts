/** Tables for other programs that are longer than a page: a few rows at a time, whoever reads them. */
import { csvTable } from '../csv/write-csv';
import type { ListRow } from '../domain/price-list';
import { programmeLedger, type ProgrammeLine } from '../ledger/queries';
import type { Db } from '../storage/transaction';
import { memberTable, type MemberTableRow } from '../stores/member-table-store';
import { rowsAfter } from '../stores/price-list-store';

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

const PRICE_COLUMNS = ['productNumber', 'categoryId', 'allGoods', 'quantityFrom', 'priceMinor', 'percentBps'] as const;

type PriceTableRow = Readonly<Record<(typeof PRICE_COLUMNS)[number], string | number | null>> & { readonly row: ListRow };

export function priceTableLines(db: Db, listId: string, onRows: OnRows = ignore): AsyncGenerator<string> {
  const read = async (after: ListRow | null, limit: number) => (await rowsAfter(db, listId, after, limit)).map(priceRow);
  return csvTable(PRICE_COLUMNS, ({ row }: PriceTableRow) => row, told(read, onRows));
}

function priceRow(row: ListRow): PriceTableRow {
  return {
    row,
    productNumber: 'productNumber' in row ? row.productNumber : null,
    categoryId: 'categoryId' in row ? row.categoryId : null,
    allGoods: 'allGoods' in row ? 'yes' : null,
    quantityFrom: row.quantityFrom,
    priceMinor: 'priceMinor' in row ? row.priceMinor : null,
    percentBps: 'percentBps' in row ? row.percentBps : null,
  };
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
