/** A quiz and a survey, opened from the account in the shop, answered on the sidecar's pages, rewarded once. */
import { ManualClock } from '../../sidecar/src/clock';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { seededRandom } from '../simulation/random';
import { settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, type Answer } from './http-fixture';

const quiz = {
  code: 'coffee-quiz',
  kind: 'quiz',
  name: 'Coffee & <b>more</b>',
  points: 30,
  settings: {
    passFrom: 1,
    pointsPerRight: 10,
    attempts: 2,
    questions: [
      { id: 'origin', text: 'Where does coffee come from?', options: ['Ethiopia', 'Italy'], right: ['Ethiopia'] },
      { id: 'beans', text: 'Which are beans?', options: ['Arabica', 'Robusta', 'Rooibos'], right: ['Arabica', 'Robusta'] },
    ],
  },
  limits: { perMember: 1 },
};
const survey = {
  code: 'spring',
  kind: 'survey',
  name: 'Five minutes',
  points: 40,
  settings: {
    questions: [
      { id: 'recommend', text: 'How likely?', kind: 'recommend' },
      { id: 'colour', text: 'Which colour?', kind: 'choice', options: ['Red', 'Blue'] },
      { id: 'why', text: 'Why?', required: false },
    ],
  },
  limits: { perMember: 1 },
};
const gold = { ...survey, code: 'gold-only', name: 'For gold', scope: { tiers: ['gold'] } };
const counter = { ...survey, code: 'at-the-counter', name: 'At the counter', scope: { channels: ['trade'] } };
const tiers = { levels: [{ code: 'gold', name: 'Gold', threshold: 1000 }] };

