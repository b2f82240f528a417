import fc from 'fast-check';
import {
  challengeWindow,
  explainChallenge,
  factsWithin,
  isComplete,
  type ChallengeRule,
} from '../../../sidecar/src/domain/challenge';

const rule = (change: Partial<ChallengeRule> = {}): ChallengeRule => ({
  code: 'club',
  name: 'Club',
  scope: {},
  repeat: null,
  steps: [],
  needed: 2,
  points: 100,
  badge: null,
  ...change,
});
const step = (value: number, target: number) => ({ code: `s${value}`, name: `Step ${value}`, value, target });

describe('the window of a challenge', () => {
  const dates = { from: '2026-02-28T23:00:00.000Z', until: '2026-05-31T22:00:00.000Z' };

  it.each<[string, Partial<ChallengeRule>, string, object | null]>([
    ['without dates', {}, '2026-03-01', { start: '', end: null }],
    ['with dates', { scope: dates }, '2026-03-01', { start: '2026-03-01', end: '2026-06-01' }],
    ['the day before', { scope: dates }, '2026-02-28', null],
    ['the day it is over', { scope: dates }, '2026-06-01', null],
    ['its last day', { scope: dates }, '2026-05-31', { start: '2026-03-01', end: '2026-06-01' }],
    ['of a month', { repeat: 'month' }, '2026-03-31', { start: '2026-03-01', end: '2026-04-01' }],
    ['of a year cut by its dates', { repeat: 'year', scope: dates }, '2026-04-01', { start: '2026-03-01', end: '2026-06-01' }],
  ])('%s', (_name, change, day, expected) => {
    expect(challengeWindow(rule(change), day, 'Europe/Berlin')).toEqual(expected);
  });

  it('holds exactly the days it says', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    const zone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin');
    fc.assert(
      fc.property(
        day,
        day,
        zone,
        fc.constantFrom('year' as const, 'quarter' as const, 'month' as const),
        (one, other, zoneName, repeat) => {
          const window = challengeWindow(rule({ repeat }), one, zoneName);
          const same = challengeWindow(rule({ repeat }), other, zoneName);
          const within = factsWithin(
            { baseCurrency: 'EUR', orders: [], activities: [], referrals: [one, other] },
            window ?? { start: '', end: null },
            { rule: {} },
          );
          expect(within.referrals).toContain(one);
          expect(within.referrals.includes(other)).toBe(window?.start === same?.start);
        },
      ),
    );
  });
});

it('for some channels counts what was done there alone', () => {
  const at = (channelId: string | null) => ({ localDay: '2026-03-01', place: { shopId: 's1', channelId } });
  const order = { turnoverMinor: 100, items: 1, goods: [] };
  const orders = [
    { ...at('7'), ...order, items: 7 },
    { ...at('8'), ...order, items: 8 },
    { ...at(null), ...order },
  ];
  const activities = [
    { ...at('7'), activity: 'review' },
    { localDay: '2026-03-01', activity: 'survey' },
  ];
  const channels = [{ code: 'trade', name: 'Trade', takesPart: true, places: [{ shop: 's1', id: '7' }] }];
  const facts = { baseCurrency: 'EUR', orders, activities, referrals: [] };
  const within = (named?: string[]) =>
    factsWithin(facts, { start: '', end: null }, { rule: named ? { channels: named } : {}, channels });
  const counted = (found: ReturnType<typeof within>) => [found.orders.length, found.activities.map(({ activity }) => activity)];
  expect(counted(within())).toEqual([3, ['review', 'survey']]);
  expect(counted(within(['trade']))).toEqual([1, ['review']]);
  expect(within(['trade']).orders[0]?.items).toBe(7);
});

describe('a challenge', () => {
  it('is complete with so many of its steps', () => {
    expect(isComplete(rule(), [step(1, 1), step(2, 3), step(0, 1)])).toBe(false);
    expect(isComplete(rule(), [step(1, 1), step(4, 3), step(0, 1)])).toBe(true);
  });

  it('says what is done and what is open', () => {
    expect(explainChallenge(rule(), [step(1, 1), step(2, 3)])).toEqual([
      { code: 'challenge_incomplete', applied: false, figures: { challenge: 'Club', done: 1, needed: 2 } },
      { code: 'challenge_step_done', applied: true, figures: { challenge: 'Club', step: 'Step 1', value: 1, target: 1 } },
      { code: 'challenge_step_open', applied: false, figures: { challenge: 'Club', step: 'Step 2', value: 2, target: 3 } },
    ]);
  });
});
