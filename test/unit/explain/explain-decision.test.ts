import fc from 'fast-check';
import { entitlement } from '../../../sidecar/src/domain/entitlement';
import { reason } from '../../../sidecar/src/domain/reason';
import { explainDecision } from '../../../sidecar/src/explain/explain-decision';
import { LANGUAGES, languageOf, type Language } from '../../../sidecar/src/explain/language';
import { reasonWords } from '../../../sidecar/src/explain/words';
import { lineWith, orderWith, programmeWith, termsWith } from '../domain/examples';
import { givenReasons } from './reason-codes';

const programme = programmeWith({ timeZone: 'Europe/Berlin' });

function told(reasons: readonly ReturnType<typeof reason>[], language: Language, audience?: 'staff' | 'member') {
  const decision = { kind: 'adjustment', inputs: {}, outcome: { points: 5 }, reasons };
  return explainDecision(decision, programme, language, audience).lines.map(({ text }) => text);
}

/** Spaces in numbers and dates are of several kinds. */
const plain = (text: string | undefined): string => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');

describe('an order in words', () => {
  const terms = termsWith({ excludedProducts: ['HAT-2'] }, { programme });
  const snapshot = orderWith({
    lines: [lineWith({ grossMinor: 123_456 }), lineWith({ lineId: 'line-2', productNumber: 'HAT-2' })],
  });
  const { reasons, lines, earnedPoints, releaseAt } = entitlement(
    { ...terms, programme: { ...programme, accrual: { ...programme.accrual, excludedProducts: ['HAT-2'] } } },
    snapshot,
  );
  const decision = {
    kind: 'order_entitlement',
    inputs: { tier: null, snapshot },
    outcome: { pendingPoints: earnedPoints, availablePoints: 0, redeemedPoints: 0, releaseAt, lines },
    reasons,
  };

  it('says what it earned, from when, and why a line did not', () => {
    const words = explainDecision(decision, programme, 'en');
    expect(words.title).toBe('Order 10001');
    expect(words.outcome).toBe('Pending: 1,234 points, available: 0 points, spent: 0 points.');
    expect(words.lines.map(({ text, about }) => [about, plain(text)])).toEqual([
      [null, '1 point for every €1.00 come to 1,234.56, rounded down: 1,234 points.'],
      [null, 'Paid on 10 Mar 2026, 13:00. Waiting time: 14 days, so points can be spent from 24 Mar 2026, 13:00.'],
      ['HAT-2', 'Product “HAT-2” earns no points.'],
    ]);
  });

  it.each([
    ['de', '1 Punkt je 1,00 € ergeben 1.234,56, abgerundet: 1.234 Punkte.'],
    ['es', '1 punto por cada 1,00 € son 1234,56, redondeado hacia abajo: 1234 puntos.'],
    ['pt', '1 ponto por cada 1,00 € são 1234,56, arredondado para baixo: 1234 pontos.'],
    ['ru', '1 балл за каждые 1,00 € дают 1 234,56, округлено вниз: 1 234 балла.'],
  ] as const)('says it in %s', (language, expected) => {
    expect(plain(explainDecision(decision, programme, language).lines[0]?.text)).toBe(expected);
  });
});

describe('figures in words', () => {
  it('are money of the metric’s currency, or a count', () => {
    const band = { incentive: 'big', value: 120_000, from: 100_000, points: 21 };
    expect(plain(told([reason('volume_band_reached', true, { ...band, metric: 'turnover' })], 'de')[0])).toBe(
      '“big”: 1.200,00 € erreichen 1.000,00 €, insgesamt 21 Punkte wert.',
    );
    expect(plain(told([reason('volume_band_reached', true, { ...band, metric: 'items' })], 'ru')[0])).toBe(
      '“big”: 120 000 товаров, порог 100 000 товаров достигнут, всего 21 балл.',
    );
  });

  it('have the decimals of their currency', () => {
    const told1 = explainDecision(
      {
        kind: 'sale',
        inputs: { currency: 'JPY' },
        outcome: {},
        reasons: [reason('below_minimum', true, { basisMinor: 900, minimumMinor: 1000 })],
      },
      programme,
      'en',
    );
    expect(told1.lines[0]?.text).toBe('JP¥900 is below the minimum order value of JP¥1,000.');
  });

  it('name tiers as the merchant does', () => {
    const words = told([reason('tier_reached', true, { from: null, qualified: 'gold' })], 'en');
    expect(words).toEqual(['Tier “Gold” is reached.']);
  });

  it('say so where the same code did not apply', () => {
    const figures = { paidByPointsMinor: 500 };
    expect(told([reason('points_payment_reduces_basis', false, figures)], 'en')).toEqual([
      '€5.00 was paid with points and earns all the same.',
    ]);
  });

  it('of any shape leave no gap in any language', () => {
    const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.constant('2026-03-01T10:00:00.000Z'));
    const given = givenReasons().reasons;
    fc.assert(
      fc.property(
        fc.constantFrom(...given),
        fc.constantFrom(...LANGUAGES),
        fc.boolean(),
        fc.infiniteStream(value),
        (one, language, applied, values) => {
          const figures = Object.fromEntries(
            [...one.figures].map((name) => [name, isDate(one.code, name) ? '2026-03-01T10:00:00.000Z' : values.next().value]),
          );
          const [text] = told([reason(one.code, applied, figures)], language);
          expect(text).not.toMatch(/\{\w+(:\w+)?\}/);
          expect(text).not.toBe('');
        },
      ),
    );
  });

  const isDate = (code: string, name: string): boolean => {
    const words = reasonWords[code];
    return [words?.en, words?.otherwise?.en].some((text) => text?.includes(`{${name}:date}`));
  };
});

describe('what a member may read', () => {
  it('has neither segments nor what staff wrote', () => {
    const reasons = [
      reason('segment_excluded', true, { segment: 'resellers' }),
      reason('order_cancelled', true),
      reason('unheard_of', true),
    ];
    expect(told(reasons, 'en', 'member')).toEqual(['The order was cancelled.']);
    expect(told(reasons, 'en')).toEqual([
      'Members of segment “resellers” earn no points.',
      'The order was cancelled.',
      'unheard_of',
    ]);
  });
});

describe('the language', () => {
  it.each<[string, Language]>([
    ['de-AT', 'de'],
    ['fr, ru;q=0.4, pt-BR;q=0.9', 'pt'],
    ['en;q=0, es', 'es'],
    ['fr', 'en'],
    ['', 'en'],
    [';;q=,', 'en'],
  ])('for %j is %s', (wished, language) => {
    expect(languageOf(wished)).toBe(language);
  });
});
