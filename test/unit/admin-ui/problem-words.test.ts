/** What the API says is wrong, in the language of the pages; that all of its sentences are known is tested beside them. */
import { inEnglish, problemWords } from '../../../sidecar/admin-ui/src/i18n/problem-words';
import { problemTranslations } from '../../support/translated-problems';

const figures = (text: string): string[] => (text.match(/\{\w\}/g) ?? []).sort();

describe.each(Object.entries(problemTranslations))('problems in %s', (_language, translations) => {
  it('are the same sentences as in German, with the same figures', () => {
    expect(Object.keys(translations)).toEqual(Object.keys(problemTranslations.de));
    const wrong = Object.entries(translations).filter(([sentence, text]) => String(figures(sentence)) !== String(figures(text)));
    expect(wrong).toEqual([]);
  });

  it('each give their own words back, whatever the others', () => {
    const say = problemWords(translations);
    for (const [sentence, text] of Object.entries(translations)) {
      const fill = (template: string): string => template.replace(/\{(\w)\}/g, (_all, name: string) => `<${name}>`);
      expect(say(fill(sentence))).toBe(fill(text));
    }
  });
});

describe('a problem', () => {
  const inGerman = problemWords(problemTranslations.de);

  it('keeps its figures, also in another order', () => {
    expect(inGerman('must be greater than 2000.5, the threshold of platinum')).toBe(
      'muss größer als 2000.5 sein, die Schwelle von platinum',
    );
    expect(inGerman('must have at most 2 decimals in EUR')).toBe('darf in EUR höchstens 2 Nachkommastellen haben');
    expect(inGerman('must be at most 64 characters')).toBe('darf höchstens 64 Zeichen haben');
    expect(inGerman('must be greater than $1')).toBe('muss größer als $1 sein');
  });

  it('is said as it is where nobody translated it', () => {
    expect(inGerman('is none of the three wishes')).toBe('is none of the three wishes');
    expect(inEnglish('is required')).toBe('is required');
  });
});
