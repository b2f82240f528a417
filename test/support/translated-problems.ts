import de from '../../sidecar/admin-ui/src/i18n/problems/de';
import es from '../../sidecar/admin-ui/src/i18n/problems/es';
import pt from '../../sidecar/admin-ui/src/i18n/problems/pt';
import ru from '../../sidecar/admin-ui/src/i18n/problems/ru';
import { problemWords } from '../../sidecar/admin-ui/src/i18n/problem-words';

export const problemTranslations = { de, es, pt, ru };

/** Of sentences of the API, those that the admin pages leave in English in some language. */
export function leftInEnglish(sentences: readonly string[]): string[] {
  return Object.values(problemTranslations).flatMap((translations) => {
    const say = problemWords(translations);
    return sentences.filter((sentence) => say(sentence) === sentence);
  });
}
