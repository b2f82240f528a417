import { createPublicLinks } from '../../../sidecar/src/security/public-links';
import { memberOfLink, unsubscribeUrl } from '../../../sidecar/src/security/unsubscribe-link';

const links = createPublicLinks('https://loyalty.example.com', Buffer.alloc(32, 1));
const others = createPublicLinks('https://loyalty.example.com', Buffer.alloc(32, 2));
const tokenOf = (url: string): string => decodeURIComponent(url.split('/').at(-1) ?? '');
const token = tokenOf(unsubscribeUrl(links, 'm1'));

test('a link is its member’s, today and for ever', () => {
  expect(unsubscribeUrl(links, 'm1')).toContain('https://loyalty.example.com/messages/unsubscribe/m1.');
  expect(memberOfLink(links, token)).toBe('m1');
});

test.each([
  '',
  '.',
  'm1',
  'm1.',
  token.replace('m1', 'm2'),
  `${token}x`,
  token.slice(0, -1),
  `m1.${links.sign('terms', ['m1'])}`,
  tokenOf(unsubscribeUrl(others, 'm1')),
])('%j is nobody’s', (made) => {
  expect(memberOfLink(links, made)).toBeNull();
});
