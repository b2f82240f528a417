import type { Words } from '../explain/language';
import { leastRedemption, lock } from './common-settings';
import type { ProgrammeTemplate, TemplateSetting } from './template';
import { pointsWorth, usualAmount } from './usual-amounts';

const LEVELS = [
  {
    code: 'partner',
    name: { en: 'Partner', de: 'Partner', es: 'Socio', pt: 'Parceiro', ru: 'Партнёр' },
    from: 5000,
    percent: 2,
  },
  {
    code: 'key-account',
    name: { en: 'Key account', de: 'Großkunde', es: 'Cliente clave', pt: 'Cliente estratégico', ru: 'Ключевой клиент' },
    from: 25_000,
    percent: 4,
  },
] as const satisfies readonly { code: string; name: Words; from: number; percent: number }[];

const settingsOf = ({ code, name, from, percent }: (typeof LEVELS)[number], index: number): TemplateSetting[] => [
  {
    code: `${code}-from`,
    kind: 'money',
    label: {
      en: `${name.en} from turnover in a calendar year of`,
      de: `${name.de} ab Umsatz im Kalenderjahr von`,
      es: `${name.es} desde una facturación anual de`,
      pt: `${name.pt} a partir de faturação anual de`,
      ru: `${name.ru}: оборот за календарный год от`,
    },
    field: `tiers.levels[${index}].threshold`,
    usual: ({ currencies: [{ currency }] }) => usualAmount(from, currency),
  },
  {
    code: `${code}-discount`,
    kind: 'percent',
    label: {
      en: `Discount for ${name.en}`,
      de: `Rabatt für ${name.de}`,
      es: `Descuento para ${name.es}`,
      pt: `Desconto para ${name.pt}`,
      ru: `Скидка для уровня «${name.ru}»`,
    },
    field: `tiers.levels[${index}].perks.discountPercent`,
    usual: () => percent,
  },
];

const quarterGoal: TemplateSetting = {
  code: 'quarterGoal',
  kind: 'money',
  label: {
    en: 'Bonus from turnover in a quarter of',
    de: 'Bonus ab Umsatz im Quartal von',
    es: 'Bono desde una facturación trimestral de',
    pt: 'Bónus a partir de faturação trimestral de',
    ru: 'Бонус при обороте за квартал от',
  },
  field: 'volume[0].bands[0].from',
  usual: ({ currencies: [{ currency }] }) => usualAmount(2500, currency),
};

const quarterBonus: TemplateSetting = {
  code: 'quarterBonus',
  kind: 'points',
  label: {
    en: 'Points of this bonus',
    de: 'Punkte dieses Bonus',
    es: 'Puntos de este bono',
    pt: 'Pontos deste bónus',
    ru: 'Баллы этого бонуса',
  },
  field: 'volume[0].bands[0].points',
  usual: ({ currencies: [base] }) => pointsWorth(usualAmount(25, base.currency), base),
};

const BONUS_NAME: Words = {
  en: 'Quarterly bonus',
  de: 'Quartalsbonus',
  es: 'Bono trimestral',
  pt: 'Bónus trimestral',
  ru: 'Бонус за квартал',
};

export const businessTurnover: ProgrammeTemplate = {
  code: 'business-turnover',
  name: {
    en: 'Business customers by turnover',
    de: 'Geschäftskunden nach Umsatz',
    es: 'Empresas según facturación',
    pt: 'Empresas segundo a faturação',
    ru: 'Компании по обороту',
  },
  description: {
    en: 'Net amounts count. Turnover of the calendar year brings better prices, that of a quarter a bonus. For trade customers.',
    de: 'Es zählt netto. Der Umsatz des Kalenderjahrs bringt bessere Preise, der eines Quartals einen Bonus. Für gewerbliche Kunden.',
    es: 'Cuentan los importes netos. La facturación del año natural da mejores precios; la de un trimestre, un bono. Para clientes profesionales.',
    pt: 'Contam os valores líquidos. A faturação do ano civil traz melhores preços; a de um trimestre, um bónus. Para clientes profissionais.',
    ru: 'Считаются суммы без налога. Оборот за календарный год даёт лучшие цены, за квартал – бонус. Для оптовых покупателей.',
  },
  contains: [
    {
      en: 'Points on net amounts',
      de: 'Punkte auf Nettobeträge',
      es: 'Puntos sobre importes netos',
      pt: 'Pontos sobre valores líquidos',
      ru: 'Баллы с сумм без налога',
    },
    {
      en: 'Two tiers with a discount on all goods',
      de: 'Zwei Stufen mit Rabatt auf alle Waren',
      es: 'Dos niveles con descuento en todos los productos',
      pt: 'Dois níveis com desconto em todos os produtos',
      ru: 'Два уровня со скидкой на все товары',
    },
    {
      en: 'A bonus for each good quarter',
      de: 'Ein Bonus für jedes gute Quartal',
      es: 'Un bono por cada buen trimestre',
      pt: 'Um bónus por cada bom trimestre',
      ru: 'Бонус за каждый удачный квартал',
    },
    {
      en: 'Paying with points',
      de: 'Bezahlen mit Punkten',
      es: 'Pago con puntos',
      pt: 'Pagamento com pontos',
      ru: 'Оплата баллами',
    },
  ],
  settings: [...LEVELS.flatMap(settingsOf), quarterGoal, quarterBonus, leastRedemption, lock],
  build: (_currency, values, language) => ({
    accrual: { basis: 'net', lockDays: values['lockDays'] },
    tiers: {
      metric: 'turnover',
      period: 'year',
      // What was reached this year lasts through the next one.
      downgrade: { maximumLevels: 1, keepUntilEndOf: 'year', followingPeriods: 1 },
      levels: LEVELS.map(({ code, name }) => ({
        code,
        name: name[language],
        threshold: values[`${code}-from`],
        perks: { discountPercent: values[`${code}-discount`] },
      })),
    },
    volume: [
      {
        code: 'quarter',
        name: BONUS_NAME[language],
        metric: 'turnover',
        period: 'quarter',
        bands: [{ from: values['quarterGoal'], points: values['quarterBonus'] }],
      },
    ],
    redemption: { minimumPoints: values['minimumPoints'] },
  }),
};
