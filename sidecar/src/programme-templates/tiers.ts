import type { Words } from '../explain/language';
import { expiry, leastRedemption, lock } from './common-settings';
import type { ProgrammeTemplate, TemplateSetting } from './template';
import { usualAmount } from './usual-amounts';

const LEVELS = [
  {
    code: 'silver',
    name: { en: 'Silver', de: 'Silber', es: 'Plata', pt: 'Prata', ru: 'Серебро' },
    from: 200,
    perks: { multiplier: 1.25 },
  },
  {
    code: 'gold',
    name: { en: 'Gold', de: 'Gold', es: 'Oro', pt: 'Ouro', ru: 'Золото' },
    from: 500,
    perks: { multiplier: 1.5, freeShipping: true },
  },
  {
    code: 'platinum',
    name: { en: 'Platinum', de: 'Platin', es: 'Platino', pt: 'Platina', ru: 'Платина' },
    from: 1000,
    perks: { multiplier: 2, freeShipping: true, earlyAccess: true },
  },
] as const satisfies readonly { code: string; name: Words; from: number; perks: object }[];

/** Bought within a year, in the base currency. */
function thresholdOf({ code, name, from }: (typeof LEVELS)[number], index: number): TemplateSetting {
  return {
    code: `${code}From`,
    kind: 'money',
    label: {
      en: `${name.en} from purchases in a year of`,
      de: `${name.de} ab Einkäufen im Jahr von`,
      es: `${name.es} desde compras al año de`,
      pt: `${name.pt} a partir de compras por ano de`,
      ru: `${name.ru}: покупки за год от`,
    },
    field: `tiers.levels[${index}].threshold`,
    usual: ({ currencies: [{ currency }] }) => usualAmount(from, currency),
  };
}

export const tiers: ProgrammeTemplate = {
  code: 'tiers',
  name: { en: 'Tiers', de: 'Stufen', es: 'Niveles', pt: 'Níveis', ru: 'Уровни' },
  description: {
    en: 'Who buys more gets more: Silver, Gold and Platinum with more points and free shipping. For shops whose customers come back.',
    de: 'Wer mehr kauft, bekommt mehr: Silber, Gold und Platin mit mehr Punkten und freiem Versand. Für Shops, deren Kunden wiederkommen.',
    es: 'Quien más compra, más recibe: Plata, Oro y Platino con más puntos y envío gratis. Para tiendas con clientes que vuelven.',
    pt: 'Quem compra mais recebe mais: Prata, Ouro e Platina com mais pontos e envio grátis. Para lojas cujos clientes regressam.',
    ru: 'Кто больше покупает, больше получает: Серебро, Золото и Платина с дополнительными баллами и бесплатной доставкой. Для магазинов, куда возвращаются.',
  },
  contains: [
    {
      en: 'Points for every order, up to twice as many',
      de: 'Punkte für jede Bestellung, bis zu doppelt so viele',
      es: 'Puntos por cada pedido, hasta el doble',
      pt: 'Pontos por cada encomenda, até ao dobro',
      ru: 'Баллы за каждый заказ, до двойных',
    },
    {
      en: 'Three tiers by purchases of the last year',
      de: 'Drei Stufen nach den Einkäufen des letzten Jahres',
      es: 'Tres niveles según las compras del último año',
      pt: 'Três níveis segundo as compras do último ano',
      ru: 'Три уровня по покупкам за последний год',
    },
    {
      en: 'Free shipping from Gold on',
      de: 'Freier Versand ab Gold',
      es: 'Envío gratis desde Oro',
      pt: 'Envio grátis a partir de Ouro',
      ru: 'Бесплатная доставка с уровня Золото',
    },
    {
      en: 'Paying with points',
      de: 'Bezahlen mit Punkten',
      es: 'Pago con puntos',
      pt: 'Pagamento com pontos',
      ru: 'Оплата баллами',
    },
  ],
  settings: [...LEVELS.map(thresholdOf), leastRedemption, lock, expiry],
  build: (_currency, values, language) => ({
    accrual: { lockDays: values['lockDays'] },
    expireAfterDays: values['expireAfterDays'],
    tiers: {
      metric: 'turnover',
      windowDays: 365,
      graceDays: 30,
      levels: LEVELS.map(({ code, name, perks }) => ({
        code,
        name: name[language],
        threshold: values[`${code}From`],
        perks,
      })),
    },
    redemption: { minimumPoints: values['minimumPoints'] },
  }),
};
