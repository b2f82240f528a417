import { diffDocuments } from '../../../sidecar/src/programme-document/diff';

describe('the difference of two documents', () => {
  it.each([
    ['nothing', { a: 1 }, { a: 1 }, []],
    ['a field', { a: 1 }, { a: 2 }, [{ field: 'a', before: 1, after: 2 }]],
    ['a new field', {}, { a: null }, [{ field: 'a', after: null }]],
    ['a field that went', { a: 0 }, {}, [{ field: 'a', before: 0 }]],
    ['a list without codes', { a: [1, 2] }, { a: [1, 3] }, [{ field: 'a', before: [1, 2], after: [1, 3] }]],
    [
      'entries with codes',
      { a: [{ code: 'x', v: 1 }, { code: 'y' }] },
      { a: [{ code: 'x', v: 2 }, { code: 'z' }] },
      [
        { field: 'a[x].v', before: 1, after: 2 },
        { field: 'a[y]', before: { code: 'y' } },
        { field: 'a[z]', after: { code: 'z' } },
      ],
    ],
    [
      'the order of entries',
      { a: [{ code: 'x' }, { code: 'y' }] },
      { a: [{ code: 'y' }, { code: 'x' }] },
      [{ field: 'a.order', before: ['x', 'y'], after: ['y', 'x'] }],
    ],
    ['a list that becomes a value', { a: [] }, { a: {} }, [{ field: 'a', before: [], after: {} }]],
    [
      'codes that repeat',
      { a: [{ code: 'x' }] },
      { a: [{ code: 'x' }, { code: 'x' }] },
      [{ field: 'a', before: [{ code: 'x' }], after: [{ code: 'x' }, { code: 'x' }] }],
    ],
  ])('finds %s', (_what, before, after, differences) => {
    expect(diffDocuments(before, after)).toEqual(differences);
  });
});
