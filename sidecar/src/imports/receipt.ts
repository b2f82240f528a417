import type { ReadRow, RowFault } from '../csv/read-rows';
import {
  insertUnits,
  keepFaults,
  MAX_KEPT_FAULTS,
  rowAbout,
  type ImportRun,
  type ImportUnit,
  type NewFault,
} from '../stores/import-store';
import type { ImportDeps } from './deps';
import { shownFault } from './fault';
import type { AnyImportKind, KeptRow } from './kind';

const UNITS_A_WRITE = 500;
const CHARACTERS_A_WRITE = 1_000_000;
const FAULTS_A_WRITE = 200;

interface OpenUnit {
  /** By which rows are told apart; null = what the row is about cannot be read. */
  readonly key: string | null;
  subject: string | null;
  readonly firstRow: number;
  readonly rows: KeptRow<Record<string, unknown>>[];
  isFaulty: boolean;
}

/** Puts the rows of one file into units, and keeps them and the faults in the database as they come. */
export class Receipt {
  private open: OpenUnit | null = null;
  private units: ImportUnit[] = [];
  private characters = 0;
  private waiting: NewFault[] = [];
  private kept = 0;
  /** What no later row may be about: a part of it is missing. */
  private readonly failedKeys = new Set<string>();
  private readonly counts = { rows_total: 0, units_total: 0, units_failed: 0, faults: 0 };

  constructor(
    private readonly deps: ImportDeps,
    private readonly kind: AnyImportKind,
    private readonly runId: string,
  ) {}

  async add(read: ReadRow<Record<string, unknown>>): Promise<void> {
    this.counts.rows_total += 1;
    const values = read.value === null ? null : this.sealed(read.value);
    const key = this.keyOf(read, values);
    if (this.open === null || this.open.key !== key || key === null) {
      await this.close();
      this.open = { key, subject: null, firstRow: read.row, rows: [], isFaulty: false };
    }
    const unit = this.open;
    this.fault(unit, read.faults, read.cells);
    if (values === null) return;
    unit.subject ??= this.kind.subject(values as never);
    if (unit.rows.length === this.kind.maxUnitRows) {
      const message = `is more than the ${this.kind.maxUnitRows} that may belong together`;
      this.fault(unit, [{ row: read.row, column: null, message }], {});
    } else if (unit.rows.length < this.kind.maxUnitRows) unit.rows.push({ row: read.row, values });
  }

  /** Figures for the run. */
  async end(): Promise<Pick<ImportRun, 'rows_total' | 'units_total' | 'units_failed' | 'faults'>> {
    await this.close();
    await this.writeUnits();
    await this.writeFaults();
    return this.counts;
  }

  private sealed({ email, ...values }: Record<string, unknown>): Record<string, unknown> {
    return typeof email === 'string' ? { ...values, emailHash: this.deps.hashEmail(email) } : values;
  }

  private keyOf({ row, cells }: ReadRow<unknown>, values: Record<string, unknown> | null): string | null {
    const { unit, subjectColumn } = this.kind;
    if (unit === 'file') return 'file';
    if (unit === 'row') return values === null ? null : `${row}`;
    return cells[subjectColumn ?? ''] ?? null;
  }

  private fault(unit: OpenUnit, faults: readonly RowFault[], cells: Readonly<Record<string, unknown>>): void {
    if (faults.length === 0) return;
    unit.isFaulty = true;
    this.counts.faults += faults.length;
    const room = Math.max(0, MAX_KEPT_FAULTS - this.kept - this.waiting.length);
    this.waiting.push(...faults.slice(0, room).map((one) => shownFault(one, cells)));
  }

  private async close(): Promise<void> {
    const unit = this.open;
    this.open = null;
    if (unit === null) return;
    this.counts.units_total += 1;
    const isTorn = unit.key !== null && this.failedKeys.has(unit.key);
    if (isTorn) {
      const { subjectColumn: column } = this.kind;
      this.fault(unit, [{ row: unit.firstRow, column, message: 'is that of an earlier row, which is faulty' }], {});
    }
    if (unit.isFaulty || unit.subject === null) {
      this.counts.units_failed += 1;
      if (unit.key !== null && this.kind.unit === 'rows') this.failedKeys.add(unit.key);
    } else {
      const content = JSON.stringify(unit.rows);
      const { firstRow: first_row, subject } = unit;
      const unit_number = this.counts.units_total;
      this.units.push({ run_id: this.runId, unit_number, subject, first_row, content, attempts: 0 });
      this.characters += content.length;
    }
    if (this.units.length >= UNITS_A_WRITE || this.characters >= CHARACTERS_A_WRITE) await this.writeUnits();
    if (this.waiting.length >= FAULTS_A_WRITE) await this.writeFaults();
  }

  private async writeUnits(): Promise<void> {
    const { units } = this;
    this.units = [];
    this.characters = 0;
    const { db } = this.deps.context;
    if (units.length === 0 || (await insertUnits(db, units))) return;
    for (const unit of units) {
      if (await insertUnits(db, [unit])) continue;
      this.counts.units_failed += 1;
      const first = await rowAbout(db, this.runId, unit.subject);
      const message =
        this.kind.unit === 'rows'
          ? `is that of row ${first}; rows that belong together must follow each other`
          : `is about the same as row ${first}`;
      this.counts.faults += 1;
      this.waiting.push(shownFault({ row: unit.first_row, column: this.kind.subjectColumn, message }, {}));
    }
  }

  private async writeFaults(): Promise<void> {
    const faults = this.waiting;
    this.waiting = [];
    await keepFaults(this.deps.context.db, this.runId, this.kept, faults);
    this.kept += faults.length;
  }
}
