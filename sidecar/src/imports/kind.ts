import type { z } from 'zod';
import type { OperationContext } from '../operations/context';

/** One row as it is kept until it is applied; an address is a keyed hash. */
export interface KeptRow<Row> {
  /** As a program for tables counts. */
  readonly row: number;
  readonly values: Row;
}

/** What a row says, with the hash of an address in place of the address. */
export type Sealed<Sent> = Omit<Sent, 'email'> &
  ('email' extends keyof Sent ? { readonly emailHash?: string | undefined } : unknown);

export interface UnitFault {
  readonly row: number;
  /** Null = the whole row. */
  readonly column: string | null;
  readonly message: string;
}

export interface Applied {
  readonly effect: 'created' | 'changed' | 'unchanged';
  /** By which balances of members changed. */
  readonly points: number;
}

export type UnitOutcome =
  { readonly ok: true; readonly applied: Applied } | { readonly ok: false; readonly faults: readonly UnitFault[] };

/** What a file is about, besides its rows. */
export interface ImportTarget {
  readonly runId: string;
  readonly programmeId: string;
  readonly shopId: string | null;
  readonly priceList: string | null;
  readonly actor: string;
  readonly reason: string;
}

/** One kind of table: its columns, which rows belong together, and how these are applied. */
export interface ImportKind<Columns extends z.ZodObject = z.ZodObject, Row = Sealed<z.output<Columns>>> {
  readonly code: string;
  /** What a sender may have to be able to do, besides importing. */
  readonly scope: 'events:write' | 'members:write' | 'price-lists:write';
  readonly columns: Columns;
  readonly shop: 'needed' | 'optional' | 'none';
  readonly priceList: 'needed' | 'none';
  readonly maxRows: number;
  /** Rows of one unit; beyond it the unit is faulty. */
  readonly maxUnitRows: number;
  readonly maxBytes: number;
  /** What is applied together or not at all: each row, rows that follow each other with one subject, or the file. */
  readonly unit: 'row' | 'rows' | 'file';
  /** Whose text is the subject; null = it is put together. */
  readonly subjectColumn: string | null;
  /** What a unit is about; once a file. Printable ASCII. */
  subject(row: Row): string;
  /** Within the transaction that `context.db` is. */
  apply(context: OperationContext, target: ImportTarget, rows: readonly KeptRow<Row>[]): Promise<UnitOutcome>;
}

/** What a kind looks like to those who only pass rows through. */
export type AnyImportKind = Omit<ImportKind, 'subject' | 'apply'> & {
  subject(row: never): string;
  apply(context: OperationContext, target: ImportTarget, rows: never): Promise<UnitOutcome>;
};

/** Keeps columns, subject and application of a kind together. */
export function importKind<Columns extends z.ZodObject>(kind: ImportKind<Columns>): AnyImportKind {
  return kind;
}

export function applied(effect: Applied['effect'], points = 0): UnitOutcome {
  return { ok: true, applied: { effect, points } };
}

export function faulty(row: number, column: string | null, message: string): UnitOutcome {
  return { ok: false, faults: [{ row, column, message }] };
}
