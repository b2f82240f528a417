/**
 * What the API says is wrong with an input, in the language of the pages. The API speaks English to whoever calls it, and its
 * sentences are the keys here; figures stand in braces. What has no translation is said as the API says it.
 */

interface Template {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly text: string;
}

export type ProblemWords = (message: string) => string;

export const inEnglish: ProblemWords = (message) => message;

export function problemWords(translations: Readonly<Record<string, string>>): ProblemWords {
  const templates = Object.entries(translations)
    // Of several that fit, the one with more words of its own.
    .sort(([a], [b]) => wordsOf(b).length - wordsOf(a).length)
    .map(([sentence, text]) => template(sentence, text));
  return (message) => {
    for (const { pattern, names, text } of templates) {
      const [whole, ...figures] = pattern.exec(message) ?? [];
      if (whole !== undefined) return text.replace(/\{(\w)\}/g, (_all, name: string) => figures[names.indexOf(name)] ?? '');
    }
    return message;
  };
}

const FIGURE = /\{(\w)\}/g;

function wordsOf(sentence: string): string {
  return sentence.replace(FIGURE, '');
}

function template(sentence: string, text: string): Template {
  const parts = sentence.split(FIGURE);
  const names = parts.filter((_part, place) => place % 2 === 1);
  const pattern = parts.map((part, place) => (place % 2 === 1 ? '(.+?)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
  return { pattern: new RegExp(`^${pattern}$`, 's'), names, text };
}
