import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAdminAddress, verifyAdminAddress } from '../../../../sidecar/src/platform/magento/admin-address';
import { adminQuery } from '../../../sandbox/magento/admin-query';
import { projectRoot } from '../../../support/source';

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: string;
}

/** The module's own tests read the same file. */
const vectors = JSON.parse(
  readFileSync(join(projectRoot, 'magento-bridge/Test/Unit/Service/admin-addresses.json'), 'utf8'),
) as Vector[];
const first = vectors[0];
if (!first) throw new Error('there are no addresses');
const NOW_MS = Number(first.parameters['timestamp']) * 1000;

function code(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const verdict = (rawQuery: string, secrets: readonly string[] = [first.secret], nowMs = NOW_MS): string =>
  code(() => verifyAdminAddress(readAdminAddress(rawQuery), secrets, nowMs));

/** The address with other parameters, signed as it should be. */
const signed = (changes: Readonly<Record<string, string>>): string =>
  adminQuery(first.secret, { ...first.parameters, ...changes });

describe('the address of the admin pages', () => {
  it.each(vectors)('is signed and read as the module writes it, with $name', ({ secret, parameters, query }) => {
    expect(adminQuery(secret, parameters)).toBe(query);
    const address = readAdminAddress(query);
    expect(address).toMatchObject({
      externalShopId: parameters['shop'],
      adminOrigin: parameters['admin'],
      user: parameters['user'],
      role: parameters['role'],
      locale: parameters['locale'],
      nonce: parameters['nonce'],
      sentAtMs: Number(parameters['timestamp']) * 1000,
    });
    expect(verdict(query, [secret])).toBe('none');
    // A browser sends it as it is.
    expect(new URL(`http://sidecar.example/?${query}`).search).toBe(`?${query}`);
  });

  it.each(Object.keys(first.parameters))('is refused with another %s than was signed', (name) => {
    const parameters = { ...first.parameters, [name]: name === 'admin' ? 'https://evil.example' : '1234567890123456' };
    if (name === 'timestamp') parameters['timestamp'] = String(NOW_MS / 1000 + 1);
    const changed = adminQuery(first.secret, parameters).split('&signature=')[0] ?? '';
    expect(verdict(`${changed}&signature=${first.query.split('&signature=')[1] ?? ''}`)).toBe('BAD_SIGNATURE');
  });

  it.each([
    ['something added behind', `${first.query}&role=manage`],
    ['something added before', `user=root&${first.query}`],
    ['two signatures', first.query.replace('&signature=', '&signature=0&signature=')],
    ['capital letters in its signature', first.query.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase())],
    ['no signature', first.query.split('&signature=')[0] ?? ''],
    ['an empty signature', first.query.replace(/[0-9a-f]{64}$/, '')],
    ['the same characters written otherwise', first.query.replace('user=anna', 'user=%61nna')],
  ])('is refused with %s', (_what, rawQuery) => {
    expect(verdict(rawQuery)).toMatch(/^(BAD|MISSING)_SIGNATURE$/);
  });

  it('is refused with the secret of another shop, and taken with either of two while they change', () => {
    const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    expect(verdict(first.query, [other])).toBe('BAD_SIGNATURE');
    expect(verdict(first.query, [])).toBe('BAD_SIGNATURE');
    expect(verdict(first.query, [other, first.secret])).toBe('none');
  });

  it.each([
    [299_000, 'none'],
    [301_000, 'TIMESTAMP_OUT_OF_TOLERANCE'],
    [-301_000, 'TIMESTAMP_OUT_OF_TOLERANCE'],
  ])('is good for five minutes (%i ms: %s)', (afterMs, expected) => {
    expect(verdict(first.query, [first.secret], NOW_MS + afterMs)).toBe(expected);
  });

  it.each([
    ['shop', ''],
    ['admin', 'nowhere'],
    ['admin', 'javascript:alert(1)'],
    ['user', ''],
    ['user', 'a'.repeat(101)],
    ['user', 'anna\n'],
    ['nonce', 'short'],
    ['nonce', 'with spaces and more'],
    ['timestamp', '-5'],
    ['timestamp', '1e9'],
  ])('says which parameter is wrong: %s = "%s"', (name, value) => {
    expect(() => readAdminAddress(signed({ [name]: value }))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: { field: name } }) as Error,
    );
  });

  it('is never as long as a book', () => {
    expect(verdict(signed({ locale: 'x'.repeat(5000) }))).toBe('INVALID_INPUT');
  });

  it('lets only the host of the administration show the page', () => {
    expect(readAdminAddress(signed({ admin: 'https://Shop.example:443/backoffice?a=b' })).adminOrigin).toBe(
      'https://shop.example',
    );
  });
});
