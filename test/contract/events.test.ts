import fc from 'fast-check';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { recordEvent, type EventInput, type RecordedEvent } from '../../sidecar/src/operations/record-event';
import { revokeEvent } from '../../sidecar/src/operations/revoke-event';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const STAFF = { reason: 'a forgery', actor: 'staff' };
const review = (change: object = {}) => ({ code: 'review', kind: 'review', name: 'Review', points: 50, ...change });

describeEachStorage('events of members', (open) => {
  const tiers = { levels: [{ code: 'gold', name: 'Gold', threshold: 5000 }] };
  const openWith = async (...activities: object[]): Promise<Books> =>
    openBooks(await open(), NOW, { timeZone: 'Europe/Berlin', tiers, activities });

  const event = (books: Books, change: Partial<EventInput> = {}): EventInput => ({
    programmeId: PROGRAMME_ID,
    eventId: 'event-0001',
    kind: 'review',
    activity: null,
    member: { memberId: books.memberId },
    shopId: null,
    occurredAt: NOW,
    data: { product: 'LAMP', length: 100, pictures: 0, isBuyer: true },
    ...change,
  });
  const tell = async (books: Books, change: Partial<EventInput> = {}): Promise<RecordedEvent> => {
    const recorded = await recordEvent(books.context, event(books, change));
    if (!recorded.ok) throw new Error(recorded.code);
    return recorded.value;
  };
  const reasonsOf = ({ reasons }: RecordedEvent): string[] => reasons.map(({ code }) => code);

  it('are rewarded once, however often they are told, and show in the books and the shop', async () => {
    const books = await openWith(review());
    const first = await tell(books);
    expect(first).toMatchObject({ points: 50, rewards: [{ activity: 'review', points: 50 }], repeated: false });
    expect(await tell(books)).toEqual({ ...first, repeated: true });
    expect(await books.available()).toBe(50);
    expect((await books.mirror()).availablePoints).toBe(50);
    const changed = await recordEvent(books.context, event(books, { data: { product: 'OTHER' } }));
    expect(changed).toMatchObject({ ok: false, code: 'idempotency_mismatch' });
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('told at once by several senders are rewarded once', async () => {
    const books = await openWith(review());
    const answers = await Promise.all(Array.from({ length: 8 }, () => tell(books)));
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await books.available()).toBe(50);
  });

  it('end at their limits: about a subject, a day of the programme’s zone, a member', async () => {
    const books = await openWith(review({ limits: { perSubject: 1, perDay: 2, perMember: 3 } }));
    const about = (product: string) => ({ product, length: 1, pictures: 0, isBuyer: false });
    // In Berlin the day ends at 23:00 UTC.
    const told: [string, string, string][] = [
      ['lamp', '2026-02-27T10:00:00.000Z', 'activity_rewarded'],
      ['lamp', '2026-02-27T10:00:00.000Z', 'activity_limit_per_subject'],
      ['desk', '2026-02-27T22:59:59.000Z', 'activity_rewarded'],
      ['cup', '2026-02-27T22:59:59.000Z', 'activity_limit_per_day'],
      ['cup', '2026-02-27T23:00:00.000Z', 'activity_rewarded'],
      ['pen', '2026-02-28T10:00:00.000Z', 'activity_limit_per_member'],
    ];
    for (const [index, [product, occurredAt, reason]] of told.entries()) {
      const recorded = await tell(books, { eventId: `event-${index}-x`, occurredAt, data: about(product) });
      expect([product, ...reasonsOf(recorded)]).toEqual([product, reason]);
    }
    expect(await books.available()).toBe(150);
  });

  it('have other limits for a tier', async () => {
    const books = await openWith(review({ limits: { perMember: 1 }, limitsByTier: { gold: { perMember: 2 } } }));
    await tell(books, { eventId: 'event-first' });
    expect(reasonsOf(await tell(books, { eventId: 'event-second' }))).toEqual(['activity_limit_per_member']);
    await books.context.db.updateTable('member').set({ tier: 'gold' }).execute();
    expect((await tell(books, { eventId: 'event-third' })).points).toBe(50);
  });

  it('that are for the first ones only are given to exactly so many, all at once', async () => {
    const books = await openWith(review({ altogether: 5 }));
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => tell(books, { eventId: `event-${index}-y` })));
    expect(answers.filter(({ points }) => points > 0)).toHaveLength(5);
    expect(await books.available()).toBe(250);
    await revokeEvent(books.context, {
      programmeId: PROGRAMME_ID,
      eventId: answers.find(({ points }) => points > 0)?.eventId ?? '',
      ...STAFF,
    });
    expect((await tell(books, { eventId: 'event-late' })).points).toBe(50);
    expect(reasonsOf(await tell(books, { eventId: 'event-later' }))).toEqual(['activity_all_given']);
  });

  it('are taken back once, into debt when the points are spent', async () => {
    const books = await openWith(review());
    await tell(books);
    const { context, memberId } = books;
    const revoke = () => revokeEvent(context, { programmeId: PROGRAMME_ID, eventId: 'event-0001', ...STAFF });
    await books.spend(30);
    expect(await revoke()).toEqual({ ok: true, value: { points: -50 } });
    expect(await revoke()).toEqual({ ok: true, value: { points: 0 } });
    expect(await memberBalance(context.db, memberId)).toMatchObject({ available: 0, debt: 30 });
    expect((await tell(books)).repeated).toBe(true);
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('count attempts, whether they earned or not', async () => {
    const questions = [{ id: 'q', text: 'Q?', options: ['a', 'b'], right: ['a'] }];
    const books = await openWith({
      code: 'q1',
      kind: 'quiz',
      name: 'Quiz',
      points: 10,
      settings: { questions, passFrom: 1, attempts: 2 },
    });
    const answer = (eventId: string, given: string) =>
      tell(books, { eventId, kind: 'quiz', activity: 'q1', data: { answers: { q: [given] } } });
    expect(reasonsOf(await answer('event-try-1', 'b'))).toEqual(['quiz_not_passed']);
    expect(reasonsOf(await answer('event-try-2', 'a'))).toEqual(['quiz_passed']);
    expect(reasonsOf(await answer('event-try-3', 'a'))).toEqual(['quiz_no_attempt_left']);
    expect(await books.available()).toBe(10);
  });

  it('are kept, and say so, when nothing rewards them; unknown activities and members are refused', async () => {
    const books = await openWith(review());
    expect(reasonsOf(await tell(books, { kind: 'social', data: { network: 'x', action: 'y' } }))).toEqual([
      'no_activity_of_kind',
    ]);
    const refused = async (change: Partial<EventInput>) =>
      recordEvent(books.context, event(books, { eventId: 'event-none', ...change }));
    expect(await refused({ activity: 'nothing' })).toMatchObject({ code: 'unknown_activity' });
    expect(await refused({ member: { memberId: 'nobody' } })).toMatchObject({ code: 'unknown_member' });
    expect(await refused({ occurredAt: '2019-01-01T00:00:00.000Z' })).toMatchObject({ code: 'no_programme' });
  });

  it('leave exact books, whatever is told and taken back in which order', async () => {
    const steps = fc.array(fc.record({ event: fc.integer({ min: 1, max: 6 }), revoke: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (told) => {
        const books = await openWith(review({ limits: { perMember: 3 } }));
        for (const step of told) {
          const eventId = `event-000${step.event}`;
          if (step.revoke) await revokeEvent(books.context, { programmeId: PROGRAMME_ID, eventId, ...STAFF });
          else await tell(books, { eventId });
        }
        const rows = await books.context.db.selectFrom('activity_reward').select('points').execute();
        expect(rows.length).toBeLessThanOrEqual(3);
        expect(await books.available()).toBe(rows.length * 50);
        expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
      }),
      { numRuns: 8 },
    );
  });
});
