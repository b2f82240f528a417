import fc from 'fast-check';
import { moved } from '../../../../sidecar/admin-ui/src/pages/programme/edit/reorder';

describe('an entry that is moved', () => {
  it('stands in its new place, the others in their order', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
    expect(moved(['a', 'b'], 1, 9)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, -1)).toEqual(['b', 'a']);
  });

  it('comes back the way it went', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.nat(), fc.nat(), (list, from, to) => {
        const [a, b] = [from % list.length, to % list.length];
        const there = moved(list, a, b);
        expect(there[b]).toBe(list[a]);
        expect(moved(there, b, a)).toEqual(list);
      }),
    );
  });
});
