import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Programme } from '../../sidecar/src/domain/programme';
import { replayOrders } from '../../sidecar/src/operations/replay-orders';
import { runWhatIfs } from '../../sidecar/src/operations/run-what-ifs';
import { startWhatIf, type WhatIfWish } from '../../sidecar/src/operations/start-what-if';
import { saveDraft } from '../../sidecar/src/operations/publish-programme';
import { parseProgramme } from '../../sidecar/src/programme-document/programme-document';
import { writeYaml } from '../../sidecar/src/programme-document/written';
import { canonicalJson } from '../../sidecar/src/storage/canonical-json';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { endRun, findRun, purgeRuns } from '../../sidecar/src/stores/what-if-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { projectRoot } from '../support/source';
import { describeEachStorage, migratedDatabase } from '../support/storages';

const RULES = {
  currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 }, turnoverFactor: 1 } },
  accrual: { lockDays: 14, multipliers: [{ code: 'gold-double', multiplier: 2, scope: { tiers: ['gold'] } }] },
  expireAfterDays: 365,
  tiers: { metric: 'turnover', windowDays: 365, graceDays: 30, levels: [{ code: 'gold', name: 'Gold', threshold: 100 }] },
};
const PAST = { programmeId: PROGRAMME_ID, shopId: null, from: '2026-01-01T00:00:00.000Z', to: '2026-12-31T23:59:59.999Z' };

function programmeOf(change: Record<string, unknown> = {}): Programme {
  const parsed = parseProgramme(programmeDocument({ ...RULES, ...change }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

/** Gold with the second order's placement; a refund, a cancellation and an order that is not paid. */
async function history(books: Books): Promise<void> {
  await books.buy('o1', '2026-03-01T10:00:00.000Z', 120);
  await books.buy('o2', '2026-03-20T10:00:00.000Z', 30);
  await books.buy('o3', '2026-04-01T10:00:00.000Z', 50, { orderState: 'cancelled' });
  await books.buy('o4', '2026-05-01T10:00:00.000Z', 10, { paidAt: null, paymentState: 'open' });
  await books.moveTo('2026-07-01T00:00:00.000Z');
}

const replayed: string[] = [];

describeEachStorage('a replay of past orders', (open) => {
  it('under the programme they were placed under gives what the books gave, to the point', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', RULES);
    await history(books);
    const { db } = books.context;
    const account = await db.selectFrom('member_account').select(['pending', 'available']).executeTakeFirstOrThrow();
    const programme = programmeOf();
    const report = await replayOrders(db, PAST, { draft: programme, published: programme });
    expect(account).toEqual({ pending: 20, available: 180 });
    expect(report).toMatchObject({
      members: 1,
      orders: 4,
      points: { issued: 200, redeemed: 0, expired: 0, uncovered: 0, ...account },
      liability: { points: 200, minor: 200, currency: 'EUR' },
      tiers: { gold: { members: 1, issued: 200, costMinor: 200 }, none: { members: 0 } },
      compared: { issued: 200, winners: 0, losers: 0, unchanged: 1 },
    });
  });

  it('gives the same bytes each time, on every database, and writes nothing', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', RULES);
    await history(books);
    const { db } = books.context;
    const decisions = (await db.selectFrom('decision').select('decision_id').execute()).length;
    const programmes = { draft: programmeOf({ welcome: { points: 500 } }), published: programmeOf() };
    for (let times = 0; times < 2; times += 1) replayed.push(canonicalJson(await replayOrders(db, PAST, programmes)));
    expect(new Set(replayed).size).toBe(1);
    expect(JSON.parse(replayed[0] ?? '')).toMatchObject({ points: { issued: 700 }, compared: { winners: 1, losers: 0 } });
    expect((await db.selectFrom('decision').select('decision_id').execute()).length).toBe(decisions);
  });

  it('looks at the time and the shop that were asked for', async () => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', RULES);
    await history(books);
    const { db } = books.context;
    const programmes = { draft: programmeOf(), published: null };
    const later = await replayOrders(db, { ...PAST, from: '2026-04-15T00:00:00.000Z' }, programmes);
    expect(later).toMatchObject({ orders: 1, points: { issued: 10 }, compared: null });
    expect(await replayOrders(db, { ...PAST, shopId: 'shop-9' }, programmes)).toMatchObject({ members: 1, orders: 0 });
  });
});