describe.each(sandboxShops)('taking part in a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;
  let trade: string;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    composed = await startSidecar({ clock, random: () => random.next() });
    shop = open(clock, () => random.next());
    trade = shop.sandbox.addChannel();
    const channels = [{ code: 'trade', name: 'Trade', places: [{ id: trade }] }];
    const document = programmeDocument({ tiers, channels, activities: [quiz, survey, gold, counter] });
    await publish(composed.sidecar.context, document);
    await shop.sandbox.start();
    await shop.connect(composed);
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const shown = () => shop.shown(customerId).activities as { page: string; key: string; places: Record<string, string> };
  const at = (path: string): string => `${shown().page}/${path}?for=${encodeURIComponent(shown().key)}`;
  const get = (url: string): Promise<Answer> => call(url, { method: 'GET' });
  const submit = (code: string, fields: readonly (readonly [string, string])[], key = shown().key): Promise<Answer> =>
    call(`${shown().page}/en/${code}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([['for', key], ...fields.map(([name, value]): [string, string] => [name, value])]).toString(),
    });
  const points = async (): Promise<unknown> => {
    await settle(composed, shop.sandbox);
    return shop.shown(customerId).points;
  };
  const follow = (answer: Answer): Promise<Answer> => get(answer.headers.location ?? '');

  const right = [
    ['attempt', '0'],
    ['q0', '0'],
    ['q1', '0'],
    ['q1', '1'],
  ] as const;

  it('lists what is meant for the member, in their language, without the right answers', async () => {
    const list = await get(at('de'));
    expect(list).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
    expect(list.body).toContain('<html lang="de">');
    expect(list.body).toContain('Coffee &#38; &#60;b&#62;more');
    expect(list.body).toContain('Punkte: 30 und 10 für jede richtige Antwort · Versuche übrig: 2');
    expect(list.body).not.toContain('For gold');
    const page = await get(at('en/coffee-quiz'));
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.body).toContain('<legend>Where does coffee come from?</legend>');
    expect(page.body).toContain('<input type="checkbox" name="q1" value="2"> Rooibos');
    expect(page.body).not.toMatch(/<script|checked|right"/);
  });

  it('offers what is for some channels to who comes from one, and to nobody who only says so', async () => {
    const from = (key: string): Promise<Answer> => get(`${at('en/at-the-counter')}&in=${encodeURIComponent(key)}`);
    const key = shown().places[trade] ?? '';
    expect((await get(`${at('en')}&in=${encodeURIComponent(key)}`)).body).toContain('At the counter');
    expect([(await get(at('en'))).body].join()).not.toContain('At the counter');
    expect((await from(key)).status).toBe(200);
    expect((await from(`${trade}.${'a'.repeat(43)}`)).status).toBe(404);
    const fields = [
      ['attempt', '0'],
      ['q0', '9'],
      ['q1', '0'],
    ] as const;
    expect((await submit('at-the-counter', fields)).status).toBe(404);
    const sent = await submit('at-the-counter', [...fields, ['in', key]]);
    expect((await follow(sent)).body).toContain('You get 40 points.');
    expect(await points()).toBe(40);
  });

  it('rewards a quiz that was passed once, also when the form is sent twice', async () => {
    const [first, second] = await Promise.all([submit('coffee-quiz', right), submit('coffee-quiz', right)]);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers.location).toBe(first.headers.location);
    expect((await follow(first)).body).toContain('Thank you! You get 50 points.');
    expect(await points()).toBe(50);
    expect(
      await submit('coffee-quiz', [
        ['attempt', '0'],
        ['q0', '1'],
        ['q1', '2'],
      ]),
    ).toMatchObject({ status: 303 });
    expect((await get(at('en'))).body).toContain('You have already taken part.');
    expect((await get(at('en/coffee-quiz'))).body).not.toContain('<form');
    expect(await points()).toBe(50);
    expect(await verifyBooks(composed.storage.db)).toMatchObject({ ok: true });
  });

  it('gives the attempts there are, says why there are no points, and no attempt more', async () => {
    const wrong = [
      ['q0', '1'],
      ['q1', '2'],
    ] as const;
    const failed = await follow(await submit('coffee-quiz', [['attempt', '0'], ...wrong]));
    expect(failed.body).toContain('There are no points this time.');
    expect(failed.body).toContain('Try again');
    expect((await get(at('en/coffee-quiz'))).body).toContain('Attempts left: 1');
    expect((await follow(await submit('coffee-quiz', [['attempt', '1'], ...wrong]))).body).not.toContain('Try again');
    expect(
      (
        await follow(
          await submit('coffee-quiz', [
            ['attempt', '2'],
            ['q0', '0'],
            ['q1', '0'],
            ['q1', '1'],
          ]),
        )
      ).body,
    ).toContain('There are no points this time.');
    expect(await points()).toBe(0);
    // From the future: no page was ever made for it.
    expect(await submit('coffee-quiz', [['attempt', '9'], ...wrong])).toMatchObject({ status: 404 });
  });

  it('marks what was left out of a survey, keeps the rest, and takes it when it is whole', async () => {
    const half = await submit('spring', [
      ['attempt', '0'],
      ['q0', '9'],
      ['q2', '<i>cheap</i>'],
    ]);
    expect(half).toMatchObject({ status: 422 });
    expect(half.body).toContain('<p id="q1-error" class="error">Please answer this question.</p>');
    expect(half.body).not.toContain('q0-error');
    expect(half.body).toContain('value="9" checked');
    expect(half.body).toContain('&#60;i&#62;cheap&#60;/i&#62;</textarea>');
    // A place that no option has is no answer.
    expect(
      await submit('spring', [
        ['attempt', '0'],
        ['q0', '9'],
        ['q1', '7'],
      ]),
    ).toMatchObject({ status: 422 });
    expect(
      await submit('spring', [
        ['attempt', '0'],
        ['q0', '9'],
        ['q1', '1'],
        ['q2', ' fair '],
      ]),
    ).toMatchObject({ status: 303 });
    expect(await points()).toBe(40);
    const event = await composed.storage.db.selectFrom('member_event').selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(event.data)).toEqual({ answers: { recommend: 9, colour: 'Blue', why: 'fair' } });
    expect(event.recommends).toBe(9);
  });

  it('lets nobody in without a signed link, nobody into what is not meant for them, and no erased person', async () => {
    const { page, key } = shown();
    const forged = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    expect(await get(`${page}/en?for=${forged}`)).toMatchObject({ status: 403 });
    expect(await get(`${page}/en`)).toMatchObject({ status: 403 });
    expect(await submit('coffee-quiz', right, forged)).toMatchObject({ status: 403 });
    expect(await submit('gold-only', right)).toMatchObject({ status: 404 });
    expect(await get(at('en/gold-only'))).toMatchObject({ status: 404 });
    expect(await get(`${composed.url}/take-part/nowhere/en?for=${key}`)).toMatchObject({ status: 404 });
    const other = await follow(await submit('coffee-quiz', right));
    expect(other.status).toBe(200);
    const stranger = shop.sandbox.registerCustomer({ email: 'b@example.com' });
    await settle(composed, shop.sandbox);
    const theirs = shop.shown(stranger).activities as { page: string; key: string };
    const event = await composed.storage.db.selectFrom('member_event').select('event_id').executeTakeFirstOrThrow();
    expect(await get(`${theirs.page}/en/coffee-quiz?event=${event.event_id}&for=${theirs.key}`)).toMatchObject({ status: 404 });
    const { member_id: memberId } = await composed.storage.db
      .selectFrom('member_event')
      .select('member_id')
      .executeTakeFirstOrThrow();
    const erasure = { memberId, actor: 'anna', reason: 'asked for it', idempotencyKey: 'ticket-1' };
    expect(await eraseMember(composed.sidecar.context, erasure)).toMatchObject({ ok: true, value: { erased: true } });
    expect(
      await submit(
        'spring',
        [
          ['attempt', '0'],
          ['q0', '1'],
          ['q1', '1'],
        ],
        key,
      ),
    ).toMatchObject({ status: 403 });
    expect(await get(`${page}/en?for=${key}`)).toMatchObject({ status: 403 });
  });
});
