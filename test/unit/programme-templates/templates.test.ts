/** Programmes to start from: each is a programme in every currency, in five languages, and says which number was wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { currencyExponent } from '../../../sidecar/src/domain/currency';
import { entitlement } from '../../../sidecar/src/domain/entitlement';
import { LANGUAGES } from '../../../sidecar/src/domain/language';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { writeYaml } from '../../../sidecar/src/programme-document/written';
import { fillTemplate } from '../../../sidecar/src/programme-templates/fill-template';
import { findTemplate, programmeTemplates } from '../../../sidecar/src/programme-templates/registry';
import type { TemplateTerms } from '../../../sidecar/src/programme-templates/template';
import { pointsWorth, usualAmount } from '../../../sidecar/src/programme-templates/usual-amounts';
import { projectRoot } from '../../support/source';
import { lineWith, orderWith } from '../domain/examples';

const EURO = { currency: 'EUR', earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } };
const terms = (change: Partial<TemplateTerms> = {}): TemplateTerms => ({
  name: 'Club',
  timeZone: 'Europe/Berlin',
  rounding: 'down',
  currencies: [EURO],
  ...change,
});
const named = (code: string) => {
  const template = findTemplate(code);
  if (!template) throw new Error(`there is no template ${code}`);
  return template;
};

describe.each(programmeTemplates.map((template) => [template.code, template] as const))('the template %s', (_code, template) => {
  it.each(LANGUAGES)('is a programme as it comes, in %s', (language) => {
    const filled = fillTemplate(template, terms(), {}, language);
    expect(filled).toMatchObject({ ok: true, document: { name: 'Club', baseCurrency: 'EUR', timeZone: 'Europe/Berlin' } });
  });

  it('is a programme in every currency, whatever its points are worth', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'HUF', 'SEK', 'KRW', 'IDR', 'CHF'),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (currency, points, per, forValue) => {
          const base = { currency, earn: { points, per }, pointValue: { points: forValue, value: 1 } };
          expect(fillTemplate(template, terms({ currencies: [base] }), {}, 'en')).toMatchObject({ ok: true });
        },
      ),
    );
  });

  it('gives points in each of several currencies', () => {
    const dollar = { ...EURO, currency: 'USD', turnoverFactor: 0.9 };
    const filled = fillTemplate(template, terms({ currencies: [EURO, dollar] }), {}, 'en');
    const parsed = filled.ok && parseProgramme(filled.document);
    if (!parsed || !parsed.ok) throw new Error('it is no programme');
    for (const currency of ['EUR', 'USD']) {
      const order = orderWith({ currency, lines: [lineWith({ grossMinor: 10_000, netMinor: 10_000 })] });
      const pinned = { programmeVersionId: 'v', programme: parsed.programme, tier: null, segments: [], grants: [] };
      expect(entitlement(pinned, order).earnedPoints).toBe(100);
    }
  });

  it('has every text in every language, none of them left in English', () => {
    const texts = [template.name, template.description, ...template.contains, ...template.settings.map(({ label }) => label)];
    for (const words of texts) {
      for (const language of LANGUAGES) expect(words[language].trim()).not.toBe('');
    }
    const isCopied = texts.filter((words) => new Set(Object.values(words)).size < 3);
    expect(isCopied).toEqual([]);
  });

  it('names a setting that the programme refuses', () => {
    for (const { code } of template.settings) {
      const filled = fillTemplate(template, terms(), { [code]: -1 }, 'en');
      expect(filled).toMatchObject({ ok: false });
      if (!filled.ok) expect(filled.errors.map(({ field }) => field)).toEqual([`settings.${code}`]);
    }
  });
});

test('the documents that the docs show are those of the templates', () => {
  const text = readFileSync(join(projectRoot, 'docs/first-programme.md'), 'utf8');
  const shown = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = '']) => yaml);
  const made = programmeTemplates.map((template) => {
    const filled = fillTemplate(template, terms({ name: template.name.en, timeZone: 'UTC' }), {}, 'en');
    return filled.ok ? writeYaml(filled.document) : '';
  });
  expect(shown).toEqual(made);
});

it('knows templates by codes that differ', () => {
  expect(new Set(programmeTemplates.map(({ code }) => code)).size).toBe(programmeTemplates.length);
  expect(findTemplate('nothing')).toBeNull();
});

describe('wrong terms', () => {
  const fieldsOf = (change: Partial<TemplateTerms>, settings: Record<string, number> = {}): string[] => {
    const filled = fillTemplate(named('tiers'), terms(change), settings, 'en');
    return filled.ok ? [] : filled.errors.map(({ field }) => field);
  };

  it.each<[string, Partial<TemplateTerms>, string[]]>([
    ['no name', { name: '' }, ['name']],
    ['a place that is no time zone', { timeZone: 'Mars' }, ['timeZone']],
    ['no such currency', { currencies: [{ ...EURO, currency: 'EUX' }] }, ['currencies.0.currency']],
    ['points for nothing', { currencies: [{ ...EURO, earn: { points: 1, per: 0 } }] }, ['currencies.0.earn.per']],
    ['half a point', { currencies: [{ ...EURO, earn: { points: 1.5, per: 1 } }] }, ['currencies.0.earn.points']],
    ['a second currency without a factor', { currencies: [EURO, { ...EURO, currency: 'USD' }] }, ['currencies.1.turnoverFactor']],
    ['a currency twice', { currencies: [EURO, { ...EURO, turnoverFactor: 1 }] }, ['currencies.1.currency']],
  ])('%s', (_what, change, fields) => {
    expect(fieldsOf(change)).toEqual(fields);
  });

  it('tiers in the wrong order, and settings nobody knows', () => {
    expect(fieldsOf({}, { goldFrom: 100 })).toEqual(['settings.goldFrom']);
    expect(fieldsOf({}, { constructor: 1, nothing: 2 })).toEqual(['settings.constructor', 'settings.nothing']);
  });
});

describe('usual amounts', () => {
  it('follow what money buys, and what points are worth', () => {
    expect([usualAmount(200, 'EUR'), usualAmount(200, 'JPY'), usualAmount(200, 'SEK')]).toEqual([200, 20_000, 2000]);
    expect(pointsWorth(5, EURO)).toBe(500);
    expect(pointsWorth(5, { ...EURO, pointValue: { points: 10, value: 1 } })).toBe(50);
    expect(pointsWorth(5, { ...EURO, pointValue: { points: 1, value: 10 } })).toBe(1);
  });

  it('are whole tens worth no less than they should be, or a few points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 1000 }),
        (amount, points, value) => {
          const worth = pointsWorth(amount, { ...EURO, pointValue: { points, value } });
          expect(worth * value).toBeGreaterThanOrEqual(amount * points - 1e-6 * worth * value);
          expect(worth <= 10 || worth % 10 === 0).toBe(true);
        },
      ),
    );
  });

  it('have no more decimals than the currency', () => {
    for (const currency of ['EUR', 'JPY', 'KWD']) {
      expect(Number.isInteger(usualAmount(1, currency) * 10 ** currencyExponent(currency))).toBe(true);
    }
  });
});
