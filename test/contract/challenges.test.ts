import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { recordEvent } from '../../sidecar/src/operations/record-event';
import { revokeEvent } from '../../sidecar/src/operations/revoke-event';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const REFUNDED = { paymentState: 'refunded' } as const;
const STEPS = [
  { code: 'buy', name: 'Two orders', kind: 'orders', settings: { count: 2 } },
  { code: 'visit', name: 'Come by', kind: 'activity', settings: { activity: 'open-day' } },
];
const CLUB = { code: 'club', name: 'Club', points: 100, badge: { code: 'star', name: 'Star' }, steps: STEPS };
const ACTIVITIES = [{ code: 'open-day', kind: 'attendance', name: 'Open day', points: 10 }];
const terms = (...challenges: object[]) => ({ activities: ACTIVITIES, challenges, timeZone: 'Europe/Berlin' });

async function visit({ context, memberId, clock }: Books, eventId = 'visit-0001'): Promise<void> {
  const event = { programmeId: PROGRAMME_ID, eventId, kind: 'attendance', activity: 'open-day', member: { memberId } };
  const result = await recordEvent(context, { ...event, shopId: null, occurredAt: clock.now(), data: {} });
  if (!result.ok) throw new Error(result.code);
}

const awards = ({ context }: Books) =>
  context.db
    .selectFrom('challenge_award')
    .select(['challenge', 'window_start', 'points', 'taken_back_at'])
    .orderBy('window_start')
    .execute();

describeEachStorage('challenges', (open) => {
  it('bring points and a badge once, with the step that completes them', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', terms(CLUB));
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 1);
    await visit(books);
    expect(await books.available()).toBe(10);
    const steps = [
      { code: 'buy', name: 'Two orders', value: 1, target: 2 },
      { code: 'visit', name: 'Come by', value: 1, target: 1 },
    ];
    const seen = { code: 'club', name: 'Club', needed: 2, points: 100, badge: 'Star', endsOn: null };
    expect(await books.mirror()).toMatchObject({ challenges: [{ ...seen, steps, done: 1, complete: false }], badges: [] });
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1);
    await books.buy('o3', '2026-03-03T10:00:00.000Z', 1);
    await visit(books, 'visit-0002');
    expect(await books.available()).toBe(120);
    expect(await books.mirror()).toMatchObject({
      challenges: [{ ...seen, done: 2, complete: true }],
      badges: [{ code: 'star', name: 'Star', image: null }],
    });
    expect((await books.latestReasons('challenge')).map(({ code, applied }) => [code, applied])).toEqual([
      ['challenge_complete', true],
      ['challenge_step_done', true],
      ['challenge_step_done', true],
      ['challenge_badge', true],
    ]);
    expect((await verifyBooks(books.context.db)).ok).toBe(true);
  });

  it('are taken back with what completed them, and given again', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', terms(CLUB));
    await visit(books);
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 1);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1);
    expect(await books.available()).toBe(110);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1, REFUNDED);
    expect(await books.available()).toBe(10);
    expect(await books.mirror()).toMatchObject({ challenges: [{ complete: false }], badges: [] });
    await books.buy('o3', '2026-03-04T10:00:00.000Z', 1);
    expect(await books.available()).toBe(110);
    await revokeEvent(books.context, { programmeId: PROGRAMME_ID, eventId: 'visit-0001', reason: 'never came', actor: 'door' });
    expect(await books.available()).toBe(0);
    expect(await awards(books)).toMatchObject([{ challenge: 'club', points: 0, taken_back_at: books.clock.now() }]);
    expect((await verifyBooks(books.context.db)).ok).toBe(true);
  });

  it('begin anew in every period of the programme’s time zone', async () => {
    const monthly = { code: 'monthly', name: 'Monthly', points: 5, repeat: 'month', steps: [STEPS[0]], badge: null };
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', terms(monthly));
    await books.buy('o1', '2026-03-31T21:00:00.000Z', 1);
    await books.buy('o2', '2026-03-31T21:30:00.000Z', 1);
    // Berlin is already in April.
    await books.buy('o3', '2026-03-31T22:30:00.000Z', 1);
    expect(await books.available()).toBe(5);
    await books.buy('o4', '2026-04-30T10:00:00.000Z', 1);
    expect(await awards(books)).toEqual([
      { challenge: 'monthly', window_start: '2026-03-01', points: 5, taken_back_at: null },
      { challenge: 'monthly', window_start: '2026-04-01', points: 5, taken_back_at: null },
    ]);
  });

  it('keep the terms under which they were completed', async () => {
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', terms({ ...CLUB, steps: [STEPS[0]] }));
    await books.buy('o1', '2026-03-01T10:00:00.000Z', 1);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1);
    expect(await books.available()).toBe(100);
    const base = { accrual: { lockDays: 0, multipliers: [] }, tiers: { levels: [] } };
    const currencies = { EUR: { earn: { points: 0, per: 1 }, pointValue: { points: 100, value: 1 } } };
    const harder = terms({ ...CLUB, points: 7, steps: [{ ...STEPS[0], settings: { count: 9 } }] });
    await publish(books.context, programmeDocument({ ...base, currencies, ...harder }), '2026-03-03T00:00:00.000Z');
    await books.buy('o3', '2026-03-04T10:00:00.000Z', 1);
    expect(await books.available()).toBe(100);
    await books.buy('o3', '2026-03-04T10:00:00.000Z', 1, REFUNDED);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 1, REFUNDED);
    expect(await books.available()).toBe(0);
  });

  it('are only for those in their scope', async () => {
    const gold = { levels: [{ code: 'gold', name: 'Gold', threshold: 1000 }] };
    const forGold = { ...CLUB, steps: [STEPS[1]], scope: { tiers: ['gold'] } };
    const books = await openBooks(await open(), '2026-03-01T10:00:00.000Z', { ...terms(forGold), tiers: gold });
    await visit(books);
    expect(await books.available()).toBe(10);
    expect((await books.mirror()).challenges).toEqual([]);
  });
});
