/** Files that tests import, and the way they go. */
import type { ImportDeps } from '../../sidecar/src/imports/deps';
import { receiveImport, type ImportWish } from '../../sidecar/src/imports/receive';
import { runImports } from '../../sidecar/src/imports/run-imports';
import { createEmailHasher } from '../../sidecar/src/security/identity-hash';
import type { OperationContext } from '../../sidecar/src/operations/context';
import type { Db } from '../../sidecar/src/storage/transaction';
import { findRun, listFaults, type ImportRun } from '../../sidecar/src/stores/import-store';
import { PROGRAMME_ID } from './programme';

export const hashEmail = createEmailHasher(Buffer.alloc(32, 7));

export async function* bytesOf(content: string | Buffer, size = 4096): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content as string);
  for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
}

export interface ImportDesk {
  readonly deps: ImportDeps;
  /** Faults of ours. */
  readonly surprises: unknown[];
  wish(kind: string, change?: Partial<ImportWish>): ImportWish;
  /** Takes a file in and applies it. */
  bring(kind: string, content: string | Buffer, change?: Partial<ImportWish>): Promise<ImportRun>;
  /** As `row column: message`. */
  faults(run: ImportRun): Promise<string[]>;
}

export function importDesk(context: OperationContext): ImportDesk {
  const surprises: unknown[] = [];
  const deps = { context, hashEmail, onFault: (error: unknown) => void surprises.push(error) };
  let keys = 0;
  const wish = (kind: string, change: Partial<ImportWish> = {}): ImportWish => {
    keys += 1;
    const about = { kind, programmeId: PROGRAMME_ID, shopId: 'shop-1', priceList: kind === 'prices' ? 'a-2026' : null };
    return { ...about, isDry: false, reason: 'as the test wants', actor: 'test', idempotencyKey: `import-${keys}`, ...change };
  };
  return {
    deps,
    surprises,
    wish,
    async bring(kind, content, change) {
      const received = await receiveImport(deps, wish(kind, change), bytesOf(content));
      if (!received.ok) throw new Error(received.code);
      await runImports(deps, new AbortController().signal);
      return seen(context.db, received.value.run);
    },
    async faults(run) {
      const found = await listFaults(context.db, run.run_id, null, 1000);
      return found.map(({ at_row: row, column_name: column, message }) => `${row} ${column ?? '-'}: ${message}`);
    },
  };
}

export async function seen(db: Db, { run_id: runId }: Pick<ImportRun, 'run_id'>): Promise<ImportRun> {
  const run = await findRun(db, runId);
  if (!run) throw new Error(`there is no import ${runId}`);
  return run;
}
