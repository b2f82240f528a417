/** Terms of participation: what waits for them, what comes with them, and what is kept as proof. */
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { acceptTerms, type AcceptanceInput } from '../../sidecar/src/operations/accept-terms';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { recordEvent } from '../../sidecar/src/operations/record-event';
import { redeemReward } from '../../sidecar/src/operations/redeem-reward';
import { reviewParticipation } from '../../sidecar/src/operations/review-participation';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { acceptancesOf } from '../../sidecar/src/stores/acceptance-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const first = { version: '1', validFrom: '2025-12-31', texts: { en: '# Rules', de: '# Regeln' } };
const second = { version: '2', validFrom: '2026-06-01', urls: { en: 'https://shop.example/terms' } };

function programme(terms: object = {}): Record<string, unknown> {
  return {
    currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } },
    welcome: { points: 7 },
    activities: [{ code: 'review', kind: 'review', name: 'Review', points: 50 }],
    rewards: [{ code: 'tour', kind: 'experience', name: 'Tour', pointsPrice: 10 }],
    terms: { acceptance: 'required', noticeDays: 30, backdateDays: 3, versions: [first, second], ...terms },
  };
}

describeEachStorage('terms of participation', (open) => {
  const scene = async (at: string, terms: object = {}): Promise<{ storage: Storage; books: Books }> => {
    const storage = await open();
    return { storage, books: await openBooks(storage, at, programme(terms)) };
  };
  const accept = ({ context, memberId }: Books, change: Partial<AcceptanceInput> = {}) =>
    acceptTerms(context, {
      memberId,
      shopId: null,
      version: '1',
      language: 'de',
      at: context.clock.now(),
      source: 'account',
      actor: 'member',
      ...change,
    });
  const review = ({ context, memberId }: Books, eventId: string) =>
    recordEvent(context, {
      programmeId: PROGRAMME_ID,
      eventId,
      kind: 'review',
      activity: null,
      member: { memberId },
      shopId: null,
      occurredAt: context.clock.now(),
      data: { subject: 'HAT-1', rating: 5, length: 0, pictures: 0, isBuyer: true },
    });

  it('are asked before anything is given; acceptance brings the welcome, and orders within the days before it', async () => {
    const { storage, books } = await scene('2026-02-01T10:00:00.000Z');
    expect(await books.available()).toBe(0);
    await books.buy('early', '2026-02-02T10:00:00.000Z', 40);
    await books.buy('late', '2026-02-08T10:00:00.000Z', 30);
    await books.moveTo('2026-02-10T10:00:00.000Z');
    expect(await books.available()).toBe(0);
    expect((await books.latestReasons('order_entitlement')).map(({ code }) => code)).toContain('terms_not_accepted');
    expect(await books.mirror()).toMatchObject({ redeemLimit: 0, terms: { version: '1', isAsked: true, isBlocked: true } });
    expect(await accept(books)).toEqual({ ok: true, value: { changed: true, acceptedAt: '2026-02-10T10:00:00.000Z' } });
    expect(await books.available()).toBe(7 + 30);
    expect(await books.mirror()).toMatchObject({ redeemLimit: null, terms: { isAsked: false, isAccepted: true } });
    await books.buy('after', '2026-02-11T10:00:00.000Z', 5);
    await books.buy('early', '2026-02-02T10:00:00.000Z', 40, { completedAt: '2026-02-11T11:00:00.000Z' });
    await books.moveTo('2026-02-12T10:00:00.000Z');
    expect(await books.available()).toBe(7 + 30 + 5);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('are accepted once, with the text as proof, whatever comes again', async () => {
    const { storage, books } = await scene('2026-02-01T10:00:00.000Z');
    await accept(books);
    books.clock.advance(60_000);
    expect(await accept(books, { language: 'en' })).toEqual({
      ok: true,
      value: { changed: false, acceptedAt: '2026-02-01T10:00:00.000Z' },
    });
    const kept = await acceptancesOf(storage.db, books.memberId);
    expect(kept).toMatchObject([{ version: '1', language: 'de', source: 'account', actor: 'member' }]);
    expect(kept[0]?.text_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await books.available()).toBe(7);
  });

  it.each([
    ['a version that is none', { version: '9' }, 'unknown_version'],
    ['a language without a text', { language: 'pt' }, 'unknown_language'],
    ['a version before its day', { version: '2', language: 'en' }, 'not_yet_valid'],
    ['nobody', { memberId: 'nobody' }, 'unknown_member'],
  ])('refuse %s', async (_name, change, code) => {
    const { books } = await scene('2026-02-01T10:00:00.000Z');
    expect(await accept(books, change)).toMatchObject({ ok: false, code });
  });

  it('keep points from being earned and spent otherwise, and say so', async () => {
    const { books } = await scene('2026-02-01T10:00:00.000Z');
    await books.earn(100);
    const hold = await placeHold(books.context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId: 'c1',
      cartRef: 'cart',
      points: 100,
      currency: 'EUR',
      goodsMinor: 5_000,
      idempotencyKey: 'key-00001',
    });
    expect(hold).toMatchObject({ ok: false, code: 'terms_not_accepted' });
    const reward = {
      programmeId: PROGRAMME_ID,
      rewardCode: 'tour',
      member: { memberId: books.memberId },
      quantity: 1,
      shopId: null,
      note: null,
      actor: 'staff',
      idempotencyKey: 'key-00002',
    };
    const refused = await redeemReward(books.context, reward);
    expect(refused).toMatchObject({ ok: false, code: 'refused', details: { reason: 'terms_not_accepted' } });
    expect(await review(books, 'e1')).toMatchObject({ ok: true, value: { points: 0 } });
    await accept(books);
    expect(await redeemReward(books.context, { ...reward, idempotencyKey: 'key-00003' })).toMatchObject({ ok: true });
    expect(await review(books, 'e2')).toMatchObject({ ok: true, value: { points: 50 } });
  });

  it('come anew: the older ones last through the notice, and the shops are told when it begins and ends', async () => {
    const { books } = await scene('2026-02-01T10:00:00.000Z');
    const { context, clock } = books;
    const review = () => reviewParticipation(context, clock.now(), new AbortController().signal);
    await accept(books);
    await review();
    clock.moveTo(Date.parse('2026-06-02T00:00:00.000Z'));
    expect(await review()).toEqual({ shown: 1 });
    expect(await review()).toEqual({ shown: 0 });
    const dueAt = '2026-07-01T00:00:00.000Z';
    expect((await books.mirror()).terms).toMatchObject({ version: '2', isAsked: true, isBlocked: false, dueAt });
    await books.buy('in-notice', '2026-06-10T10:00:00.000Z', 10);
    await books.moveTo('2026-07-01T00:00:00.000Z');
    expect(await books.available()).toBe(17);
    expect(await review()).toEqual({ shown: 1 });
    expect(await books.mirror()).toMatchObject({ redeemLimit: 0, terms: { isBlocked: true, dueAt: null } });
    await accept(books, { version: '2', language: 'en' });
    expect(await books.mirror()).toMatchObject({ redeemLimit: null, terms: { isBlocked: false } });
  });

  it('that are only asked for keep nobody from anything', async () => {
    const { books } = await scene('2026-02-01T10:00:00.000Z', { acceptance: 'asked' });
    expect(await books.available()).toBe(7);
    expect(await books.mirror()).toMatchObject({ redeemLimit: null, terms: { isAsked: true, isBlocked: false } });
  });

  it('stay accepted, as proof, when the person is erased', async () => {
    const { storage, books } = await scene('2026-02-01T10:00:00.000Z');
    await accept(books);
    const asked = { memberId: books.memberId, reason: 'asked', actor: 'staff', idempotencyKey: 'ticket-0001' };
    await eraseMember(books.context, asked);
    expect(await acceptancesOf(storage.db, books.memberId)).toMatchObject([
      { version: '1', language: 'de', source: 'erased', actor: 'erased' },
    ]);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });
});
