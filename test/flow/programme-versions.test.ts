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

  it('are published once', async () => {
    const versionId = await draft(YAML);
    expect((await call('POST', `/versions/${versionId}/publish`)).status).toBe(200);
    expect((await call('POST', `/versions/${versionId}/publish`)).status).toBe(404);
  });
});
