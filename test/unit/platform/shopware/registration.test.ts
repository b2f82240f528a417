import { createHmac } from 'node:crypto';
import { AppError } from '../../../../sidecar/src/errors';
import {
  parseConfirmation,
  registrationProof,
  verifyConfirmation,
  verifyRegistrationQuery,
  verifyReRegistration,
} from '../../../../sidecar/src/platform/shopware/registration';

const APP_SECRET = 'probe-setup-secret';
/** As a real Shopware 6.6.7.1 sent it. */
const QUERY = 'shop-id=V9jquWdW3TIX5XnX&shop-url=http://127.0.0.1:8000&timestamp=1795403614';
const SIGNATURE = 'a9910560f0d2e7e2531e49b868907cf2357b3da44c4d77392c7acf35c9b2cd50';
const PROOF = '293a2961457af11193d72d394310556abbbc4aa0ad7eee84a28bb3fcc9cdbfc9';
const SHOP_SECRET = 'bac9c6d193ae175e0fb02ad2b346d5790749754ab62686f5223b23b62e7d65fa';
const CONFIRMATION = Buffer.from(
  '{"apiKey":"SWIAEXNYWUJIQLZXA0N2MXDHTQ","secretKey":"U3M0c2tBSTBHOEFrYXk2QXVFNUNRUHZ1QU5lRDcwMTJUYzd0cFg","timestamp":"1795403614","shopUrl":"http:\\/\\/127.0.0.1:8000","shopId":"V9jquWdW3TIX5XnX"}',
);
const CONFIRMATION_SIGNATURE = 'c13abab2eebde46d92afb1c7c3fabc2f21d782b3809c256f93defc75b8ee1f38';

function sign(data: Buffer | string, secret: string): string {
  return createHmac('sha256', secret).update(data).digest('hex');
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('a registration', () => {
  const read = (query: string) =>
    verifyRegistrationQuery(query, { 'shopware-app-signature': sign(query, APP_SECRET) }, APP_SECRET);

  it('is read as a real shop sends it', () => {
    expect(verifyRegistrationQuery(QUERY, { 'shopware-app-signature': SIGNATURE }, APP_SECRET)).toEqual({
      shopId: 'V9jquWdW3TIX5XnX',
      shopUrl: 'http://127.0.0.1:8000',
      timestamp: '1795403614',
    });
  });

  it('may have further parameters, an encoded address, and any order', () => {
    expect(read('timestamp=1&app-version=1.0&shop-url=https%3A%2F%2Fshop.example%2Fde%2F&shop-id=a')).toEqual({
      shopId: 'a',
      shopUrl: 'https://shop.example/de/',
      timestamp: '1',
    });
  });

  it('is refused unless the app secret signed exactly this query', () => {
    expect(codeOf(() => verifyRegistrationQuery(QUERY, {}, APP_SECRET))).toBe('MISSING_SIGNATURE');
    const headers = { 'shopware-app-signature': SIGNATURE };
    expect(codeOf(() => verifyRegistrationQuery(`${QUERY}0`, headers, APP_SECRET))).toBe('BAD_SIGNATURE');
    expect(codeOf(() => verifyRegistrationQuery(QUERY, headers, 'another'))).toBe('BAD_SIGNATURE');
    const encoded = QUERY.replace('http://127.0.0.1:8000', encodeURIComponent('http://127.0.0.1:8000'));
    expect(codeOf(() => verifyRegistrationQuery(encoded, headers, APP_SECRET))).toBe('BAD_SIGNATURE');
  });

  it.each([
    ['shop-id=a&shop-url=http://a', 'timestamp'],
    ['shop-id=&shop-url=http://a&timestamp=1', 'shop-id'],
    ['shop-id=a&shop-id=b&shop-url=http://a&timestamp=1', 'shop-id'],
    ['shop-id=a&shop-url=%E0%A4%A&timestamp=1', 'shop-url'],
    ['', 'shop-id'],
  ])('%s is refused, naming the field', (query, field) => {
    let refused: unknown;
    try {
      read(query);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', details: { field } });
  });

  it('is answered with the proof a real shop accepted', () => {
    expect(registrationProof('V9jquWdW3TIX5XnX', 'http://127.0.0.1:8000', 'ProbeApp', APP_SECRET)).toBe(PROOF);
  });
});

describe('a registration of a connected shop', () => {
  it('is signed with its own secret too', () => {
    const headers = { 'shopware-shop-signature': sign(QUERY, SHOP_SECRET) };
    expect(codeOf(() => verifyReRegistration(QUERY, headers, SHOP_SECRET))).toBe('no error');
    expect(codeOf(() => verifyReRegistration(QUERY, headers, 'another'))).toBe('BAD_SIGNATURE');
    expect(codeOf(() => verifyReRegistration(QUERY, {}, SHOP_SECRET))).toBe('MISSING_SIGNATURE');
  });
});

describe('a confirmation', () => {
  it('is read as a real shop sends it', () => {
    expect(parseConfirmation(CONFIRMATION)).toEqual({
      shopId: 'V9jquWdW3TIX5XnX',
      shopUrl: 'http://127.0.0.1:8000',
      apiKey: 'SWIAEXNYWUJIQLZXA0N2MXDHTQ',
      secretKey: 'U3M0c2tBSTBHOEFrYXk2QXVFNUNRUHZ1QU5lRDcwMTJUYzd0cFg',
      timestamp: '1795403614',
    });
    const withNumber = Buffer.from('{"apiKey":"a","secretKey":"b","timestamp":17,"shopUrl":"u","shopId":"s"}');
    expect(parseConfirmation(withNumber).timestamp).toBe('17');
  });

  it.each([
    ['{', 'MALFORMED_JSON'],
    ['', 'MALFORMED_JSON'],
    ['null', 'INVALID_INPUT'],
    ['[]', 'INVALID_INPUT'],
    ['{"apiKey":1,"secretKey":"b","timestamp":"1","shopUrl":"u","shopId":"s"}', 'INVALID_INPUT'],
    ['{"apiKey":"","secretKey":"b","timestamp":"1","shopUrl":"u","shopId":"s"}', 'INVALID_INPUT'],
  ])('%s is refused as %s', (body, code) => {
    expect(codeOf(() => parseConfirmation(Buffer.from(body)))).toBe(code);
  });

  it('must be signed with the new secret, and with the old one where there is one', () => {
    const headers = { 'shopware-shop-signature': CONFIRMATION_SIGNATURE };
    const both = { ...headers, 'shopware-shop-signature-previous': sign(CONFIRMATION, 'old') };
    const check = (given: Record<string, string>, pending: string, previous: string | null): string =>
      codeOf(() => verifyConfirmation(CONFIRMATION, given, pending, previous));
    expect(check(headers, SHOP_SECRET, null)).toBe('no error');
    expect(check({}, SHOP_SECRET, null)).toBe('MISSING_SIGNATURE');
    expect(check(headers, 'another', null)).toBe('BAD_SIGNATURE');
    expect(check(both, SHOP_SECRET, 'old')).toBe('no error');
    expect(check(headers, SHOP_SECRET, 'old')).toBe('MISSING_SIGNATURE');
    expect(check(both, SHOP_SECRET, 'older')).toBe('BAD_SIGNATURE');
  });
});
