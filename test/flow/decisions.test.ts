import { ManualClock } from '../../sidecar/src/clock';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { ADMIN_TOKEN, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { insertShop } from '../support/stand-in-platform';

interface Head {
  readonly decisionId: string;
  readonly kind: string;
  readonly title: string;
  readonly decidedAt: string;
}

describe('decisions over HTTP', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let memberId: string;

  beforeAll(async () => {
    composed = await startSidecar({ clock, random: () => 0.5 });
    const { context } = composed.sidecar;
    await publish(context, programmeDocument());
    await insertShop(composed.storage.db, 'shop-1');
    memberId = await registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId: 'c1',
      emailHash: 'e1',
      customerGroup: null,
      registeredAt: '2026-01-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
    const placed = { paidAt: '2026-03-01T10:00:00.000Z', paymentState: 'paid' as const };
    await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot: orderSnapshot(placed), before: null, messageIds: [] });
  });
  afterAll(() => composed.close());

  const get = async (path: string, token = ADMIN_TOKEN, language = '') => {
    const headers = { authorization: `Bearer ${token}`, ...(language === '' ? {} : { 'accept-language': language }) };
    const response = await fetch(`${composed.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };
  const list = async (query = '') => {
    const { body } = await get(`/admin/members/${memberId}/decisions${query}`);
    return body as { decisions: Head[]; next: string | null };
  };
  const orderDecision = async (): Promise<string> => (await list('?kind=order_entitlement')).decisions[0]?.decisionId ?? '';

  it('read in words, in the language asked for, else in that of the browser', async () => {
    const decisionId = await orderDecision();
    const asked = await get(`/v1/decisions/${decisionId}?language=de`, ADMIN_TOKEN, 'ru');
    expect(asked).toMatchObject({
      status: 200,
      body: { decisionId, kind: 'order_entitlement', language: 'de', title: 'Bestellung 10001' },
    });
    expect(asked.body).toMatchObject({
      memberId,
      subject: 'order:shop-1:o1',
      programmeVersion: { versionNumber: 1 },
      figures: { outcome: { pendingPoints: 100 } },
    });
    const { lines } = asked.body as { lines: { text: string; applied: boolean; about: string | null }[] };
    expect(lines.map(({ applied, about }) => [applied, about])).toEqual([
      [false, null],
      [true, null],
      [true, null],
    ]);
    expect(lines.map(({ text }) => text).join('\n')).toMatch(
      /^Regel “gold-double” gilt für eine andere Stufe\.\n.*100 Punkte\.\n.*Wartezeit: 14 Tage/,
    );
    const heard = await get(`/v1/decisions/${decisionId}`, ADMIN_TOKEN, 'fr, ru;q=0.9');
    expect(heard.body).toMatchObject({ language: 'ru', title: 'Заказ 10001' });
    expect([heard.headers.get('content-language'), heard.headers.get('vary')]).toEqual([
      'ru',
      expect.stringContaining('Accept-Language'),
    ]);
  });

  it('are read by keys of their programme with the scope, and by no other', async () => {
    const decisionId = await orderDecision();
    const key = async (programmeId: string, scopes: readonly string[]): Promise<string> => {
      const answer = await fetch(`${composed.url}/admin/api-keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ programmeId, name: 'reader', scopes }),
      });
      return ((await answer.json()) as { secret: string }).secret;
    };
    await publish(composed.sidecar.context, programmeDocument(), undefined, 'foreign');
    expect((await get(`/v1/decisions/${decisionId}`, await key(PROGRAMME_ID, ['decisions:read']))).status).toBe(200);
    expect((await get(`/v1/decisions/${decisionId}`, await key('foreign', ['decisions:read']))).status).toBe(404);
    expect((await get(`/v1/decisions/${decisionId}`, await key(PROGRAMME_ID, ['members:read']))).status).toBe(403);
    expect((await get('/v1/decisions/nothing')).status).toBe(404);
    expect((await get(`/v1/decisions/${decisionId}?language=fr`)).status).toBe(422);
  });

  it('are listed newest first, page by page, of one kind when asked', async () => {
    const { context } = composed.sidecar;
    for (let count = 0; count < 60; count += 1) {
      // Several in one moment.
      if (count % 7 === 0) clock.advance(1000);
      const idempotencyKey = `listed-${count}`;
      await adjustPoints(context, {
        programmeId: PROGRAMME_ID,
        memberId,
        points: 1,
        reason: 'why',
        actor: 'staff',
        idempotencyKey,
      });
    }
    const seen: Head[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { decisions: Head[]; next: string | null } = await list(
        `?kind=adjustment${next === '' ? '' : `&before=${encodeURIComponent(next)}`}`,
      );
      seen.push(...page.decisions);
      next = page.next;
    }
    expect(new Set(seen.map(({ decisionId }) => decisionId)).size).toBe(60);
    expect(seen.map(({ decidedAt }) => decidedAt)).toEqual([...seen.map(({ decidedAt }) => decidedAt)].sort().reverse());
    expect(seen[0]).toMatchObject({ kind: 'adjustment', title: 'Correction by staff' });
    expect((await list()).decisions).toHaveLength(50);
    expect((await get(`/admin/members/${memberId}/decisions?before=soon`)).status).toBe(422);
  });
});
