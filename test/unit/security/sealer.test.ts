import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSealer } from '../../../sidecar/src/security/sealer';

const oldKey = { id: 'k1', key: randomBytes(32) };
const newKey = { id: 'k2', key: randomBytes(32) };

describe('createSealer', () => {
  const sealer = createSealer([newKey, oldKey]);

  it('opens what it sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        expect(sealer.open(sealer.seal(plain, context), context)).toBe(plain);
      }),
    );
  });

  it('writes version, key, iv, tag and data', () => {
    expect(sealer.seal('secret', 'shop/column')).toMatch(/^v1\.k2\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
  });

  it('never seals alike twice', () => {
    expect(sealer.seal('secret', 'c')).not.toBe(sealer.seal('secret', 'c'));
  });

  it('opens nowhere but in its place', () => {
    expect(() => sealer.open(sealer.seal('secret', 'shop-1/signing_secret'), 'shop-2/signing_secret')).toThrow();
  });

  it.each([2, 3, 4])('notices a change in part %d', (part) => {
    const parts = sealer.seal('secret', 'c').split('.');
    const bytes = Buffer.from(parts[part] ?? '', 'base64url');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    parts[part] = bytes.toString('base64url');
    expect(() => sealer.open(parts.join('.'), 'c')).toThrow();
  });

  it('refuses a tag cut short', () => {
    const parts = sealer.seal('secret', 'c').split('.');
    parts[3] = Buffer.from(parts[3] ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url');
    expect(() => sealer.open(parts.join('.'), 'c')).toThrow();
  });

  it('opens what an older key sealed, and says that it needs rotation', () => {
    const sealed = createSealer([oldKey]).seal('secret', 'c');
    expect(sealer.open(sealed, 'c')).toBe('secret');
    expect(sealer.needsRotation(sealed)).toBe(true);
    expect(sealer.needsRotation(sealer.seal('secret', 'c'))).toBe(false);
  });

  it('says which key is missing', () => {
    expect(() => createSealer([oldKey]).open(sealer.seal('secret', 'c'), 'c')).toThrow('unknown key "k2"');
  });

  it.each(['', 'secret', 'v2.k1.a.b.c', 'v1.k1.a.b', 'v1.k1.a.b.c.d'])('refuses %p', (text) => {
    expect(() => sealer.open(text, 'c')).toThrow('not a sealed text');
  });

  it('needs a key', () => {
    expect(() => createSealer([])).toThrow();
  });
});
