import { randomBytes } from 'node:crypto';
import { createEmailHasher } from '../../../sidecar/src/security/identity-hash';

describe('createEmailHasher', () => {
  const hash = createEmailHasher(randomBytes(32));

  it('is the same for every spelling of an address', () => {
    const expected = hash('ana.müller@example.com');
    for (const spelling of [' Ana.Müller@Example.COM ', 'ana.mu\u0308ller@example.com', 'ANA.MÜLLER@example.com\n'])
      expect(hash(spelling)).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs between addresses and between keys', () => {
    expect(hash('ana@example.com')).not.toBe(hash('anna@example.com'));
    expect(hash('ana@example.com')).not.toBe(createEmailHasher(randomBytes(32))('ana@example.com'));
  });
});
