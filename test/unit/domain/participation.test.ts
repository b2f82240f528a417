import fc from 'fast-check';
import { addDays } from '../../../sidecar/src/domain/instant';
import {
  participates,
  termsLanguage,
  termsStanding,
  versionAt,
  type ParticipationTerms,
} from '../../../sidecar/src/domain/participation';

const version = (name: string, validFrom: string) => ({ version: name, validFrom, texts: { en: 'Rules' }, urls: {} });

function terms(change: Partial<ParticipationTerms> = {}): ParticipationTerms {
  const versions = [version('1', '2026-01-01T00:00:00.000Z'), version('2', '2026-06-01T00:00:00.000Z')];
  return { acceptance: 'required', noticeDays: 30, backdateDays: 0, versions, ...change };
}

const member = (joinedAt: string, ...accepted: [string, string][]) => ({
  joinedAt,
  accepted: accepted.map(([name, at]) => ({ version: name, at })),
});

describe('terms that a shop has in place of the programme’s', () => {
  const own = { a: [version('a1', '2026-02-01T00:00:00.000Z')] };
  const at = '2026-03-05T00:00:00.000Z';
  const joined = (shops: readonly string[], ...accepted: [shopId: string | null, version: string][]) => ({
    joinedAt: '2026-03-01T00:00:00.000Z',
    shops,
    accepted: accepted.map(([shopId, name]) => ({ shopId, version: name, at: '2026-03-02T00:00:00.000Z' })),
  });

  it.each<[string, ReturnType<typeof joined>, string | null, boolean]>([
    ['are not accepted with the programme’s', joined(['a', 'b'], [null, '1']), 'a', false],
    ['are accepted by themselves', joined(['a'], ['a', 'a1']), 'a', true],
    ['let nobody in elsewhere', joined(['a', 'b'], ['a', 'a1']), 'b', false],
    ['are enough for what belongs to no shop', joined(['a', 'b'], ['a', 'a1']), null, true],
    ['count there only where there is an account', joined(['b'], ['a', 'a1']), null, false],
    ['are not needed by who has no account in the shop', joined(['b'], [null, '1']), null, true],
  ])('%s', (_, participant, shopId, expected) => {
    expect(participates(terms({ shops: own }), participant, at, shopId)).toBe(expected);
  });

  it('are what its pages show', () => {
    const shown = (shopId: string | null) => termsStanding(terms({ shops: own }), joined(['a', 'b'], [null, '1']), at, shopId);
    expect(shown('a')).toMatchObject({ version: 'a1', isAccepted: false, isBlocked: true });
    expect(shown('b')).toMatchObject({ version: '1', isAccepted: true, isBlocked: false });
  });
});

