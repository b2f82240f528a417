/** A notice as a mail: subject, plain text and HTML that says the same. Pure. */
import { milestoneOf, type MailText, type NoticeKind } from '../domain/milestone';
import type { Programme } from '../domain/programme';
import { escapeHtml } from './escape-html';
import { forms, type FormName, type Reader } from './format-figure';
import type { Language } from './language';
import { dayFormat } from './locale-formats';
import { namesOf } from './names';
import { MAIL_FRAME, MAIL_WORDS } from './words/mails';

export interface MailNews {
  readonly kind: NoticeKind;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly language: Language;
  readonly firstName: string | null;
  /** Null = there is nothing to unsubscribe from. */
  readonly unsubscribeUrl: string | null;
}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Longer names are no names. */
const MAX_FIRST_NAME = 60;
const MAX_SUBJECT = 200;

/** In the merchant's words where there are such in the language, else in ours. */
export function writeMail(programme: Programme, news: MailNews): WrittenMail {
  const { kind, language, unsubscribeUrl } = news;
  const values = valuesOf(programme, news);
  const own: MailText | undefined = programme.messages.texts[kind]?.[language];
  const words = own ?? { subject: MAIL_WORDS[kind].subject[language], body: MAIL_WORDS[kind].body[language] };
  const subject = (filled(words.subject, values) ?? programme.name).replace(/\p{Cc}+/gu, ' ').slice(0, MAX_SUBJECT);
  const greeting = filled(MAIL_FRAME.greeting[language], values) ?? MAIL_FRAME.plainGreeting[language];
  const said = words.body.split(/\n\s*\n/).flatMap((paragraph) => filled(paragraph, values) ?? []);
  const paragraphs = [greeting, ...said, programme.name];
  const footer = unsubscribeUrl === null ? [] : ['', '-- ', `${MAIL_FRAME.unsubscribe[language]} ${unsubscribeUrl}`];
  return {
    subject,
    text: `${[paragraphs.join('\n\n'), ...footer].join('\n')}\n`,
    html: htmlOf({ subject, paragraphs, language, unsubscribeUrl }),
  };
}

/** The text with its values; null when one of them is absent, so that nothing half is said. */
function filled(text: string, values: ReadonlyMap<string, string>): string | null {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.some((name) => !values.has(name))) return null;
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => values.get(name) ?? '').trim();
}

const FORMS: Readonly<Record<string, FormName>> = {
  points: 'points',
  balance: 'points',
  days: 'days',
  valueMinor: 'money',
  minimumMinor: 'money',
  percentBps: 'percent',
  outcome: 'term',
};

/** Everything a text may show, as people read it. What is nothing, like a minimum of 0, is as if it were absent. */
function valuesOf(programme: Programme, { kind, figures, language, firstName }: MailNews): ReadonlyMap<string, string> {
  const { baseCurrency, timeZone } = programme;
  const reader: Reader = { language, timeZone, currency: baseCurrency, baseCurrency, names: namesOf(programme) };
  const values = new Map<string, string>([['programme', programme.name]]);
  const name = firstName?.replace(/\p{Cc}+/gu, ' ').trim() ?? '';
  // An address in place of a name is how others get their advertising delivered.
  if (name !== '' && name.length <= MAX_FIRST_NAME && !/[/:@]|www\./i.test(name)) values.set('firstName', name);
  const known: Readonly<Record<string, string>> = milestoneOf(kind).figures;
  for (const [figure, value] of Object.entries(figures)) {
    const form = FORMS[figure];
    if (value === 0 || value === '') continue;
    if (known[figure]?.startsWith('instant')) values.set(figure, dayOf(String(value), reader));
    else values.set(figure, form ? forms[form](value, figures, reader) : String(value));
  }
  const worth = values.get('percentBps') ?? values.get('valueMinor');
  if (worth !== undefined) values.set('value', worth);
  return values;
}

function dayOf(instant: string, { language, timeZone }: Reader): string {
  return dayFormat(language, timeZone).format(Date.parse(instant));
}

interface Shown {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly language: Language;
  readonly unsubscribeUrl: string | null;
}

const BODY = 'margin:0;padding:24px;background:#ffffff;color:#1f2933;font:16px/1.5 Arial,Helvetica,sans-serif';
const SMALL = 'margin:32px 0 0;font-size:14px;color:#52606d';

function htmlOf({ subject, paragraphs, language, unsubscribeUrl }: Shown): string {
  const body = paragraphs.map((text) => `<p style="margin:0 0 16px">${linked(text)}</p>`).join('\n');
  const link =
    unsubscribeUrl === null ? '' : `<a href="${escapeHtml(unsubscribeUrl)}">${MAIL_FRAME.unsubscribeLink[language]}</a>`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="${BODY}">
<main style="max-width:600px;margin:0 auto">
<h1 style="margin:0 0 24px;font-size:20px">${escapeHtml(subject)}</h1>
${body}
${link === '' ? '' : `<p style="${SMALL}">${link}</p>\n`}</main>
</body>
</html>
`;
}

/** A paragraph that is an address of the web can be pressed. */
function linked(text: string): string {
  const shown = escapeHtml(text).replaceAll('\n', '<br>');
  return /^https?:\/\/\S+$/.test(text) ? `<a href="${shown}">${shown}</a>` : shown;
}
