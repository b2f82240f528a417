import { callRoutes, prepareHarness, type RouteAnswer, type RouteCall } from './harness';

const member = { id: 'c1', guest: false, languageId: 'l1', customFields: null };
const storefront = { script: 'storefront-loyalty-redeem/redeem.twig', customer: member };
const storeApi = { script: 'store-api-loyalty-redeem/redeem.twig', block: 'response', customer: member };
const giftChoice = { script: 'storefront-loyalty-gift/gift.twig', customer: member };

const programme = {
  freeProducts: [
    { code: 'a', products: ['X', 'Y'], productIds: { X: 'x1', Y: 'y1' } },
    { code: 'b', products: ['Z', 'X'], productIds: { Z: 'z1', X: 'x1' } },
    null,
    { code: 'broken' },
  ],
};

function call(request: RouteCall): RouteAnswer {
  const answer = callRoutes([request])[0];
  if (!answer || answer.broken !== undefined) throw new Error(answer?.broken ?? 'no answer');
  return answer;
}

beforeAll(prepareHarness, 300_000);

describe.each([
  ['the storefront', storefront],
  ['the Store API', storeApi],
])('redeeming through %s', (_, route) => {
  it('keeps the wish under a new key every time', () => {
    const answers = callRoutes([1, 2, 3].map(() => ({ ...route, request: { points: '300' } })));
    const intents = answers.map(({ response }) => response?.body?.['intent']);
    expect(new Set(intents).size).toBe(3);
    answers.forEach(({ response, writes }, index) => {
      expect(response).toMatchObject({ status: 200, body: { success: true, points: 300 }, isCached: false });
      expect(intents[index]).toMatch(/^[0-9a-f]{32}$/);
      const customFields = { loyalty_redeem: 300, loyalty_intent: intents[index] };
      expect(writes).toEqual([['customer', [{ id: 'c1', customFields }]]]);
    });
  });

  it.each([
    ['0', 0],
    [0, 0],
    [1_000_000_000, 1_000_000_000],
    ['1000000000', 1_000_000_000],
  ])('takes %j', (points, kept) => {
    expect(call({ ...route, request: { points } }).response?.body).toMatchObject({ success: true, points: kept });
  });

  it.each([
    '',
    '-1',
    '+1',
    '1.5',
    '1e3',
    ' 1',
    '1\n',
    '01',
    '0x1',
    '1000000001',
    '99999999999',
    -1,
    1.5,
    1e12,
    true,
    null,
    [5],
    { a: 1 },
  ])('refuses %j', (points) => {
    const { response, writes } = call({ ...route, request: { points } });
    expect(response).toMatchObject({ status: 400, body: { success: false, error: 'invalid_points' } });
    expect(writes).toEqual([]);
  });

  it('refuses a request without points', () => {
    expect(call({ ...route, request: {} }).response?.status).toBe(400);
  });

  it.each([
    ['a guest', { customer: { ...member, guest: true } }, 403, 'not_a_member'],
    ['nobody', { customer: null }, 403, 'not_a_member'],
    ['a GET', { method: 'GET' }, 405, 'method_not_allowed'],
  ])('refuses %s', (__, over, status, error) => {
    const { response, writes } = call({ ...route, request: { points: '5' }, ...over });
    expect(response).toMatchObject({ status, body: { success: false, error } });
    expect(writes).toEqual([]);
  });

  it('sends back to pages of the shop only', () => {
    const target = (redirectTo: unknown) => call({ ...route, request: { points: '5', redirectTo } }).response;
    for (const page of ['frontend.checkout.cart.page', 'frontend.checkout.confirm.page', 'frontend.account.home.page']) {
      expect(target(page)).toMatchObject({ status: 302, redirect: page });
    }
    for (const page of [
      'https://example.com',
      '//example.com',
      'frontend.home.page',
      '',
      0,
      true,
      ['frontend.checkout.cart.page'],
    ]) {
      expect(target(page)).toMatchObject({ status: 200, redirect: null });
    }
  });
});

