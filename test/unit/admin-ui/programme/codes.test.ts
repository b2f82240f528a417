import fc from 'fast-check';
import { codeFor, codesOf, mentions } from '../../../../sidecar/admin-ui/src/pages/programme/edit/codes';
import { code } from '../../../../sidecar/src/programme-document/fields';

describe('codes', () => {
  it.each([
    ['Gold', 'gold'],
    ['Größte Fans!', 'grosste-fans'],
    ['  Élite 2 ', 'elite-2'],
    ['Золото', 'zoloto'],
    ['会员', 'tier'],
    ['', 'tier'],
  ])('of %s is %s', (name, expected) => {
    expect(codeFor(name, [], 'tier')).toBe(expected);
  });

  it('are not given twice', () => {
    expect(codeFor('Gold', ['gold', 'gold-2'], 'tier')).toBe('gold-3');
    const long = 'a'.repeat(40);
    expect(codeFor(long, ['a'.repeat(32)], 'tier')).toBe(`${'a'.repeat(30)}-2`);
  });

  it('are such that the programme takes, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('tier', 'a', 'b')), (name, taken) => {
        const made = codeFor(name, taken, 'tier');
        expect(code.safeParse(made).success).toBe(true);
        expect(taken).not.toContain(made);
      }),
    );
  });

  it('are counted wherever a document says them', () => {
    const document = { tiers: [{ code: 'gold' }], prices: [{ tier: 'gold', note: 'golden' }] };
    expect(mentions(document, 'gold')).toBe(2);
    expect(codesOf([{ code: 'a' }, null, { code: 3 }])).toEqual(['a']);
  });
});
