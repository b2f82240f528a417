import { hmacHex, matchesHmac } from '../../../../sidecar/src/platform/shopware/signature';

describe('a signature', () => {
  it('is HMAC-SHA256 in hex, as RFC 4231 has it', () => {
    expect(hmacHex('Jefe', 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it.each([
    ['the secret and bytes it was made of', 'secret', 'body', hmacHex('secret', 'body'), true],
    ['another secret', 'other', 'body', hmacHex('secret', 'body'), false],
    ['other bytes', 'secret', 'body ', hmacHex('secret', 'body'), false],
    ['capital letters', 'secret', 'body', hmacHex('secret', 'body').toUpperCase(), false],
    ['nothing', 'secret', 'body', '', false],
    ['an empty secret', '', 'body', hmacHex('', 'body'), false],
  ])('with %s', (_what, secret, data, given, expected) => {
    expect(matchesHmac(secret, Buffer.from(data), given)).toBe(expected);
  });
});
