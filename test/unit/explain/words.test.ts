import { placeholdersOf, isForm } from '../../../sidecar/src/explain/fill-text';
import { LANGUAGES, type Words } from '../../../sidecar/src/explain/language';
import { reasonWords, wordTables } from '../../../sidecar/src/explain/words';
import { decisionWords } from '../../../sidecar/src/explain/words/decisions';
import { parseSource } from '../../support/source';
import { givenReasons } from './reason-codes';

const given = givenReasons();
const codes = new Set(given.reasons.map(({ code }) => code));

/** Every text with a name for messages. */
const texts: [string, Words][] = [
  ...Object.entries(reasonWords).flatMap(([code, { otherwise, ...words }]): [string, Words][] => [
    [code, words],
    ...(otherwise ? [[`${code} (otherwise)`, otherwise] as [string, Words]] : []),
  ]),
  ...Object.entries(decisionWords).flatMap(([kind, { title, outcome }]): [string, Words][] => [
    [`${kind} title`, title],
    [`${kind} outcome`, outcome],
  ]),
];

describe('the words of reasons', () => {
  it('can be told for every call of reason(); what is put together is listed in reason-codes.ts', () => {
    expect(given.unread).toEqual([]);
    expect(codes.size).toBeGreaterThan(80);
  });

  it('exist for every code: add what is missing to a table in sidecar/src/explain/words/', () => {
    const missing = given.reasons.filter(({ code }) => !Object.hasOwn(reasonWords, code));
    expect(missing.map(({ code, place }) => `${code} (given in ${place}) has no words`)).toEqual([]);
  });

  it('exist for every kind of decision: add what is missing to explain/words/decisions.ts', () => {
    const missing = [...given.kinds].filter(([kind]) => !Object.hasOwn(decisionWords, kind));
    expect(missing.map(([kind, place]) => `${kind} (recorded in ${place}) has no words`)).toEqual([]);
  });

  it('are all used', () => {
    expect(Object.keys(reasonWords).filter((code) => !codes.has(code))).toEqual([]);
    expect(Object.keys(decisionWords).filter((kind) => !given.kinds.has(kind))).toEqual([]);
  });

  it('stand in one table each', () => {
    expect(wordTables.reduce((sum, table) => sum + Object.keys(table).length, 0)).toBe(Object.keys(reasonWords).length);
  });

  it('exist in every language', () => {
    const empty = texts.flatMap(([name, words]) => LANGUAGES.filter((one) => !words[one]).map((one) => `${name}: ${one}`));
    expect(empty).toEqual([]);
  });

  it('name the same figures in every language', () => {
    const namesIn = (text: string): string => [...new Set(placeholdersOf(text).map(({ name }) => name))].sort().join();
    const differing = texts.filter(([, words]) => new Set(LANGUAGES.map((one) => namesIn(words[one]))).size > 1);
    expect(differing.map(([name]) => name)).toEqual([]);
  });

  it('use forms that there are', () => {
    const unknown = texts.flatMap(([name, words]) =>
      LANGUAGES.flatMap((one) => placeholdersOf(words[one]))
        .filter(({ form }) => form !== null && !isForm(form))
        .map(({ form }) => `${name}: ${form}`),
    );
    expect(unknown).toEqual([]);
  });

  it('name only figures that the reason has', () => {
    const wrong = given.reasons.flatMap(({ code, place, figures }) => {
      const words = reasonWords[code];
      const named = [words?.en ?? '', words?.otherwise?.en ?? ''].flatMap(placeholdersOf).map(({ name }) => name);
      return named.filter((name) => !figures.has(name)).map((name) => `${code} (${place}) has no figure ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the search for codes', () => {
  const found = (text: string) => givenReasons([parseSource('sidecar/src/domain/a.ts', text)]);

  it('reads plain, chosen and listed codes with their figures', () => {
    const { reasons, unread } = found(
      "const shared = { b: 1 }; reason(x ? 'one' : 'two', true, { a, ...shared, c: 3 }); reason(`activity_${miss}`, false);",
    );
    expect(reasons.map(({ code }) => code)).toEqual([
      'one',
      'two',
      'activity_outside_dates',
      'activity_other_tier',
      'activity_other_segment',
      'activity_other_channel',
    ]);
    expect([...(reasons[0]?.figures ?? [])]).toEqual(['a', 'b', 'c']);
    expect(unread).toEqual([]);
  });

  it('tells what it cannot read', () => {
    expect(found('reason(`new_${thing}`, true); reason(other, true);').unread).toEqual([
      'sidecar/src/domain/a.ts:1: `new_${thing}`',
      'sidecar/src/domain/a.ts:1: other',
    ]);
  });

  it('reads the kinds of decisions', () => {
    const { kinds } = found(
      "const KIND = 'sale'; recordDecision(trx, { kind: 'tier', inputs: { kind: 'no' } }); recordDecision(trx, { kind: KIND });",
    );
    expect([...kinds.keys()]).toEqual(['tier', 'sale']);
  });
});
