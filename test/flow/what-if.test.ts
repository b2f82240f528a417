/** A draft against the past over HTTP: asked for, watched, read and cancelled. */
import { runWhatIfs } from '../../sidecar/src/operations/run-what-ifs';
import { whatIfEndpoints } from '../../sidecar/src/api/admin/what-ifs';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { guardedApi } from '../support/guarded-api';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, openFixture, type Answer, type HttpFixture } from './http-fixture';

const YEAR = { from: '2026-01-01T00:00:00Z', to: '2026-12-31T23:59:59Z' };
const ROOT = `/admin/programmes/${PROGRAMME_ID}`;

function askWith(url: () => string, defaultToken: string) {
  const headers = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  return {
    post: (path: string, body: object = {}, token = defaultToken): Promise<Answer> =>
      call(`${url()}${path}`, { headers: headers(token), body: JSON.stringify(body) }),
    get: (path: string, token = defaultToken, more: Record<string, string> = {}): Promise<Answer> =>
      call(`${url()}${path}`, { method: 'GET', headers: { ...headers(token), ...more } }),
  };
}

const bodyOf = <T>(answer: Answer): T => answer.body as T;

describe.each(sandboxShops)('a draft against the orders of a %s shop', (_platform, open) => {
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  beforeEach(async () => {
    ({ composed, shop } = await connectShop(open, programmeDocument({ accrual: { lockDays: 0 }, tiers: { levels: [] } })));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    const [one, other] = ['a', 'b'].map((name) => shop.sandbox.registerCustomer({ email: `${name}@example.com` }));
    for (const [customerId, quantity] of [
      [one, 1],
      [other, 3],
    ] as const) {
      if (customerId === undefined) throw new Error('there is no customer');
      shop.sandbox.payOrder(shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity }] }));
    }
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });
  const { post, get } = askWith(() => composed.url, ADMIN_TOKEN);

  it('says what it would have given, beside the requests', async () => {
    const currencies = { EUR: { earn: { points: 2, per: 1 }, pointValue: { points: 100, value: 1 } } };
    const document = programmeDocument({ accrual: { lockDays: 0 }, currencies, tiers: { levels: [] }, welcome: { points: 10 } });
    const draft = bodyOf<{ versionId: string }>(await post(`${ROOT}/drafts`, { document }));
    const wish = { versionId: draft.versionId, ...YEAR, compare: 'published', idempotencyKey: 'ask-00001' };
    const asked = await post(`${ROOT}/what-if`, wish);
    expect(asked).toMatchObject({ status: 202, body: { status: 'waiting', progress: { members: 0, of: 2 } } });
    const { runId } = bodyOf<{ runId: string }>(asked);
    // Asking has set the job going already.
    for (let tries = 0; tries < 1000 && (await composed.sidecar.runJob('run-what-ifs')) === 'busy'; tries += 1);
    const seen = await get(`${ROOT}/what-if/${runId}`, ADMIN_TOKEN, { 'accept-language': 'de' });
    expect(seen).toMatchObject({
      status: 200,
      body: {
        status: 'done',
        progress: { members: 2, of: 2 },
        report: {
          orders: 2,
          points: { issued: 820 },
          compared: { issued: 400, winners: 2 },
          leftOut: [{ code: 'what_if_without_corrections', text: expect.stringContaining('Korrekturen') as unknown }],
        },
      },
    });
    expect(await post(`${ROOT}/what-if`, wish)).toMatchObject({ status: 200, body: { runId, status: 'done' } });
  });
});

