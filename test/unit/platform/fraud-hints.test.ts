import fc from 'fast-check';
import { emailPattern } from '../../../sidecar/src/platform/email-pattern';
import { fraudHints, postalKey } from '../../../sidecar/src/platform/fraud-hints';

test.each([
  ['Sam.Shopper+club@GMail.com', 'samshopper@gmail.com', 'samshopper@gmail.com'],
  ['s.a.m.shopper7@googlemail.com', 'samshopper7@gmail.com', 'samshopper@gmail.com'],
  ['sam.shopper+1@example.com', 'sam.shopper@example.com', 'sam.shopper@example.com'],
  ['sam.shopper_2026@example.com', 'sam.shopper_2026@example.com', 'sam.shopper@example.com'],
  ['sam1@example.com', 'sam1@example.com', null],
  ['+tag@example.com', '+tag@example.com', '+tag@example.com'],
])('%s is the mailbox %s with the stem %s', (email, canonical, stem) => {
  expect(emailPattern(email)).toEqual({ canonical, stem, isDisposable: false });
});

test.each(['', 'nobody', 'a@b@c', 'a b@example.com', '@example.com'])('%j is no address', (email) => {
  expect(emailPattern(email)).toBeNull();
});

test('mailboxes to throw away are known by their provider', () => {
  expect(emailPattern('x@Yopmail.com')?.isDisposable).toBe(true);
});

test('a tag never makes another mailbox', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(word, word, (name, tag) => {
      expect(emailPattern(`${name}+${tag}@example.com`)).toEqual(emailPattern(`${name}@example.com`));
    }),
  );
});

test.each([
  [['Hauptstraße 5'], 'D-10115', ['HAUPTSTR. 5 '], 'd10115'],
  [['Hauptstrasse 5'], '10115', ['Haupt-Str.5'], '10 115'],
  [['1 Main Street'], '73301', ['1 Main St.'], '73301'],
  [['Rue de l’Église 3', ''], '75001', ['rue de l eglise 3'], '75001'],
])('%j %s is the same door as %j %s', (street, postcode, otherStreet, otherPostcode) => {
  expect(postalKey({ street, postcode })).toBe(postalKey({ street: otherStreet, postcode: otherPostcode }));
});

test('another number or postcode is another door, and half an address is none', () => {
  const key = postalKey({ street: ['Hauptstr. 5'], postcode: '10115' });
  expect(postalKey({ street: ['Hauptstr. 6'], postcode: '10115' })).not.toBe(key);
  expect(postalKey({ street: ['Hauptstr. 5'], postcode: '10116' })).not.toBe(key);
  expect(postalKey({ street: ['Hauptstr. 5'], postcode: null })).toBeNull();
  expect(postalKey({ street: [' . '], postcode: '10115' })).toBeNull();
});

test.each(['127.0.0.1', '10.1.2.3', '::1', 'unknown', '', '192.168.0.0'])(
  '%j tells nothing of a connection',
  (networkAddress) => {
    expect(fraudHints({ email: null, street: [], postcode: null, networkAddress }, (text) => text).deviceHash).toBeNull();
  },
);
