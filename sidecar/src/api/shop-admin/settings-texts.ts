/** Words about what the merchant decides, in the shop's administration. */
import { inLanguage } from '../../domain/in-language';

export interface SettingsTexts {
  readonly title: string;
  readonly rulePriority: string;
  readonly explanation: string;
  readonly save: string;
  readonly saved: string;
  /** `%max%` = the greatest priority. */
  readonly wrongNumber: string;
}

const en: SettingsTexts = {
  title: 'Settings',
  rulePriority: 'Priority of tier prices',
  explanation:
    'Where several of your rules have prices for a product, the rule with the highest priority wins. Give tier prices a lower priority than rules that should win over them.',
  save: 'Save',
  saved: 'Saved. The rules of the shop follow within a minute.',
  wrongNumber: 'The priority is a whole number from 0 to %max%. Nothing was saved.',
};

const texts = {
  en,
  de: {
    title: 'Einstellungen',
    rulePriority: 'Priorität der Stufenpreise',
    explanation:
      'Haben mehrere Regeln Preise für ein Produkt, gewinnt die Regel mit der höchsten Priorität. Geben Sie Stufenpreisen eine niedrigere Priorität als Regeln, die vorgehen sollen.',
    save: 'Speichern',
    saved: 'Gespeichert. Die Regeln im Shop folgen innerhalb einer Minute.',
    wrongNumber: 'Die Priorität ist eine ganze Zahl von 0 bis %max%. Es wurde nichts gespeichert.',
  },
  es: {
    title: 'Ajustes',
    rulePriority: 'Prioridad de los precios por nivel',
    explanation:
      'Si varias reglas tienen precios para un producto, gana la regla con la prioridad más alta. Dé a los precios por nivel una prioridad menor que a las reglas que deben imponerse.',
    save: 'Guardar',
    saved: 'Guardado. Las reglas de la tienda se actualizan en un minuto.',
    wrongNumber: 'La prioridad es un número entero de 0 a %max%. No se ha guardado nada.',
  },
  pt: {
    title: 'Definições',
    rulePriority: 'Prioridade dos preços por nível',
    explanation:
      'Quando várias regras têm preços para um produto, ganha a regra com a prioridade mais alta. Dê aos preços por nível uma prioridade menor do que às regras que devem prevalecer.',
    save: 'Guardar',
    saved: 'Guardado. As regras da loja são atualizadas dentro de um minuto.',
    wrongNumber: 'A prioridade é um número inteiro de 0 a %max%. Nada foi guardado.',
  },
  ru: {
    title: 'Настройки',
    rulePriority: 'Приоритет цен уровней',
    explanation:
      'Если цены на товар есть в нескольких правилах, действует правило с наивысшим приоритетом. Задайте ценам уровней приоритет ниже, чем у правил, которые должны быть важнее.',
    save: 'Сохранить',
    saved: 'Сохранено. Правила магазина обновятся в течение минуты.',
    wrongNumber: 'Приоритет — целое число от 0 до %max%. Ничего не сохранено.',
  },
} satisfies Record<string, SettingsTexts>;

/** @param locale e.g. `de-DE`; English when there are no words in it */
export function settingsTexts(locale: string): SettingsTexts {
  return inLanguage(texts, locale);
}
