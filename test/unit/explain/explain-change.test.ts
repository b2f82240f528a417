import { reason } from '../../../sidecar/src/domain/reason';
import { explainChange, explainForPages } from '../../../sidecar/src/explain/explain-change';

const redeemed = (reward: string, applied = true) => reason('reward_redeemed', applied, { reward, quantity: 1, price: 100 });
const decision = (...reasons: ReturnType<typeof redeemed>[]) => ({ kind: 'reward_redemption', inputs: {}, outcome: {}, reasons });

it('says what applied, each once, and no more than asked for', () => {
  const told = decision(redeemed('Tea'), redeemed('Tea'), redeemed('Tour'), redeemed('Mug'), redeemed('Not this', false));
  const said = explainChange(told, null, 'en', 12);
  expect(said).toHaveLength(3);
  expect(said[0]).toContain('Tea');
  expect(explainChange(told, null, 'en', 2)).toEqual(said.slice(0, 2));
});

it('says it in every language for pages, short enough for a field of the shop', () => {
  const said = explainForPages(decision(redeemed('x'.repeat(500)), redeemed('b'), redeemed('c'), redeemed('d')), null);
  expect(Object.keys(said)).toEqual(['en', 'de', 'es', 'pt', 'ru']);
  for (const lines of Object.values(said)) {
    expect(lines).toHaveLength(3);
    expect(Math.max(...lines.map((line) => line.length))).toBe(200);
  }
  expect(said['de']?.[1]).not.toBe(said['en']?.[1]);
});

it('has no languages where there is nothing to say', () => {
  expect(explainForPages(decision(), null)).toEqual({});
  expect(explainForPages(decision(redeemed('a', false)), null)).toEqual({});
});