describe('choosing a gift', () => {
  const chosen = (answer: RouteAnswer) =>
    JSON.parse(String((answer.writes[0]?.[1][0]?.['customFields'] as never)['loyalty_gift_choice'])) as unknown;

  it('keeps the choice beside those of other rules and forgets what is no longer offered', () => {
    const customFields = { loyalty_gift_choice: '{"a":"x1","b":"z1","gone":"q"}' };
    const answer = call({
      ...giftChoice,
      customer: { ...member, customFields },
      request: { rule: 'a', product: 'y1' },
      programme,
    });
    expect(answer.response).toMatchObject({ status: 200, body: { success: true, rule: 'a', product: 'y1' }, isCached: false });
    expect(chosen(answer)).toEqual({ a: 'y1', b: 'z1' });
  });

  it('makes the first choice', () => {
    const answer = call({
      ...giftChoice,
      request: { rule: 'b', product: 'x1', redirectTo: 'frontend.checkout.cart.page' },
      programme,
    });
    expect(chosen(answer)).toEqual({ b: 'x1' });
    expect(answer.response).toMatchObject({ status: 302, redirect: 'frontend.checkout.cart.page' });
  });

  it.each([
    ['a product of another rule', { rule: 'a', product: 'z1' }, programme],
    ['an unknown rule', { rule: 'c', product: 'x1' }, programme],
    ['nothing', {}, programme],
    ['lists', { rule: ['a'], product: ['x1'] }, programme],
    ['anything without terms', { rule: 'a', product: 'x1' }, null],
    ['anything with terms of another shape', { rule: 'a', product: 'x1' }, { freeProducts: 'x' }],
  ])('refuses %s', (_, request, known) => {
    const { response, writes } = call({ ...giftChoice, request, programme: known });
    expect(response).toMatchObject({ status: 400, body: { success: false, error: 'gift_not_offered' } });
    expect(writes).toEqual([]);
  });

  it('refuses guests, strangers and GET', () => {
    const request = { rule: 'a', product: 'x1' };
    const statuses = [
      call({ ...giftChoice, customer: { ...member, guest: true }, request, programme }),
      call({ ...giftChoice, customer: null, request, programme }),
      call({ ...giftChoice, method: 'GET', request, programme }),
    ].map(({ response, writes }) => [response?.status, writes]);
    expect(statuses).toEqual([
      [403, []],
      [403, []],
      [405, []],
    ]);
  });
});

describe.each([
  ['the storefront', { script: 'storefront-loyalty-wish/wish.twig', customer: member }],
  ['the Store API', { script: 'store-api-loyalty-wish/wish.twig', block: 'response', customer: member }],
])('asking for a reward through %s', (_, route) => {
  const key = '0123456789abcdef'.repeat(2);
  const request = { kind: 'reward', code: 'tour', key };
  const kept = ({ writes }: RouteAnswer): unknown =>
    (writes[0]?.[1][0]?.['customFields'] as { loyalty_wishes: unknown } | undefined)?.loyalty_wishes;

  it('keeps the wish with the customer, beside the latest ones', () => {
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    const answer = call({ ...route, request });
    expect(answer.response).toMatchObject({ status: 200, body: { success: true, key }, isCached: false });
    expect(kept(answer)).toEqual([{ key, kind: 'reward', code: 'tour', at }]);
    // With custom fields alone the sidecar would take it for its own write.
    expect(answer.writes[0]?.[1][0]).toMatchObject({ id: 'c1', languageId: 'l1' });
    const before = [1, 2, 3, 4, 5, 6].map((number) => ({ key: `${number}`, kind: 'reward', code: 'x', at: 'y' }));
    const more = call({ ...route, customer: { ...member, customFields: { loyalty_wishes: before } }, request });
    expect((kept(more) as { key: string }[]).map((wish) => wish.key)).toEqual(['3', '4', '5', '6', key]);
    const odd = call({ ...route, customer: { ...member, customFields: { loyalty_wishes: 'x' } }, request });
    expect(kept(odd)).toHaveLength(1);
  });

  it('does nothing when the form is sent again', () => {
    const again = call({
      ...route,
      customer: { ...member, customFields: { loyalty_wishes: [{ ...request, at: 'y' }] } },
      request,
    });
    expect(again).toMatchObject({ response: { status: 200, body: { success: true, key } }, writes: [] });
  });

  it('makes a key where there is none, and sends forms back to the page', () => {
    const answer = call({ ...route, request: { kind: 'cashback', code: 'bonus', redirectTo: 'frontend.account.home.page' } });
    expect(answer.response).toMatchObject({ status: 302, redirect: 'frontend.account.home.page' });
    expect((kept(answer) as { key: string }[])[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['no kind', { code: 'tour' }, 'invalid_kind'],
    ['another kind', { ...request, kind: 'points' }, 'invalid_kind'],
    ['no code', { kind: 'reward' }, 'invalid_code'],
    ['a list', { kind: 'reward', code: ['tour'] }, 'invalid_code'],
    ['spaces', { kind: 'reward', code: 'a b' }, 'invalid_code'],
    ['a long code', { kind: 'reward', code: 'x'.repeat(65) }, 'invalid_code'],
    ['a key of another shape', { ...request, key: 'abc' }, 'invalid_key'],
    ['a key that is a list', { ...request, key: [key] }, 'invalid_key'],
  ])('refuses %s', (__, wrong, error) => {
    const { response, writes } = call({ ...route, request: wrong });
    expect(response).toMatchObject({ status: 400, body: { success: false, error } });
    expect(writes).toEqual([]);
  });

  it('refuses guests, strangers and GET', () => {
    const answers = [
      call({ ...route, customer: { ...member, guest: true }, request }),
      call({ ...route, customer: null, request }),
      call({ ...route, method: 'GET', request }),
    ];
    expect(answers.map(({ response, writes }) => [response?.status, writes])).toEqual([
      [403, []],
      [403, []],
      [405, []],
    ]);
  });
});
