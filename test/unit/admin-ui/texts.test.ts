/** Words of the admin pages: nothing is missing in any language, and nothing is left in English. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import de from '../../../sidecar/admin-ui/src/i18n/de';
import en from '../../../sidecar/admin-ui/src/i18n/en';
import es from '../../../sidecar/admin-ui/src/i18n/es';
import pt from '../../../sidecar/admin-ui/src/i18n/pt';
import ru from '../../../sidecar/admin-ui/src/i18n/ru';

const SOURCE = join(__dirname, '../../../sidecar/admin-ui/src');

/** Names and words that several languages share. */
const ALIKE = new Set([
  'campaignForm.budget',
  'cashbackForm.title',
  'challengeForm.challenge',
  'challengeForm.title',
  'channelForm.shop',
  'dashboard.shop',
  'editor.name',
  'editor.section.cashback',
  'editor.section.challenges',
  'priceWhy.shop',
  'health.minutes',
  'login.name',
  'menu.imports',
  'messageForm.body',
  'programme.number',
  'programme.text',
  'programme.version',
  'review.cashback',
  'segmentForm.segment',
  'termsForm.text',
  'volumeForm.band',
  'voucherOrigin.cashback',
]);

function flat(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value as object, `${path}${key}.`)],
    ),
  );
}

const english = flat(en);
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(Object.entries({ de, es, pt, ru }))('words in %s', (_language, words) => {
  const translated = flat(words);

  it('are all there, and no others', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('hold the same figures', () => {
    const wrong = [...translated].filter(
      ([key, text]) => String(placeholders(text)) !== String(placeholders(english.get(key) ?? '')),
    );
    expect(wrong).toEqual([]);
  });

  it('are not left empty or in English', () => {
    const isLeft = ([key, text]: [string, string]): boolean =>
      text.trim() === '' || (text === english.get(key) && !ALIKE.has(key));
    expect([...translated].filter(isLeft).map(([key]) => key)).toEqual([]);
  });
});

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : /\.(vue|ts)$/.test(path) && !path.includes('i18n') ? [path] : [];
  });
}

describe('words', () => {
  const source = filesBelow(SOURCE)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

  it('that a page asks for are there', () => {
    const asked = [...source.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key]) => key ?? '');
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !english.has(key))).toEqual([]);
  });

  it('are all asked for', () => {
    // Keys made from a code, such as `figure.${code}`.
    const made = [...source.matchAll(/\bt\(`([\w.-]+\.)\$\{/g), ...source.matchAll(/= `([\w.-]+\.)\$\{/g)].map(
      ([, prefix]) => prefix ?? '',
    );
    const isAsked = (key: string): boolean => source.includes(`'${key}'`) || made.some((prefix) => key.startsWith(prefix));
    expect([...english.keys()].filter((key) => !isAsked(key))).toEqual([]);
  });
});
