/** Figures as people read them: money, dates, points and names in a language. Every form is an entry of `forms`. */
import { ofCurrency } from '../domain/currency';
import { toMajor } from '../domain/money';
import { isMetricCode, metricOf } from '../domain/qualifying-metric';
import type { Reason } from '../domain/reason';
import type { Language } from './language';
import { momentFormat, numberFormat, pluralForm } from './locale-formats';
import type { Names } from './names';
import { TERMS, UNITS, type UnitName } from './words/units';

/** What a text is written for. */
export interface Reader {
  readonly language: Language;
  /** Of the programme: dates are those of its clock. */
  readonly timeZone: string;
  /** Of the order or cart that was decided about; figures with a `currency` beside them say their own. */
  readonly currency: string;
  /** Of the programme, for turnover. */
  readonly baseCurrency: string;
  readonly names: Names;
}

type Figures = Reason['figures'];
type Form = (value: string | number | boolean, figures: Figures, reader: Reader) => string;

/** Where there is no figure. */
const NOTHING = '–';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

const number: Form = (value, _figures, { language }) =>
  typeof value === 'number' ? numberFormat(language, '').format(value) : String(value);

const money: Form = (value, figures, { language, currency }) => {
  const own = typeof figures['currency'] === 'string' ? figures['currency'] : currency;
  if (typeof value !== 'number') return String(value);
  // A shop may name a currency as it likes; formats know three letters.
  if (!/^[A-Za-z]{3}$/.test(own)) return `${numberFormat(language, '').format(toMajor(value, own))} ${own}`;
  return numberFormat(language, own).format(toMajor(value, own));
};

const counted =
  (unit: UnitName): Form =>
  (value, figures, reader) => {
    const { language } = reader;
    const words = UNITS[unit][language];
    return `${number(value, figures, reader)} ${words[pluralForm(language, Number(value))] ?? words.other}`;
  };

const date: Form = (value, _figures, { language, timeZone }) =>
  momentFormat(language, timeZone).format(Date.parse(String(value)));

const quoted: Form = (value) => `“${String(value)}”`;

const named =
  (of: keyof Names): Form =>
  (value, _figures, { names }) =>
    `“${(Object.hasOwn(names[of], String(value)) ? names[of][String(value)] : undefined) ?? String(value)}”`;

/** One of a fixed list of words; a code that is not in it stands for itself. */
const term: Form = (value, _figures, { language }) => ofCurrency(TERMS, String(value))?.[language] ?? String(value);

/** In the unit of the metric beside it. */
const metric: Form = (value, figures, reader) => {
  const code = figures['metric'];
  if (typeof code !== 'string' || !isMetricCode(code)) return number(value, figures, reader);
  const { unit } = metricOf(code);
  if (unit === 'money') return money(value, { currency: reader.baseCurrency }, reader);
  return counted(unit)(value, figures, reader);
};

const range =
  (form: Form): Form =>
  (_value, figures, reader) => {
    const [least, most] = [figures['atLeast'] ?? null, figures['atMost'] ?? null];
    const parts = [
      least === null ? '' : `≥ ${form(least, figures, reader)}`,
      most === null ? '' : `≤ ${form(most, figures, reader)}`,
    ];
    return parts.filter((part) => part !== '').join(', ');
  };

const baseMoney: Form = (value, _figures, reader) => money(value, { currency: reader.baseCurrency }, reader);

/** `365 days`, `year`, as the domain names windows. */
const span: Form = (value, figures, reader) => {
  const days = /^(\d+) days$/.exec(String(value))?.[1];
  return days === undefined ? term(`window_${String(value)}`, figures, reader) : counted('days')(Number(days), figures, reader);
};

export const forms = {
  number,
  money,
  baseMoney,
  date,
  term,
  quoted,
  metric,
  span,
  points: counted('points'),
  days: counted('days'),
  orders: counted('orders'),
  percent: (value, figures, reader) => `${number(Number(value) / 100, figures, reader)} %`,
  factor: (value, figures, reader) => `${number(Number(value) / 10_000, figures, reader)}×`,
  units: (value, figures, reader) => number(Number(value) / 1000, figures, reader),
  decimal: (value, figures, reader) => number(Number(value), figures, reader),
  tier: named('tiers'),
  segment: named('segments'),
  activity: named('activities'),
  incentive: named('incentives'),
  campaign: named('campaigns'),
  reward: named('rewards'),
  cashback: named('cashback'),
  membership: named('memberships'),
  range: range(number),
  moneyRange: range(baseMoney),
} as const satisfies Record<string, Form>;

export type FormName = keyof typeof forms;

/** @param form null = as the name and the value say */
export function formatFigure(name: string, form: FormName | null, figures: Figures, reader: Reader): string {
  const value = figures[name] ?? null;
  // A range is about two figures, of which either may be absent.
  if (form === 'range' || form === 'moneyRange') return forms[form]('', figures, reader);
  if (value === null) return NOTHING;
  return forms[form ?? usualForm(name, value)](value, figures, reader);
}

function usualForm(name: string, value: string | number | boolean): FormName {
  if (name.endsWith('Minor')) return 'money';
  if (name.endsWith('Bps')) return 'percent';
  if (name.endsWith('Milli')) return 'units';
  return typeof value === 'string' && INSTANT.test(value) ? 'date' : 'number';
}
