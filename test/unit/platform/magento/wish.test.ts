import { readWish, wishAnswer } from '../../../../sidecar/src/platform/magento/wish';

const wish = { shop_id: 's1', customer_id: 7, kind: 'reward', code: 'tour', key: 'a'.repeat(32) };

it('reads what the module passes on', () => {
  expect(readWish(wish)).toEqual({ externalShopId: 's1', customerId: '7', kind: 'reward', code: 'tour', key: 'a'.repeat(32) });
});

it.each<[string, object]>([
  ['a guest', { customer_id: 0 }],
  ['another kind', { kind: 'points' }],
  ['a code with spaces', { code: 'a b' }],
  ['no code', { code: '' }],
  ['a key of another shape', { key: 'A'.repeat(32) }],
  ['no shop', { shop_id: '' }],
])('takes %s for no wish', (_name, change) => {
  expect(readWish({ ...wish, ...change })).toBeNull();
  expect(readWish(null)).toBeNull();
});

it('answers with the reason and its figures', () => {
  const answer = { key: 'k', kind: 'reward', code: 'tour', at: 't', isGranted: false, reason: 'reward_sold_out' } as const;
  expect(JSON.parse(wishAnswer({ ...answer, figures: { left: 0 } }))).toEqual({
    granted: false,
    reason: 'reward_sold_out',
    figures: { left: 0 },
  });
});
