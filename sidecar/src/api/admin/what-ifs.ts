import { z } from 'zod';
import type { Reason } from '../../domain/reason';
import type { Refusal } from '../../domain/result';
import { AppError } from '../../errors';
import { explainReasons } from '../../explain/explain-decision';
import type { Language } from '../../explain/language';
import type { OperationContext } from '../../operations/context';
import { reportOf } from '../../operations/run-what-ifs';
import { startWhatIf, type WhatIfRefusal } from '../../operations/start-what-if';
import { endRun, findRun, listRuns, type ListedRun, type WhatIfRun } from '../../stores/what-if-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, instantSchema, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachedProgramme, reachShop, type Principal } from '../principal';
import { idempotencyKey } from './staff-fields';

const tag = 'Programme';
const path = '/admin/programmes/:programmeId/what-if';
const programmeParams = z.object({ programmeId: storedKey });
const runParams = programmeParams.extend({ runId: storedKey });
const MAX_YEARS = 10;
const YEAR_MS = 366 * 86_400_000;

const wishSchema = z
  .strictObject({
    versionId: storedKey,
    from: instantSchema,
    to: instantSchema,
    shopId: storedKey.nullable().default(null),
    compare: z.enum(['published']).nullable().default(null),
    previewOrders: z.boolean().default(false),
    idempotencyKey,
  })
  .refine(({ from, to }) => from <= to, { path: ['from'], message: 'must not be after "to"' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_YEARS * YEAR_MS, {
    path: ['from'],
    message: `must be at most ${MAX_YEARS} years before "to"`,
  });

const whole = z.int().min(0);
const groupSchema = z.strictObject({ members: whole, issued: whole, outstanding: whole, costMinor: z.int().nullable() });
const changes = z.array(z.strictObject({ memberId: z.string(), points: z.int() }));
const toldParts = z.array(z.strictObject({ code: z.string(), text: z.string() }));
const reportSchema = z.strictObject({
  members: whole,
  orders: whole,
  points: z.strictObject({
    issued: whole,
    redeemed: whole,
    expired: whole,
    uncovered: whole,
    pending: whole,
    available: whole,
  }),
  vouchers: z.strictObject({ given: whole, minor: whole }).nullable(),
  liability: z.strictObject({ points: whole, minor: z.int().nullable(), currency: z.string() }),
  tiers: z.record(z.string(), groupSchema),
  segments: z.record(z.string(), groupSchema),
  compared: z
    .strictObject({
      issued: whole,
      outstanding: whole,
      winners: whole,
      losers: whole,
      unchanged: whole,
      histogram: z.array(z.strictObject({ from: z.int().nullable(), until: z.int().nullable(), members: whole })),
      mostGained: changes,
      mostLost: changes,
    })
    .nullable(),
  replayed: toldParts,
  leftOut: toldParts,
});

const shownRun = z.strictObject({
  runId: z.string(),
  versionId: z.string(),
  publishedVersionId: z.string().nullable(),
  shopId: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  previewOrders: z.boolean(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: z.strictObject({ members: whole, of: whole }),
  fault: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
const runWithReport = shownRun.extend({ report: reportSchema.nullable() });

/** What a draft would have given for past orders, replayed beside the requests; see docs/what-if.md. */
export function whatIfEndpoints(context: OperationContext, onAsked: () => void): Endpoint[] {
  return [startEndpoint(context, onAsked), ...readEndpoints(context), cancelEndpoint(context)];
}

function startEndpoint(context: OperationContext, onAsked: () => void): Endpoint {
  return endpoint({
    method: 'post',
    path,
    scope: 'programme:write',
    tag,
    summary: 'Replays past orders under a version, draft or published; one at a time. The same idempotency key starts one run.',
    params: programmeParams,
    body: wishSchema,
    answers: {
      200: { description: 'It was asked for before', body: shownRun },
      202: { description: 'It is under way', body: shownRun },
    },
    refusals: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_MISMATCH', 'UNKNOWN_SHOP'],
    handle: async ({ params: { programmeId }, body, principal }) => {
      reachedProgramme(principal, programmeId);
      if (body.shopId !== null) await shopOf(context, principal, programmeId, body.shopId);
      const { previewOrders, ...wish } = body;
      const result = await startWhatIf(context, {
        ...wish,
        programmeId,
        compare: body.compare !== null,
        ...(previewOrders ? { previewOrders } : {}),
      });
      if (!result.ok) throw refused(result);
      const { run, repeated } = result.value;
      if (!repeated) onAsked();
      return { status: repeated ? 200 : 202, body: shown(run) };
    },
  });
}

function readEndpoints({ db }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path,
      scope: 'programme:read',
      tag,
      summary: 'Lists replays without their reports, newest first.',
      params: programmeParams,
      query: afterQuery,
      answers: { 200: { description: 'A page', body: z.strictObject({ runs: z.array(shownRun), next: z.string().nullable() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { programmeId }, query, principal }) => {
        reachedProgramme(principal, programmeId);
        const runs = await listRuns(db, programmeId, query.after, PAGE);
        return { body: { runs: runs.map(shown), next: nextOf(runs, (run) => run.run_id) } };
      },
    }),
    endpoint({
      method: 'get',
      path: `${path}/:runId`,
      scope: 'programme:read',
      tag,
      summary:
        'How far a replay is, and its report when it is done; what is in it beside orders, and what is not, is named in words.',
      params: runParams,
      answers: { 200: { description: 'The replay', body: runWithReport } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params, principal, language }) => {
        const run = await reachRun({ db }, principal, params);
        return { body: { ...shown(run), report: shownReport(run, language) } };
      },
    }),
  ];
}

function cancelEndpoint({ db, clock }: OperationContext): Endpoint {
  return endpoint({
    method: 'post',
    path: `${path}/:runId/cancellation`,
    scope: 'programme:write',
    tag,
    summary: 'Ends a replay that is under way. Said again it changes nothing; one that is done stays done.',
    params: runParams,
    answers: { 200: { description: 'It is cancelled', body: shownRun } },
    refusals: ['NOT_FOUND', 'CONFLICT'],
    handle: async ({ params, principal }) => {
      const { run_id: runId } = await reachRun({ db }, principal, params);
      await endRun(db, runId, { status: 'cancelled', now: clock.now() });
      const run = await reachRun({ db }, principal, params);
      if (run.status !== 'cancelled') throw new AppError('CONFLICT', { status: run.status });
      return { body: shown(run) };
    },
  });
}

/** @throws AppError UNKNOWN_SHOP, also for one of another programme */
async function shopOf({ db }: OperationContext, principal: Principal, programmeId: string, shopId: string): Promise<void> {
  const shop = await reachShop(db, principal, shopId);
  if (shop.programme_id !== programmeId) throw new AppError('UNKNOWN_SHOP');
}

/** @throws AppError NOT_FOUND */
async function reachRun(
  { db }: Pick<OperationContext, 'db'>,
  principal: Principal,
  { programmeId, runId }: { readonly programmeId: string; readonly runId: string },
): Promise<WhatIfRun> {
  reachedProgramme(principal, programmeId);
  const run = await findRun(db, programmeId, runId);
  if (!run) throw new AppError('NOT_FOUND', { resource: 'what-if' });
  return run;
}

function shown(run: ListedRun): z.input<typeof shownRun> {
  return {
    runId: run.run_id,
    versionId: run.version_id,
    publishedVersionId: run.published_version_id,
    shopId: run.shop_id,
    from: run.placed_from,
    to: run.placed_to,
    previewOrders: run.with_preview === 1,
    status: run.status,
    progress: { members: run.members_done, of: run.members_total },
    fault: run.fault,
    createdAt: run.created_at,
    endedAt: run.ended_at,
  };
}

function shownReport(run: WhatIfRun, language: Language): z.input<typeof reportSchema> | null {
  const report = reportOf(run);
  if (report === null) return null;
  const { replayed = [], leftOut, vouchers = null, ...figures } = report;
  return {
    ...figures,
    compared: figures.compared && {
      ...figures.compared,
      histogram: [...figures.compared.histogram],
      mostGained: [...(figures.compared.mostGained ?? [])],
      mostLost: [...(figures.compared.mostLost ?? [])],
    },
    vouchers,
    replayed: toldOf(replayed, language),
    leftOut: toldOf(leftOut, language),
  };
}

function toldOf(reasons: readonly Reason[], language: Language): z.input<typeof toldParts> {
  const texts = explainReasons(reasons, null, language).map(({ text }) => text);
  return reasons.map(({ code }, i) => ({ code, text: texts[i] ?? code }));
}

function refused({ code, details }: Refusal<WhatIfRefusal>): AppError {
  const wrong = (field: string, problem: string): AppError => new AppError('INVALID_INPUT', { fields: [{ field, problem }] });
  switch (code) {
    case 'unknown_version':
      return wrong('versionId', 'is no version of this programme');
    case 'invalid_version':
      return wrong('versionId', `is not valid any more: ${String(details['fields'])}`);
    case 'nothing_published':
      return wrong('compare', 'nothing is published by "to"');
    case 'already_running':
      return new AppError('CONFLICT', { reason: code, ...details });
    case 'idempotency_mismatch':
      return new AppError('IDEMPOTENCY_MISMATCH');
  }
}
