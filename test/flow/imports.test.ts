/** Tables over HTTP, from a file to what the shop shows, on both platforms. */
import { ensureProgramme } from '../../sidecar/src/stores/programme-store';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

interface Shown {
  readonly runId: string;
  readonly status: string;
  readonly units: Readonly<Record<'total' | 'done' | 'failed' | 'created' | 'changed' | 'unchanged', number>>;
  readonly points: number;
  readonly faults: number;
  readonly endedAt: string | null;
}

const bodyOf = <T>(answer: Answer): T => answer.body as T;

describe.each(sandboxShops)('tables of a %s shop', (_platform, open) => {
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let ann: string;
  beforeEach(async () => {
    ({ composed, shop } = await connectShop(open, programmeDocument({ accrual: { lockDays: 0 }, tiers: { levels: [] } })));
    ann = shop.sandbox.registerCustomer({ email: 'ann@example.com' });
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const send = (path: string, file: string, token = ADMIN_TOKEN, type = 'text/csv; charset=utf-8'): Promise<Answer> =>
    call(`${composed.url}${path}`, { headers: { authorization: `Bearer ${token}`, 'content-type': type }, body: file });
  const get = (path: string, token = ADMIN_TOKEN): Promise<Answer> =>
    call(`${composed.url}${path}`, { method: 'GET', headers: { authorization: `Bearer ${token}` } });
  const post = (path: string, body: object, token = ADMIN_TOKEN): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const keyWith = async (...scopes: string[]): Promise<string> =>
    bodyOf<{ secret: string }>(await post('/admin/api-keys', { programmeId: PROGRAMME_ID, name: 'import', scopes })).secret;
  /** Sent, applied and looked at. */
  const bring = async (path: string, file: string, token = ADMIN_TOKEN): Promise<Shown> => {
    const sent = await send(path, file, token);
    expect(sent).toMatchObject({ status: 202 });
    return ended(bodyOf<Shown>(sent).runId);
  };
  /** Sending has set the job going already. */
  const ended = async (runId: string): Promise<Shown> => {
    for (let tries = 0; tries < 10_000; tries += 1) {
      const run = bodyOf<Shown>(await get(`/v1/imports/${runId}`));
      if (run.endedAt !== null) return run;
      await composed.sidecar.runJob('run-imports');
    }
    throw new Error(`import ${runId} never ends`);
  };
  const about = (key: string, more = ''): string => `?programmeId=${PROGRAMME_ID}&idempotencyKey=${key}${more}`;

  it('are tried, imported, and shown by the shop', async () => {
    const file = `number;placedAt;currency;customerId;email;gross;net\r\nT-1;2026-02-28 14:30;EUR;${ann};;80,00;67,23\r\nT-2;2026-02-28;EUR;;ann@example.com;20;16.81\r\n`;
    const tried = await bring(`/v1/imports/sales${about('sales-try-1', '&dryRun=true')}`, file);
    expect(tried).toMatchObject({ status: 'done', dryRun: true, points: 100, units: { total: 2, done: 2, created: 2 } });
    await settle(composed, shop.sandbox);
    expect(Number(shop.shown(ann).points ?? 0)).toBe(0);
    const run = await bring(`/v1/imports/sales${about('sales-0001')}`, file);
    expect(run).toMatchObject({ status: 'done', dryRun: false, points: 100, faults: 0 });
    await settle(composed, shop.sandbox);
    expect(shop.shown(ann).points).toBe(100);
    const again = await send(`/v1/imports/sales${about('sales-0001')}`, file);
    expect(again).toMatchObject({ status: 200, body: { runId: run.runId } });
    expect(errorCode(await send(`/v1/imports/sales${about('sales-0001')}`, `${file}\r\n`))).toBe('IDEMPOTENCY_MISMATCH');
    const points = `customerId,points,reason,reference\n${ann},50,Opening balance,old-1\nnobody,1,Opening balance,old-2\n`;
    const opened = await bring(`/v1/imports/points${about('points-0001')}`, points);
    expect(opened).toMatchObject({ units: { done: 1, failed: 1 }, points: 50, faults: 1 });
    await settle(composed, shop.sandbox);
    expect(shop.shown(ann).points).toBe(150);
    const ledger = await get(`/v1/exports/points?programmeId=${PROGRAMME_ID}`);
    expect(ledger.headers['content-type']).toContain('text/csv');
    const changes = bodyOf<string>(ledger)
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.split(',')[5]));
    expect(changes.reduce((sum, one) => sum + one, 0)).toBe(150);
  });

  it('say what is wrong, page by page and as a table', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `c${index},=1+1,Gift,r-${index}`);
    const file = `customerId,points,reason,reference\n${rows.join('\n')}\n`;
    const { runId } = await bring(`/v1/imports/points${about('points-0002')}`, file);
    const first = bodyOf<{ faults: object[]; next: string }>(await get(`/v1/imports/${runId}/faults`));
    expect(first.faults).toHaveLength(50);
    expect(first.faults[0]).toEqual({
      row: 2,
      column: 'points',
      value: '=1+1',
      message: 'must be a whole number, with nothing between thousands',
    });
    const second = bodyOf<{ faults: { row: number }[]; next: null }>(
      await get(`/v1/imports/${runId}/faults?after=${first.next}`),
    );
    expect(second.faults.map(({ row }) => row)).toEqual(Array.from({ length: 10 }, (_, index) => 52 + index));
    expect(second.next).toBeNull();
    const table = bodyOf<string>(await get(`/v1/imports/${runId}/faults.csv`)).split('\r\n');
    expect(table).toHaveLength(62);
    expect(table[1]).toBe(`2,points,'=1+1,"must be a whole number, with nothing between thousands"`);
  });

  it('of members open those whom the shop will tell of, and go out again', async () => {
    const bob = shop.sandbox.registerCustomer({ email: 'bob@example.com' });
    const file = `customerId,email,joinedAt,language,birthday\n${bob},bob@example.com,2020-01-01,de,12-24\n,guest@example.com,2021-01-01,,\n`;
    expect(await bring(`/v1/imports/members${about('members-0001')}`, file)).toMatchObject({ units: { created: 2, failed: 0 } });
    await settle(composed, shop.sandbox);
    const table = bodyOf<string>(await get(`/v1/exports/members?programmeId=${PROGRAMME_ID}`));
    const lines = table.trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines.find((line) => line.endsWith(`/${bob}`))).toContain('2020-01-01T00:00:00.000Z,,0,0,0,0,de,12-24,');
    expect(table).not.toContain('example.com');
  });

  it('are for those who may bring them', async () => {
    const file = 'customerId,points,reason,reference\nc1,1,Gift,r-1\n';
    const path = `/v1/imports/points?idempotencyKey=points-0003`;
    expect(errorCode(await send(path, file, await keyWith('members:write')))).toBe('FORBIDDEN');
    const importer = await keyWith('imports:write', 'events:write');
    expect(await send(path, file, importer)).toMatchObject({
      status: 403,
      body: { error: { details: { scope: 'members:write' } } },
    });
    const both = await keyWith('imports:write', 'members:write');
    const sent = await send(path, file, both);
    expect(sent).toMatchObject({ status: 202, body: { actor: expect.stringMatching(/^key:/) as string } });
    const { runId } = bodyOf<Shown>(sent);
    await ensureProgramme(composed.storage.db, 'other', 'other', '2026-03-01T10:00:00.000Z');
    const foreign = bodyOf<{ secret: string }>(
      await post('/admin/api-keys', { programmeId: 'other', name: 'other', scopes: ['imports:read', 'imports:write'] }),
    ).secret;
    for (const below of ['', '/faults', '/faults.csv']) {
      expect(errorCode(await get(`/v1/imports/${runId}${below}`, both))).toBe('FORBIDDEN');
      expect(await get(`/v1/imports/${runId}${below}`, foreign)).toMatchObject({ status: 404 });
      expect((await get(`/v1/imports/${runId}${below}`, await keyWith('imports:read'))).status).toBe(200);
    }
    expect(errorCode(await post(`/v1/imports/${runId}/cancellation`, {}, foreign))).toBe('NOT_FOUND');
    expect(bodyOf<{ imports: object[] }>(await get('/v1/imports', await keyWith('imports:read'))).imports).toHaveLength(1);
    expect(errorCode(await get('/v1/exports/members', both))).toBe('FORBIDDEN');
  });

  it('are refused by name when the request is wrong', async () => {
    const file = 'customerId,points,reason,reference\nc1,1,Gift,r-1\n';
    const fieldsOf = async (path: string, content = file): Promise<unknown> => {
      const { details } = bodyOf<{ error: { details: { fields: { field: string }[] } } }>(await send(path, content)).error;
      return details.fields.map(({ field }) => field);
    };
    expect(await fieldsOf(`/v1/imports/points?programmeId=${PROGRAMME_ID}`)).toEqual(['idempotencyKey']);
    expect(await fieldsOf('/v1/imports/points?idempotencyKey=points-0004')).toEqual(['programmeId']);
    expect(await fieldsOf(`/v1/imports/points${about('points-0004')}`, 'points\n1\n')).toEqual([
      'header.reason',
      'header.reference',
    ]);
    expect(await fieldsOf(`/v1/imports/prices${about('prices-0001')}`)).toEqual(['priceList']);
    expect(errorCode(await send(`/v1/imports/prices${about('prices-0001', '&priceList=none')}`, file))).toBe('NOT_FOUND');
    expect(errorCode(await send(`/v1/imports/sales${about('sales-0002', '&shopId=none')}`, file))).toBe('UNKNOWN_SHOP');
    expect(errorCode(await send(`/v1/imports/points${about('points-0004')}`, file, ADMIN_TOKEN, 'text/plain'))).toBe(
      'UNSUPPORTED_CONTENT_TYPE',
    );
    expect(errorCode(await send(`/v1/imports/wishes${about('wishes-0001')}`, file))).toBe('NOT_FOUND');
    expect(bodyOf<{ imports: object[] }>(await get(`/v1/imports?programmeId=${PROGRAMME_ID}`)).imports).toEqual([]);
  });

  it('end when they are cancelled, unless they are done', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => `${ann},1,Gift,r-${index}`);
    const file = `customerId,points,reason,reference\n${rows.join('\n')}\n`;
    const { runId } = bodyOf<Shown>(await send(`/v1/imports/points${about('points-0005')}`, file));
    const cancelled = await post(`/v1/imports/${runId}/cancellation`, {});
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    const end = await ended(runId);
    expect(end.units.done).toBeLessThan(400);
    await settle(composed, shop.sandbox);
    expect(Number(shop.shown(ann).points ?? 0)).toBe(end.units.done);
    const done = await bring(`/v1/imports/points${about('points-0006')}`, file);
    expect(done.units).toMatchObject({ done: 400, created: 400 - end.units.done });
    expect(await post(`/v1/imports/${done.runId}/cancellation`, {})).toMatchObject({ status: 409 });
  });
});
