import { createHmac } from 'node:crypto';
import { AppError } from '../../../../sidecar/src/errors';
import { oauthHeader } from '../../../../sidecar/src/platform/magento/oauth';
import { parsePairingRequest } from '../../../../sidecar/src/platform/magento/pairing';

const keys = { consumerKey: 'ck', consumerSecret: 'c&s', accessToken: 'at', accessTokenSecret: 'a s' };
const stamp = { nonce: 'n1', timestamp: 1_700_000_000 };

describe('OAuth 1.0a', () => {
  it('signs the base string of RFC 5849, brackets and spaces encoded', () => {
    const header = oauthHeader(
      { method: 'GET', url: 'https://shop.example/rest/V1/orders', query: { 'searchCriteria[pageSize]': '2', q: "a b!'" } },
      keys,
      stamp,
    );
    const base =
      'GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Forders&' +
      'oauth_consumer_key%3Dck%26oauth_nonce%3Dn1%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1700000000%26' +
      'oauth_token%3Dat%26oauth_version%3D1.0%26q%3Da%2520b%2521%2527%26searchCriteria%255BpageSize%255D%3D2';
    const signature = createHmac('sha256', 'c%26s&a%20s').update(base).digest('base64');
    expect(header).toContain(`oauth_signature="${encodeURIComponent(signature)}"`);
    expect(header.startsWith('OAuth oauth_consumer_key="ck", oauth_nonce="n1"')).toBe(true);
    expect(header).not.toContain('c&s');
  });

  it('gives another signature for another method, path, parameter or nonce', () => {
    const request = { method: 'GET' as const, url: 'https://shop.example/a', query: { x: '1' } };
    const headers = [
      oauthHeader(request, keys, stamp),
      oauthHeader({ ...request, method: 'PUT' }, keys, stamp),
      oauthHeader({ ...request, url: 'https://shop.example/b' }, keys, stamp),
      oauthHeader({ ...request, query: { x: '2' } }, keys, stamp),
      oauthHeader(request, keys, { ...stamp, nonce: 'n2' }),
    ].map((header) => /oauth_signature="([^"]+)"/.exec(header)?.[1]);
    expect(new Set(headers).size).toBe(5);
  });
});

describe('the pairing request', () => {
  const request = {
    code: 'a'.repeat(32),
    shopUrl: 'https://shop.example',
    website: null,
    websiteIds: [1],
    baseCurrency: 'EUR',
    moduleVersion: '1.0.0',
    oauth: keys,
  };

  it('is read when it is complete', () => {
    expect(parsePairingRequest(request)).toEqual(request);
  });

  it.each([
    ['code', { ...request, code: 'short' }],
    ['websiteIds', { ...request, websiteIds: [] }],
    ['website', { ...request, website: '' }],
    ['baseCurrency', { ...request, baseCurrency: 'euro' }],
    ['oauth.accessToken', { ...request, oauth: { ...keys, accessToken: '' } }],
    ['', { ...request, extra: 1 }],
    ['', null],
  ])('names the wrong field %s', (field, body) => {
    const error = ((): unknown => {
      try {
        return parsePairingRequest(body);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { fields: [{ field }] } });
  });
});
