import fc from 'fast-check';
import {
  isWithin,
  listAt,
  partsOf,
  valueAt,
  withValue,
  type Json,
} from '../../../../sidecar/admin-ui/src/pages/programme/edit/document-path';

const document: Json = {
  name: 'Club',
  tiers: { levels: [{ code: 'silver', threshold: 200, perks: { texts: ['a'] } }, { code: 'gold' }] },
  later: { isKept: [1, { two: null }] },
};

describe('paths into a document', () => {
  it('are those that faults name', () => {
    expect(partsOf('tiers.levels[1].perks.texts[0]')).toEqual(['tiers', 'levels', 1, 'perks', 'texts', 0]);
    expect(valueAt(document, 'tiers.levels[0].threshold')).toBe(200);
    expect(valueAt(document, 'tiers.levels[0].perks.texts[0]')).toBe('a');
    expect(valueAt(document, 'tiers.levels[7].threshold')).toBeUndefined();
    expect(valueAt(document, 'name.length')).toBeUndefined();
    expect(valueAt(document, 'constructor')).toBeUndefined();
    expect(listAt(document, 'name')).toEqual([]);
  });

  it('change what is there and leave everything else the very same', () => {
    const changed = withValue(document, 'tiers.levels[0].threshold', 300) as typeof document;
    expect(valueAt(changed, 'tiers.levels[0]')).toEqual({ code: 'silver', threshold: 300, perks: { texts: ['a'] } });
    expect(valueAt(changed, 'later')).toBe(valueAt(document, 'later'));
    expect(valueAt(changed, 'tiers.levels[1]')).toBe(valueAt(document, 'tiers.levels[1]'));
    expect(valueAt(document, 'tiers.levels[0].threshold')).toBe(200);
  });

  it('make groups that are missing, append to lists, and take away', () => {
    expect(withValue({}, 'redemption.minimumPoints', 5)).toEqual({ redemption: { minimumPoints: 5 } });
    expect(withValue({ redemption: null }, 'redemption.minimumPoints', 5)).toEqual({ redemption: { minimumPoints: 5 } });
    expect(withValue({ list: ['a'] }, 'list[1]', 'b')).toEqual({ list: ['a', 'b'] });
    expect(withValue({ list: ['a', 'b'] }, 'list[0]', undefined)).toEqual({ list: ['b'] });
    expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
  });

  it('lead back to what was written, for any document', () => {
    const path = fc.constantFrom('a', 'a.b', 'list[0]', 'list[1].c', 'a.b.c');
    fc.assert(
      fc.property(fc.jsonValue(), path, fc.integer(), (any, where, value) => {
        expect(valueAt(withValue(any as Json, where, value), where)).toBe(
          where.includes('[1]') && listAt(any as Json, 'list').length < 1 ? undefined : value,
        );
      }),
    );
  });

  it('lie within another only from part to part', () => {
    expect(isWithin('tiers.levels[0].name', 'tiers.levels[0]')).toBe(true);
    expect(isWithin('tiers.levels[0]', 'tiers')).toBe(true);
    expect(isWithin('tierPrices[0]', 'tier')).toBe(false);
    expect(isWithin('tiers.levels[10]', 'tiers.levels[1]')).toBe(false);
  });
});
