import fc from 'fast-check';
import { canonicalJson, sha256Hex } from '../../../sidecar/src/storage/canonical-json';

describe('canonical JSON', () => {
  it('does not depend on the order of members, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(canonicalJson({ a: 'x', b: [{ c: null, d: 1 }] })).toBe(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' }));
  });

  it('keeps the order of lists and leaves undefined members out', () => {
    expect(canonicalJson([2, 1, { a: undefined }])).toBe('[2,1,{}]');
    expect(canonicalJson(null)).toBe('null');
  });

  it('says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('hashes UTF-8 bytes', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256Hex('ä')).toHaveLength(64);
  });
});
