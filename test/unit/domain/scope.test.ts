import { coversGoods, namedCategory, namesProduct, subjectMiss } from '../../../sidecar/src/domain/scope';
import { isBefore } from '../../../sidecar/src/domain/instant';

const subject = { tier: 'gold', segments: ['vip', 'birthday'], at: '2026-03-10T10:00:00.000Z' };

test.each([
  [{}, null],
  [{ tiers: ['silver', 'gold'] }, null],
  [{ tiers: ['silver'] }, 'other_tier'],
  [{ segments: ['birthday'] }, null],
  [{ segments: ['staff'] }, 'other_segment'],
  [{ from: '2026-03-10T10:00:00.000Z' }, null],
  [{ from: '2026-03-10T10:00:00Z' }, null],
  [{ from: '2026-03-10T10:00:00.001Z' }, 'outside_dates'],
  [{ until: '2026-03-10T10:00:00.000Z' }, 'outside_dates'],
  [{ until: '2026-03-10T10:00:00.001Z' }, null],
  [{ tiers: ['silver'], until: '2026-01-01T00:00:00.000Z' }, 'outside_dates'],
])('scope %p misses by %p', (scope, miss) => {
  expect(subjectMiss(scope, subject)).toBe(miss);
});

test('a member without tier or segments is in no scope that asks for one', () => {
  const nobody = { tier: null, segments: [], at: subject.at };
  expect(subjectMiss({ tiers: ['gold'] }, nobody)).toBe('other_tier');
  expect(subjectMiss({ segments: ['vip'] }, nobody)).toBe('other_segment');
  expect(subjectMiss({}, nobody)).toBeNull();
});

test.each([
  [{}, true],
  [{ products: ['HAT-1'] }, true],
  [{ products: ['HAT-2'] }, false],
  [{ categories: ['hats'] }, true],
  [{ categories: ['shoes'] }, false],
  [{ products: ['HAT-2'], categories: ['hats'] }, true],
  [{ products: ['HAT-1'], categories: ['shoes'] }, true],
  [{ products: ['HAT-2'], categories: ['shoes'] }, false],
])('scope %p covers a hat: %p', (scope, covers) => {
  expect(coversGoods(scope, { productNumber: 'HAT-1', categoryIds: ['sale', 'hats'] })).toBe(covers);
});

test('a line without product number is named by its category alone', () => {
  const goods = { productNumber: null, categoryIds: ['hats'] };
  expect(namesProduct(['HAT-1'], goods)).toBe(false);
  expect(namedCategory(['hats'], goods)).toBe('hats');
  expect(namedCategory(undefined, goods)).toBeNull();
});

test('instants are compared as moments', () => {
  expect(isBefore('2026-03-10T10:00:00Z', '2026-03-10T10:00:00.000Z')).toBe(false);
  expect(isBefore('2026-03-10T11:00:00+02:00', '2026-03-10T10:00:00.000Z')).toBe(true);
});
