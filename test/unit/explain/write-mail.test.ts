import { LANGUAGES } from '../../../sidecar/src/domain/language';
import { MILESTONES, NOTICE_KINDS, placeholdersOfKind, type NoticeKind } from '../../../sidecar/src/domain/milestone';
import type { Programme } from '../../../sidecar/src/domain/programme';
import { writeMail, type MailNews } from '../../../sidecar/src/explain/write-mail';
import { MAIL_WORDS } from '../../../sidecar/src/explain/words/mails';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { programmeDocument } from '../../support/programme';

function read(change: Record<string, unknown>): Programme {
  const parsed = parseProgramme(programmeDocument(change));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

const programme = read({ name: 'Club & Co', timeZone: 'Europe/Berlin' });

/** A value for every figure of a kind, of those that may be absent only where asked for. */
function figuresOf(kind: NoticeKind, whole: boolean): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(MILESTONES[kind].figures as Record<string, string>).flatMap(([name, form]): [string, string | number][] => {
      if (form.endsWith('?') && !whole) return [];
      if (name === 'currency') return [[name, 'EUR']];
      if (name === 'outcome') return [[name, 'approved']];
      if (form.startsWith('count')) return [[name, 1000]];
      return [[name, form.startsWith('instant') ? '2026-03-31T22:30:00.000Z' : `the ${name}`]];
    }),
  );
}

const written = (change: Partial<MailNews>, of = programme) =>
  writeMail(of, { kind: 'welcome', figures: { points: 10 }, language: 'en', firstName: 'Ann', unsubscribeUrl: null, ...change });

describe.each(LANGUAGES)('mails in %s', (language) => {
  it.each(NOTICE_KINDS)('%s: whole with all figures and with few, and nothing left in braces', (kind) => {
    for (const whole of [true, false]) {
      const { subject, text, html } = written({ kind, language, figures: figuresOf(kind, whole) });
      expect(subject).not.toBe(programme.name);
      expect(`${subject}${text}${html}`).not.toMatch(/[{}]|undefined|NaN|null/);
      expect(text.split('\n\n').length).toBeGreaterThanOrEqual(3);
      expect(html).toContain(`<html lang="${language}">`);
    }
  });

  it.each(NOTICE_KINDS)('%s asks for what the kind has', (kind) => {
    const { subject, body } = MAIL_WORDS[kind];
    const asked = [...`${subject[language]}${body[language]}`.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
    expect(asked.filter((name) => !placeholdersOfKind(kind).includes(name ?? ''))).toEqual([]);
  });
});

describe('a mail', () => {
  it('says figures as people read them, in the time zone of the programme', () => {
    const expiring = {
      kind: 'points_expiring',
      figures: { points: 1200, expiresAt: '2026-03-31T22:30:00.000Z', days: 7 },
    } as const;
    expect(written({ ...expiring, language: 'de' })).toMatchObject({
      subject: '1.200 Punkte verfallen bald',
      text: 'Hallo Ann,\n\nAm 1. April 2026 verfallen 1.200 Punkte. Löse sie vorher ein.\n\nClub & Co\n',
    });
    const voucher = { code: 'V1', valueMinor: 500, currency: 'EUR' };
    expect(written({ kind: 'voucher_granted', figures: voucher }).text).toBe(
      'Hello Ann,\n\nYour code: V1\n\nIt takes €5.00 off your order.\n\nClub & Co\n',
    );
    expect(written({ kind: 'voucher_granted', figures: { ...voucher, valueMinor: 0, percentBps: 1000 } }).subject).toBe(
      'Your voucher: 10 %',
    );
    expect(written({ figures: { points: 0 } }).text).toBe('Hello Ann,\n\nGood to have you with us.\n\nClub & Co\n');
  });

  it('lets nothing a shopper or merchant wrote become HTML or a header', () => {
    const { subject, html, text } = written({
      kind: 'tier_reached',
      figures: { tier: '<b>Gold</b>\r\nBcc: all@example.com' },
      firstName: '<i>"Ann"\n',
    });
    expect(subject).toBe('You have reached <b>Gold</b> Bcc: all@example.com');
    expect(html).not.toMatch(/<b>|<i>/);
    expect(html).toContain('Club &#38; Co');
    expect(text).toContain('Hello <i>"Ann",');
  });

  it.each(['win at https://evil.example', 'evil.example/x', 'a@evil.example', 'x'.repeat(61), ' \n', ''])(
    'takes %j for no first name',
    (firstName) => {
      expect(written({ firstName: firstName.replace('evil.example/x', 'www.evil.example') }).text).toMatch(/^Hello,\n/);
    },
  );

  it('ends with a link to unsubscribe where there is one', () => {
    const url = 'https://loyalty.example.com/messages/unsubscribe/m1.x?a=1&b=2';
    const { text, html } = written({ unsubscribeUrl: url });
    expect(text).toMatch(/\n-- \nNo longer want such messages\? Unsubscribe: https:\S+b=2\n$/);
    expect(html).toContain('<a href="https://loyalty.example.com/messages/unsubscribe/m1.x?a=1&#38;b=2">Unsubscribe</a>');
  });

  it('says what the merchant wrote, in the languages they wrote it in', () => {
    const own = read({
      messages: { texts: { welcome: { de: { subject: 'Moin {firstName}', body: 'Nimm {points}.\n\nDein {programme}' } } } },
    });
    expect(written({ language: 'de' }, own)).toMatchObject({
      subject: 'Moin Ann',
      text: 'Hallo Ann,\n\nNimm 10 Punkte.\n\nDein Test programme\n\nTest programme\n',
    });
    expect(written({ language: 'de', firstName: null }, own).subject).toBe('Test programme');
    expect(written({ language: 'en' }, own).subject).toBe('Welcome to Test programme');
  });
});