describeEachStorage('a replay that was asked for', (open) => {
  const signal = new AbortController().signal;
  const scene = async (others = 0) => {
    const books = await openBooks(await open(), '2026-03-01T00:00:00.000Z', RULES);
    await history(books);
    const { context } = books;
    const member = await context.db.selectFrom('member').selectAll().executeTakeFirstOrThrow();
    for (let i = 0; i < others; i += 1) {
      const other = { ...member, member_id: `z-${String(i).padStart(3, '0')}`, referral_code: null };
      await context.db.insertInto('member').values(other).execute();
    }
    const document = programmeDocument({ ...RULES, welcome: { points: 500 } });
    const draft = await saveDraft(context, { programmeId: PROGRAMME_ID, document, note: '' });
    if (!draft.ok) throw new Error(JSON.stringify(draft.errors));
    const { programmeId, shopId, from, to } = PAST;
    const period = { programmeId, shopId, from, to, compare: true };
    const wish: WhatIfWish = { ...period, versionId: draft.value.versionId, idempotencyKey: 'ask-00001' };
    const ask = (change: Partial<WhatIfWish> = {}) => startWhatIf(context, { ...wish, ...change });
    const begin = async (change: Partial<WhatIfWish> = {}): Promise<string> => {
      const asked = await ask(change);
      if (!asked.ok) throw new Error(asked.code);
      return asked.value.run.run_id;
    };
    const seen = async (runId: string) => {
      const run = await findRun(context.db, PROGRAMME_ID, runId);
      if (!run) throw new Error(`there is no run ${runId}`);
      return run;
    };
    return { books, context, ask, begin, seen };
  };
  const direct = async (books: Books) => {
    const programmes = { draft: programmeOf({ welcome: { points: 500 } }), published: programmeOf() };
    return canonicalJson(await replayOrders(books.context.db, PAST, programmes));
  };

  it('says what the command says, to the byte', async () => {
    const { books, context, begin, seen } = await scene();
    const runId = await begin();
    expect(await seen(runId)).toMatchObject({ status: 'waiting', members_done: 0, members_total: 1, report: null });
    expect(await runWhatIfs(context, signal)).toEqual({ done: 1, failed: 0 });
    const run = await seen(runId);
    expect(run).toMatchObject({ status: 'done', members_done: 1, sums: null, ended_at: context.clock.now() });
    expect(run.report).toBe(await direct(books));
    expect(await runWhatIfs(context, signal)).toEqual({ done: 0, failed: 0 });
  });

  it('goes on behind the last page when its process dies, and says the same', async () => {
    const { books, context, begin, seen } = await scene(420);
    const runId = await begin();
    // Two pages fit between four looks at the signal.
    let looks = 0;
    const dying = {
      get aborted() {
        looks += 1;
        return looks > 4;
      },
    } as AbortSignal;
    expect(await runWhatIfs(context, dying)).toEqual({ done: 0, failed: 0 });
    expect(await seen(runId)).toMatchObject({ status: 'running', members_done: 400, members_total: 421, report: null });
    expect(await runWhatIfs(context, signal)).toEqual({ done: 1, failed: 0 });
    expect((await seen(runId)).report).toBe(await direct(books));
  });

  it('counts every member once when two processes replay it at the same time', async () => {
    const { books, context, begin, seen } = await scene(420);
    const runId = await begin();
    await Promise.all([runWhatIfs(context, signal), runWhatIfs(context, signal)]);
    await runWhatIfs(context, signal);
    expect((await seen(runId)).report).toBe(await direct(books));
  });

  it('is one at a time, once by a key, and over when it is cancelled', async () => {
    const { context, ask, begin, seen } = await scene();
    const runs = await Promise.all(['ask-00001', 'ask-00002', 'ask-00003'].map((idempotencyKey) => ask({ idempotencyKey })));
    const [first, ...more] = runs.flatMap((one) => (one.ok ? [one.value.run] : []));
    if (!first) throw new Error('none was begun');
    expect(more).toEqual([]);
    expect(runs.filter((one) => !one.ok && one.code === 'already_running')).toHaveLength(2);
    const { run_id: runId, idempotency_key: idempotencyKey } = first;
    expect(await ask({ idempotencyKey })).toMatchObject({ ok: true, value: { repeated: true, run: { run_id: runId } } });
    expect(await ask({ idempotencyKey, compare: false })).toMatchObject({ ok: false, code: 'idempotency_mismatch' });
    expect(await endRun(context.db, runId, { status: 'cancelled', now: context.clock.now() })).toBe(true);
    expect(await runWhatIfs(context, signal)).toEqual({ done: 0, failed: 0 });
    expect(await seen(runId)).toMatchObject({ status: 'cancelled', report: null });
    const next = await begin({ idempotencyKey: 'ask-00004' });
    await runWhatIfs(context, signal);
    expect(await endRun(context.db, next, { status: 'cancelled', now: context.clock.now() })).toBe(false);
    expect(await purgeRuns(context.db, '2027-01-01T00:00:00.000Z', 100)).toBe(2);
  });

  it('is refused for a version that is not there, and where there is nothing to compare with', async () => {
    const { ask } = await scene();
    expect(await ask({ versionId: 'nothing' })).toMatchObject({ ok: false, code: 'unknown_version' });
    const early = { from: '2010-01-01T00:00:00.000Z', to: '2010-12-31T00:00:00.000Z' };
    expect(await ask(early)).toMatchObject({ ok: false, code: 'nothing_published' });
  });
});

describe('npm run what-if', () => {
  const run = async (url: string, programme: string, ...more: string[]) => {
    const program = ['--import', 'tsx', 'sidecar/src/cli/what-if.ts', '--programme', programme];
    const options = { cwd: projectRoot, env: { ...process.env, DATABASE_URL: url } };
    const time = ['--from', '2026-01-01', '--to', '2026-12-31'];
    return promisify(execFile)(process.execPath, [...program, ...time, ...more], options).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  };

  it('says the same twice, and names what is wrong with a draft', async () => {
    const database = await migratedDatabase('sqlite');
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-what-if-'));
    try {
      const storage = openStorage({ url: database.url });
      await history(await openBooks(storage, '2026-03-01T00:00:00.000Z', RULES));
      await storage.close();
      const [draft, wrong] = [join(folder, 'draft.yaml'), join(folder, 'wrong.yaml')];
      await writeFile(draft, writeYaml(programmeDocument(RULES)));
      await writeFile(wrong, writeYaml(programmeDocument({ ...RULES, baseCurrency: 'nothing' })));
      const first = await run(database.url, draft, '--json', '--compare', 'published');
      expect(JSON.parse(first.stdout)).toMatchObject({ orders: 4, points: { issued: 200 }, compared: { unchanged: 1 } });
      expect((await run(database.url, draft, '--json', '--compare', 'published')).stdout).toBe(first.stdout);
      expect((await run(database.url, draft)).stdout).toContain('4 orders of 1 members');
      expect(await run(database.url, wrong)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('baseCurrency: ') as string,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    }
  });
});