describe('the endpoints of replays', () => {
  let fixture: HttpFixture;
  let asked = 0;
  let versionId: string;
  const context = () => operationContext(fixture.storage, fixture.clock);
  const TOKEN = 'a-token-of-the-administrator';
  const keys: Record<string, readonly string[]> = {
    reads: ['programme:read'],
    writes: ['programme:write'],
    sells: ['events:write'],
  };
  beforeEach(async () => {
    asked = 0;
    fixture = await openFixture({
      routers: ({ storage, clock }) => [
        guardedApi(
          whatIfEndpoints(operationContext(storage, clock), () => void (asked += 1)),
          TOKEN,
          {
            findKey: (secret) => {
              const [name = '', programmeId = PROGRAMME_ID] = secret.split('-of-');
              const scopes = keys[name];
              return Promise.resolve(scopes ? { kind: 'key', keyId: name, programmeId, scopes: scopes as never } : null);
            },
          },
        ),
      ],
    });
    versionId = await publish(context(), programmeDocument());
  });
  afterEach(() => fixture.close());
  const { post, get } = askWith(() => fixture.url, TOKEN);
  const wish = (change: object = {}): object => ({ versionId, ...YEAR, idempotencyKey: 'ask-00001', ...change });
  const fieldsOf = (answer: Answer): string[] =>
    bodyOf<{ error: { details: { fields: { field: string }[] } } }>(answer).error.details.fields.map(({ field }) => field);

  it('want the right, and know nothing of other programmes', async () => {
    expect(errorCode(await post(`${ROOT}/what-if`, wish(), 'nobody'))).toBe('UNAUTHORIZED');
    expect(errorCode(await post(`${ROOT}/what-if`, wish(), 'reads'))).toBe('FORBIDDEN');
    expect(errorCode(await get(`${ROOT}/what-if`, 'sells'))).toBe('FORBIDDEN');
    expect(errorCode(await post(`${ROOT}/what-if`, wish(), 'writes-of-other'))).toBe('NOT_FOUND');
    const { runId } = bodyOf<{ runId: string }>(await post(`${ROOT}/what-if`, wish(), 'writes'));
    for (const path of ['/what-if', `/what-if/${runId}`]) {
      expect((await get(`${ROOT}${path}`, 'reads')).status).toBe(200);
      expect(errorCode(await get(`${ROOT}${path}`, 'reads-of-other'))).toBe('NOT_FOUND');
    }
    expect(errorCode(await post(`${ROOT}/what-if/${runId}/cancellation`, {}, 'reads'))).toBe('FORBIDDEN');
    expect(errorCode(await post(`${ROOT}/what-if/${runId}/cancellation`, {}, 'writes-of-other'))).toBe('NOT_FOUND');
    expect(errorCode(await get(`${ROOT}/what-if/nothing`))).toBe('NOT_FOUND');
    expect(asked).toBe(1);
  });

  it('name what is wrong with a wish', async () => {
    const ask = (change: object) => post(`${ROOT}/what-if`, wish(change));
    expect(fieldsOf(await post(`${ROOT}/what-if`, {})).sort()).toEqual(['from', 'idempotencyKey', 'to', 'versionId']);
    expect(fieldsOf(await ask({ from: YEAR.to, to: YEAR.from }))).toEqual(['from']);
    expect(fieldsOf(await ask({ from: '1990-01-01T00:00:00Z' }))).toEqual(['from']);
    expect(fieldsOf(await ask({ versionId: 'nothing' }))).toEqual(['versionId']);
    expect(fieldsOf(await ask({ compare: 'published', from: '2010-01-01T00:00:00Z', to: '2010-02-01T00:00:00Z' }))).toEqual([
      'compare',
    ]);
    expect(errorCode(await ask({ shopId: 'nowhere' }))).toBe('UNKNOWN_SHOP');
    expect(asked).toBe(0);
  });

  it('run one at a time, end it when asked, and list the rest newest first', async () => {
    const runs: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const begun = await post(`${ROOT}/what-if`, wish({ idempotencyKey: `ask-0000${i}` }));
      expect(begun.status).toBe(202);
      const { runId } = bodyOf<{ runId: string }>(begun);
      runs.unshift(runId);
      const second = await post(`${ROOT}/what-if`, wish({ idempotencyKey: 'another-1' }));
      expect(second).toMatchObject({ status: 409, body: { error: { details: { reason: 'already_running', runId } } } });
      expect(errorCode(await post(`${ROOT}/what-if`, wish({ idempotencyKey: `ask-0000${i}`, compare: 'published' })))).toBe(
        'IDEMPOTENCY_MISMATCH',
      );
      if (i === 0) await runWhatIfs(context(), new AbortController().signal);
      const ended = await post(`${ROOT}/what-if/${runId}/cancellation`);
      expect(ended).toMatchObject(i === 0 ? { status: 409 } : { status: 200, body: { status: 'cancelled' } });
      expect((await post(`${ROOT}/what-if/${runId}/cancellation`)).status).toBe(ended.status);
    }
    const list = bodyOf<{ runs: { runId: string; status: string }[]; next: null }>(await get(`${ROOT}/what-if`));
    expect(list.runs.map(({ runId, status }) => [runId, status])).toEqual([
      [runs[0], 'cancelled'],
      [runs[1], 'cancelled'],
      [runs[2], 'done'],
    ]);
    expect(list.next).toBeNull();
    expect(bodyOf<{ runs: object[] }>(await get(`${ROOT}/what-if?after=${runs[1]}`)).runs).toHaveLength(1);
  });
});
