import { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';

const YAML = `
name: Points
baseCurrency: EUR
currencies:
  EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } }
tiers:
  levels:
    - { code: silver, name: Silver, threshold: 500 }
    - { code: gold, name: Gold, threshold: 2000 }
`;

describe('versions of a programme over HTTP', () => {
  let composed: ComposedSidecar;
  beforeAll(async () => {
    composed = await startSidecar({ clock: new ManualClock(Date.parse('2026-03-01T10:00:00.000Z')), random: () => 0.5 });
  });
  afterAll(() => composed.close());

  const call = (method: string, path: string, body?: string, type = 'application/yaml') =>
    fetch(`${composed.url}/admin/programmes/main${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
  const draft = async (yaml: string): Promise<string> => {
    const answer = await call('POST', '/drafts/yaml?note=spring', yaml);
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { versionId: string }).versionId;
  };

  it('come in and go out as YAML, and the text that went out says the same when it comes in again', async () => {
    const first = await draft(YAML);
    const written = await (await call('GET', `/versions/${first}/document.yaml`)).text();
    expect(written).toContain('- code: silver');
    const second = await draft(written);
    expect(await (await call('GET', `/diff?from=${first}&to=${second}`)).json()).toEqual({ differences: [] });
    const listed = (await (await call('GET', '/versions')).json()) as { versions: { versionId: string }[] };
    expect(listed).toMatchObject({
      versions: [{ versionNumber: 2, note: 'spring', status: 'draft' }, { versionNumber: 1 }],
      next: null,
    });
    expect(await (await call('GET', `/versions/${first}`)).json()).toMatchObject({ document: { name: 'Points' } });
  });

  it('say what changed, by the codes of entries', async () => {
    const from = await draft(YAML);
    const to = await draft(
      YAML.replace('threshold: 2000', 'threshold: 3000').replace('points: 1, per: 1 ', 'points: 2, per: 1 '),
    );
    expect(await (await call('GET', `/diff?from=${from}&to=${to}`)).json()).toEqual({
      differences: [
        { field: 'currencies.EUR.earn.points', before: 1, after: 2 },
        { field: 'tiers.levels[gold].threshold', before: 2000, after: 3000 },
      ],
    });
    expect((await call('GET', `/diff?from=${from}&to=unknown`)).status).toBe(404);
  });

  it('name the place of a fault in the text, and the fields of one in the document', async () => {
    const broken = (await (await call('POST', '/drafts/yaml', 'name: [')).json()) as { error: { details: { fields: object[] } } };
    expect(broken.error.details.fields[0]).toMatchObject({ message: expect.stringContaining('line 1') as unknown });
    const wrong = (await (await call('POST', '/drafts/yaml', YAML.replace('EUR\n', 'USD\n'))).json()) as typeof broken;
    expect(wrong.error.details.fields[0]).toMatchObject({ field: 'baseCurrency' });
    expect((await call('POST', '/drafts/yaml', YAML, 'text/plain')).status).toBe(415);
    expect((await call('POST', '/drafts/yaml', `# ${'x'.repeat(2_000_000)}`)).status).toBe(413);
  });

  it('do not grow out of a small text', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: [*c,*c,*c,*c,*c]',
    ];
    expect((await call('POST', '/drafts/yaml', bomb.join('\n'))).status).toBe(422);
  });

  it('are checked before they are stored, and come back with every default', async () => {
    const check = async (document: unknown) =>
      (await (await call('POST', '/documents/check', JSON.stringify({ document }), 'application/json')).json()) as {
        errors: object[];
        document: { accrual: { lockDays: number } } | null;
      };
    const written = (await (await call('GET', `/versions/${await draft(YAML)}`)).json()) as {
      document: { tiers: { levels: { threshold: number }[] } };
    };
    const { versions } = (await (await call('GET', '/versions')).json()) as { versions: unknown[] };
    expect(await check(written.document)).toMatchObject({ errors: [], document: { accrual: { lockDays: 14 } } });
    written.document.tiers.levels[1]!.threshold = 100;
    expect(await check(written.document)).toEqual({
      errors: [{ field: 'tiers.levels[1].threshold', message: 'must be greater than 500, the threshold of silver' }],
      document: null,
    });
    expect(await check('nothing')).toMatchObject({ errors: [{ field: 'document' }], document: null });
    expect(((await (await call('GET', '/versions')).json()) as { versions: unknown[] }).versions).toHaveLength(versions.length);
  });

  it('are gone back to as a version of their own, once', async () => {
    const restore = (versionId: string, body = '{}') =>
      call('POST', `/versions/${versionId}/restoration`, body, 'application/json');
    const earlier = await draft(YAML.replace('threshold: 500', 'threshold: 400'));
    expect((await restore(earlier)).status).toBe(404);
    expect((await call('POST', `/versions/${earlier}/publish`)).status).toBe(200);
    const later = await draft(YAML);
    expect((await call('POST', `/versions/${later}/publish`)).status).toBe(200);
    const answer = await restore(earlier, JSON.stringify({ note: 'as before' }));
    expect(answer.status).toBe(201);
    const { versionId } = (await answer.json()) as { versionId: string };
    expect(await (await call('GET', `/diff?from=${earlier}&to=${versionId}`)).json()).toEqual({ differences: [] });
    const { versions } = (await (await call('GET', '/versions')).json()) as { versions: object[] };
    const by = { createdBy: 'operator', publishedBy: 'operator', status: 'published' };
    expect(versions[0]).toMatchObject({ versionId, note: 'as before', ...by });
    expect(versions[1]).toMatchObject({ versionId: later, ...by });
    const again = await restore(earlier);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ error: { details: { reason: 'same_as_latest' } } });
  });

  it('are published once', async () => {
    const versionId = await draft(YAML);
    expect((await call('POST', `/versions/${versionId}/publish`)).status).toBe(200);
    expect((await call('POST', `/versions/${versionId}/publish`)).status).toBe(404);
  });
});
