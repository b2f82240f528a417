import { isGroup, isList, type Json } from './document-path';

const LONGEST = 32;
/** What falling apart into letter and accent does not give. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', ł: 'l', đ: 'd' };
const CYRILLIC =
  'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya';
const LATIN = new Map(CYRILLIC.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.slice(2)]));

/** A code out of a name, one that is not taken; `fallback` for names without a letter that codes may have. */
export function codeFor(name: string, taken: readonly string[], fallback: string): string {
  const spelled = [...name.toLowerCase().normalize('NFC')]
    .map((letter) => LATIN.get(letter) ?? LETTERS[letter] ?? letter)
    .join('');
  const plain = spelled
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-');
  const wanted = cut(plain.replace(/^-+/, ''), LONGEST) || fallback;
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const other = `${cut(wanted, LONGEST - suffix.length)}${suffix}`;
    if (!taken.includes(other)) return other;
  }
}

/** How often a document says a text: a code that is said once is used by no other rule. */
export function mentions(document: Json | undefined, text: string): number {
  if (document === text) return 1;
  const children = isList(document) ? document : isGroup(document) ? Object.values(document) : [];
  return children.reduce<number>((sum, child) => sum + mentions(child, text), 0);
}

/** Codes of a list of rules; those without one have none to be taken. */
export function codesOf(rules: readonly Json[]): string[] {
  return rules.flatMap((rule) => (isGroup(rule) && typeof rule['code'] === 'string' ? [rule['code']] : []));
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/-+$/, '');
}
