import { z } from 'zod';
import { csvTable } from '../../csv/write-csv';
import { AppError } from '../../errors';
import { importAbout, type About, type NamedAbout } from '../../imports/about';
import { cancelImport } from '../../imports/cancel';
import type { ImportDeps } from '../../imports/deps';
import type { AnyImportKind } from '../../imports/kind';
import { receiveImport, type ImportRefusal } from '../../imports/receive';
import { importKinds } from '../../imports/registry';
import type { Db } from '../../storage/transaction';
import { findRun, listFaults, listRuns, MAX_OPEN_RUNS, type ImportFault, type ImportRun } from '../../stores/import-store';
import { idempotencyKey } from '../admin/staff-fields';
import { csvExport } from '../csv-export';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { actorOf, mayUse, neededProgramme, reaches, reachShop, type Principal } from '../principal';

const tag = 'Imports';
const CSV = 'text/csv';
const params = z.object({ runId: storedKey });
const whole = z.int().min(0);
const ofProgramme = { programmeId: storedKey.optional() };

const shownRun = z.strictObject({
  runId: z.string(),
  programmeId: z.string(),
  kind: z.string(),
  shopId: z.string().nullable(),
  priceList: z.string().nullable(),
  dryRun: z.boolean(),
  status: z.enum(['waiting', 'running', 'done', 'cancelled']),
  actor: z.string(),
  rows: whole,
  /** What is applied together: a row, the rows of a receipt, all prices of a list. */
  units: z.strictObject({
    total: whole,
    done: whole,
    failed: whole,
    created: whole,
    changed: whole,
    unchanged: whole,
  }),
  /** By which balances of members changed, or would have. */
  points: z.int(),
  faults: whole,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
type ShownRun = z.input<typeof shownRun>;

const shownFault = z.strictObject({
  row: whole,
  column: z.string().nullable(),
  value: z.string().nullable(),
  message: z.string(),
});

const importQuery = {
  ...ofProgramme,
  dryRun: z.enum(['true', 'false']).default('false'),
  reason: z.string().min(3).max(500).default('Import'),
  idempotencyKey,
};
const shopQuery = { shopId: storedKey.optional() };
const listQuery = { priceList: z.string().min(1).max(50) };

/** Tables that come in: tried or applied in the background, row by row; see docs/imports.md. */
export function importEndpoints(deps: ImportDeps, onReceived: () => void): Endpoint[] {
  return [
    ...importKinds.map((kind) => receivingEndpoint(deps, kind, onReceived)),
    ...readingEndpoints(deps.context.db),
    ...faultEndpoints(deps.context.db),
    cancelEndpoint(deps),
  ];
}

function receivingEndpoint(deps: ImportDeps, kind: AnyImportKind, onReceived: () => void): Endpoint {
  const { db } = deps.context;
  return endpoint({
    method: 'post',
    path: `/v1/imports/${kind.code}`,
    scope: 'imports:write',
    tag,
    summary: `Takes a table of ${kind.code} in, with the columns ${Object.keys(kind.columns.shape).join(', ')}; also needs the scope \`${kind.scope}\`. The same idempotency key imports one table.`,
    query: z.strictObject({
      ...importQuery,
      ...(kind.shop === 'none' ? {} : shopQuery),
      ...(kind.priceList === 'none' ? {} : listQuery),
    }),
    streams: { mediaType: CSV, limitBytes: kind.maxBytes },
    answers: {
      200: { description: 'It came in before', body: shownRun },
      202: { description: 'It is under way', body: shownRun },
    },
    refusals: ['NOT_FOUND', 'UNKNOWN_SHOP', 'CONFLICT', 'IDEMPOTENCY_MISMATCH', 'BODY_TOO_LARGE', 'UNSUPPORTED_CONTENT_TYPE'],
    handle: async ({ query, principal, stream }) => {
      if (!mayUse(principal, kind.scope)) throw new AppError('FORBIDDEN', { scope: kind.scope });
      const asked = query as z.output<z.ZodObject<typeof importQuery>> & { shopId?: string; priceList?: string };
      const about = await aboutOf(db, principal, kind, asked);
      const { reason, idempotencyKey: key } = asked;
      const wish = {
        ...about,
        kind: kind.code,
        isDry: asked.dryRun === 'true',
        reason,
        actor: actorOf(principal),
        idempotencyKey: key,
      };
      const received = await receiveImport(deps, wish, stream);
      if (!received.ok) throw refused(received.code);
      const { run, repeated } = received.value;
      if (!repeated) onReceived();
      return { status: repeated ? 200 : 202, body: shown(run) };
    },
  });
}

/** @throws AppError for what is not there, or not theirs */
async function aboutOf(
  db: Db,
  principal: Principal,
  kind: AnyImportKind,
  { programmeId: asked, shopId, priceList }: { readonly programmeId?: string | undefined } & Omit<NamedAbout, 'programmeId'>,
): Promise<About> {
  const shop = shopId === undefined ? null : await reachShop(db, principal, shopId);
  const programmeId = neededProgramme(principal, asked ?? shop?.programme_id);
  const about = await importAbout(db, kind, { programmeId, shopId, priceList });
  if (about.ok) return about.value;
  switch (about.code) {
    case 'unknown_shop':
      throw new AppError('UNKNOWN_SHOP');
    case 'unknown_list':
      throw new AppError('NOT_FOUND', { resource: 'price list' });
    case 'shop_needed': {
      const problem = 'is required, unless the programme has one shop alone';
      throw new AppError('INVALID_INPUT', { fields: [{ field: 'shopId', problem }] });
    }
  }
}

function readingEndpoints(db: Db): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/imports',
      scope: 'imports:read',
      tag,
      summary: 'Lists imports, newest first.',
      query: afterQuery.extend(ofProgramme),
      answers: {
        200: { description: 'A page', body: z.strictObject({ imports: z.array(shownRun), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const runs = await listRuns(db, neededProgramme(principal, query.programmeId), query.after, PAGE);
        return { body: { imports: runs.map(shown), next: nextOf(runs, (run) => run.run_id) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/imports/:runId',
      scope: 'imports:read',
      tag,
      summary: 'How far an import is, and what came of it.',
      params,
      answers: { 200: { description: 'The import', body: shownRun } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { runId }, principal }) => ({ body: shown(await reachRun(db, principal, runId)) }),
    }),
  ];
}

function faultEndpoints(db: Db): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/imports/:runId/faults',
      scope: 'imports:read',
      tag,
      summary: 'What is wrong with rows, in their order; of very many the first 1000.',
      params,
      query: afterQuery,
      answers: {
        200: { description: 'A page', body: z.strictObject({ faults: z.array(shownFault), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { runId }, query, principal }) => {
        await reachRun(db, principal, runId);
        const faults = await listFaults(db, runId, cursorOf(query.after), PAGE);
        return { body: { faults: faults.map(faultShown), next: nextOf(faults, textOf) } };
      },
    }),
    csvExport(
      { path: '/v1/imports/:runId/faults.csv', scope: 'imports:read', tag, params },
      async ({ params: { runId }, principal }) => {
        await reachRun(db, principal, runId);
        return csvTable(
          ['row', 'column', 'value', 'message'],
          ({ cursor }: ReturnType<typeof tableRow>) => cursor,
          async (after, limit) => (await listFaults(db, runId, cursorOf(after ?? ''), limit)).map(tableRow),
        );
      },
    ),
  ];
}

function tableRow(fault: ImportFault) {
  return { ...faultShown(fault), cursor: textOf(fault) };
}

function textOf({ at_row: row, fault_number: number }: Pick<ImportFault, 'at_row' | 'fault_number'>): string {
  return `${row}-${number}`;
}

/** Null = from the beginning. */
function cursorOf(written: string): Pick<ImportFault, 'at_row' | 'fault_number'> | null {
  const [, row, number] = /^(\d{1,9})-(\d{1,9})$/.exec(written) ?? [];
  return row === undefined ? null : { at_row: Number(row), fault_number: Number(number) };
}

function cancelEndpoint({ context }: ImportDeps): Endpoint {
  const { db } = context;
  return endpoint({
    method: 'post',
    path: '/v1/imports/:runId/cancellation',
    scope: 'imports:write',
    tag,
    summary: 'Ends an import that is under way; what was applied stays. One that is done stays done.',
    params,
    answers: { 200: { description: 'It is cancelled', body: shownRun } },
    refusals: ['NOT_FOUND', 'CONFLICT'],
    handle: async ({ params: { runId }, principal }) => {
      await reachRun(db, principal, runId);
      await cancelImport(context, runId);
      const run = await reachRun(db, principal, runId);
      if (run.status !== 'cancelled') throw new AppError('CONFLICT', { status: run.status });
      return { body: shown(run) };
    },
  });
}

/** @throws AppError NOT_FOUND */
async function reachRun(db: Db, principal: Principal, runId: string): Promise<ImportRun> {
  const run = await findRun(db, runId);
  if (!run || !reaches(principal, run.programme_id)) throw new AppError('NOT_FOUND', { resource: 'import' });
  return run;
}

function refused(code: ImportRefusal): AppError {
  if (code === 'idempotency_mismatch') return new AppError('IDEMPOTENCY_MISMATCH');
  return new AppError('CONFLICT', { reason: code, most: MAX_OPEN_RUNS });
}

function shown(run: ImportRun): ShownRun {
  const { units_done: done, units_created: created, units_changed: changed } = run;
  return {
    runId: run.run_id,
    programmeId: run.programme_id,
    kind: run.kind,
    shopId: run.shop_id,
    priceList: run.price_list,
    dryRun: run.is_dry === 1,
    // One that has not come in yet is not found.
    status: run.status as ShownRun['status'],
    actor: run.actor,
    rows: run.rows_total,
    units: {
      total: run.units_total,
      done,
      failed: run.units_failed,
      created,
      changed,
      unchanged: done - created - changed,
    },
    points: run.points,
    faults: run.faults,
    createdAt: run.created_at,
    endedAt: run.ended_at,
  };
}

function faultShown({ at_row: row, column_name: column, value, message }: ImportFault): z.input<typeof shownFault> {
  return { row, column, value, message };
}
