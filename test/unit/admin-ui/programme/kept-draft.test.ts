import { keepDraft, readDraft, type DraftPlace } from '../../../../sidecar/admin-ui/src/pages/programme/edit/kept-draft';

const place: DraftPlace = { programmeId: 'default', version: 'v1', person: 'anna' };
const draft = { at: 1_767_225_600_000, document: { name: 'Club' }, unreadable: null };

function store(room = Infinity) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new Error('QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}

test('changes come back for the same person and version alone', () => {
  const tab = store();
  keepDraft(tab, place, draft);
  expect(readDraft(tab, place)).toEqual(draft);
  for (const other of [{ person: 'ben' }, { version: 'v2' }, { version: null }, { programmeId: 'trade' }]) {
    expect(readDraft(tab, { ...place, ...other })).toBeNull();
  }
  keepDraft(tab, place, null);
  expect(readDraft(tab, place)).toBeNull();
});

test('where there is no room, nothing is kept instead of something old', () => {
  const tab = store(100);
  keepDraft(tab, place, draft);
  keepDraft(tab, place, { ...draft, document: { name: 'x'.repeat(100) } });
  expect(readDraft(tab, place)).toBeNull();
});

test.each(['', '{', '[]', 'null', '{"at":1}'])('what is no draft is none: %s', (text) => {
  expect(readDraft({ ...store(), getItem: () => text }, place)).toBeNull();
});