describe('participation', () => {
  it.each([
    ['nobody is bound before the first version', member('2025-11-01T00:00:00.000Z'), '2025-12-01T00:00:00.000Z', true],
    ['who was there before has the notice', member('2025-11-01T00:00:00.000Z'), '2026-01-30T23:59:59.999Z', true],
    ['the notice ends', member('2025-11-01T00:00:00.000Z'), '2026-01-31T00:00:00.000Z', false],
    ['who joins later has none', member('2026-01-05T00:00:00.000Z'), '2026-01-05T00:00:00.000Z', false],
    [
      'acceptance lets in',
      member('2026-01-05T00:00:00.000Z', ['1', '2026-01-06T00:00:00.000Z']),
      '2026-01-06T00:00:00.000Z',
      true,
    ],
    [
      'but not before it',
      member('2026-01-05T00:00:00.000Z', ['1', '2026-01-06T00:00:00.000Z']),
      '2026-01-05T23:59:59.999Z',
      false,
    ],
    [
      'an older one lasts through the notice',
      member('2026-01-05T00:00:00.000Z', ['1', '2026-01-06T00:00:00.000Z']),
      '2026-06-30T00:00:00.000Z',
      true,
    ],
    ['and no longer', member('2026-01-05T00:00:00.000Z', ['1', '2026-01-06T00:00:00.000Z']), '2026-07-01T00:00:00.000Z', false],
    [
      'the newer one covers the older',
      member('2026-01-05T00:00:00.000Z', ['2', '2026-06-02T00:00:00.000Z']),
      '2026-06-02T00:00:00.000Z',
      true,
    ],
    [
      'an unknown version lets nobody in',
      member('2026-01-05T00:00:00.000Z', ['9', '2026-01-06T00:00:00.000Z']),
      '2026-02-01T00:00:00.000Z',
      false,
    ],
  ])('%s', (_name, participant, at, expected) => {
    expect(participates(terms(), participant, at)).toBe(expected);
  });

  it('goes back so many days', () => {
    const accepted = member('2026-01-05T00:00:00.000Z', ['1', '2026-01-15T00:00:00.000Z']);
    expect(participates(terms({ backdateDays: 7 }), accepted, '2026-01-08T00:00:00.000Z')).toBe(true);
    expect(participates(terms({ backdateDays: 7 }), accepted, '2026-01-07T23:59:59.999Z')).toBe(false);
  });

  it('depends on nothing where nothing is required', () => {
    const nobody = member('2026-01-05T00:00:00.000Z');
    expect(participates(terms({ acceptance: 'asked' }), nobody, '2027-01-01T00:00:00.000Z')).toBe(true);
    expect(participates(null, nobody, '2027-01-01T00:00:00.000Z')).toBe(true);
  });

  it('whoever accepted what is in force participates from then on until the next version binds', () => {
    const day = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(day, day, day, (joined, accepted, later) => {
        const start = '2026-01-01T00:00:00.000Z';
        const acceptedAt = addDays(start, accepted);
        const inForce = versionAt(terms(), acceptedAt)?.version ?? '';
        const participant = member(addDays(start, Math.min(joined, accepted)), [inForce, acceptedAt]);
        const at = addDays(acceptedAt, later);
        const isBound = inForce === '1' && at >= '2026-07-01T00:00:00.000Z';
        expect(participates(terms(), participant, at)).toBe(!isBound);
      }),
    );
  });
});

describe('what the page of a member says', () => {
  it('asks anew for a new version, with the day until which nothing is lost', () => {
    const participant = member('2026-01-05T00:00:00.000Z', ['1', '2026-01-06T00:00:00.000Z']);
    expect(termsStanding(terms(), participant, '2026-06-10T00:00:00.000Z')).toEqual({
      version: '2',
      isAsked: true,
      isAccepted: false,
      isBlocked: false,
      dueAt: '2026-07-01T00:00:00.000Z',
    });
    expect(termsStanding(terms(), participant, '2026-07-01T00:00:00.000Z')).toMatchObject({ isBlocked: true, dueAt: null });
  });

  it('asks for nothing that is accepted, or where nobody is asked', () => {
    const participant = member('2026-01-05T00:00:00.000Z', ['1', '2026-01-06T00:00:00.000Z']);
    expect(termsStanding(terms(), participant, '2026-02-01T00:00:00.000Z')).toMatchObject({ isAsked: false, isAccepted: true });
    const nobody = member('2026-01-05T00:00:00.000Z');
    expect(termsStanding(terms({ acceptance: 'none' }), nobody, '2026-02-01T00:00:00.000Z')).toMatchObject({ isAsked: false });
    expect(termsStanding(terms(), nobody, '2025-02-01T00:00:00.000Z')).toBeNull();
  });

  it('is in the language of the reader where there is one', () => {
    const both = { ...version('1', '2026-01-01T00:00:00.000Z'), texts: { de: 'Regeln' }, urls: { pt: 'https://shop.example' } };
    expect(termsLanguage(both, 'pt', 'de')).toBe('pt');
    expect(termsLanguage(both, 'ru', 'de')).toBe('de');
    expect(termsLanguage(both, 'ru', 'es')).toBe('de');
  });
});
