import { hashPassword, matchesPassword } from '../../../sidecar/src/security/password-hash';

describe('hashes of passwords', () => {
  it('match their password only, and are never the same twice', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).not.toBe(second);
    expect(first).not.toContain('horse');
    expect(await matchesPassword('correct horse', first)).toBe(true);
    expect(await matchesPassword('correct horsf', first)).toBe(false);
  });

  it('see one text in its two Unicode forms', async () => {
    expect(await matchesPassword('Müller'.normalize('NFD'), await hashPassword('Müller'.normalize('NFC')))).toBe(true);
  });

  it.each([null, '', 'scrypt', 'scrypt$1$1$1$AAAA$AAAA', 'plain$correct horse'])(
    'match nothing when stored as %s',
    async (stored) => {
      expect(await matchesPassword('correct horse', stored)).toBe(false);
    },
  );
});
